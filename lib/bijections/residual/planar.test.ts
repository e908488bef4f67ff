import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { standardNormal } from "../../distributions/normal.ts";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { NoInverseError } from "../../ground/errors.ts";
import type { Bijection } from "../bijection.ts";
import { chain } from "../composition/chain.ts";
import { invert } from "../composition/invert.ts";
import { planar } from "./planar.ts";

const SEED = Number(process.env.FLOWLAB_TEST_SEED ?? 20261128);

function planarWith(w: number[], u: number[], b: number): Bijection {
  const map = planar({ dimensions: w.length });
  tf.tidy(() => [w, u, b].forEach((start, i) => void map.variables[i].assign(tf.tensor(start))));
  return map;
}

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

describe.each(fastBackends())("a planar flow on %s", (backend) => {
  test("is equation 10 with û of appendix A.1, worked out by hand", () => {
    useBackend(backend);
    // wᵀu = 0, m(0) = log 2 − 1, û = (−1 + (log 2 − 1)/4·2, 0) with w = (2, 0), u = (0, −1).
    const map = planarWith([2, 0], [0, -1], 0.5);
    const { value, logDet } = map.forward(tf.tensor2d([[0.25, 3]]));
    const [first, bend] = [(Math.LN2 - 1) / 2, Math.tanh(1)];
    expect(numbers(value)).toEqual([0.25 + first * bend, 3 - bend].map((v) => expect.closeTo(v, 6)));
    expect(numbers(logDet)[0]).toBeCloseTo(Math.log(1 + 2 * first * (1 - bend * bend)), 6);
  });

  test(`has an inverse for any parameters, with an error within its bound (seed ${SEED})`, () => {
    useBackend(backend);
    const number = (size: number) => fc.double({ min: -size, max: size, noNaN: true }).map(Math.fround);
    const pair = (size: number) => fc.tuple(number(size), number(size));
    const direction = pair(3).filter((w) => Math.hypot(...w) > 0.1);
    fc.assert(
      fc.property(direction, pair(4), number(3), fc.array(pair(5), { minLength: 1 }), (w, u, b, rows) => {
        const map = planarWith(w, u, b);
        const back = map.inverse(tf.tensor2d(rows));
        const slopes = numbers(back.logDet).map((v) => Math.exp(-v));
        expect(Math.min(...slopes)).toBeGreaterThan(0);
        const there = map.forward(back.value);
        // What rounding to float32 changes in z, ‖w‖·‖û‖ times as much of it in x.
        const tolerance = 2e-6 * (1 + 4 * Math.hypot(...w) * Math.hypot(...pullOf(w, u)));
        numbers(there.value).forEach((v, i) => {
          expect(Math.abs(v - rows.flat()[i])).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(v)));
        });
        expect(back.solution?.errorBound).toBeLessThan(1e-9 * Math.max(1, ...pullOf(w, u).map(Math.abs)));
      }),
      { numRuns: 60, seed: SEED },
    );
  });

  test("bounds the error of z by that of α and by û, as far as either reaches", () => {
    useBackend(backend);
    // The same equation for α, under a û that is orthogonal to w but for its first number.
    const x = tf.tensor2d(Array.from({ length: 20 }, (_, i) => [i / 10 - 1, 0]));
    const boundOf = (reach: number) =>
      planarWith([1, 0], [-0.4, reach], 0.2).inverse(x).solution?.errorBound ?? 0;
    expect(boundOf(2)).toBeGreaterThan(0);
    expect(boundOf(3e4) / boundOf(2)).toBeCloseTo(1.5e4, 3);
  });

  test("is nearly the identity at first, and the seed decides its direction", () => {
    useBackend(backend);
    const z = tf.tensor2d([[0.3, -1.2, 2]]);
    const [one, same, other] = [4, 4, 5].map((seed) => planar({ dimensions: 3, seed }));
    const moved = numbers(tf.sub(one.forward(z).value, z)).map(Math.abs);
    expect(Math.max(...moved)).toBeLessThan(0.05);
    expect(Math.max(...moved)).toBeGreaterThan(0);
    expect(Math.hypot(...numbers(one.variables[0]))).toBeCloseTo(1, 6);
    expect(numbers(same.variables[0])).toEqual(numbers(one.variables[0]));
    expect(numbers(other.variables[0])).not.toEqual(numbers(one.variables[0]));
  });

  test.each([Number.NaN, Infinity, -Infinity])("has no inverse at %s", (bad) => {
    useBackend(backend);
    expect(() => planar({ dimensions: 2 }).inverse(tf.tensor2d([[0, bad]]))).toThrow(NoInverseError);
  });

  test.each(["data by the iteration", "data in closed form"])(
    "makes densities that integrate to 1: %s",
    (kind) => {
      useBackend(backend);
      const layers = [planarWith([1.5, -0.7], [1, -2], 0.3), planarWith([0.4, 1.1], [-3, 1.5], -0.8)];
      const map = kind === "data by the iteration" ? chain(layers) : invert(chain(layers));
      const steps = 120;
      const [from, width] = [-9, 18 / steps];
      const places = Array.from({ length: steps }, (_, i) => from + (i + 0.5) * width);
      const grid = places.flatMap((x) => places.map((y) => [x, y]));
      const densities = flow(standardNormal([2]), map).logProb(grid);
      // The midpoint rule of a smooth density that vanishes at the edge.
      const total = numbers(densities).reduce((sum, v) => sum + Math.exp(v), 0) * width * width;
      expect(total).toBeCloseTo(1, 3);
    },
  );
});

function pullOf(w: number[], u: number[]): number[] {
  const product = w[0] * u[0] + w[1] * u[1];
  const correction = Math.log1p(Math.exp(product)) - 1 - product;
  return u.map((v, i) => v + (correction * w[i]) / (w[0] ** 2 + w[1] ** 2));
}

test.each([0, -1, 1.5, Number.NaN])("%s dimensions are refused", (dimensions) => {
  expect(() => planar({ dimensions })).toThrow(
    `planar: expected dimensions ≥ 1, a whole number; got ${dimensions}`,
  );
});
