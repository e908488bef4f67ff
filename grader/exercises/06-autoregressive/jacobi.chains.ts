/** Who looks at whom, and how long the longest chain is. */

import type { Region, Regions } from "../../domain/strata.ts";
import type { Random } from "../../random.ts";
import { shuffle } from "./masks.domain.ts";

type Depends = readonly (readonly number[])[];

/** After how many steps every number is exact: one more than those at which it looks, 1 if at none. */
export function longestChain(depends: Depends): number {
  const known: number[] = [];
  const depth = (i: number): number => {
    known[i] ??= 1 + Math.max(0, ...depends[i].map((v, j) => (v === 1 ? depth(j) : 0)));
    return known[i];
  };
  return Math.max(...depends.map((_, i) => depth(i)));
}

type Looks = (later: number, earlier: number, n: number) => boolean;

/** By places in an order: the number at a later place may look at one at an earlier. */
const dependsBy = (order: readonly number[], looks: Looks): number[][] => {
  const n = order.length;
  const depends = order.map(() => order.map(() => 0));
  for (let later = 0; later < n; later++)
    for (let earlier = 0; earlier < later; earlier++)
      if (looks(later, earlier, n)) depends[order[later]][order[earlier]] = 1;
  return depends;
};

const natural = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const all: Looks = () => true;
const neighbour: Looks = (later, earlier) => later === earlier + 1;
const half: Looks = (later, earlier, n) => earlier < n / 2 && later >= n / 2;
const edges = (depends: Depends): number => depends.flat().reduce((sum, v) => sum + v, 0);

const region = (
  points: number,
  draw: (random: Random, place: number) => number[][],
  fits: (depends: Depends) => boolean,
): Region<[depends: number[][]]> => ({
  points,
  draw: (random, place) => [draw(random, place)],
  place: (depends) => (fits(depends) ? 0.5 : undefined),
});

const some = (random: Random, order: readonly number[], share: number): number[][] =>
  dependsBy(order, () => random.uniform(0, 1) < share);

/** Who looks only at numbers of a smaller index. */
const isNatural = (depends: Depends): boolean =>
  depends.every((row, i) => row.every((v, j) => v === 0 || j < i));

export const stepRegions: Regions<[depends: number[][]]> = {
  "some numbers look at some, in any order": region(
    10,
    (random, place) => some(random, shuffle(random, 4 + random.integer(4)), 0.2 + 0.5 * place),
    (depends) => depends.length > 3 && edges(depends) > 0 && !isNatural(depends),
  ),
  "in natural order": region(
    5,
    (random, place) => some(random, natural(4 + random.integer(4)), 0.2 + 0.5 * place),
    (depends) => depends.length > 3 && edges(depends) > 0 && isNatural(depends),
  ),
  "all numbers before one's own": region(
    2,
    (random) => dependsBy(shuffle(random, 2 + random.integer(5)), all),
    (depends) => edges(depends) === (depends.length * (depends.length - 1)) / 2,
  ),
  "a number and the next": region(
    3,
    (random, place) => dependsBy(shuffle(random, [3, 5, 7][Math.floor(3 * place)]), neighbour),
    (depends) => longestChain(depends) === depends.length && edges(depends) === depends.length - 1,
  ),
  "a coupling of halves": region(
    2,
    (random) => dependsBy(shuffle(random, 4 + 2 * random.integer(2)), half),
    (depends) => longestChain(depends) === 2,
  ),
  "nobody looks at anybody": region(
    2,
    (_random, place) => dependsBy(natural(1 + Math.floor(6 * place)), () => false),
    (depends) => edges(depends) === 0,
  ),
  "one number": region(
    1,
    () => [[0]],
    (depends) => depends.length === 1,
  ),
};
