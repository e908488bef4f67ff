import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { everyBackend } from "../engine/backends.fixture.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { type Bin, forwardInBin, inverseInBin } from "./rational-quadratic-bin.ts";

const names = ["offset", "width", "height", "first", "second"] as const;
type Numbers = Record<(typeof names)[number], number>;

/** Value and log-slope of the curve, in double precision. */
function curve({ offset, width, height, first, second }: Numbers): [number, number] {
  const [s, xi] = [height / width, offset / width];
  const q = xi * (1 - xi);
  const below = s + (first + second - 2 * s) * q;
  const slope = (s ** 2 * (second * xi ** 2 + 2 * s * q + first * (1 - xi) ** 2)) / below ** 2;
  return [(height * (s * xi ** 2 + first * q)) / below, Math.log(slope)];
}

/** The same of its inverse, by halving an interval. */
function inverse(numbers: Numbers): [number, number] {
  let [low, high] = [0, numbers.width];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (curve({ ...numbers, offset: middle })[0] < numbers.offset) low = middle;
    else high = middle;
  }
  const [, logSlope] = curve({ ...numbers, offset: low });
  return [low, -logSlope];
}

/** ∂/∂name of value and log-slope together, by central differences. */
function slopeOf(map: typeof curve, numbers: Numbers, name: keyof Numbers, step = 1e-5): number {
  const both = (change: number) => {
    const [value, logDet] = map({ ...numbers, [name]: numbers[name] + change });
    return value + 2 * logDet;
  };
  return (8 * (both(step) - both(-step)) - (both(2 * step) - both(-2 * step))) / (12 * step);
}

const maps = [
  ["forwardInBin", forwardInBin, curve],
  ["inverseInBin", inverseInBin, inverse],
] as const;

const bins = fc
  .record({
    share: fc.double({ min: 0.02, max: 0.98, noNaN: true }),
    width: fc.double({ min: 0.2, max: 2, noNaN: true }),
    height: fc.double({ min: 0.2, max: 2, noNaN: true }),
    first: fc.double({ min: 0.2, max: 4, noNaN: true }),
    second: fc.double({ min: 0.2, max: 4, noNaN: true }),
  })
  .map((numbers) => Object.fromEntries(Object.entries(numbers).map(([k, v]) => [k, Math.fround(v)])));

/** A number in the bin: of x, or of y. */
function inBin(numbers: Record<string, number>, map: typeof curve): Numbers {
  const { share, ...bin } = numbers;
  return { ...bin, offset: Math.fround(share * (map === curve ? bin.width : bin.height)) } as Numbers;
}

for (const backend of everyBackend()) {
  describe.each(maps)(`%s on ${backend}`, (_name, apply, reference) => {
    beforeEach(() => {
      useBackend(backend);
      tf.engine().startScope();
    });
    afterEach(() => tf.engine().endScope());

    /** Value + 2·log-slope: one number that both are part of. */
    const sum = (...inputs: tf.Tensor[]): tf.Tensor => {
      const { offset, ...bin } = Object.fromEntries(names.map((name, i) => [name, inputs[i]]));
      const { value, logDet } = apply(offset, bin as unknown as Bin);
      return tf.add(value, tf.mul(2, logDet));
    };
    const tensors = (numbers: Numbers) => names.map((name) => tf.tensor1d([numbers[name]]));

    test("its gradient in the number and in all of the bin is that of double precision", () => {
      fc.assert(
        fc.property(bins, (drawn) => {
          const numbers = inBin(drawn, reference);
          const gradients = tf
            .grads(sum)(tensors(numbers))
            .map((one) => one.dataSync()[0]);
          names.forEach((name, i) => {
            const expected = slopeOf(reference, numbers, name);
            // Float32, and a curve that may bend by a factor of 20 at each of its ends.
            expect(Math.abs(gradients[i] - expected) / Math.max(1, Math.abs(expected)), name).toBeLessThan(
              2e-4,
            );
          });
        }),
        { seed: 20261121, numRuns: 60 },
      );
    });

    test("its gradient can be differentiated again", () => {
      fc.assert(
        fc.property(bins, (drawn) => {
          const numbers = inBin(drawn, reference);
          const [offset, ...bin] = tensors(numbers);
          const slope = (x: tf.Tensor) => tf.grad((z) => sum(z, ...bin))(x);
          const [actual] = tf.grad(slope)(offset).dataSync();
          const step = 1e-4;
          const slopeAt = (change: number) =>
            slopeOf(reference, { ...numbers, offset: numbers.offset + change }, "offset", 1e-4);
          const expected = (slopeAt(step) - slopeAt(-step)) / (2 * step);
          expect(Math.abs(actual - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(5e-3);
        }),
        { seed: 20261121, numRuns: 30 },
      );
    });
    test("stays finite where rounding puts a number beside its bin, or leaves nothing of a difference", () => {
      // The flattest bin of an interval of length 6 between steep ends, and the steepest between flat ones.
      for (const [width, height, first, second] of [
        [6, 0.006, 20, 20],
        [0.006, 6, 1e-3, 1e-3],
      ]) {
        const [size, length] = apply === forwardInBin ? [width, height] : [height, width];
        for (const share of [-1e-4, 0, 1e-7, 1 - 1e-7, 1, 1 + 1e-4]) {
          const bin = { width, height, first, second };
          const inputs = tensors({ offset: Math.fround(share * size), ...bin });
          for (const gradient of tf.grads(sum)(inputs)) {
            expect(Number.isFinite(gradient.dataSync()[0]), `share ${share}`).toBe(true);
          }
          const { offset, ...rest } = Object.fromEntries(names.map((name, i) => [name, inputs[i]]));
          const { value, logDet } = apply(offset, rest as unknown as Bin);
          const mapped = value.dataSync()[0] / length;
          // Slopes of δ/s = 2e4 at the steep ends, by 1e-7; at the flat ends t is like ξ².
          expect(Math.abs(mapped - (share > 0.5 ? 1 : 0)), `share ${share}`).toBeLessThan(0.01);
          // Slopes are from 1e-3·s/δ to δ.
          expect(Math.abs(logDet.dataSync()[0]), `share ${share}`).toBeLessThan(Math.log(1e7));
        }
      }
    });
  });
}
