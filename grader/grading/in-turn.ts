/** Objects asked in turn: what a method answers depends on its object and its arguments, not on other objects, nor on what was asked before. */

import { askForEvidence } from "./evidence.ts";

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
 * An object is judged after another one was made, and once more at another point, after its other methods were asked. Then others are judged that
 * share all but one of its arguments with it. Whatever an answer is kept by, left behind in or taken from besides its own arguments is
 * another one at one of these.
 */
export async function judgeInTurn<Made extends readonly unknown[], Handle, Point>(
  asked: InTurn<Made, Handle, Point>,
): Promise<void> {
  const { made, other, make, points, others, judge } = asked;
  const object = await make(made);
  const second = await make(other);
  await judge(object, made, points[0], ", after another one was made");
  for (const ask of others) await askForEvidence(() => ask(object, points[0]));
  await judge(object, made, points[1], ", after it was asked about another point");
  for (const i of made.keys()) {
    const changed = made.with(i, other[i]) as unknown as Made;
    const one = made.length === 1 ? second : await make(changed);
    await judge(one, changed, points[0], ", after one with other arguments");
  }
}
