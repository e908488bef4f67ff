import { beforeEach, describe, expect, test } from "vitest";
import { everyBackend } from "../engine/backends.fixture.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import type { Distribution } from "./distribution.ts";
import { logistic } from "./logistic.ts";
import { mixture } from "./mixture.ts";
import { normal, standardNormal } from "./normal.ts";
import { studentT } from "./student-t.ts";
import { uniform } from "./uniform.ts";
import { vonMises } from "./von-mises.ts";

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
const logProbs = (one: Distribution, z: number[]) => Array.from(one.logProb(tf.tensor1d(z)).dataSync());

/** log Γ(n + ½)/Γ(n) = log(√π n Π_{k ≤ n} (2k − 1)/2k) of a whole number, term by term. */
function logGammaStep(n: number): number {
  let [sum, rest] = [0, 0];
  for (let k = 1; k <= n; k++) {
    // Compensated: 10⁶ terms.
    const term = Math.log1p(-1 / (2 * k)) - rest;
    const next = sum + term;
    [sum, rest] = [next, next - sum - term];
  }
  return 0.5 * Math.log(Math.PI) + Math.log(n) + sum;
}

/** The density of Student's t at u, from its definition in double precision, of a whole number of ν/2. */
function exactT(freedom: number, u: number): number {
  const normalizer = 0.5 * Math.log(freedom * Math.PI) - logGammaStep(freedom / 2);
  return -((freedom + 1) / 2) * Math.log1p(u ** 2 / freedom) - normalizer;
}

/** −(ν + 1)u/(ν + u²), without a product or quotient that a double does not hold. */
function slopeOfT(freedom: number, u: number): number {
  if (freedom > 1) return (-(1 + 1 / freedom) * u) / (1 + (u / Math.sqrt(freedom)) ** 2);
  return u === 0 ? 0 : -(freedom + 1) / (freedom / u + u);
}

