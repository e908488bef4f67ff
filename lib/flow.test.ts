import { describe, expect, test } from "vitest";
import { affine } from "./bijections/affine.ts";
import { type Bijection, ShapeError } from "./bijections/bijection.ts";
import { chain } from "./bijections/chain.ts";
import { monotone } from "./bijections/monotone.ts";
import { sigmoid } from "./bijections/sigmoid.ts";
import { standardNormal } from "./distributions/normal.ts";
import { normalDensity } from "./distributions/normal-functions.ts";
import { uniform } from "./distributions/uniform.ts";
import { tf } from "./engine/tf.ts";
import { flow } from "./flow.ts";
import { random } from "./random/random.ts";

/** ∫ exp(log p) by the midpoint rule. */
function mass(logProb: (x: number[]) => tf.Tensor, low: number, high: number): number {
  const n = 20_000;
  const width = (high - low) / n;
  const midpoints = Array.from({ length: n }, (_, i) => low + (i + 0.5) * width);
  return tf
    .tidy(() => logProb(midpoints).dataSync() as Float32Array)
    .reduce((total, v) => total + Math.exp(v) * width, 0);
}

describe("a flow", () => {
  test("has the density of the textbook's formula", () => {
    const scaled = flow(standardNormal(), affine({ scale: -2, shift: 1 }));
    const x = [-3, 0, 1, 2.5];
    const expected = x.map((v) => Math.log(normalDensity((v - 1) / -2) / 2));
    expect(Array.from(scaled.logProb(x).dataSync())).toEqual(expected.map((v) => expect.closeTo(v, 5)));
  });

  test.each([
    ["normal", flow(standardNormal(), monotone()), -12, 12],
    ["uniform", flow(uniform(-1, 2), monotone()), -5, 5],
    ["squashed", flow(standardNormal(), chain([affine({ scale: 0.7 }), sigmoid()])), 0, 1],
  ] as const)("integrates to one: %s", (_name, one, low, high) => {
    // float32 gives each log-density to 1e-6, and the rule each integral to 1e-4 where the uniform has its edges.
    expect(Math.abs(mass((x) => one.logProb(x), low, high) - 1)).toBeLessThan(1e-3);
  });

  test("gives samples the log-density that it finds by inverting", () => {
    const one = flow(standardNormal([2]), monotone({ steps: 4 }));
    const { value, logProb, solution } = one.sampleWithLogProb(50, 3);
    expect([value.shape, logProb.shape]).toEqual([[50, 2], [50]]);
    expect(solution?.errorBound).toBeLessThan(1e-10);
    const found = one.logProb(value).dataSync();
    logProb.dataSync().forEach((v, i) => {
      // Two sums of two log-densities, each rounded to 1e-6.
      expect(Math.abs(v - found[i])).toBeLessThan(1e-5);
    });
  });

  test("samples the distribution it claims to be", () => {
    const one = flow(standardNormal(), affine({ scale: 3, shift: -1 }));
    const samples = Array.from(one.sample(4000, random(5)).dataSync());
    const mean = samples.reduce((total, x) => total + x, 0) / samples.length;
    // Standard error 3/√4000 = 0.047
    expect(Math.abs(mean + 1)).toBeLessThan(0.19);
    expect(Array.from(one.sample(4000, 5).dataSync())).toEqual(samples);
  });

  test("outside of the base's support the density is 0", () => {
    const half = flow(uniform(0, 1), affine({ scale: 2 }));
    expect(Array.from(half.logProb([-0.1, 1, 2.1]).dataSync())).toEqual([
      -Infinity,
      expect.closeTo(Math.log(0.5), 5),
      -Infinity,
    ]);
  });

  test("leaves nothing but its results in memory", () => {
    const one = flow(standardNormal(), monotone());
    const before = tf.memory().numTensors;
    tf.dispose([one.logProb([1, 2]), one.sample(3, 1)]);
    const { value, logProb } = one.sampleWithLogProb(3, 1);
    tf.dispose([value, logProb]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("refuses shapes that do not fit, naming them", () => {
    const plane: Bijection = { ...affine(), eventRank: 1 };
    expect(() => flow(standardNormal(), plane)).toThrow(ShapeError);
    expect(() => flow(standardNormal([2]), plane).logProb([[1, 2, 3]])).toThrow(/\[2\].*got shape \[1,3\]/);
    expect(() => uniform(1, 0)).toThrow(/low 1 and high 0/);
  });
});
