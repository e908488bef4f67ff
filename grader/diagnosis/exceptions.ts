/** Inputs that are the exception: no finite number comes out there, or everything is right but at a point or two. */

import type { Pair } from "../grading/answered.ts";
import type { Feature } from "./features.ts";
import { roundText } from "./numbers.ts";
import type { Observation } from "./observation.ts";

const ENOUGH_RIGHT = 5;

/** @param wrong Every number of the check that is wrong. */
export function exceptions(
  right: readonly Pair[],
  wrong: readonly Pair[],
  given: readonly Feature[],
): Observation | undefined {
  return notFinite(right, wrong, given) ?? fewPoints(right, wrong, given);
}

function notFinite(
  right: readonly Pair[],
  wrong: readonly Pair[],
  given: readonly Feature[],
): Observation | undefined {
  if (wrong.length === 0 || wrong.some(({ got, want }) => Number.isFinite(got) || !Number.isFinite(want)))
    return undefined;
  const what = nameWrong(wrong);
  if (right.length > 0)
    return {
      id: "not-finite-there",
      text: `Where your function gives this check a number, it is the right one. But of the ${wrong.length + right.length} values compared ${wrong.length} ${wrong.length === 1 ? "is" : "are"} ${what}${places(wrong, given)}, where ${nameAsked(wrong)} was asked for.`,
    };
  if (new Set(wrong.map(({ want }) => want)).size === 1)
    return {
      id: "not-finite-there",
      text: `Wherever this check asks, your answer is ${what}${places(wrong, given)}; ${nameAsked(wrong)} was asked for. Other inputs have their other checks.`,
    };
  const everywhere = wrong.every(({ got }) => Number.isNaN(got))
    ? " NaN at every input is what arithmetic gives with something that is no number (a function that is not called, an undefined value, a text), or the logarithm or root of what is negative at every one of these inputs. Print your intermediate values for one of them: which is the first?"
    : "";
  return {
    id: "never-finite",
    text: `Your answer is ${what} at every input of this check.${everywhere}`,
  };
}

function nameWrong(wrong: readonly Pair[]): string {
  if (wrong.every(({ got }) => Number.isNaN(got))) return "not a number (NaN)";
  if (wrong.every(({ got }) => got === Number.POSITIVE_INFINITY)) return "infinite";
  if (wrong.every(({ got }) => got === Number.NEGATIVE_INFINITY)) return "minus infinity";
  return "not finite (NaN or infinite)";
}

const nameAsked = (wrong: readonly Pair[]): string => {
  const wanted = new Set(wrong.map(({ want }) => want));
  return wanted.size === 1 ? roundText(wrong[0]?.want as number) : "a finite number";
};

/** Between which inputs, where the function has a number among its arguments. */
function places(wrong: readonly Pair[], given: readonly Feature[]): string {
  const [feature] = given.filter(({ where }) => !where);
  if (!feature) return "";
  const values = [...new Set(wrong.map(feature.of))].sort((a, b) => a - b);
  const shown = [...new Set([values[0], values.at(-1)] as number[])].map(roundText);
  return `, for example at $${feature.name} =$ ${shown.join(" and ")}`;
}

/** Right everywhere else. */
function fewPoints(
  right: readonly Pair[],
  wrong: readonly Pair[],
  given: readonly Feature[],
): Observation | undefined {
  const [feature] = given.filter(({ where }) => !where);
  if (!feature || wrong.length === 0 || right.length < ENOUGH_RIGHT * wrong.length) return undefined;
  const at = new Map(wrong.map((pair) => [feature.of(pair), pair.got]));
  const exact = (value: number) => Number(value.toPrecision(4)) === value;
  if (at.size > 2 || ![...at.keys()].every(exact) || right.some((pair) => at.has(feature.of(pair))))
    return undefined;
  const points = [...at].map(
    ([x, got]) =>
      `at $${feature.name} =$ ${roundText(x)}, where yours is ${Number.isFinite(got) ? roundText(got) : `\`${got}\``}`,
  );
  return {
    id: "single-points",
    text: `Your values are right at all other inputs of this check, and wrong only ${points.join(", and ")}. Such an end or corner is a case of its own: ask which limit the values beside it have.`,
  };
}
