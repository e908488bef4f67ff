/** How many numbers are drawn at once, or stand in one variable, at most: 1 GB in double precision, and half as much in float32. */
export const MOST_NUMBERS = 2 ** 27;

/**
 * Makes sure that so many numbers can be held, before memory is taken for them.
 *
 * @param what What they are, in words: "1000000000 events of 2 numbers".
 * @param remedy How to do with less.
 * @throws RangeError if they are more than {@link MOST_NUMBERS}.
 */
export function checkAmount(count: number, what: string, remedy: string): void {
  if (!(count > MOST_NUMBERS)) return;
  throw new RangeError(`expected at most ${MOST_NUMBERS} numbers at once; got ${what}: ${remedy}`);
}

/**
 * Makes sure that the parameters of a layer can be held, before memory is taken for them.
 *
 * @param shape Lengths of their axes, e.g. inputs and outputs.
 * @throws RangeError if they are more than {@link MOST_NUMBERS}.
 */
export function checkParameters(who: string, shape: readonly number[]): void {
  const count = shape.reduce((product, length) => product * length, 1);
  if (!(count > MOST_NUMBERS)) return;
  throw new RangeError(
    `${who}: expected at most ${MOST_NUMBERS} parameters; got ${shape.join(" × ")} of them, for which there is no memory. ` +
      "Choose smaller sizes",
  );
}
