import { describe, expect, test } from "vitest";
import { chain } from "../bijections/composition/chain.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { logitTransform } from "../bijections/elementwise/logit-transform.ts";
import { standardNormal } from "../distributions/normal.ts";
import { uniform } from "../distributions/uniform.ts";
import { tf } from "../engine/tf.ts";
import { flow } from "../flows/flow.ts";
import { normalCdf } from "../ground/functions/normal-functions.ts";
import { random } from "../random/random.ts";
import { bitsPerDimension, dequantize, quantize } from "./dequantization.ts";

const BYTES = Array.from({ length: 256 }, (_, i) => i);

describe("dequantization", () => {
  test.each([1, 3, 5, 8])("with %i bits, each number stays inside of its level", (bits) => {
    const levels = 2 ** bits;
    const many = Array.from({ length: 40 }, () => BYTES).flat();
    const values = dequantize(tf.tensor1d(many), { bits, random: 3 }).dataSync();
    many.forEach((byte, i) => {
      const level = Math.floor(byte / (256 / levels));
      expect(values[i] * levels).toBeGreaterThanOrEqual(level);
      expect(values[i] * levels).toBeLessThan(level + 1);
    });
    const places = many.map((byte, i) => values[i] * levels - Math.floor(byte / (256 / levels)));
    // Mean and variance of 10,240 uniform numbers: 1/2 ± 0.003, 1/12 ± 0.0008.
    const mean = places.reduce((sum, u) => sum + u) / places.length;
    const variance = places.reduce((sum, u) => sum + (u - mean) ** 2, 0) / places.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.012);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.004);
  });

  test("noise that would round up to the next level stays below it", () => {
    const greedy = { ...random(0), uniform: (n: number) => Array(n).fill(1 - 2 ** -53) };
    const values = dequantize(tf.tensor1d(BYTES), { random: greedy }).dataSync();
    BYTES.forEach((byte, i) => void expect(Math.floor(values[i] * 256)).toBe(byte));
  });

  test("quantization undoes it with 8 bits, and comes within a level with fewer", () => {
    const images = tf.tensor1d(BYTES);
    expect(Array.from(quantize(dequantize(images)).dataSync())).toEqual(BYTES);
    const coarse = quantize(dequantize(images, { bits: 3 }), { bits: 3 }).dataSync();
    BYTES.forEach((byte, i) => void expect(coarse[i]).toBe(32 * Math.floor(byte / 32) + 15));
    expect(Array.from(quantize(tf.tensor1d([-0.5, 1, 7])).dataSync())).toEqual([0, 255, 255]);
  });

  test("a seed determines the noise; a stream goes on", () => {
    const images = tf.zeros([4]);
    const values = (random?: Parameters<typeof dequantize>[1]) =>
      Array.from(dequantize(images, random).dataSync());
    expect(values()).toEqual(values());
    expect(values({ random: 1 })).not.toEqual(values());
    const stream = random(5);
    expect(values({ random: stream })).not.toEqual(values({ random: stream }));
  });

  test("numbers that are no bytes are refused", () => {
    expect(() => dequantize(tf.tensor1d([0, 0.5]))).toThrow(/0 to 255; got 0.5/);
    expect(() => dequantize(tf.tensor1d([256]))).toThrow(/got 256/);
    expect(() => dequantize(tf.tensor1d([1]), { bits: 9 })).toThrow(/bits.*got 9/);
  });
});

describe("bits per dimension", () => {
  test("uniform noise takes all the bits there are", () => {
    const dimensions = 6;
    const base = uniform(0, 1);
    const perNumber = tf.sum(base.logProb(dequantize(tf.tensor1d(BYTES.slice(0, dimensions))))).dataSync()[0];
    expect(bitsPerDimension(perNumber, { dimensions })).toBeCloseTo(8, 10);
    expect(bitsPerDimension(perNumber, { dimensions, bits: 5 })).toBeCloseTo(5, 10);
  });

  test("by hand: 12 numbers of 3 bits, density e⁶ each 12 numbers", () => {
    // P = e⁶ · (1/8)¹² = e⁶ · 2⁻³⁶; −log₂ P/12 = 3 − 6/(12 log 2)
    expect(bitsPerDimension(6, { dimensions: 12, bits: 3 })).toBeCloseTo(3 - 0.5 / Math.log(2), 12);
    // The same with levels of width 1: the density is (1/8)¹² of that.
    expect(bitsPerDimension(6 - 36 * Math.log(2), { dimensions: 12, bits: 3, range: 8 })).toBeCloseTo(
      3 - 0.5 / Math.log(2),
      12,
    );
    const tensor = bitsPerDimension(tf.tensor1d([6, 0]), { dimensions: 12, bits: 3 });
    expect(tensor.dataSync()[1]).toBeCloseTo(3, 6);
  });

  test("one pixel of 2 bits: the code lengths of a flow are those of its probabilities by quadrature", () => {
    const model = flow(
      standardNormal(),
      chain([affine({ scale: 1.3, shift: 0.4 }), logitTransform({ alpha: 0.1 })]),
    );
    const points = 20_000;
    let total = 0;
    for (let level = 0; level < 4; level++) {
      const y = Array.from({ length: points }, (_, i) => (level + (i + 0.5) / points) / 4);
      const logProb = Array.from(model.logProb(tf.tensor1d(y)).dataSync());
      const probability = logProb.reduce((sum, l) => sum + Math.exp(l), 0) / (4 * points);
      total += probability;
      // Jensen's inequality: the expected code length is not below that of the exact probability.
      const bound = logProb.reduce((sum, l) => sum + l, 0) / points;
      const bits = bitsPerDimension(bound, { dimensions: 1, bits: 2 });
      expect(bits).toBeGreaterThanOrEqual(-Math.log2(probability));
      expect(bits).toBeLessThan(-Math.log2(probability) + 0.1);
      // Where the density is that of one number, both agree.
      const constant = bitsPerDimension(Math.log(4 * probability), { dimensions: 1, bits: 2 });
      expect(constant).toBeCloseTo(-Math.log2(probability), 10);
    }
    // α leaves room beyond 0 and 1: the four levels have what the normal distribution gives to [logit α, −logit α].
    const reach = (z: number) => (z - 0.4) / 1.3;
    const edge = Math.log(9);
    expect(total).toBeCloseTo(normalCdf(reach(edge)) - normalCdf(reach(-edge)), 4);
  });

  test("options that make no sense are refused", () => {
    expect(() => bitsPerDimension(1, { dimensions: 0 })).toThrow(/dimensions > 0; got 0/);
  });
});
