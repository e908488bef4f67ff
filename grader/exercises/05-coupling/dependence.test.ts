/** The slow masks are as slow as said, and an answer that gives up too early is told so, wherever it does. */

import { expect, test } from "vitest";
import { strata } from "../../domain/strata.ts";
import { random } from "../../random.ts";
import { countNeeded, follow, type Masks } from "./dependence.count.ts";
import { regions } from "./dependence.domain.ts";
import { misconceptions } from "./dependence.misconceptions.ts";
import { areSlow, drawSlow, SLOWEST } from "./dependence.slow-masks.ts";

const asked = (seed: number) => strata(random(`${seed}`), regions).map(({ inputs: [masks] }) => masks);

/** By products of matrices of zeros and ones, not by sets. */
function countByProducts(masks: Masks): number {
  const axes = masks[0].map((_, i) => i);
  let known = axes.map((i) => axes.map((j) => i === j));
  for (let count = 1; count <= 100; count++) {
    const mask = masks[(count - 1) % masks.length];
    const before = known;
    known = axes.map((i) =>
      axes.map((j) => before[i][j] || (mask[i] === 1 && axes.some((k) => mask[k] === 0 && before[k][j]))),
    );
    if (known.flat().every((v) => v)) return count;
  }
  return 0;
}

test("every family takes as many couplings as said, also with its numbers in another order", () => {
  const numbers = random("slow masks");
  for (const [i, { takes }] of SLOWEST.entries())
    for (let n = 0; n < 20; n++) {
      const masks = drawSlow(numbers, (i + 0.5) / SLOWEST.length);
      expect(countByProducts(masks)).toBe(takes);
      expect(areSlow(masks)).toBe(true);
    }
});

test("every run asks what takes more than four rounds and more than 25 couplings, each time other masks", () => {
  const slow = Array.from({ length: 50 }, (_, seed) => {
    const six = asked(seed).filter((masks) => masks[0].length === 6 && countNeeded(masks) > 25);
    expect(six.length).toBeGreaterThan(0);
    expect(six[0].length * 4).toBeLessThan(countNeeded(six[0]));
    return JSON.stringify(six[0]);
  });
  expect(new Set(slow).size).toBeGreaterThan(40);
});

test("every run asks the matrix of six masks, the last of which matters", () => {
  for (let seed = 0; seed < 50; seed++)
    expect(
      asked(seed).some(
        (masks) => masks.length === 6 && follow(masks).join() !== follow(masks.slice(0, 5)).join(),
      ),
    ).toBe(true);
});

const shownFor = (count: (masks: Masks) => number): string[] => {
  const answers = asked(1).map((masks) => ({
    export: "couplingsNeeded" as const,
    inputs: [masks] as [number[][]],
    got: count(masks),
    want: countNeeded(masks),
  }));
  return misconceptions.filter(({ shows }) => shows?.(answers)).map(({ id }) => id);
};

test.each([8, 12, 22, 25])(
  "an answer that gives up after %i couplings is told that it stops too early",
  (limit) => {
    expect(shownFor((masks) => (countNeeded(masks) > limit ? 0 : countNeeded(masks)))).toEqual([
      "stops-too-early",
    ]);
  },
);

test("one that is wrong in another way is not told so, nor a right one", () => {
  expect(shownFor((masks) => Math.max(0, countNeeded(masks) - 1))).toEqual([]);
  expect(shownFor((masks) => (masks[0].length === 5 ? 0 : countNeeded(masks)))).toEqual([]);
  expect(shownFor(countNeeded)).toEqual([]);
});
