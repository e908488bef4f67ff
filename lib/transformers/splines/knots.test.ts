import { beforeAll, describe, expect, test } from "vitest";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { random } from "../../random/random.ts";
import { rationalQuadratic } from "./rational-quadratic.ts";
import { forward, inSingle, inverse, type Spline, spline } from "./spline.fixture.ts";

const SPLINES = 128;
const BINS = 16;
const DIRECTIONS = ["forward", "inverse"] as const;
type Direction = (typeof DIRECTIONS)[number];

interface Case {
  readonly params: number[];
  readonly input: number;
  readonly expected: readonly [value: number, logSlope: number];
}

/** Random splines, and numbers that go with each, taken to float32, with what double precision makes of them. */
function casesOf(
  interval: readonly [number, number],
  direction: Direction,
  size: number,
  at: (exact: Spline) => number[],
): Case[] {
  const noise = random("knots");
  const [exactly, axis] = direction === "forward" ? [forward, "x" as const] : [inverse, "y" as const];
  return Array.from({ length: SPLINES }, () =>
    noise.normal(3 * BINS - 1).map((one) => Math.fround(size * one)),
  ).flatMap((params) => {
    const exact = spline(params, BINS, interval);
    return at({ ...exact, x: exact[axis] }).map((number) => {
      const input = Math.fround(number);
      return { params, input, expected: exactly(exact, input) };
    });
  });
}

function largestError(cases: readonly Case[], results: ArrayLike<number>, which: 0 | 1): number {
  return cases.reduce((most, { expected }, i) => Math.max(most, Math.abs(results[i] - expected[which])), 0);
}

const knotsOf = ({ x }: Spline) => x.slice(1, -1);

/** From 10⁻⁸ to a hundredth of the interval away, on both sides. */
const besideKnots = ({ x }: Spline) => {
  const [low, high] = [x[0], x[x.length - 1]];
  return x
    .map((knot, i) => knot + (i % 2 === 0 ? 1 : -1) * (high - low) * 10 ** (-2 - (i % 7)))
    .filter((number) => low < number && number < high);
};

/** Evenly spread. */
const anywhere = ({ x }: Spline) => {
  const [low, high] = [x[0], x[x.length - 1]];
  return Array.from({ length: 8 }, (_, i) => low + ((i + 0.37) / 8) * (high - low));
};

test.each(DIRECTIONS)(
  "the usual algorithm in float32 has 5e-4 anywhere %s, and more at knots",
  (direction) => {
    // What other libraries compute, for scale: their knots are sums in float32. With PyTorch's kernels in the place of
    // JavaScript's the figures are the same within a factor of 2.
    const error = (at: (exact: Spline) => number[]) => {
      const cases = casesOf([-3, 3], direction, 1, at);
      const results = cases.map(({ params, input }) => inSingle(params, BINS, [-3, 3], input, direction));
      return largestError(
        cases,
        results.map(([, logSlope]) => logSlope),
        1,
      );
    };
    expect(error(anywhere)).toBeLessThan(5e-4);
    expect(error(knotsOf)).toBeGreaterThan({ forward: 1e-3, inverse: 5e-3 }[direction]);
  },
);

