/** How a guess compares with the truth, in words that are about this guess. */

import { type Figure, figure, palette } from "flowlab/figure";
import {
  type Band,
  type Choice,
  type Guess,
  type NumberGuess,
  type Prediction,
  type Sketch,
  say,
  type Values,
} from "../prediction.ts";
import { shortNumber } from "./guess.ts";

export interface Comparison {
  readonly verdict: "right" | "near" | "other";
  /** The guess beside the truth, in one line of Markdown. */
  readonly beside: string;
  /** What the guess means; Markdown. */
  readonly meaning?: string;
  /** The sketch over the truth. */
  readonly picture?: Figure;
}

export function compareGuess(prediction: Prediction, guess: Guess, values: Values): Comparison {
  if (prediction.kind === "choice") return compareChoice(prediction, guess as string, values);
  return prediction.kind === "number"
    ? compareNumber(prediction, guess as number, values)
    : compareSketch(prediction, guess as readonly number[], values);
}

function compareChoice({ choices, right, quiz }: Choice, guess: string, values: Values): Comparison {
  const truth = say(right, values);
  const text = (name: string) => `**${name}** (${choices[name]?.text ?? ""})`;
  const isRight = guess === truth;
  const instead = quiz ? "" : `; it is ${text(truth)}`;
  return {
    verdict: isRight ? "right" : "other",
    beside: `You chose ${text(guess)}${isRight ? "" : instead}.`,
    meaning: say(choices[guess]?.meaning ?? "", values),
  };
}

function compareNumber(prediction: NumberGuess, guess: number, values: Values): Comparison {
  const { within, near, bands, quiz } = prediction;
  const truth = prediction.truth(values);
  const off = Math.abs(guess - truth);
  // The last digits of a decimal fraction are not the learner's: 0.3 is within 0.1 of 0.2.
  const reaches = (bound: number) => off <= bound + 1e-9 * Math.max(1, Math.abs(truth));
  const verdict = reaches(within) ? "right" : reaches(near) ? "near" : "other";
  const isIn = ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Band) =>
    guess >= from && guess <= to;
  const band = verdict === "right" ? undefined : bands.find(isIn);
  const said = `You guessed **${shortNumber(guess)}**`;
  const direction = guess < truth ? "low" : "high";
  const instead = quiz ? `: too ${direction}` : `; it is **${shortNumber(truth)}**: ${howFar(guess, truth)}`;
  return {
    verdict,
    beside: guess === truth || (quiz && verdict === "right") ? `${said}.` : `${said}${instead}.`,
    ...(band ? { meaning: say(band.meaning, values) } : {}),
  };
}

function howFar(guess: number, truth: number): string {
  const direction = guess < truth ? "low" : "high";
  const factor = guess / truth;
  if (factor >= 3) return `${shortNumber(Number(factor.toPrecision(2)))} times as much`;
  return `${shortNumber(Number(Math.abs(guess - truth).toPrecision(2)))} too ${direction}`;
}

/** A sketch as near as this everywhere, in parts of the truth's height, is right; twice as far is near. */
const SKETCHED_WELL = 0.15;

/** Nobody who sketches as well as this has misunderstood something. */
const EXACT = 0.05;

function compareSketch(prediction: Sketch, guess: readonly number[], values: Values): Comparison {
  const { at, shapeOnly, meaning } = prediction;
  const curve = prediction.truth(values);
  const scale = shapeOnly ? largest(curve.y) : 1;
  const drawn = shapeOnly ? guess.map((y) => y / (largest(guess) || 1)) : guess;
  const truth = { x: curve.x, y: curve.y.map((y) => y / scale) };
  const there = at.map((x) => heightAt(truth, x));
  const errors = there.map((y, i) => Math.abs(y - (drawn[i] as number)));
  const worst = errors.indexOf(Math.max(...errors));
  const height = Math.max(...there) - Math.min(...there) || 1;
  const far = (errors[worst] as number) / height;
  // A typical wrong sketch is one also where it happens to be near the truth.
  const said = far <= EXACT ? undefined : meaning(drawn, there);
  const verdict =
    far <= SKETCHED_WELL && said === undefined ? "right" : far <= 2 * SKETCHED_WELL ? "near" : "other";
  const pair = `you drew ${shortNumber(drawn[worst] as number)}, it is ${shortNumber(there[worst] as number)}`;
  const scaled = shapeOnly ? " Both are drawn with a largest height of 1: only the shape counts." : "";
  return {
    verdict,
    beside: `Your sketch is farthest from the truth at x = ${shortNumber(at[worst] as number)}: ${pair}.${scaled}`,
    ...(said === undefined ? {} : { meaning: said }),
    picture: sketchFigure(prediction, drawn, truth, there),
  };
}

/** Hers in a colour of its own over the truth in the colour of its space. */
function sketchFigure(
  { at, space, xTitle, yTitle }: Sketch,
  drawn: readonly number[],
  truth: { readonly x: readonly number[]; readonly y: readonly number[] },
  there: readonly number[],
): Figure {
  const pairs = at.map(
    (x, i) =>
      `${shortNumber(x)}: ${shortNumber(drawn[i] as number)} against ${shortNumber(there[i] as number)}`,
  );
  const mine = { color: palette.accent2, width: 2.5, dash: "dash" as const };
  return figure(
    [
      { name: "the truth", mode: "lines", ...truth, line: { color: palette[space], width: 2.5 } },
      {
        ...{ name: "your sketch", mode: "lines+markers", x: at, y: drawn, line: mine },
        marker: { color: palette.accent2, size: 8 },
      },
    ],
    {
      xaxis: { title: xTitle },
      yaxis: { title: yTitle },
      height: 300,
      margin: { l: 60, r: 16, t: 36, b: 48 },
    },
    { description: `Your sketch against the truth, at each place: ${pairs.join("; ")}` },
  );
}

const largest = (values: readonly number[]): number => Math.max(...values.map(Math.abs));

/** Between the curve's points on a straight line; beyond them as at the end. */
function heightAt(
  { x, y }: { readonly x: readonly number[]; readonly y: readonly number[] },
  place: number,
): number {
  const right = x.findIndex((value) => value >= place);
  if (right === -1) return y[y.length - 1] as number;
  if (right === 0) return y[0] as number;
  const [a, b] = [x[right - 1] as number, x[right] as number];
  const share = b === a ? 1 : (place - a) / (b - a);
  return (y[right - 1] as number) * (1 - share) + (y[right] as number) * share;
}
