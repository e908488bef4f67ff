/** One relation that holds between all of a function's numbers and the right ones: a factor, an addend, a power, a logarithm. */

import { nearly, type Pair, wrongOnes } from "../grading/answered.ts";
import { derive, type Feature } from "./features.ts";
import { common, MOSTLY, roundText, times, vary } from "./numbers.ts";
import type { Observation } from "./observation.ts";

/** Fewer numbers than this could agree by chance. */
const ENOUGH = 3;

/** @param what How a learner names the numbers: "Each of your values", "Each `a` of yours". */
export function relation(
  pairs: readonly Pair[],
  given: readonly Feature[],
  what: string,
): Observation | undefined {
  // Zero for zero fits every factor and says nothing.
  const saying = pairs.filter(({ got, want }) => got !== 0 || want !== 0);
  const telling = saying.filter(({ got, want }) => Number.isFinite(got) && Number.isFinite(want));
  if (telling.length < Math.max(ENOUGH, MOSTLY * saying.length)) return undefined;
  if (!vary(telling.map(({ want }) => want))) return undefined;
  return (
    sameNumber(telling, what) ??
    argumentItself(telling, given, what) ??
    factor(telling, given, what) ??
    curve(telling, what) ??
    addend(telling, given, what)
  );
}

function sameNumber(pairs: readonly Pair[], what: string): Observation | undefined {
  const [first] = pairs;
  // But for rounding: what held a value between two bounds gives nearly the same at both.
  const same = (got: number, of: number) => nearly(got, of, 1e-9);
  if (!first || !pairs.every(({ got }) => same(got, first.got))) return undefined;
  return {
    id: "the-same-everywhere",
    text: `${what} is ${roundText(first?.got ?? 0)}, however different the inputs of this check are.`,
  };
}

function argumentItself(
  pairs: readonly Pair[],
  given: readonly Feature[],
  what: string,
): Observation | undefined {
  const found = given.find((feature) => agree(pairs, feature.of));
  if (!found) return undefined;
  return { id: "an-argument-itself", text: `${what} is the argument $${found.name}$ as it came in.` };
}

function agree(pairs: readonly Pair[], of: (pair: Pair) => number): boolean {
  const agrees = (pair: Pair) => nearly(of(pair), pair.got, 1e-8);
  const agreeing = pairs.filter(agrees);
  // Where the relation changes nothing, what is right agrees as well: it is the wrong ones that have to, and better than
  // with what was asked for, or every approximation of a positive number would have "lost its sign".
  const wrong = wrongOnes(pairs);
  const explained = wrong.filter(
    (pair) => agrees(pair) && Math.abs(pair.got - of(pair)) < 0.1 * Math.abs(pair.got - pair.want),
  );
  if (explained.length < MOSTLY * wrong.length) return false;
  return agreeing.length >= MOSTLY * pairs.length && vary(agreeing.map(({ got }) => got));
}

function factor(pairs: readonly Pair[], given: readonly Feature[], what: string): Observation | undefined {
  if (pairs.some(({ want }) => want === 0)) return undefined;
  const ratios = pairs.map(({ got, want }) => got / want);
  const constant = common(ratios);
  if (constant !== undefined)
    return Math.abs(constant - 1) < 1e-6 ? undefined : constantFactor(constant, what, pairs);
  for (const feature of given.flatMap(derive)) {
    const left = common(ratios.map((ratio, i) => ratio / feature.of(pairs[i] as Pair)));
    if (left === undefined || !vary(pairs.map(feature.of))) continue;
    const size = factorText(left, feature.name);
    if (size === undefined) continue;
    return {
      id: "factor",
      text: `${what} is ${size} times what was asked for${feature.where ? `, where ${feature.where}` : ""}.`,
    };
  }
  return undefined;
}

function constantFactor(constant: number, what: string, pairs: readonly Pair[]): Observation {
  if (Math.abs(constant + 1) < 1e-7)
    return { id: "negated", text: `${what} has the right size and the wrong sign.` };
  if (Math.abs(constant) < 1e-9)
    return {
      id: "the-same-everywhere",
      text: `${what} is 0 or next to it, though what was asked for is not.`,
    };
  const base = ([2, 10] as const).find((b) => Math.abs(Math.abs(constant) * Math.log(b) - 1) < 1e-6);
  if (base !== undefined) {
    const sign = constant < 0 ? " and has the wrong sign" : "";
    return {
      id: "another-logarithm",
      text: `${what} is $1/\\ln ${base}$ times what was asked for${sign}: that is the step from natural logarithms to those with base ${base}.`,
    };
  }
  return {
    id: "constant-factor",
    text: `${what} is ${times(constant)} what was asked for${Math.abs(constant - 1) < 0.01 ? ", nearly 1, as from a rounded constant or an approximation" : ""}.${alike(pairs) ? "" : " The factor is the same everywhere, so the way in which the answer depends on the input is right, and a constant is not."}`,
  };
}

