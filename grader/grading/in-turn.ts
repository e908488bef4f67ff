/** Objects asked in turn: what a method answers depends on its object and its arguments, not on other objects, nor on what was asked before. */

import { askForEvidence } from "./evidence.ts";
import { LearnerError } from "./session.ts";

export interface InTurn<Made extends readonly unknown[], Handle, Point> {
  /** The arguments that make the object. */
  readonly made: Made;
  /** Those of another one, of the same size. */
  readonly other: Made;
  make(made: Made): Promise<Handle>;
  readonly points: readonly [Point, Point];
  /** Asks the object's other methods, one by one. */
  readonly others: readonly ((object: Handle, point: Point) => Promise<unknown>)[];
  /** @param when What came before, for the words of a failure. */
  judge(object: Handle, made: Made, point: Point, when: string): Promise<void>;
}

/**
 * An object is judged after another one was made; then others are judged that share all but one of its arguments with it; and it is judged
 * once more at another point, after its other methods were asked. Whatever an answer is kept by, left behind in or taken from besides its
 * own arguments is another one at one of these. The other methods come last: where one of them never ends, nothing more can be asked, and
 * that costs the check which is about it.
 */
export async function judgeInTurn<Made extends readonly unknown[], Handle, Point>(
  asked: InTurn<Made, Handle, Point>,
): Promise<void> {
  const { made, other, make, points, others, judge } = asked;
  const object = await make(made);
  const second = await make(other);
  await judge(object, made, points[0], ", after another one was made");
  for (const i of made.keys()) {
    const changed = made.with(i, other[i]) as unknown as Made;
    const one = made.length === 1 ? second : await make(changed);
    await judge(one, changed, points[0], ", after one with other arguments");
  }
  for (const ask of others) if (!(await mayAskOn(() => askForEvidence(() => ask(object, points[0]))))) return;
  await judge(object, made, points[1], ", after it was asked about another point");
}

async function mayAskOn(ask: () => Promise<void>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (!(error instanceof LearnerError)) throw error;
    return false;
  }
}
