import type { Domain } from "../../domain/domain.ts";
import type { Region, Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

export type Masks = readonly (readonly number[])[];
type Asked = readonly [masks: number[][]];

/** Sets as bits: of each number those of z on which it depends. */
export function follow(masks: Masks): number[] {
  const sets = masks[0].map((_, i) => 1 << i);
  for (const mask of masks) {
    const steering = sets.reduce((union, set, i) => (mask[i] === 0 ? union | set : union), 0);
    for (const [i, changed] of mask.entries()) if (changed === 1) sets[i] |= steering;
  }
  return sets;
}

export const asMatrix = (sets: readonly number[]): number[][] =>
  sets.map((set) => sets.map((_, j) => (set >> j) & 1));

const isFull = (sets: readonly number[]): boolean => sets.every((set) => set === 2 ** sets.length - 1);

/** Sets only grow. A whole round in which none does changes nothing any more. */
export function countNeeded(masks: Masks): number {
  for (let count = 1, before = ""; ; count++) {
    const sets = follow(Array.from({ length: count }, (_, k) => masks[k % masks.length]));
    if (isFull(sets)) return count;
    if (count % masks.length !== 0) continue;
    if (before === sets.join()) return 0;
    before = sets.join();
  }
}

/** At least one number changes and one stays. */
function someMask(random: Random, dimensions: number): number[] {
  const mask = Array.from({ length: dimensions }, () => random.integer(2));
  const at = random.integer(dimensions);
  return mask.with(at, 1).with((at + 1 + random.integer(dimensions - 1)) % dimensions, 0);
}

const opposite = (mask: readonly number[]): number[] => mask.map((v) => 1 - v);

const region = (
  points: number,
  draw: (random: Random) => number[][],
  fits: (masks: Masks) => boolean,
): Region<Asked> => ({
  points,
  draw: (random) => [draw(random)],
  place: (masks) => (fits(masks) ? 0.5 : undefined),
});

const areOpposite = (masks: Masks): boolean =>
  masks.length === 2 && masks[0].every((v, i) => v === 1 - masks[1][i]);

export const regions: Regions<Asked> = {
  "four to six numbers, some masks": region(
    10,
    (random) => {
      const dimensions = 4 + random.integer(3);
      return Array.from({ length: 2 + random.integer(4) }, () => someMask(random, dimensions));
    },
    (masks) => masks[0].length > 3 && masks.length > 1 && !areOpposite(masks),
  ),
  "two numbers": region(
    4,
    (random) => Array.from({ length: 1 + random.integer(3) }, () => someMask(random, 2)),
    (masks) => masks[0].length === 2,
  ),
  "three numbers": region(
    6,
    (random) => Array.from({ length: 1 + random.integer(4) }, () => someMask(random, 3)),
    (masks) => masks[0].length === 3,
  ),
  "one mask": region(
    3,
    (random) => [someMask(random, 3 + random.integer(3))],
    (masks) => masks.length === 1,
  ),
  "a mask and its opposite": region(
    6,
    (random) => {
      const mask = someMask(random, 4 + random.integer(3));
      return [mask, opposite(mask)];
    },
    (masks) => masks[0].length > 3 && areOpposite(masks),
  ),
  "one number changes at a time": region(
    3,
    (random) => {
      const dimensions = 3 + random.integer(3);
      const first = random.integer(dimensions);
      return Array.from({ length: dimensions }, (_, k) =>
        Array.from({ length: dimensions }, (__, i) => (i === (first + k) % dimensions ? 1 : 0)),
      );
    },
    (masks) => masks.every((mask) => mask.reduce((a, b) => a + b, 0) === 1),
  ),
  "a number that never changes": region(
    3,
    (random) => {
      const at = random.integer(4);
      return Array.from({ length: 3 }, () => {
        const mask = someMask(random, 4).with(at, 0);
        return mask.includes(1) ? mask : mask.with((at + 1) % 4, 1);
      });
    },
    (masks) => masks[0].some((_, i) => masks.every((mask) => mask[i] === 0)),
  ),
};

/** Whole numbers. */
const domain: Domain<Asked> = { regions, allows: () => 1e-9, float32: false };
export const domains = { dependence: domain, couplingsNeeded: domain };

export const signatures = {
  dependence: fn([parameter("masks", matrix)], matrix),
  couplingsNeeded: fn([parameter("masks", matrix)], number),
};
