/**
 * The regions of a function of a list: none, one, some, many, with equal numbers, with 0 and ±1, in order. What people get wrong with
 * lists is the same in every exercise.
 */

import type { Random } from "../random.ts";
import { oneOf, type Place, type Region, type Regions, type Span } from "./strata.ts";

export interface Lists<I extends readonly unknown[]> {
  /** An ordinary number of a list. */
  item(random: Random): number;
  /** A call with this list, and ordinary other arguments. */
  call(list: number[], random: Random): I;
  /** The list of a call; its first argument unless told. */
  listOf?(...inputs: I): readonly number[];
  /** The shortest list that the statement allows; 0 unless told. */
  readonly least?: number;
  /** Values at which people err; 0, −0, 1 and −1 unless told. */
  readonly special?: Span;
  /** What the list is one of, for the names of the regions: "number" unless told. */
  readonly noun?: string;
}

/** The longest list, of which there is one in a run. */
export const MOST = 400;

/**
 * The first region is the ordinary one: 2 to 12 numbers. Together the lengths leave no gap from the shortest to {@link MOST}.
 *
 * @throws RangeError if `least` is no whole number from 0 to 2.
 */
export function listRegions<I extends readonly unknown[]>({
  item,
  call,
  listOf = (...inputs) => inputs[0] as readonly number[],
  least = 0,
  special = oneOf(0, -0, 1, -1),
  noun = "number",
}: Lists<I>): Regions<I> {
  if (![0, 1, 2].includes(least))
    throw new RangeError(`listRegions: expected a shortest list of 0, 1 or 2 numbers; got ${least}`);
  const ofLength = (random: Random, n: number): number[] => Array.from({ length: n }, () => item(random));
  const few = (random: Random): number[] => ofLength(random, 2 + random.integer(11));

  /** @param list Of a place in the region. */
  const region = (
    points: number,
    list: (random: Random, place: number) => number[],
    placeOf: (list: readonly number[]) => Place,
  ): Region<I> => ({
    points,
    draw: (random, place) => call(list(random, place), random),
    place: (...inputs) => placeOf(listOf(...inputs)),
  });
  const lengths = (low: number, high: number, points: number): Region<I> =>
    region(
      points,
      (random, place) =>
        ofLength(random, low + Math.floor(Math.min(place, 1 - Number.EPSILON) * (high - low + 1))),
      ({ length }) =>
        length >= low && length <= high ? (length - low) / Math.max(1, high - low) : undefined,
    );

  return {
    [`some ${noun}s`]: lengths(2, 12, 11),
    [`more ${noun}s`]: lengths(13, 40, 14),
    [`a hundred ${noun}s or two`]: lengths(41, 299, 2),
    [`many ${noun}s`]: { ...lengths(300, MOST, 1), once: true },
    ...(least <= 1 && { [`one ${noun}`]: lengths(1, 1, 2) }),
    ...(least === 0 && { [`no ${noun}s`]: lengths(0, 0, 1) }),
    [`${noun}s of which some come twice`]: region(
      3,
      (random) => {
        const once = few(random);
        return [...once, ...once.slice(0, 1 + random.integer(once.length))];
      },
      (list) => when(new Set(list).size < list.length && !isConstant(list)),
    ),
    [`equal ${noun}s beside each other`]: region(
      2,
      (random) => {
        const [first, second] = ofLength(random, 2);
        return [first, first, second, second, first];
      },
      (list) => when(!isConstant(list) && list.some((v, i) => v === list[i + 1])),
    ),
    [`${noun}s that are all equal`]: region(
      2,
      (random) => Array(2 + random.integer(6)).fill(item(random)),
      (list) => when(list.length > 1 && isConstant(list)),
    ),
    [`${noun}s in order, or the other way round`]: region(
      2,
      (random, place) => few(random).sort((a, b) => (place < 0.5 ? a - b : b - a)),
      (list) => inOrder(list),
    ),
    [`a special value among the ${noun}s`]: region(
      12,
      (random, place) => {
        const list = ofLength(random, least + random.integer(6));
        list.splice(random.integer(list.length + 1), 0, special.at(place));
        return list;
      },
      (list) => list.map(special.place).find((place) => place !== undefined),
    ),
  };
}

const when = (holds: boolean): Place => (holds ? 0 : undefined);

const isConstant = (list: readonly number[]): boolean => list.every((v) => v === list[0]);

/** The first half is upwards, the second downwards. */
function inOrder(list: readonly number[]): Place {
  if (list.length < 2 || isConstant(list)) return undefined;
  const steps = list.slice(1).map((v, i) => v - list[i]);
  if (steps.every((step) => step >= 0)) return 0.25;
  return steps.every((step) => step <= 0) ? 0.75 : undefined;
}
