import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { standardNormal } from "../../distributions/normal.ts";
import { uniform } from "../../distributions/uniform.ts";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import type { Bijection } from "../bijection.ts";
import { chain } from "../composition/chain.ts";
import { invert } from "../composition/invert.ts";
import { radial } from "./radial.ts";

const SEED = Number(process.env.FLOWLAB_TEST_SEED ?? 20261128);

function radialWith(centre: number[], a: number, b: number): Bijection {
  const map = radial({ dimensions: centre.length });
  tf.tidy(() => [centre, a, b].forEach((start, i) => void map.variables[i].assign(tf.tensor(start))));
  return map;
}

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
/** The raw parameter of a positive number. */
const raw = (value: number) => value + Math.log(-Math.expm1(-value));

describe.each(fastBackends())("a radial flow on %s", (backend) => {
  test("is equation 14 with β̂ of appendix A.2, worked out by hand", () => {
    useBackend(backend);
    // α = 2, γ = 0.5, β̂ = −1.5; z is 5 from the centre, h = 1/7.
    const map = radialWith([1, -1], raw(2), raw(0.5));
    const { value, logDet } = map.forward(tf.tensor2d([[4, 3]]));
    const stretch = 1 - 1.5 / 7;
    expect(numbers(value)).toEqual([1 + 3 * stretch, -1 + 4 * stretch].map((v) => expect.closeTo(v, 6)));
    expect(numbers(logDet)[0]).toBeCloseTo(Math.log(stretch) + Math.log(stretch + (1.5 * 5) / 49), 6);
  });

  test(`comes back for any parameters, however steep or flat (seed ${SEED})`, () => {
    useBackend(backend);
    const number = (size: number) => fc.double({ min: -size, max: size, noNaN: true }).map(Math.fround);
    const centre = fc.array(number(3), { minLength: 1, maxLength: 5 });
    const sizes = fc.tuple(number(12), number(12));
    fc.assert(
      fc.property(
        centre,
        sizes,
        fc.array(number(20), { minLength: 5, maxLength: 5 }),
        (middle, [a, b], row) => {
          const map = radialWith(middle, a, b);
          const x = row.slice(0, middle.length);
          const back = map.inverse(tf.tensor2d([x]));
          const there = map.forward(back.value);
          // What rounding to float32 changes in z is stretched by γ/α at most.
          const largest = Math.max(1, ...x.map(Math.abs), ...middle.map(Math.abs));
          const roundings = 4 * 2 ** -24 * largest * map.lipschitz!("forward");
          numbers(there.value).forEach((v, i) => {
            expect(Math.abs(v - x[i])).toBeLessThanOrEqual(1e-5 * largest + roundings);
          });
          const slopes = [back, there].map(({ logDet }) => numbers(logDet)[0]);
          expect(slopes.every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 200, seed: SEED },
    );
  });

  test("has the root of its quadratic to all digits, where the naive form has none", () => {
    useBackend(backend);
    // γ = 8000: the root near R = 1e-3 is 1e-3·α/γ; b + w would be 0 or 5e-4 in float32.
    const map = radialWith([0], raw(1), 8000);
    const exact = (target: number) => {
      const b = (target - 8000) / 2;
      return target / (Math.sqrt(b * b + target) - b);
    };
    const targets = [1e-6, 1e-3, 0.5, 100];
    const back = numbers(map.inverse(tf.tensor2d(targets.map((v) => [v]))).value);
    back.forEach((r, i) => void expect(r / exact(targets[i])).toBeCloseTo(1, 6));
  });

  test("is finite at its centre, with gradients, and multiplies volumes by (γ/α)ᴰ there", () => {
    useBackend(backend);
    const map = radialWith([0.25, -1, 2], raw(0.5), raw(4));
    const centre = tf.tensor2d([[0.25, -1, 2]]);
    for (const [direction, sign] of [
      ["forward", 1],
      ["inverse", -1],
    ] as const) {
      const { value, logDet } = map[direction](centre);
      expect(numbers(value)).toEqual(numbers(centre));
      expect(numbers(logDet)[0]).toBeCloseTo(sign * 3 * Math.log(8), 5);
      const sums = (x: tf.Tensor) => {
        const mapped = map[direction](x);
        return tf.add(tf.sum(mapped.value), tf.sum(mapped.logDet)) as tf.Scalar;
      };
      // The cusp of logDet counts nothing; values are stretched by γ/α, the same in all directions.
      const slope = 8 ** sign;
      expect(numbers(tf.grad(sums)(centre))).toEqual([slope, slope, slope].map((v) => expect.closeTo(v, 4)));
      const { grads } = tf.variableGrads(() => sums(centre), map.variables as tf.Variable[]);
      for (const one of Object.values(grads)) expect(numbers(one).every(Number.isFinite)).toBe(true);
    }
  });

  test("leaves points far away where they are, and volumes as they are", () => {
    useBackend(backend);
    const map = radialWith([0.5, 0], raw(2), raw(7));
    for (const size of [1e12, 1e25, 3e38]) {
      for (const direction of ["forward", "inverse"] as const) {
        const { value, logDet } = map[direction](tf.tensor2d([[size, -size]]));
        expect(numbers(value).map((v) => v / size)).toEqual([1, -1].map((v) => expect.closeTo(v, 6)));
        expect(numbers(logDet)[0]).toBeCloseTo(0, 6);
      }
    }
  });

  test("is the identity at first, and the seed decides its centre", () => {
    useBackend(backend);
    const z = tf.tensor2d([[0.3, -1.2, 2]]);
    const [one, same, other] = [4, 4, 5].map((seed) => radial({ dimensions: 3, seed }));
    expect(numbers(one.forward(z).value)).toEqual(numbers(z).map((v) => expect.closeTo(v, 6)));
    expect(numbers(one.forward(z).logDet)[0]).toBeCloseTo(0, 6);
    expect(numbers(same.variables[0])).toEqual(numbers(one.variables[0]));
    expect(numbers(other.variables[0])).not.toEqual(numbers(one.variables[0]));
  });

  test.each(["a normal base", "a normal base, inverted", "a uniform base"])(
    "makes densities that integrate to 1: %s",
    (kind) => {
      useBackend(backend);
      const layers = [radialWith([0.5, -0.7], raw(1), raw(4)), radialWith([-1, 0.4], raw(2), raw(0.2))];
      const map = kind.endsWith("inverted") ? invert(chain(layers)) : chain(layers);
      const steps = 300;
      const [from, width] = [-9, 18 / steps];
      const places = Array.from({ length: steps }, (_, i) => from + (i + 0.5) * width);
      const grid = places.flatMap((x) => places.map((y) => [x, y]));
      const isUniform = kind === "a uniform base";
      const densities = flow(isUniform ? uniform(-2, 2, [2]) : standardNormal([2]), map).logProb(grid);
      const total = numbers(densities).reduce((sum, v) => sum + Math.exp(v), 0) * width * width;
      // By the midpoint rule: of a smooth density with cusps at two points, and of one that ends at an edge, where half
      // of a cell is missing or too much, by chance, for each of some 300 cells.
      expect(Math.abs(total - 1)).toBeLessThan(isUniform ? 5e-3 : 1e-3);
    },
  );
});

test.each([0, -1, 1.5, Number.NaN])("%s dimensions are refused", (dimensions) => {
  expect(() => radial({ dimensions })).toThrow(
    `radial: expected dimensions ≥ 1, a whole number; got ${dimensions}`,
  );
});
