/** Quantities that come with a call, by which an answer can be off: how many numbers a list holds, an argument, its exponential. */

import type { Pair } from "../grading/answered.ts";
import type { FunctionKind } from "../harness/kinds.ts";

export interface Feature {
  /** KaTeX, without dollars. */
  readonly name: string;
  /** Explains a letter in the name, where one needs it. */
  readonly where?: string;
  of(pair: Pair): number;
}

/** All quantities that are numbers in every call of this function. */
export function features(kind: FunctionKind): Feature[] {
  return kind.parameters.flatMap(({ name, of }, i): Feature[] => {
    const input = ({ call }: Pair): unknown => call.inputs[i];
    if (of.kind === "vector" || of.kind === "matrix") {
      const where = `$n$ is the number of ${of.kind === "matrix" ? "rows" : "entries"} of \`${name}\``;
      return [{ name: "n", where, of: (pair) => (input(pair) as unknown[]).length }];
    }
    if (of.kind !== "number") return [];
    return [{ name: symbol(name), of: (pair) => input(pair) as number }];
  });
}

/** Of an answer that is a list as long as a list among the arguments: the entry there at the same place. */
export function elementFeatures(kind: FunctionKind): Feature[] {
  if (kind.returns.kind !== "vector") return [];
  return kind.parameters.flatMap(({ name, of }, i): Feature[] => {
    if (of.kind !== "vector") return [];
    const entry = ({ call, place }: Pair) =>
      (call.inputs[i] as number[])[Number(/\[(\d+)\]$/.exec(place)?.[1])];
    return [{ name: `${symbol(name)}_i`, of: (pair) => entry(pair) ?? Number.NaN }];
  });
}

/** A parameter's name in a formula: one letter as a variable, a word upright. */
export const symbol = (name: string): string => (name.length === 1 ? name : `\\texttt{${name}}`);

/** The feature and what a slip makes of it: its reciprocal, its square, its exponential. */
export function derive({ name, where, of }: Feature): Feature[] {
  const also = (text: string, f: (value: number) => number): Feature => ({
    name: text,
    ...(where && { where }),
    of: (pair) => f(of(pair)),
  });
  const powers = [
    also(name, (v) => v),
    also(`1/${name}`, (v) => 1 / v),
    also(`${name}^2`, (v) => v * v),
    also(`1/${name}^2`, (v) => 1 / (v * v)),
  ];
  if (where) return [...powers, also(`n/(n + 1)`, (v) => v / (v + 1)), also(`n/(n - 1)`, (v) => v / (v - 1))];
  const exponentials = [1, -1, 2, -2].map((k) =>
    also(`e^{${k === 1 ? "" : k === -1 ? "-" : k}${name}}`, (v) => Math.exp(k * v)),
  );
  return [...powers, ...exponentials];
}
