/** The numbers that chapter 05 tells of the two moons, by drawing instead of by the sums of its cells. */

import { random } from "flowlab";
import { toyDensities } from "flowlab/data";
import { expect, test } from "vitest";
import { couplingChapter } from "./05-coupling.ts";
import type { NumberGuess } from "./prediction.ts";

const { twoMoons } = toyDensities;

/**
 * log 2π + E[A]/2π, where A is the area in which the moons are denser than at a point of theirs; E[A] = ∫ Pr(p(X) < p(y)) dy over the
 * plane, by points X of the moons and places y spread over a box that holds all but 10⁻⁹ of them.
 */
function floorByDraws(): { floor: number; error: number } {
  const logs = Array.from(twoMoons.sample(4000, random("moons of the floor")).arraySync(), (x) =>
    twoMoons.logProb(x),
  ).sort((a, b) => a - b);
  const shareBelow = (value: number): number => {
    let [low, high] = [0, logs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (logs[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low / logs.length;
  };
  const [[left, right], [bottom, top]] = twoMoons.range;
  const area = (right - left) * (top - bottom);
  const places = random("places of the floor");
  const shares = Array.from({ length: 10_000 }, () => {
    const [u, v] = places.uniform(2);
    return shareBelow(twoMoons.logProb([left + u * (right - left), bottom + v * (top - bottom)]));
  });
  const mean = shares.reduce((sum, v) => sum + v, 0) / shares.length;
  const variance = shares.reduce((sum, v) => sum + (v - mean) ** 2, 0) / shares.length;
  const scale = area / (2 * Math.PI);
  // That of the places; the moons' own adds less than half as much.
  return {
    floor: Math.log(2 * Math.PI) + scale * mean,
    error: 1.5 * scale * Math.sqrt(variance / shares.length),
  };
}

const guess = couplingChapter.find(({ id }) => id === "best-additive") as NumberGuess;

test("the floor of maps that keep volumes is 2.004 nats on the moons, and the question knows it for what it is", () => {
  const { floor, error } = floorByDraws();
  expect(Math.abs(floor - 2.004)).toBeLessThan(4 * error);
  expect(4 * error).toBeLessThan(0.035);
  const band = guess.bands.find(({ meaning }) =>
    JSON.stringify(meaning).includes("best that can be reached on the *moons*"),
  );
  expect(band?.from).toBeLessThan(2.004);
  expect(band?.to).toBeGreaterThan(2.004);
});

test("the entropies and the highest density that the question names are those of the moons and of the bell", () => {
  expect(guess.question).toContain(twoMoons.entropy.toFixed(3));
  expect(guess.question).toContain((1 / (2 * Math.PI)).toFixed(3));
  expect(guess.question).toContain((1 + Math.log(2 * Math.PI)).toFixed(3));
});
