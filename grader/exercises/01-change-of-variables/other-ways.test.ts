/** Right answers that are not ours: other formulas, other arithmetic, other algorithms. Each must get every point. */

import { describe, expect, test } from "vitest";
import { exerciseById } from "../../course.ts";
import { inProcessSession } from "../../drivers/in-process.ts";
import { gradeExercise } from "../../grading/grade-exercise.ts";

type F = (x: number) => number;
const normal: F = (z) => Math.exp(-z * z * 0.5) / Math.sqrt(2 * Math.PI);
const sigmoid: F = (z) => 1 / (1 + Math.exp(-z));
const inside = (x: number) => x > 0 && x < 1;

/** Halves [low, high] a fixed number of times. */
function halved(f: F, x: number, half: number, times: number): number {
  let [low, high] = [-half, half];
  for (let i = 0; i < times; i++) {
    const middle = low / 2 + high / 2;
    if (f(middle) < x) low = middle;
    else high = middle;
  }
  return low / 2 + high / 2;
}

/** Newton with a numeric slope, kept in its bracket by halving. */
function newton(f: F, x: number): number {
  let [low, high] = [-1, 1];
  while (f(low) > x) low *= 4;
  while (f(high) < x) high *= 4;
  let z = (low + high) / 2;
  for (let i = 0; i < 200; i++) {
    const residual = f(z) - x;
    if (residual < 0) low = z;
    else high = z;
    const h = 1e-6 * Math.max(1, Math.abs(z));
    let next = z - (residual * 2 * h) / (f(z + h) - f(z - h));
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - z) < 1e-10 * Math.max(1, Math.abs(z))) return next;
    z = next;
  }
  return z;
}

/** Stops as soon as the statement allows, at the worse end. */
function justEnough(f: F, x: number): number {
  let half = 1;
  while (!(f(-half) <= x && x <= f(half))) half *= 10;
  let [low, high] = [-half, half];
  while (high - low > 1e-9 * Math.max(1, Math.abs(low))) {
    const middle = (low + high) / 2;
    if (f(middle) > x) high = middle;
    else low = middle;
  }
  return low;
}

function stepBySums(data: number[], a: number, b: number, rate: number) {
  let [ga, gb] = [0, 0];
  for (const x of data) {
    const z = (x - b) / Math.exp(a);
    ga += 1 - z * z;
    gb -= z / Math.exp(a);
  }
  return { a: a - (rate * ga) / data.length, b: b - (rate * gb) / data.length };
}

function stepByMoments(data: number[], a: number, b: number, rate: number) {
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
  const square = data.reduce((sum, x) => sum + x * x, 0) / data.length;
  const precision = Math.exp(-2 * a);
  return {
    b: b + rate * precision * (mean - b),
    a: a - rate * (1 - precision * (square - 2 * mean * b + b * b)),
    unasked: "is no harm",
  };
}

async function stepByDifferences(data: number[], a: number, b: number, rate: number) {
  const loss = (a: number, b: number) =>
    a + data.reduce((sum, x) => sum + 0.5 * ((x - b) * Math.exp(-a)) ** 2, 0) / data.length;
  const h = 1e-5;
  return {
    a: a - (rate * (loss(a + h, b) - loss(a - h, b))) / (2 * h),
    b: b - (rate * (loss(a, b + h) - loss(a, b - h))) / (2 * h),
  };
}

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

