import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { everyBackend } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { forwardInBin, inverseInBin } from "./rational-quadratic-bin.ts";

const names = ["below", "above", "across", "first", "second"] as const;
type Numbers = Record<(typeof names)[number], number>;

/** Value and log-slope of the curve, in double precision. */
function curve({ below, above, across, first, second }: Numbers): [number, number] {
  const width = below + above;
  const [s, xi] = [across / width, below / width];
  const q = xi * (1 - xi);
  const divisor = s + (first + second - 2 * s) * q;
  const slope = (s ** 2 * (second * xi ** 2 + 2 * s * q + first * (1 - xi) ** 2)) / divisor ** 2;
  return [(across * (s * xi ** 2 + first * q)) / divisor, Math.log(slope)];
}

/** The same of its inverse, by halving an interval, from the nearer end: a flat one is not to be told from its neighbours. */
function inverse({ below, above, across, first, second }: Numbers): [number, number] {
  if (above < below) {
    const [rest, logSlope] = inverse({ below: above, above: below, across, first: second, second: first });
    return [across - rest, logSlope];
  }
  const at = (x: number) => curve({ below: x, above: across - x, across: below + above, first, second });
  let [low, high] = [0, across];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (at(middle)[0] < below) low = middle;
    else high = middle;
  }
  return [low, -at(low)[1]];
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
    size: fc.double({ min: 0.2, max: 2, noNaN: true }),
    across: fc.double({ min: 0.2, max: 2, noNaN: true }),
    first: fc.double({ min: 0.2, max: 4, noNaN: true }),
    second: fc.double({ min: 0.2, max: 4, noNaN: true }),
  })
  .map((numbers) => Object.fromEntries(Object.entries(numbers).map(([k, v]) => [k, Math.fround(v)])));

/** A number in the bin. */
function inBin({ share, size, ...bin }: Record<string, number>): Numbers {
  return { ...bin, below: Math.fround(share * size), above: Math.fround((1 - share) * size) } as Numbers;
}

for (const backend of everyBackend()) {
  describe.each(maps)(`%s on ${backend}`, (_name, apply, reference) => {
    beforeEach(() => {
      useBackend(backend);
      tf.engine().startScope();
    });
    afterEach(() => tf.engine().endScope());

    const named = (inputs: tf.Tensor[]) => {
      const [below, above, across, first, second] = inputs;
      return { below, above, across, first, second };
    };

    /** Value + 2·log-slope: one number that both are part of. */
    const sum = (...inputs: tf.Tensor[]): tf.Tensor => {
      const { value, logDet } = apply(named(inputs));
      return tf.add(value, tf.mul(2, logDet));
    };
    const tensors = (numbers: Numbers) => names.map((name) => tf.tensor1d([numbers[name]]));

    test("its gradient in the number and in all of the bin is that of double precision", () => {
      fc.assert(
        fc.property(bins, (drawn) => {
          const numbers = inBin(drawn);
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
          const numbers = inBin(drawn);
          const [below, ...bin] = tensors(numbers);
          const slope = (x: tf.Tensor) => tf.grad((z) => sum(z, ...bin))(x);
          const [actual] = tf.grad(slope)(below).dataSync();
          const step = 1e-4;
          const slopeAt = (change: number) =>
            slopeOf(reference, { ...numbers, below: numbers.below + change }, "below", 1e-4);
          const expected = (slopeAt(step) - slopeAt(-step)) / (2 * step);
          expect(Math.abs(actual - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(5e-3);
        }),
        { seed: 20261121, numRuns: 30 },
      );
    });
    test("stays finite on and next to the ends of the flattest and the steepest bin", () => {
      // The flattest bin of an interval of length 6 between steep ends, and the steepest between flat ones.
      for (const [width, height, first, second] of [
        [6, 0.006, 20, 20],
        [0.006, 6, 1e-3, 1e-3],
      ]) {
        const [size, across] = apply === forwardInBin ? [width, height] : [height, width];
        for (const share of [0, 1e-30, 1e-7, 0.5, 1 - 1e-7, 1]) {
          const inputs = tensors({ ...inBin({ share, size }), across, first, second });
          for (const gradient of tf.grads(sum)(inputs)) {
            expect(Number.isFinite(gradient.dataSync()[0]), `share ${share}`).toBe(true);
          }
          const { value, logDet } = apply(named(inputs));
          const exact = (t: number) => reference({ ...inBin({ share: t, size }), across, first, second });
          const [expected, logSlope] = exact(share);
          // Between steep ends, a number that is off by its rounding is mapped elsewhere.
          const moved = exact(share < 0.5 ? share * (1 + 1e-7) : 1 - (1 - share) * (1 + 1e-7));
          const [dValue, dLogSlope] = [moved[0] - expected, moved[1] - logSlope].map(Math.abs);
          const [mapped, logged] = [value, logDet].map((one) => one.dataSync()[0]);
          expect(Math.abs(mapped - expected), `share ${share}`).toBeLessThan(2e-7 * across + 2 * dValue);
          expect(Math.abs(logged - logSlope), `share ${share}`).toBeLessThan(2e-6 + 2 * dLogSlope);
        }
      }
    });
  });
}
