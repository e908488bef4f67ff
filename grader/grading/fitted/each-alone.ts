/** A list of questions, each of which has its own answer: the one that it has alone, at its own place. */

import type { Expect, Tolerance } from "../expect.ts";

export interface EachAlone<A> {
  readonly list: A[];
  ask(some: A[]): Promise<readonly number[]>;
  /** As it is said: `logDensity`, and what it gives. */
  readonly name: string;
  readonly answer: string;
  /** What the list holds, one and several: point, points. */
  readonly one: string;
  readonly several: string;
  /** How a question is written. */
  text(question: A): string;
  /** What computing of another shape may leave of one number. */
  readonly tolerance: Required<Tolerance>;
}

/** A mean does not tell in which order the answers stand, nor whether some stand for others. The list is asked first. */
export async function judgeEachAlone<A>(expect: Expect, asked: EachAlone<A>): Promise<void> {
  const { list, ask, name, answer, one, several, text, tolerance } = asked;
  const among = await ask(list);
  expect.that(among.length === list.length, `${name} gives one number for each ${one}`, {
    input: `${name} of ${list.length} ${several}, of which one comes twice`,
  });
  for (const [i, question] of list.entries()) {
    const [alone] = await ask([question]);
    expect.close(among[i] ?? Number.NaN, alone, {
      ...tolerance,
      input: () => `${name} of ${list.length} ${several}, number ${i + 1}`,
      beside: () => `${name}([${text(question)}]) gives`,
      message: `a ${one} has another ${answer} among others than alone: is the order kept?`,
    });
  }
}
