/**
 * What was fitted to data, asked in turn. No single answer of it is known beforehand, as many are right; but it stays what it was, whatever was
 * asked and fitted in between, and what was fitted to other data is another one. Weights outside of the function, which the next training goes on with, show here.
 */

import { askForEvidence } from "../evidence.ts";
import type { Expect } from "../expect.ts";

export interface Question<Handle> {
  /** As it is said: `forward(0.5, 1)`. */
  readonly input: string;
  ask(of: Handle): Promise<readonly number[]>;
}

export interface FittedInTurn<Handle> {
  readonly first: Handle;
  /** Fits to other data, of the same size. */
  fitSecond(): Promise<Handle>;
  readonly questions: readonly Question<Handle>[];
  /** What float32 tensors may differ by that compute the same twice. */
  readonly tolerance: number;
}

/** @param expect Of the check. */
export async function judgeFittedInTurn<Handle>(
  expect: Expect,
  { first, fitSecond, questions, tolerance }: FittedInTurn<Handle>,
): Promise<void> {
  const before: (readonly number[])[] = [];
  for (const { ask } of questions) before.push([...(await ask(first))]);
  const second = await fitSecond();
  for (const [i, { input, ask }] of questions.entries())
    expect.close(await ask(first), before[i], {
      absolute: tolerance,
      relative: tolerance,
      input: `${input}, asked again after another one was fitted`,
      beside: "before that it gave",
      message:
        "what you returned answers otherwise than before: something is left over from what was asked or fitted in between",
    });
  for (const [i, { input, ask }] of questions.entries()) {
    const own = await ask(second);
    expect.that(
      own.some((v, j) => v !== before[i][j]),
      "what was fitted to other data answers as the first one did: something is left over from there",
      { input: `${input}, of what was fitted to other data`, got: own },
    );
    expect.close(await ask(second), own, {
      absolute: tolerance,
      relative: tolerance,
      input: `${input}, asked twice in a row`,
      beside: "the first time it gave",
      message: "the same question has another answer when it is asked again",
    });
  }
}

/** Asked before anything else, and again when everything else was asked. Of an object of which nothing was asked. */
export async function judgeAskedFirst<Handle>(
  expect: Expect,
  { of, question, others, tolerance }: AskedFirst<Handle>,
): Promise<void> {
  const before = [...(await question.ask(of))];
  for (const { ask } of others) await askForEvidence(() => ask(of));
  expect.close(await question.ask(of), before, {
    absolute: tolerance,
    relative: tolerance,
    input: `${question.input}, asked again after ${others.map(({ input }) => input).join(" and ")}`,
    beside: "before these it gave",
    message: "a method answers otherwise once another one was asked: what is kept between them?",
  });
}

/** The same of one of several methods. To be called for each of them on an object of its own. */
export async function judgeMethodFirst<Handle, Name extends keyof Handle>(
  expect: Expect,
  of: Handle,
  method: Name,
  { questions, tolerance }: { questions: Readonly<Record<Name, Question<Handle>>>; tolerance: number },
): Promise<void> {
  const all: Question<Handle>[] = Object.values(questions);
  const question = questions[method];
  await judgeAskedFirst(expect, {
    of,
    question,
    others: all.filter((other) => other !== question),
    tolerance,
  });
}

export interface AskedFirst<Handle> extends Pick<FittedInTurn<Handle>, "tolerance"> {
  readonly of: Handle;
  readonly question: Question<Handle>;
  readonly others: readonly Question<Handle>[];
}
