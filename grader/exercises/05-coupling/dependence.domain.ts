import type { Domain } from "../../domain/domain.ts";
import type { Region, Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";
import { follow, type Masks } from "./dependence.count.ts";
import { areSlow, drawSlow, SLOWEST } from "./dependence.slow-masks.ts";

type Asked = readonly [masks: number[][]];

export const asMatrix = (sets: readonly number[]): number[][] =>
  sets.map((set) => sets.map((_, j) => (set >> j) & 1));

/** At least one number changes and one stays. */
function someMask(random: Random, dimensions: number): number[] {
  const mask = Array.from({ length: dimensions }, () => random.integer(2));
  const at = random.integer(dimensions);
  return mask.with(at, 1).with((at + 1 + random.integer(dimensions - 1)) % dimensions, 0);
}

const lastMatters = (masks: Masks): boolean => follow(masks).join() !== follow(masks.slice(0, -1)).join();

const opposite = (mask: readonly number[]): number[] => mask.map((v) => 1 - v);

const region = (
  points: number,
  draw: (random: Random, place: number) => number[][],
  fits: (masks: Masks) => boolean,
): Region<Asked> => ({
  points,
  draw: (random, place) => [draw(random, place)],
  place: (masks) => (fits(masks) ? 0.5 : undefined),
});

const areOpposite = (masks: Masks): boolean =>
  masks.length === 2 && masks[0].every((v, i) => v === 1 - masks[1][i]);

export const regions: Regions<Asked> = {
  "four to six numbers, some masks": region(
    10,
    (random, place) => {
      const dimensions = 4 + random.integer(3);
      return Array.from({ length: 2 + Math.floor(5 * place) }, () => someMask(random, dimensions));
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
  // For answers that give up after some number of couplings: whatever the seed, each of these is asked.
  "masks that take several rounds": region(SLOWEST.length, drawSlow, areSlow),
  // For answers that read fewer masks than there may be.
  "six masks, the last of which matters": region(
    3,
    (random) => {
      const dimensions = 4 + random.integer(3);
      for (;;) {
        const masks = Array.from({ length: 6 }, () => someMask(random, dimensions));
        if (lastMatters(masks)) return masks;
      }
    },
    (masks) => masks.length === 6 && lastMatters(masks),
  ),
};

/** Whole numbers. */
const domain: Domain<Asked> = { regions, allows: () => 1e-9, float32: false };
export const domains = { dependence: domain, couplingsNeeded: domain };

export const signatures = {
  dependence: fn([parameter("masks", matrix)], matrix),
  couplingsNeeded: fn([parameter("masks", matrix)], number),
};