describe.each(everyBackend())("on %s", (backend) => {
  beforeEach(() => useBackend(backend));

  test.each<[string, Distribution]>([
    ["the standard normal", standardNormal()],
    ["a normal", normal({ mean: 1, scale: 2 })],
    ["a uniform", uniform(-1, 1)],
    ["a logistic", logistic({ mean: 1 })],
    ["Student's t", studentT({ freedom: 3 })],
    ["Student's t of tiny freedom", studentT({ freedom: 1e-300 })],
    ["Student's t of huge freedom", studentT({ freedom: 1e300 })],
    ["a von Mises", vonMises()],
    ["a mixture of normals", mixture([normal(), normal({ mean: 3 })])],
    ["a mixture of uniforms", mixture([uniform(), uniform(2, 3)])],
    ["a mixture of one", mixture([normal()])],
    ["a mixture of mixtures", mixture([mixture([normal(), uniform()]), logistic()])],
  ])("%s has the density NaN at NaN only, −∞ infinitely far out", (name, one) => {
    const [at, beside, ...far] = logProbs(one, [Number.NaN, 0.5, Infinity, -Infinity]);
    expect(at).toBeNaN();
    expect(beside).toBeGreaterThan(-800);
    // An infinite angle is none.
    expect(far.map((v) => (name === "a von Mises" ? Number.isNaN(v) : v === -Infinity))).toEqual([
      true,
      true,
    ]);
  });

  test("events of several numbers of which one is NaN have the density NaN in a mixture", () => {
    const one = mixture([normal({ eventShape: [2] }), normal({ mean: 4, eventShape: [2] })]);
    const z = tf.tensor2d([0, Number.NaN, 0, 0, Infinity, 0], [3, 2]);
    const [first, second, third] = one.logProb(z).dataSync();
    expect([first, third]).toEqual([Number.NaN, -Infinity]);
    expect(second).toBeCloseTo(-2 * HALF_LOG_TWO_PI - Math.LN2, 5);
  });

  test("weights of a mixture may be as large as doubles are", () => {
    const parts = [normal(), normal({ mean: 3 })];
    const expected = logProbs(mixture(parts), [0, 1, 5]);
    expect(logProbs(mixture(parts, [1.7e308, 1.7e308]), [0, 1, 5])).toEqual(expected);
  });

  test.each([2, 100, 2000, 2002, 20_000, 2_000_000])(
    "Student's t of freedom %d has its density",
    (freedom) => {
      const points = [0, 1e-3, 0.5, 1, 3, 20, 1000];
      logProbs(studentT({ freedom }), points).forEach((v, i) => {
        const exact = exactT(freedom, Math.fround(points[i]));
        expect(Math.abs(v - exact) / Math.max(1, Math.abs(exact))).toBeLessThan(1e-6);
      });
    },
  );

  test.each([1e10, 1e16, 1e19, 1e21, 1e30, 1e37, 1e39, 1e45, 1e76, 1e300, 1.7e308])(
    "Student's t of freedom %d is normal, but far out",
    (freedom) => {
      const one = studentT({ freedom });
      expect(one.entropy).toBeCloseTo(HALF_LOG_TWO_PI + 0.5, 9);
      const points = [0, 1e-18, 1e-3, 1, 3, 30];
      logProbs(one, points).forEach((v, i) => {
        const exact = -(points[i] ** 2) / 2 - HALF_LOG_TWO_PI;
        expect(Math.abs(v - exact) / Math.max(1, Math.abs(exact))).toBeLessThan(1e-6);
      });
      // ½(ν + 1) log(1 + u²/ν) in logarithms, where it is in float32's range.
      for (const u of [1e6, 1e12, 1e18, 1e25, 1e37]) {
        const share = 2 * Math.log(u) - Math.log(freedom);
        const size = Math.log(freedom / 2) + (share < -40 ? share : Math.log(Math.log1p(Math.exp(share))));
        if (size > 87) continue;
        expect(Math.log(-logProbs(one, [u])[0]) / size).toBeCloseTo(1, 6);
      }
      const samples = one.sample(2000, random(1));
      const reference = normal().sample(2000, random(2));
      expect(tf.moments(samples).variance.dataSync()[0]).toBeCloseTo(1, 0);
      expect(samples.shape).toEqual(reference.shape);
    },
  );

  test.each([5e-324, 1e-320, 1e-300, 1e-80, 1e-61, 1e-59, 1e-40, 1e-20, 1e-8])(
    "Student's t of freedom %d has nearly the density √ν/(2|u|^{1 + ν}) away from 0, and √ν/2 there",
    (freedom) => {
      const one = studentT({ freedom });
      const logHeight = Math.log(freedom) / 2 - Math.LN2;
      expect(logProbs(one, [0])[0] / logHeight).toBeCloseTo(1, 5);
      for (const u of [1e-30, 1e-18, 1e-3, 1, 1e10, 1e30, 3e38]) {
        if (u < 1e4 * Math.sqrt(freedom)) continue;
        // −½(ν + 1)·2·log(u/√ν) + logHeight
        const exact = -(freedom + 1) * (Math.log(u) - Math.log(freedom) / 2) + logHeight;
        expect(logProbs(one, [u])[0] / exact).toBeCloseTo(1, 5);
      }
      expect((one.entropy as number) * freedom).toBeGreaterThan(freedom < 1e-308 ? 0.1 : 0.99);
      const samples = Array.from(one.sample(50, random(1)).dataSync());
      expect(samples.every(Number.isFinite)).toBe(true);
    },
  );

  test.each([5e-324, 1e-70, 1e-40, 0.01, 3, 1e8, 1e25, 1e40, 1e80, 1.7e308])(
    "the gradient of Student's t of freedom %d is finite and −(ν + 1)u/(ν + u²)",
    (freedom) => {
      const one = studentT({ freedom });
      const points = [-1e12, -30, -1, -1e-3, 0, 1e-3, 0.5, 2, 100, 1e9];
      const slopes = tf
        .grad((z: tf.Tensor) => tf.sum(one.logProb(z)))(tf.tensor1d(points))
        .dataSync();
      points.forEach((u, i) => {
        const exact = slopeOfT(freedom, u);
        expect(Math.abs(slopes[i] - exact) / Math.max(1, Math.abs(exact))).toBeLessThan(1e-5);
      });
    },
  );

  test("samples are finite, as wide as a scale may be", () => {
    for (const one of [normal, logistic].map((make) => make({ scale: 3e38 }))) {
      const samples = Array.from(one.sample(100, random(1)).dataSync());
      expect(samples.every(Number.isFinite)).toBe(true);
    }
  });

  test("a peak many turns away is where it says", () => {
    const mean = 1 + 2 * Math.PI * 1e9;
    const at = logProbs(vonMises({ mean, concentration: 5 }), [0.2, 1]);
    const wanted = logProbs(vonMises({ mean: 1, concentration: 5 }), [0.2, 1]);
    expect(at).toEqual(wanted.map((v) => expect.closeTo(v, 4)));
  });
});

test.each<[string, () => unknown, RegExp]>([
  [
    "a scale of 1e-50",
    () => normal({ scale: 1e-50 }),
    /positive scale that float32 holds \(1.2e-38 to 3.4e38\); got 1e-50/,
  ],
  ["a scale of 1e39", () => logistic({ scale: 1e39 }), /got 1e\+39/],
  [
    "a mean of 1e39",
    () => studentT({ freedom: 1, mean: 1e39 }),
    /finite mean that float32 holds \(up to 3.4e38\); got 1e\+39/,
  ],
  ["a NaN mean", () => normal({ mean: Number.NaN }), /finite mean; got NaN/],
  [
    "bounds that are one number in float32",
    () => uniform(1, 1 + 1e-12),
    /different in float32.*low 1 and high/,
  ],
  ["bounds that are 0 in float32", () => uniform(0, 1e-50), /different in float32/],
  ["bounds too far apart", () => uniform(-3e38, 3e38), /finite/],
  ["a concentration of 1e38", () => vonMises({ concentration: 1e38 }), /≥ 0 and ≤ 1e37; got 0 and 1e\+38/],
])("%s is refused, which would make the density NaN", (_, make, message) => {
  expect(make).toThrow(RangeError);
  expect(make).toThrow(message);
});
