import { beforeEach, describe, expect, test } from "vitest";
import { everyBackend } from "../engine/backends.fixture.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { logGamma } from "../ground/functions/special-functions.ts";
import type { Distribution } from "./distribution.ts";
import type { LocationScale } from "./location-scale.ts";
import { logistic } from "./logistic.ts";
import { mixture } from "./mixture.ts";
import { normal, standardNormal } from "./normal.ts";
import { studentT } from "./student-t.ts";
import { uniform } from "./uniform.ts";

const LARGEST = (2 - 2 ** -23) * 2 ** 127;
/** What float32 makes of a number in double precision: beyond its range, infinite. */
const inFloat = (value: number) => Math.fround(value);

/** A log-density and its slope in double precision, where neither z/scale nor its square may overflow. */
type Exact = (z: number) => readonly [number, number];

interface Kind {
  readonly make: (place: LocationScale) => Distribution;
  readonly exact: (mean: number, scale: number) => Exact;
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

const normalKind: Kind = {
  make: normal,
  exact: (mean, scale) => (z) => {
    const u = (z - mean) / scale;
    return [-(u ** 2) / 2 - HALF_LOG_TWO_PI - Math.log(scale), -u / scale];
  },
};

const logisticKind: Kind = {
  make: logistic,
  exact: (mean, scale) => (z) => {
    const u = Math.abs(z - mean) / scale;
    return [-u - 2 * Math.log1p(Math.exp(-u)) - Math.log(scale), -Math.tanh((z - mean) / scale / 2) / scale];
  },
};

const studentKind = (freedom: number): Kind => ({
  make: (place) => studentT({ freedom, ...place }),
  exact: (mean, scale) => (z) => {
    const logNormalizer =
      freedom > 1e6
        ? HALF_LOG_TWO_PI
        : 0.5 * Math.log(freedom * Math.PI) + logGamma(freedom / 2) - logGamma((freedom + 1) / 2);
    const v = (z - mean) / scale / Math.sqrt(freedom);
    const logarithm = Math.abs(v) > 1e100 ? 2 * Math.log(Math.abs(v)) : Math.log1p(v ** 2);
    const slope = v === 0 ? 0 : -((freedom + 1) / Math.sqrt(freedom) / scale / (1 / v + v));
    return [-((freedom + 1) / 2) * logarithm - logNormalizer - Math.log(scale), slope];
  },
});

const KINDS: readonly (readonly [string, Kind])[] = [
  ["normal", normalKind],
  ["logistic", logisticKind],
  ...[1e-3, 1, 3, 1e3, 1e15, 1e25, 1e300].map(
    (freedom) => [`studentT of freedom ${freedom}`, studentKind(freedom)] as const,
  ),
];

function judge(one: Distribution, exact: Exact, points: readonly number[]): void {
  const z = tf.tensor1d([...points]);
  const values = one.logProb(z).dataSync();
  const slopes = tf
    .grad((x: tf.Tensor) => tf.sum(one.logProb(x)))(z)
    .dataSync();
  points.forEach((point, i) => {
    const [value, slope] = exact(inFloat(point));
    expectClose(values[i], value, `the log-density at ${point}`);
    // Where the log-density is beyond float32, its slope may be where it ends.
    if (inFloat(value) === -Infinity)
      expect(Math.sign(slopes[i]), `the slope at ${point}`).toBe(-Math.sign(point));
    if (inFloat(value) !== -Infinity) expectClose(slopes[i], slope, `the slope at ${point}`);
  });
}

/** A logarithm of 100 times a freedom of 1e15: some units of float32's last place. */
function expectClose(value: number, exact: number, what: string): void {
  const rounded = inFloat(exact);
  if (!Number.isFinite(rounded)) {
    expect(value, what).toBe(rounded);
    return;
  }
  expect(
    Math.abs(value - exact) / Math.max(1e-30, Math.abs(exact)),
    `${what}: ${value}, ${exact}`,
  ).toBeLessThan(2e-6);
}

describe.each(everyBackend())("on %s", (backend) => {
  beforeEach(() => useBackend(backend));

  describe.each(KINDS)("%s", (_, { make, exact }) => {
    test.each([1e-30, 1.2e-38, 1e-37, 0.5, 1, 1e30, LARGEST])("of scale %d is right far out", (scale) => {
      const points = [-3e38, -1e10, 1e10, 3e38, LARGEST];
      judge(make({ scale }), exact(0, scale), points);
      judge(make({ scale: [scale] }), exact(0, scale), points);
    });

    test("is right where z − mean is beyond float32", () => {
      judge(make({ mean: -3e38, scale: 1e38 }), exact(inFloat(-3e38), inFloat(1e38)), [1e38, 3e38]);
      judge(make({ mean: -3e38, scale: 1e-30 }), exact(inFloat(-3e38), inFloat(1e-30)), [1e38, 3e38]);
    });
  });

  test("−30.7 nats for Student's t of freedom 1e-3 and scale 1e-30 at 1e10", () => {
    const [value] = studentT({ freedom: 1e-3, scale: 1e-30 }).logProb([1e10]).dataSync();
    expect(value).toBeCloseTo(-30.7, 1);
  });

  test("the gradient of the standard normal is −z as far as float32 reaches", () => {
    judge(standardNormal(), normalKind.exact(0, 1), [-3e38, -1e25, 1e10, 3e38]);
    const slopes = tf.grad((z: tf.Tensor) => tf.sum(standardNormal().logProb(z)))(
      tf.tensor1d([-3e38, 1e25, 3e38]),
    );
    expect(Array.from(slopes.dataSync())).toEqual([3e38, -1e25, -3e38].map(inFloat));
  });

  test.each([1e-38 * 1.2, 1e-30, 1, 1e30])(
    "a nested mixture of scale %d has the gradient of its heaviest part",
    (scale) => {
      const place = { scale };
      const heavy = studentKind(1);
      const parts = [heavy.make(place), normal(place), logistic(place), standardNormal(), uniform(-1, 1)];
      const nested = mixture([mixture(parts), normal(place)]);
      const z = tf.tensor1d([-3e38, 3e38]);
      const slopes = tf
        .grad((x: tf.Tensor) => tf.sum(nested.logProb(x)))(z)
        .dataSync();
      const values = nested.logProb(z).dataSync();
      [-3e38, 3e38].forEach((point, i) => {
        const [value, slope] = heavy.exact(0, inFloat(scale))(inFloat(point));
        expectClose(values[i], value - Math.log(10), `the log-density at ${point}`);
        expectClose(slopes[i], slope, `the slope at ${point}`);
      });
    },
  );
});
