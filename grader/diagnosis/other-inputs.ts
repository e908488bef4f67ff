/** Answers that would be right for other arguments: a list without its first number, `b` with the other sign, two that changed places. */

import type { AnyExercise } from "../exercise.ts";
import { type Answered, nearly, type Pair, pairs } from "../grading/answered.ts";
import { answersOf } from "../grading/right-answers.ts";
import type { FunctionKind, Parameter } from "../harness/kinds.ts";
import { MOSTLY, vary } from "./numbers.ts";
import type { Observation } from "./observation.ts";

interface Change {
  /** What was done to the arguments. */
  readonly text: string;
  of(inputs: readonly unknown[]): readonly unknown[];
}

/** How many steps of something, say: whole in every call, and no check asks for more than the largest. */
type Counts = readonly { readonly largest: number }[];

/** Fewer numbers than this could agree by chance. */
const ENOUGH = 3;

/** @param looked Whether the check looks at this number. */
export async function otherInputs(
  exercise: AnyExercise,
  kind: FunctionKind,
  answers: readonly Answered[],
  looked: (pair: Pair) => boolean,
): Promise<Observation | undefined> {
  if (!exercise.reference) return undefined;
  const counts = countsAmong(answers);
  for (const { text, of } of changes(kind.parameters)) {
    const calls = answers.map((call) => ({ target: { export: call.export }, inputs: of(call.inputs) }));
    // A program that does something 1/0 times never ends.
    if (calls.some(({ inputs }) => !endsFor(inputs, counts))) continue;
    const given = await answersOf(exercise, exercise.reference, calls);
    const all = pairs(answers.map((call, i) => ({ ...call, want: given[i] }) as Answered)).filter(looked);
    const expected = pairs(answers).filter(looked).length;
    const agreeing = all.filter(same);
    if (all.length < Math.max(ENOUGH, expected) || agreeing.length < MOSTLY * all.length) continue;
    if (!vary(agreeing.map(({ got }) => got))) continue;
    return { id: "other-input", text: `Your values would be right ${text}.` };
  }
  return undefined;
}

const same = ({ got, want }: Pair): boolean => nearly(got, want, 1e-8);

/** By the place of the parameter; holes where it is no count. */
function countsAmong(answers: readonly Answered[]): Counts {
  const counts: { largest: number }[] = [];
  for (const [i] of (answers[0]?.inputs ?? []).entries()) {
    const values = answers.map(({ inputs }) => inputs[i]);
    if (values.every((value) => Number.isInteger(value)))
      counts[i] = { largest: Math.max(...(values as number[]).map(Math.abs)) };
  }
  return counts;
}

/** Whether a right program comes to its end: it does for what checks ask, and for twice as much. */
const endsFor = (inputs: readonly unknown[], counts: Counts): boolean =>
  counts.every(({ largest }, i) => Math.abs(inputs[i] as number) <= 2 * largest);

function changes(parameters: readonly Parameter[]): Change[] {
  const scalars = parameters.flatMap(({ name, of }, i) => (of.kind === "number" ? [{ name, i }] : []));
  const lists = parameters.flatMap(({ name, of }, i) => (of.kind === "vector" ? [{ name, i }] : []));
  return [
    ...lists.flatMap(({ name, i }) =>
      LISTS.map(({ text, of }) => ({
        text: `for ${text.replace("it", `\`${name}\``)}`,
        of: put(i, (list) => of(list as readonly number[])),
      })),
    ),
    ...scalars.flatMap(({ name, i }) =>
      NUMBERS.map(({ text, of }) => ({
        text: text.replace("it", `\`${name}\``),
        of: put(i, (v) => of(v as number)),
      })),
    ),
    ...scalars.flatMap((one, at) => scalars.slice(at + 1).map((other) => swap(one, other))),
  ];
}

const put =
  (i: number, change: (value: unknown) => unknown) =>
  (inputs: readonly unknown[]): readonly unknown[] =>
    inputs.with(i, change(inputs[i]));

function swap(one: { name: string; i: number }, other: { name: string; i: number }): Change {
  return {
    text: `if \`${one.name}\` and \`${other.name}\` changed places`,
    of: (inputs) => inputs.with(one.i, inputs[other.i]).with(other.i, inputs[one.i]),
  };
}

const LISTS: readonly { text: string; of(list: readonly number[]): readonly number[] }[] = [
  { text: "it without its first number", of: (list) => list.slice(1) },
  { text: "it without its last number", of: (list) => list.slice(0, -1) },
  { text: "the first number of it alone", of: (list) => list.slice(0, 1) },
  { text: "the last number of it alone", of: (list) => list.slice(-1) },
];

const NUMBERS: readonly { text: string; of(value: number): number }[] = [
  { text: "if it had the other sign", of: (v) => -v },
  { text: "if it were 0", of: () => 0 },
  { text: "if it were 1", of: () => 1 },
  { text: "if it were twice as large", of: (v) => 2 * v },
  { text: "if it were half as large", of: (v) => v / 2 },
  { text: "if the exponential of it stood in its place", of: (v) => Math.exp(v) },
  { text: "if the logarithm of it stood in its place", of: (v) => Math.log(v) },
  { text: "if 1 divided by it stood in its place", of: (v) => 1 / v },
  { text: "if the square of it stood in its place", of: (v) => v * v },
];
