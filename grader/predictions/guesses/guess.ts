/** What a learner wrote as her guess, as one that can be compared; else what is wrong with it, in words for her. */

import { nearNames } from "../../near-names.ts";
import type { Choice, Guess, NumberGuess, Prediction, Sketch } from "../prediction.ts";

export type ReadGuess = { readonly guess: Guess } | { readonly refused: string };

export function readGuess(prediction: Prediction, written: unknown): ReadGuess {
  if (prediction.kind === "choice") return readChoice(prediction, written);
  return prediction.kind === "number" ? readNumber(prediction, written) : readSketch(prediction, written);
}

/** What a guess looks like, as the notebook's cell asks for it. */
export function formOf(prediction: Prediction): string {
  if (prediction.kind === "choice") return orList(Object.keys(prediction.choices).map(quote));
  if (prediction.kind === "number") return prediction.form;
  const { at } = prediction;
  return `[${at.length} heights, at x = ${at.map(shortNumber).join(", ")}]`;
}

function readChoice({ choices }: Choice, written: unknown): ReadGuess {
  const names = Object.keys(choices);
  const wanted = `choose ${orList(names.map(quote))}`;
  const word = typeof written === "number" ? `${written}` : written;
  if (typeof word !== "string") return { refused: `${describe(written)} is none of the choices; ${wanted}` };
  const found = names.find((name) => plain(name) === plain(word));
  if (found !== undefined) return { guess: found };
  const near = nearNames(plain(word), names);
  const meant = near.length > 0 ? `; did you mean ${orList(near.map(quote))}?` : `; ${wanted}`;
  return { refused: `${describe(written)} is none of the choices${meant}` };
}

const plain = (text: string): string => text.trim().toLowerCase();

function readNumber({ whole, least, most, form }: NumberGuess, written: unknown): ReadGuess {
  const value = numberIn(written);
  const wanted = `write ${form}`;
  if (value === undefined) return { refused: `${describe(written)} is not a number; ${wanted}` };
  if (Number.isNaN(value)) return { refused: `NaN is not a number that could be right or wrong; ${wanted}` };
  if (!Number.isFinite(value))
    return { refused: `${describe(value)} can be compared with nothing; write a finite number` };
  if (whole && !Number.isInteger(value))
    return { refused: `${describe(value)} is not whole; write a whole number` };
  if (value < least)
    return { refused: `${describe(value)} cannot be: it is at least ${shortNumber(least)}; ${wanted}` };
  if (value > most)
    return { refused: `${describe(value)} cannot be: it is at most ${shortNumber(most)}; ${wanted}` };
  return { guess: value };
}

/** Also of a number that was written in quotation marks, or with the n of a bigint. */
function numberIn(written: unknown): number | undefined {
  if (typeof written === "number") return written;
  if (typeof written === "bigint") return Number(written);
  if (typeof written !== "string" || !/^\s*[-−+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(written))
    return undefined;
  return Number(written.replace("−", "-"));
}

function readSketch({ at }: Sketch, written: unknown): ReadGuess {
  const wanted = `write ${at.length} heights, one for each x = ${at.map(shortNumber).join(", ")}`;
  const list = listIn(written);
  if (list === undefined) return { refused: `${describe(written)} is not a list of numbers; ${wanted}` };
  if (list.length !== at.length)
    return {
      refused: `the list has ${list.length} ${list.length === 1 ? "number" : "numbers"}; ${wanted}`,
    };
  const bad = list.findIndex((value) => typeof value !== "number" || !Number.isFinite(value));
  if (bad >= 0)
    return {
      refused: `entry ${bad + 1}, for x = ${shortNumber(at[bad] as number)}, is ${describe(list[bad])}; write a finite number there`,
    };
  return { guess: list as number[] };
}

function listIn(written: unknown): readonly unknown[] | undefined {
  if (Array.isArray(written)) return Array.from(written);
  return ArrayBuffer.isView(written) && !(written instanceof DataView)
    ? Array.from(written as unknown as ArrayLike<unknown>)
    : undefined;
}

const MOST_SHOWN = 40;

/** What was written, short enough for a line. */
function describe(written: unknown): string {
  if (typeof written === "string") {
    const cut = written.length > MOST_SHOWN ? `${written.slice(0, MOST_SHOWN)}…` : written;
    return quote(cut);
  }
  if (typeof written === "number") return shortNumber(written);
  if (typeof written === "function") return "a function";
  if (Array.isArray(written)) return "a list";
  return written !== null && typeof written === "object" ? "an object" : `${String(written)}`;
}

const quote = (text: string): string => `"${text}"`;

/** A number as texts have it: a true minus, no more digits than can be meant. */
export const shortNumber = (value: number): string => `${Number(value.toPrecision(4))}`.replace("-", "−");

/** "a", "a or b", "a, b or c". */
export function orList(names: readonly string[]): string {
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} or ${names[names.length - 1] as string}`;
}
