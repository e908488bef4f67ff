/** What is wrong with a list as a list: its length, its order, which of its entries. */

import { type Answered, nearly } from "../grading/answered.ts";
import { MOSTLY } from "./numbers.ts";
import type { Observation } from "./observation.ts";

/** One statement that is true of every list that is wrong. */
export function listObservation(answers: readonly Answered[]): Observation | undefined {
  const lists = answers
    .filter(({ got, want }) => numbers(got) && numbers(want) && !same(got as number[], want as number[]))
    .map(({ got, want }) => ({ got: got as unknown as number[], want: want as unknown as number[] }));
  if (lists.length === 0) return undefined;
  return KINDS.find(
    ({ holds }) => lists.filter(({ got, want }) => holds(got, want)).length >= MOSTLY * lists.length,
  );
}

/** Sorting a longer list, a stranger's perhaps, would keep others waiting. */
const MOST_SORTED = 1000;

const numbers = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === "number");
const equal = (a: number | undefined, b: number | undefined): boolean =>
  a !== undefined && b !== undefined && nearly(a, b, 1e-6, 1e-12);
const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => equal(value, b[i]));
const sort = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);

const KINDS: readonly (Observation & { holds(got: readonly number[], want: readonly number[]): boolean })[] =
  [
    {
      id: "reversed",
      text: "Your list holds the right numbers in the opposite order.",
      holds: (got, want) => same([...got].reverse(), want),
    },
    {
      id: "first-only",
      text: "Your list holds the first of the right numbers only.",
      holds: (got, want) => want.length > 1 && got.length === 1 && equal(got[0], want[0]),
    },
    {
      id: "last-missing",
      text: "Your list is right, but its last number is missing: where does the loop end?",
      holds: (got, want) => same(got, want.slice(0, -1)),
    },
    {
      id: "first-missing",
      text: "Your list is right, but its first number is missing: where does the loop begin?",
      holds: (got, want) => same(got, want.slice(1)),
    },
    {
      id: "one-too-many",
      text: "Your list is right, but one number too long: where does the loop end?",
      holds: (got, want) => got.length === want.length + 1 && same(got.slice(0, -1), want),
    },
    {
      id: "shifted",
      text: "Your list holds the right numbers, each one place away from its own.",
      holds: (got, want) =>
        want.length > 1 &&
        (same([...got.slice(1), got[0] as number], want) ||
          same([got.at(-1) as number, ...got.slice(0, -1)], want)),
    },
    {
      id: "cut-short",
      text: "Your list begins right and ends too soon: some of the numbers at its end are missing.",
      holds: (got, want) =>
        got.length < want.length && got.length > 0 && same(got, want.slice(0, got.length)),
    },
    {
      id: "another-order",
      text: "Your list holds the right numbers in another order.",
      holds: (got, want) => got.length <= MOST_SORTED && same(sort(got), sort(want)),
    },
    {
      id: "another-length",
      text: "Your list does not have as many numbers as was asked for.",
      holds: (got, want) => got.length !== want.length,
    },
  ];
