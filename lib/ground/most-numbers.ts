/** How many numbers are drawn at once at most: 1 GB in double precision, and half as much in float32. */
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
