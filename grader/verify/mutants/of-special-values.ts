/**
 * Wrong answers at single values that people test for: 0, which passes for "missing" or "false", 1, −1, and equal numbers. By chance a
 * check never asks there, so that each has to be a point of its own.
 */

import { numbersOf } from "../../domain/domain.ts";
import type { Kind, Parameter } from "../../harness/kinds.ts";
import { random } from "../../random.ts";
import { type Alter, type AnyDomain, always, mapNumbers, type Nameless, pairs } from "../mutant.ts";

const SPECIAL = [0, 1, -1];
/** Draws of a region that show between which values its arguments lie. */
const DRAWS = 8;

type Inputs = readonly unknown[];

const other = (right: unknown): unknown => mapNumbers(right, (v) => (Number.isFinite(v) ? 2 * v + 3 : 3));

/** Another answer wherever this holds. */
const where = (id: string, holds: (inputs: Inputs) => boolean): Nameless => ({
  ...always(`another answer where ${id}`, (right, inputs) => (holds(inputs) ? other(right) : right)),
  sure: true,
});

export function ofSpecialValues(parameters: readonly Parameter[], domain: AnyDomain): Nameless[] {
  const drawn = draws(domain);
  const ranges = parameters.map((_, i) => range(drawn.flatMap((inputs) => flat(inputs[i]))));
  const among = (i: number, value: number) => ranges[i].low <= value && value <= ranges[i].high;
  /** Whether the statement says something about one of these calls at least. */
  const isAsked = (calls: readonly Inputs[]) => calls.some((inputs) => !domain.open?.(...inputs));
  const isClosed = (i: number, value: unknown) => isAsked(drawn.map((inputs) => inputs.with(i, value)));
  const numbers = parameters.flatMap(({ of, name }, i) => (of.kind === "number" ? [{ name, i }] : []));
  const ofNumbers = numbers.flatMap(({ name, i }) => [
    ...SPECIAL.filter((value) => among(i, value) && isClosed(i, value)).map((value) =>
      where(`${name} is ${value}`, (inputs) => inputs[i] === value),
    ),
    ...(among(i, 0) ? missing(name, i, domain, drawn) : []),
    ...ends(name, i, domain, drawn),
  ]);
  const ofPairs = pairs(numbers).flatMap(([a, b]) => [
    ...(Math.max(ranges[a.i].low, ranges[b.i].low) < Math.min(ranges[a.i].high, ranges[b.i].high) &&
    isAsked(drawn.map((inputs) => inputs.with(b.i, inputs[a.i])))
      ? [where(`${a.name} and ${b.name} are equal`, (inputs) => inputs[a.i] === inputs[b.i])]
      : []),
    ...[0, 1].flatMap((p) =>
      [0, 1]
        .filter((q) => among(a.i, p) && among(b.i, q))
        .filter((q) => isAsked(drawn.map((inputs) => inputs.with(a.i, p).with(b.i, q))))
        .map((q) =>
          where(
            `${a.name} is ${p} and ${b.name} is ${q}`,
            (inputs) => inputs[a.i] === p && inputs[b.i] === q,
          ),
        ),
    ),
  ]);
  const ofLists = parameters.flatMap(({ of, name }, i) =>
    of.kind === "vector" ? inList(name, i, (value) => among(i, value), isAsked, drawn) : [],
  );
  const onTheWay = Object.entries(domain.onTheWay ?? {}).map(([name, of]) =>
    where(`${name} is 0`, (inputs) => flat(of(...inputs)).includes(0)),
  );
  return [...ofNumbers, ...ofPairs, ...ofLists, ...onTheWay];
}

/** `argument || 1`, and the like. */
function missing(name: string, i: number, domain: AnyDomain, drawn: readonly Inputs[]): Nameless[] {
  const calls = drawn.map((inputs) => inputs.with(i, 0)).filter((inputs) => !domain.open?.(...inputs));
  return [1, -0.5].map((instead) =>
    asking(`${name} of 0 taken for ${instead}`, i, (value) => (value === 0 ? instead : value), calls),
  );
}

/** Right but at the very end. */
function ends(name: string, i: number, domain: AnyDomain, drawn: readonly Inputs[]): Nameless[] {
  return (domain.ends?.[name] ?? []).map((end) =>
    asking(
      `${name} not quite as far as ${end}`,
      i,
      (value) =>
        Math.sign(value as number) === Math.sign(end) && beyond(value as number, end) ? end / 2 : value,
      drawn.map((inputs) => inputs.with(i, end)),
    ),
  );
}