/** All about one map or one list: what depends on it alone looks constant here. */
function alike(pairs: readonly Pair[]): boolean {
  const wholes = new Set(
    pairs.map(({ call: { inputs } }) =>
      JSON.stringify((inputs as readonly unknown[]).filter((input) => typeof input === "object")),
    ),
  );
  return wholes.size === 1 && !wholes.has("[]");
}

function factorText(left: number, name: string): string | undefined {
  const nice = [1, 2, 0.5].find((v) => Math.abs(Math.abs(left) - v) < 1e-6);
  if (nice === undefined) return undefined;
  return `$${left < 0 ? "-" : ""}${nice === 1 ? "" : nice === 2 ? "2 \\cdot " : "\\tfrac12 \\cdot "}${name}$`;
}

/** The right number put through a function of one variable. */
const CURVES: readonly { id: string; text: string; of(want: number): number }[] = [
  { id: "logarithm", text: "is the logarithm of what was asked for", of: Math.log },
  { id: "minus-logarithm", text: "is minus the logarithm of what was asked for", of: (w) => -Math.log(w) },
  { id: "exponential", text: "is $e$ to the power of what was asked for", of: Math.exp },
  { id: "reciprocal", text: "is 1 divided by what was asked for", of: (w) => 1 / w },
  { id: "square", text: "is the square of what was asked for", of: (w) => w * w },
  { id: "square-root", text: "is the square root of what was asked for", of: Math.sqrt },
  { id: "size-only", text: "has lost its sign where what was asked for is negative", of: Math.abs },
  { id: "cut-at-zero", text: "is 0 where what was asked for is negative", of: (w) => Math.max(0, w) },
  { id: "complement", text: "is 1 minus what was asked for", of: (w) => 1 - w },
  { id: "whole-numbers", text: "is what was asked for, rounded to a whole number", of: Math.round },
];

function curve(pairs: readonly Pair[], what: string): Observation | undefined {
  const found = CURVES.find(({ of }) => agree(pairs, ({ want }) => of(want)));
  if (found) return { id: found.id, text: `${what} ${found.text}.` };
  const digits = [1, 2, 3, 4, 5, 6, 7, 8].find((d) => {
    const kept = pairs.map(({ want }) => Number(want.toFixed(d)));
    // What is smaller than the last place is 0 in every rounding.
    return (
      new Set(kept.filter((value) => value !== 0)).size >= ENOUGH &&
      pairs.every(({ got }, i) => Math.abs(got - (kept[i] as number)) < 1e-13)
    );
  });
  if (digits !== undefined)
    return { id: "rounded", text: `${what} is right, but rounded to ${digits} decimal places.` };
  if (pairs.every(({ got, want }) => got === Math.fround(want)))
    return { id: "rounded", text: `${what} is right, but kept in single precision: about seven digits.` };
  return undefined;
}

function addend(pairs: readonly Pair[], given: readonly Feature[], what: string): Observation | undefined {
  const differences = pairs.map(({ got, want }) => got - want);
  const constant = common(differences);
  if (constant !== undefined) {
    // Then most are right, and what holds for the others is not known.
    const size = Math.max(...pairs.map(({ want }) => Math.abs(want)));
    return Math.abs(constant) <= 1e-9 * size ? undefined : constantAddend(constant, what, pairs);
  }
  const [n] = given.filter(({ where }) => where);
  const scalars = given.filter(({ where }) => !where);
  const candidates: Feature[] = [
    ...(n ? [n] : []),
    ...scalars,
    ...(n
      ? scalars.flatMap((s) => [
          { ...n, name: `n\\,${s.name}`, of: (pair: Pair) => n.of(pair) * s.of(pair) },
          { ...n, name: `(n - 1)\\,${s.name}`, of: (pair: Pair) => (n.of(pair) - 1) * s.of(pair) },
        ])
      : []),
    ...(n ? [{ ...n, name: "(n - 1)", of: (pair: Pair) => n.of(pair) - 1 }] : []),
  ];
  for (const feature of candidates) {
    if (pairs.some((pair) => feature.of(pair) === 0)) continue;
    const left = common(differences.map((d, i) => d / feature.of(pairs[i] as Pair)));
    if (left === undefined || left === 0 || !vary(pairs.map(feature.of))) continue;
    const size = Math.abs(left);
    const amount = Math.abs(size - 1) < 1e-6 ? "" : `${roundText(size).slice(1, -1)} \\cdot `;
    return {
      id: "addend",
      text: `${what} is off by $${amount}${feature.name}$ each time, too ${left < 0 ? "small" : "large"}${feature.name.includes("n") && feature.where ? `, where ${feature.where}` : ""}.`,
    };
  }
  return undefined;
}

function constantAddend(constant: number, what: string, pairs: readonly Pair[]): Observation {
  const everywhere = ", the same everywhere: all that depends on the input is right, and a constant is not";
  return {
    id: "constant-addend",
    text: `${what} is too ${constant < 0 ? "small" : "large"} by ${roundText(Math.abs(constant))}${alike(pairs) ? "" : everywhere}.`,
  };
}
