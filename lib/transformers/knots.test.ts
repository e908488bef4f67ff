import { beforeAll, describe, expect, test } from "vitest";
import { fastBackends } from "../engine/backends.fixture.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { rationalQuadratic } from "./rational-quadratic.ts";

const SMALLEST = 1e-3;
const OFFSET = Math.log(Math.expm1(1 - SMALLEST));

/** A spline in double precision: its knots and the slopes there, from the parameters. */
function spline(params: number[], bins: number, [low, high]: readonly [number, number]) {
  const sizes = (logits: number[]) => {
    const weights = logits.map((one) => Math.exp(one));
    const sum = weights.reduce((a, b) => a + b);
    return weights.map((one) => (high - low) * ((1 - bins * SMALLEST) * (one / sum) + SMALLEST));
  };
  const edges = (all: number[]) => {
    const below = [low];
    for (const size of all) below.push(below[below.length - 1] + size);
    return below;
  };
  const inner = params.slice(2 * bins).map((one) => SMALLEST + Math.log1p(Math.exp(one + OFFSET)));
  return {
    x: edges(sizes(params.slice(0, bins))),
    y: edges(sizes(params.slice(bins, 2 * bins))),
    slopes: [1, ...inner, 1],
  };
}

/** The value and the log-slope at x (Durkan et al. 2019, equations 4 and 5). */
function forward({ x: xs, y: ys, slopes }: ReturnType<typeof spline>, x: number): [number, number] {
  const k = Math.max(
    0,
    xs.slice(0, -1).findLastIndex((edge) => edge <= x),
  );
  const [width, height] = [xs[k + 1] - xs[k], ys[k + 1] - ys[k]];
  const [s, xi, first, second] = [height / width, (x - xs[k]) / width, slopes[k], slopes[k + 1]];
  const q = xi * (1 - xi);
  const below = s + (first + second - 2 * s) * q;
  const slope = (s ** 2 * (second * xi ** 2 + 2 * s * q + first * (1 - xi) ** 2)) / below ** 2;
  return [ys[k] + (height * (s * xi ** 2 + first * q)) / below, Math.log(slope)];
}

/** The same of the inverse, by halving the interval. */
function inverse(of: ReturnType<typeof spline>, y: number): [number, number] {
  let [low, high] = [of.x[0], of.x[of.x.length - 1]];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (forward(of, middle)[0] < y) low = middle;
    else high = middle;
  }
  return [low, -forward(of, low)[1]];
}

const SPLINES = 128;

/** Random splines, and numbers that go with each. */
function drawn(bins: number, interval: readonly [number, number], size: number) {
  const noise = random("knots");
  return Array.from({ length: SPLINES }, () => {
    const params = noise.normal(3 * bins - 1).map((one) => Math.fround(size * one));
    return { params, exact: spline(params, bins, interval) };
  });
}

describe.each(fastBackends())("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  describe.each([[[-3, 3]], [[-4, 4]], [[0, 1]], [[-1, 6.5]]] as [readonly [number, number]][])(
    "from %j",
    (interval) => {
      const bins = 16;
      const transformer = rationalQuadratic({ bins, interval });

      /** The largest errors of value and log-slope, each number being taken to float32 first. */
      function errors(
        direction: "forward" | "inverse",
        size: number,
        at: (exact: ReturnType<typeof spline>) => number[],
      ): { value: number; logDet: number } {
        const [exactly, axis] = direction === "forward" ? [forward, "x" as const] : [inverse, "y" as const];
        const cases = drawn(bins, interval, size).flatMap(({ params, exact }) =>
          at({ ...exact, x: exact[axis] }).map((number) => {
            const input = Math.fround(number);
            return { params, input, expected: exactly(exact, input) };
          }),
        );
        const { value, logDet } = transformer[direction](
          tf.tensor1d(cases.map(({ input }) => input)),
          tf.tensor2d(cases.map(({ params }) => params)),
        );
        const worst = (tensor: tf.Tensor, which: 0 | 1) =>
          Array.from(tensor.dataSync()).reduce(
            (most, one, i) => Math.max(most, Math.abs(one - cases[i].expected[which])),
            0,
          );
        return { value: worst(value, 0), logDet: worst(logDet, 1) };
      }

      test.each(["forward", "inverse"] as const)("%s is exact at its knots", (direction) => {
        // Between flat and steep bins, the log-slope changes by 200 within a bin, and the narrowest bin is 0.001 of the
        // interval: what the softmax's exponentials alone are rounded by, 2e-8 of the interval in a knot, is 2e-4 to
        // 5e-4 of the log-slope. The inverse changes by more where it is steep: with exponentials in float32 and all
        // else in double precision, it is wrong by up to 1.5e-3 on splines like these.
        const limit = { forward: 5e-4, inverse: 2.5e-3 }[direction];
        const { value, logDet } = errors(direction, 1, ({ x }) => x.slice(1, -1));
        expect(logDet).toBeLessThan(limit);
        expect(value).toBeLessThan(1e-6 * Math.max(1, interval[1] - interval[0]));
      });

      test.each(["forward", "inverse"] as const)("%s has the end's slope at the ends", (direction) => {
        for (const size of [0, 1, 3]) {
          const { value, logDet } = errors(direction, size, () => [...interval]);
          // The inverse takes the difference of squares of slopes, some 30 times as large as it.
          expect(logDet, `parameters of size ${size}`).toBeLessThan(direction === "forward" ? 1e-6 : 2e-5);
          expect(value).toBeLessThan(1e-6 * (interval[1] - interval[0]));
        }
      });
    },
  );
});