/** As near to the end as a thousandth, counted from 0. */
const beyond = (value: number, end: number): boolean => Math.abs(value) > 0.999 * Math.abs(end);

function inList(
  name: string,
  i: number,
  among: (value: number) => boolean,
  isAsked: (calls: readonly Inputs[]) => boolean,
  drawn: readonly Inputs[],
): Nameless[] {
  const list = (inputs: Inputs) => inputs[i] as readonly number[];
  const some = drawn.filter((inputs) => list(inputs).length > 0);
  const having = (change: (values: readonly number[]) => readonly number[]) =>
    some.map((inputs) => inputs.with(i, change(list(inputs))));
  const alone = some.some((inputs) => list(inputs).length === 1);
  const doubled = having((values) => [...values.slice(0, 1), ...values]).filter((inputs) =>
    isAsked([inputs]),
  );
  return [
    asking(`equal entries of ${name} once`, i, (values) => [...new Set(values as number[])], doubled),
    asking(
      `equal neighbours in ${name} once`,
      i,
      (values) => (values as number[]).filter((v, j, all) => j === 0 || v !== all[j - 1]),
      doubled,
    ),
    ...SPECIAL.filter((value) => among(value) && isAsked(having((values) => values.with(0, value)))).map(
      (value) => where(`${name} has ${value}`, (inputs) => list(inputs).includes(value)),
    ),
    ...(among(0) && isAsked(having((values) => values.with(0, 0)))
      ? [
          where(`${name} begins with 0`, (inputs) => list(inputs)[0] === 0),
          where(`${name} ends with 0`, (inputs) => list(inputs).at(-1) === 0),
          ...(alone && isAsked(having((values) => values.map(() => 0)))
            ? [
                where(
                  `${name} is nothing but 0`,
                  (inputs) => list(inputs).length > 0 && list(inputs).every((v) => v === 0),
                ),
              ]
            : []),
          asking(
            `${name} without what is 0`,
            i,
            (values) => (values as number[]).filter(Boolean),
            having((values) => values.with(0, 0)).filter((inputs) => isAsked([inputs])),
          ),
        ]
      : []),
  ];
}

/** Wrong where an answer is 0, if answers lie on both sides of it. */
export function ofSpecialAnswers(
  kind: Kind,
  answers: readonly number[],
  { allows, sees }: AnyDomain,
): Nameless[] {
  // Where answers are right in many ways, none of them is 0.
  if (sees) return [];
  const { low, high } = range(answers.filter(Number.isFinite));
  if (low >= 0 || high <= 0) return [];
  /** Which of the right answers are 0, but for the rounding that is allowed. */
  const zeros = (right: unknown, inputs: Inputs): boolean[] => {
    const numbers = numbersOf(right) ?? [];
    const errors = allows(numbers, ...inputs);
    return numbers.map((v, i) => Math.abs(v) <= (typeof errors === "number" ? errors : errors[i]));
  };
  const one = always("an answer of 0 taken for none", (right, inputs) => {
    const is0 = zeros(right, inputs);
    return mapNumbers(right, (v, i) => (is0[i] ? 1 : v));
  });
  const dropping: Alter = (right, inputs) => {
    const is0 = zeros(right, inputs);
    return (right as unknown[]).filter((_, i) => !is0[i]);
  };
  return [
    { ...one, sure: true },
    ...(kind.kind === "vector"
      ? [{ ...always("without answers that are 0", dropping), sure: true as const }]
      : []),
  ];
}

function asking(id: string, i: number, to: (value: unknown) => unknown, calls: readonly Inputs[]): Nameless {
  return { ...always(id, (_right, inputs, ask) => ask(inputs.with(i, to(inputs[i])))), calls };
}

function draws({ regions }: AnyDomain): Inputs[] {
  const numbers = random("special values");
  return Object.values(regions).flatMap(({ draw }) =>
    Array.from({ length: DRAWS }, (_, i) => draw(numbers, (i + 0.5) / DRAWS)),
  );
}

const flat = (value: unknown): readonly number[] =>
  typeof value === "number" ? [value] : Array.isArray(value) ? value : [];

function range(values: readonly number[]): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return { low, high };
}
