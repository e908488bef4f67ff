import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { availableBackends, tf, useBackend } from "../engine/tf.ts";
import { type Bin, forwardInBin, inverseInBin } from "./rational-quadratic-bin.ts";

const names = ["at", "left", "bottom", "width", "height", "first", "second"] as const;
type Numbers = Record<(typeof names)[number], number>;

/** Value and log-slope of the curve, in double precision. */
function curve({ at, left, bottom, width, height, first, second }: Numbers): [number, number] {
  const [s, xi] = [height / width, (at - left) / width];
  const q = xi * (1 - xi);
  const below = s + (first + second - 2 * s) * q;
  const slope = (s ** 2 * (second * xi ** 2 + 2 * s * q + first * (1 - xi) ** 2)) / below ** 2;
  return [bottom + (height * (s * xi ** 2 + first * q)) / below, Math.log(slope)];
}

/** The same of its inverse, by halving an interval. */
function inverse(numbers: Numbers): [number, number] {
  let [low, high] = [numbers.left, numbers.left + numbers.width];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (curve({ ...numbers, at: middle })[0] < numbers.at) low = middle;
    else high = middle;
  }
  const [, logSlope] = curve({ ...numbers, at: low });
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
    left: fc.double({ min: -1, max: 1, noNaN: true }),
    bottom: fc.double({ min: -1, max: 1, noNaN: true }),
    width: fc.double({ min: 0.2, max: 2, noNaN: true }),
    height: fc.double({ min: 0.2, max: 2, noNaN: true }),
    first: fc.double({ min: 0.2, max: 4, noNaN: true }),
    second: fc.double({ min: 0.2, max: 4, noNaN: true }),
  })
  .map((numbers) => Object.fromEntries(Object.entries(numbers).map(([k, v]) => [k, Math.fround(v)])));

/** A number in the bin: of x, or of y. */
function inBin(numbers: Record<string, number>, map: typeof curve): Numbers {
  const { share, ...bin } = numbers;
  const [start, size] = map === curve ? [bin.left, bin.width] : [bin.bottom, bin.height];
  return { ...bin, at: Math.fround(start + share * size) } as Numbers;
}

for (const backend of availableBackends()) {
  describe.each(maps)(`%s on ${backend}`, (_name, apply, reference) => {
    beforeEach(() => {
      useBackend(backend);
      tf.engine().startScope();
    });
    afterEach(() => tf.engine().endScope());

    /** Value + 2·log-slope: one number that both are part of. */
    const sum = (...inputs: tf.Tensor[]): tf.Tensor => {
      const { at, ...bin } = Object.fromEntries(names.map((name, i) => [name, inputs[i]]));
      const { value, logDet } = apply(at, bin as unknown as Bin);
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
          const [at, ...bin] = tensors(numbers);
          const slope = (x: tf.Tensor) => tf.grad((z) => sum(z, ...bin))(x);
          const [actual] = tf.grad(slope)(at).dataSync();
          const step = 1e-4;
          const slopeAt = (change: number) =>
            slopeOf(reference, { ...numbers, at: numbers.at + change }, "at", 1e-4);
          const expected = (slopeAt(step) - slopeAt(-step)) / (2 * step);
          expect(Math.abs(actual - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(5e-3);
        }),
        { seed: 20261121, numRuns: 30 },
      );
    });
  });
}