const answers: Record<string, Record<string, Record<string, unknown>>> = {
  "16.1": {
    "a power, open at both ends": { density: (x: number) => (inside(x) ? 0.5 * x ** -0.5 : -0) },
    "logarithms, async": { density: async (x: number) => (inside(x) ? Math.exp(-0.5 * Math.log(x)) / 2 : 0) },
    "the distribution function's difference": {
      density: (x: number) =>
        inside(x) ? (Math.sqrt(x * (1 + 1e-6)) - Math.sqrt(x * (1 - 1e-6))) / (2e-6 * x) : 0,
    },
    "a class": {
      density(x: number) {
        class Density {
          at = (v: number) => (v > 0 && v <= 1 ? 1 / Math.sqrt(4 * v) : 0);
        }
        return new Density().at(x);
      },
    },
  },
  "16.2": {
    "the slope as σ(z)(1 − σ(z))": {
      sigmoidDensity(x: number) {
        const z = Math.log(x / (1 - x));
        return inside(x) ? normal(z) / (sigmoid(z) * sigmoid(-z)) : 0;
      },
    },
    "the slope as e⁻ᶻ/(1 + e⁻ᶻ)²": {
      sigmoidDensity(x: number) {
        const z = Math.log(x / (1 - x));
        return inside(x) ? (normal(z) * (1 + Math.exp(-z)) ** 2) / Math.exp(-z) : 0;
      },
    },
    "artanh for the logit, but for small x": {
      sigmoidDensity(x: number) {
        const z = x < 0.1 ? Math.log(x / (1 - x)) : 2 * Math.atanh(2 * x - 1);
        return inside(x) ? normal(z) / (x - x * x) : 0;
      },
    },
    "all in logarithms": {
      sigmoidDensity(x: number) {
        const [p, q] = [Math.log(x), Math.log(1 - x)];
        return inside(x) ? Math.exp(-((p - q) ** 2) / 2 - HALF_LOG_2PI - p - q) : 0;
      },
    },
    "zero wherever the formula gives no number": {
      sigmoidDensity(x: number) {
        const value = normal(Math.log(x / (1 - x))) / (x * (1 - x));
        return Number.isFinite(value) ? value : 0;
      },
    },
  },
  "1D.density": {
    "the slope's reciprocal": {
      modelDensity: (x: number, i: F, d: F, b: F) => b(i(x)) * Math.abs(1 / d(i(x))),
    },
    logarithms: {
      modelDensity: (x: number, i: F, d: F, b: F) =>
        Math.exp(Math.log(b(i(x))) - Math.log(Math.abs(d(i(x))))),
    },
    "two cases": {
      modelDensity: (x: number, i: F, d: F, b: F) => (d(i(x)) < 0 ? -b(i(x)) / d(i(x)) : b(i(x)) / d(i(x))),
    },
  },
  "1D.inverse": {
    "halvings of all finite numbers": { invert: (f: F, x: number) => halved(f, x, 1e308, 2200) },
    "Newton in a bracket": { invert: newton },
    "no better than was asked": { invert: justEnough },
  },
  "1D.nll": {
    "from the other end": {
      negativeLogLikelihood: (data: number[], a: number, b: number) =>
        -data.reduceRight(
          (sum, x) =>
            sum - 0.5 * ((x - b) / Math.exp(a)) ** 2 - Math.log(Math.exp(a) * Math.sqrt(2 * Math.PI)),
          0,
        ),
    },
    "from sums of powers": {
      negativeLogLikelihood(data: number[], a: number, b: number) {
        const sum = data.reduce((s, x) => s + x, 0);
        const squares = data.reduce((s, x) => s + x * x, 0);
        const n = data.length;
        return n * (a + HALF_LOG_2PI) + ((squares - 2 * b * sum + n * b * b) * Math.exp(-2 * a)) / 2;
      },
    },
    "a running mean": {
      negativeLogLikelihood(data: number[], a: number, b: number) {
        let mean = 0;
        for (const [i, x] of data.entries())
          mean += (((x - b) / Math.exp(a)) ** 2 / 2 + a + HALF_LOG_2PI - mean) / (i + 1);
        return mean * data.length;
      },
    },
  },
  "1D.step": {
    "sums over the data": { gradientStep: stepBySums },
    "moments of the data": { gradientStep: stepByMoments },
    "finite differences": { gradientStep: stepByDifferences },
  },
  "1D.sampling": {
    "typed arrays and −log((1 − u)/u)": {
      pushSamples: (z: number[], f: F) => Float64Array.from(z, f),
      sampleLogistic: (u: number[], m: number, s: number) =>
        Float64Array.from(u, (v) => m - s * Math.log((1 - v) / v)),
    },
    "log(u/(1 − u))": {
      pushSamples: (z: number[], f: F) => z.map(f),
      sampleLogistic: (u: number[], m: number, s: number) => u.map((v) => m + s * Math.log(v / (1 - v))),
    },
    "−log((1 − u)/u)": {
      pushSamples: (z: number[], f: F) => Array.from(z, (v) => f(v)),
      sampleLogistic: (u: number[], m: number, s: number) => u.map((v) => m - s * Math.log((1 - v) / v)),
    },
  },
};

describe.each(Object.entries(answers))("%s", (id, ways) => {
  test.each(Object.entries(ways))("%s", async (_way, implementation) => {
    const exercise = exerciseById(id);
    const open = () => inProcessSession(implementation, exercise.signatures);
    for (let seed = 0; seed < 20; seed++) {
      const { checks } = await gradeExercise(exercise, open, { seed: `way-${seed}` });
      expect(checks.flatMap((check) => check.failure ?? [])).toEqual([]);
    }
  });
});

test("data that happen to spread widely, or hardly at all, do not slow the descent of 1D.step", async () => {
  const exercise = exerciseById("1D.step");
  const open = () => inProcessSession({ gradientStep: stepBySums }, exercise.signatures);
  for (let seed = 0; seed < 500; seed++) {
    const { status } = await gradeExercise(exercise, open, { seed: `x${seed}` });
    expect(`${seed}: ${status}`).toBe(`${seed}: passed`);
  }
});
