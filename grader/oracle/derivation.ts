/**
 * Judges a derivation: a list of expressions, each of which must equal the one before it wherever both are defined.
 *
 * Equality is tested with numbers, at random instances of the variables: two different analytic expressions that agree at
 * a dozen random points to nine digits do not exist by accident. What must not be checked by numbers alone is that a step was made
 * at all, so the first and the last expression are given, a step that repeats the one before is none, and the specification says which forms must
 * appear on the way.
 */

import { breathe } from "../grading/turn.ts";
import { plural } from "../plural.ts";
import type { Random } from "../random.ts";
import { type Expression, expression, type Names } from "./expression.ts";
import { notationProblem } from "./notation.ts";
import { readSlips, type Slip } from "./slips.ts";

export interface DerivationTask extends Names {
  /** The expression that the derivation starts from and the one that it must reach, as written in the exercise. */
  readonly first: string;
  readonly last: string;
  /** Forms that have to appear in a step between first and last, e.g. "the inverse put in". */
  readonly forms?: readonly Form[];
  /** Wrong steps that people write, and what to say to whoever has one of that value. */
  readonly slips?: readonly Slip[];
}

export interface Form {
  readonly name: string;
  /** Judged on the names that an expression uses, not on its layout. */
  readonly appears: (uses: {
    readonly variables: ReadonlySet<string>;
    readonly functions: ReadonlySet<string>;
  }) => boolean;
}

export interface Verdict {
  readonly holds: boolean;
  readonly message: string;
  /** From 0; where a step is at fault. */
  readonly step?: number;
  /** How many expressions a derivation that holds has, those not counted that repeat the one before. */
  readonly lines?: number;
}

const MAX_STEPS = 40;
const INSTANCES = 12;
/** Nine digits: what cancellation in a dozen operations leaves of sixteen. */
const RELATIVE = 1e-9;

/** Loads what reads expressions: a sixth of a second of a processor, in one turn. Done before the first derivation if asked early. */
export const reader = () => import("mathjs/number");

/** @throws SyntaxError if the task itself cannot be read: a defect of the exercise. */
export async function judgeDerivation(
  steps: readonly string[],
  task: DerivationTask,
  random: Random,
): Promise<Verdict> {
  const { parse, derivative } = await reader();
  const read = (text: string): Expression => expression(text, task, parse, derivative);
  const last = read(task.last);
  const lines = await readLines(steps, { read, first: task.first, called: "step" });
  if (!Array.isArray(lines)) return lines;
  const expressions: readonly Expression[] = lines;
  if (expressions[expressions.length - 1].orderless !== last.orderless)
    return wrong(`the derivation ends at ${task.last}`, steps.length - 1);
  return (
    (await compareSteps(expressions, task, readSlips(task.slips, read), random)) ??
    onlyRepeats(expressions, "step") ??
    missingForm(expressions, task) ?? {
      holds: true,
      message: "every step holds",
      lines: countLines(expressions),
    }
  );
}

/**
 * The expressions of a derivation that begins where it has to, or what is wrong with it.
 *
 * @param given.called What a line is called in the words for the learner.
 */
export async function readLines<E extends { readonly orderless: string }>(
  steps: readonly string[],
  { read, first, called }: { read(text: string): E; readonly first: string; readonly called: string },
): Promise<E[] | Verdict> {
  const start = read(first).orderless;
  if (steps.length > MAX_STEPS)
    return wrong(`${steps.length} ${called}s are more than the ${MAX_STEPS} that are read`);
  if (steps.length < 3) {
    const joined = steps.find((text) => text.includes("="));
    const why = joined === undefined ? "" : `: ${notationProblem(joined)}`;
    const got = `${plural(steps.length, called)}${why}`;
    return wrong(
      `a derivation needs at least three ${called}s, its two ends and one between them; got ${got}`,
    );
  }
  const expressions: E[] = [];
  for (const [step, text] of steps.entries()) {
    await breathe();
    try {
      expressions.push(read(text));
    } catch (error) {
      const why = notationProblem(text) ?? (error as Error).message;
      return wrong(`${called} ${step + 1} cannot be read: ${why}`, step);
    }
  }
  return expressions[0].orderless === start ? expressions : wrong(`the derivation starts from ${first}`, 0);
}

/** Brackets that change nothing, as in A*(B*C), leave an expression what it was: this is no fault, and no step. */
const repeatsBefore = (
  text: { readonly text: string },
  i: number,
  all: readonly { readonly text: string }[],
) => i > 0 && all[i - 1]?.text === text.text;

export const countLines = (expressions: readonly { readonly text: string }[]): number =>
  expressions.filter((...at) => !repeatsBefore(...at)).length;

/** Where nothing stands between the two ends but what repeats them. */
export function onlyRepeats(
  expressions: readonly { readonly text: string }[],
  called: string,
): Verdict | undefined {
  if (countLines(expressions) >= 3) return undefined;
  const step = expressions.findIndex(repeatsBefore);
  return wrong(
    `${called} ${step + 1} repeats the ${called} before it, and no other stands between the two ends`,
    step,
  );
}

async function compareSteps(
  steps: readonly Expression[],
  task: DerivationTask,
  slips: readonly { readonly line: Expression; readonly says: string }[],
  random: Random,
): Promise<Verdict | undefined> {
  const instances = Array.from({ length: INSTANCES }, () =>
    Object.fromEntries(Object.entries(task.variables).map(([name, draw]) => [name, draw(random)])),
  );
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    if (!before) continue;
    await breathe();
    if (before.text === step.text) continue;
    for (const values of instances) {
      const [a, b] = [before.at(values), step.at(values)];
      if (agree(a, b)) continue;
      const where = Object.entries(values).map(
        ([name, value]) => `${name} = ${Number(value.toPrecision(4))}`,
      );
      const slip = slips.find(({ line }) => instances.every((at) => agree(line.at(at), step.at(at))));
      return wrong(
        `step ${index + 1} is not equal to the one before: at ${where.join(", ")} they are ${apart(a, b)}${slip ? `. ${slip.says}` : ""}`,
        index,
      );
    }
  }
  return undefined;
}

/** Not a number on both sides would say nothing, so it counts as a difference. */
const agree = (a: number, b: number): boolean => Math.abs(a - b) <= RELATIVE * Math.max(1, Math.abs(a));

/** Six digits of both, or as many as it takes until they differ. */
function apart(a: number, b: number): string {
  for (let digits = 6; digits < 17; digits++) {
    const [first, second] = [a, b].map((value) => String(Number(value.toPrecision(digits))));
    if (first !== second || Object.is(a, b)) return `${first} and ${second}`;
  }
  return `${a} and ${b}`;
}

function missingForm(steps: readonly Expression[], task: DerivationTask): Verdict | undefined {
  const between = steps.slice(1, -1);
  const missing = task.forms?.find((form) => !between.some((step) => form.appears(step)));
  return missing && wrong(`the step "${missing.name}" is missing between the two ends`);
}

/** A derivation that does not hold. */
export const wrong = (message: string, step?: number): Verdict => ({
  holds: false,
  message,
  ...(step === undefined ? {} : { step }),
});
