/** What the learner's code answered beside what is right, number by number. */

import type { FunctionKind, Plain, PlainArguments, Signatures } from "../harness/kinds.ts";

/** A call, and what the learner's code and the reference gave for it; `got` is missing where the code gave no usable answer. */
export type Answered<S extends Signatures = Signatures> = {
  [N in keyof S & string]: S[N] extends FunctionKind<infer A, infer R>
    ? {
        readonly export: N;
        readonly inputs: PlainArguments<A>;
        readonly got?: Plain<R>;
        readonly want?: Plain<R>;
        /** The error that the statement allows in each number, where it says so. */
        readonly allowed?: readonly number[];
      }
    : never;
}[keyof S & string];

/** The call that a check's first failure is about. */
export type Failing<S extends Signatures = Signatures> = Answered<S>;

/** Numbers of one answer that are looked at: what they have in common shows in these, and an answer may hold 100,000. */
const MOST_NUMBERS = 200;

/** The first numbers in a plain answer, in order, with the field or place of each, and a text that two answers of one shape share. */
export function numbersIn(value: unknown): { shape: string; numbers: number[]; places: string[] } {
  const numbers: number[] = [];
  const places: string[] = [];
  const walk = (part: unknown, place: string): string => {
    if (numbers.length >= MOST_NUMBERS) return "…";
    if (typeof part === "number") {
      numbers.push(part);
      places.push(place);
      return "#";
    }
    if (Array.isArray(part)) {
      const begin = part.slice(0, MOST_NUMBERS).map((item, i) => walk(item, `${place}[${i}]`));
      return `[${part.length}:${begin.join("")}]`;
    }
    if (part !== null && typeof part === "object") {
      const fields = Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${fields.map(([name, field]) => `${name}:${walk(field, place ? `${place}.${name}` : name)}`).join("")}}`;
    }
    return String(part);
  };
  const shape = walk(value, "");
  return { shape, numbers, places };
}

/** Whether two numbers agree, an infinite one only with itself: the tolerance around it would be infinite, too. */
export const nearly = (a: number, b: number, relative: number, absolute = 0): boolean =>
  Object.is(a, b) ||
  (Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= relative * Math.abs(b) + absolute);

/** One number of an answer beside the right one. */
export interface Pair {
  readonly call: Answered;
  /** The call's place among the answers. */
  readonly at: number;
  /** The field, or the place in a list: `a`, `[3]`, or nothing. */
  readonly place: string;
  readonly got: number;
  readonly want: number;
  /** The error that the statement allows in it. */
  readonly allowed?: number | undefined;
}

/** The field's name, without places in a list. */
export const fieldOf = ({ place }: Pair): string => place.replace(/\[\d+\]/g, "");

/** Every number of every answer that has the right answer's shape. */
export function pairs(answers: readonly Answered[]): Pair[] {
  return answers.flatMap((call, at) => {
    const [got, want] = [numbersIn(call.got), numbersIn(call.want)];
    if (call.got === undefined || call.want === undefined || got.shape !== want.shape) return [];
    return got.numbers.map((number, i) => ({
      call,
      at,
      place: got.places[i] as string,
      got: number,
      want: want.numbers[i] as number,
      allowed: call.allowed?.[i],
    }));
  });
}

/** Where no statement says more: beyond the first a number is wrong whatever it was computed in, beyond the second nearly right. */
const CLEARLY = 3e-6;
const BARELY = 1e-9;

/** Those that are wrong, by the statement's measure where it has one; else clearly, or if none is, by a little. */
export function wrongOnes(all: readonly Pair[]): Pair[] {
  const beyond = (relative: number) =>
    all.filter(
      ({ got, want, allowed: error = relative * Math.abs(want) + 1e-12 }) => !nearly(got, want, 0, error),
    );
  const clearly = beyond(CLEARLY);
  return clearly.length > 0 ? clearly : beyond(BARELY);
}