describe.each(fastBackends())("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  describe.each([[[-3, 3]], [[-4, 4]], [[0, 1]], [[-1, 6.5]]] as [readonly [number, number]][])(
    "from %j",
    (interval) => {
      const transformer = rationalQuadratic({ bins: BINS, interval });

      /** The largest errors of value and log-slope, each number being taken to float32 first. */
      function errors(direction: Direction, size: number, at: (exact: Spline) => number[]) {
        const cases = casesOf(interval, direction, size, at);
        const { value, logDet } = transformer[direction](
          tf.tensor1d(cases.map(({ input }) => input)),
          tf.tensor2d(cases.map(({ params }) => params)),
        );
        const worst = (tensor: tf.Tensor, which: 0 | 1) => largestError(cases, tensor.dataSync(), which);
        return { value: worst(value, 0), logDet: worst(logDet, 1) };
      }

      test.each(DIRECTIONS)("%s is exact at its knots and next to them", (direction) => {
        const { value, logDet } = errors(direction, 1, knotsOf);
        // Of distances and slopes in float32, which enter a log-slope as they are.
        expect(logDet).toBeLessThan(2e-6);
        expect(value).toBeLessThan(1e-6 * Math.max(1, interval[1] - interval[0]));
        // Where the log-slope changes by a factor within a billionth of the interval, what is lost of the distance counts.
        expect(errors(direction, 1, besideKnots).logDet).toBeLessThan(2e-5);
      });

      test.each(DIRECTIONS)("%s has the end's slope at the ends", (direction) => {
        for (const size of [0, 1, 3]) {
          const { value, logDet } = errors(direction, size, () => [...interval]);
          expect(logDet, `parameters of size ${size}`).toBeLessThan(1e-6);
          expect(value).toBeLessThan(1e-6 * (interval[1] - interval[0]));
        }
      });
    },
  );

  test("widths and heights are the same when all parameters are moved, though exp would be infinite or 0", () => {
    const bins = 4;
    const transformer = rationalQuadratic({ bins });
    const noise = random("moved");
    // In 64ths, so that adding 1024 to them rounds nothing. The second spline is moved, the first is not.
    const plain = noise.normal(3 * bins - 1).map((one) => Math.round(64 * one) / 64);
    const moved = plain.map((one, k) => one + (k < bins ? 1024 : k < 2 * bins ? -1024 : 0));
    const x = tf.tensor1d([0.7, 0.7]);
    for (const direction of ["forward", "inverse"] as const) {
      const sum = (params: tf.Tensor) => {
        const { value, logDet } = transformer[direction](x, params);
        return tf.add(value, tf.mul(2, logDet));
      };
      const params = tf.tensor2d([plain, moved]);
      const [first, second] = sum(params).dataSync();
      expect(second).toBeCloseTo(first, 5);
      const [ofFirst, ofSecond] = tf.unstack(tf.grad(sum)(params)).map((one) => Array.from(one.dataSync()));
      ofSecond.forEach((one, k) => void expect(one).toBeCloseTo(ofFirst[k], 4));
    }
  });

  test("slopes that float32 cannot square are as steep as it can, in both directions and their gradients", () => {
    const bins = 4;
    const transformer = rationalQuadratic({ bins });
    const noise = random("steep");
    const sizes = [1e12, 1e19, 1e25, 1e37];
    const params = sizes.flatMap((size) =>
      Array.from({ length: 32 }, () =>
        noise.normal(3 * bins - 1).map((one, k) => Math.fround(k < 2 * bins ? one : size * one)),
      ),
    );
    const numbers = noise.normal(params.length).map(Math.fround);
    for (const direction of ["forward", "inverse"] as const) {
      const { value, logDet } = transformer[direction](tf.tensor1d(numbers), tf.tensor2d(params));
      const [values, logDets] = [value, logDet].map((one) => one.dataSync());
      params.forEach((own, i) => {
        const bounded = own.map((one) => Math.min(one, 2 ** 60));
        const map = direction === "forward" ? forward : inverse;
        const inside = Math.abs(numbers[i]) < 3;
        const [expected, logSlope] = inside
          ? map(spline(bounded, bins, [-3, 3]), numbers[i])
          : [numbers[i], 0];
        expect(Math.abs(values[i] - expected), `value ${i}`).toBeLessThan(1e-5);
        expect(Number.isFinite(logDets[i]), `log-slope ${i}`).toBe(true);
        if (direction === "forward")
          expect(Math.abs(logDets[i] - logSlope), `log-slope ${i}`).toBeLessThan(1e-4);
      });
      const gradients = tf.grads((x: tf.Tensor, own: tf.Tensor) => {
        const mapped = transformer[direction](x, own);
        return tf.add(tf.sum(mapped.value), tf.sum(mapped.logDet)) as tf.Scalar;
      })([tf.tensor1d(numbers), tf.tensor2d(params)]);
      for (const one of gradients) expect(one.dataSync().every(Number.isFinite)).toBe(true);
    }
  });

  test.each([
    [1000, 1001],
    [-1e4, -1e4 + 8],
    [-1e-6, 3e-6],
  ] as const)("knows the ends of an interval that is far from 0, or tiny: from %f to %f", (low, high) => {
    const transformer = rationalQuadratic({ bins: 4, interval: [low, high] });
    const noise = random("far");
    const params = tf.tensor2d(Array.from({ length: 64 }, () => noise.normal(11)));
    for (const direction of ["forward", "inverse"] as const) {
      for (const end of [low, high]) {
        const { value, logDet } = transformer[direction](tf.fill([64], end), params);
        for (const one of value.dataSync()) expect(one).toBeCloseTo(Math.fround(end), 10);
        for (const one of logDet.dataSync()) expect(Math.abs(one)).toBeLessThan(2e-5);
      }
    }
  });
});
