import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leakyRelu } from "../bijections/elementwise/leaky-relu.ts";
import { fastBackends } from "../engine/backends.fixture.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { tidy } from "../engine/tidy.ts";
import { flow } from "../flows/flow.ts";
import { ShapeError } from "../ground/errors.ts";
import { normalCdf } from "../ground/functions/normal-functions.ts";
import { type Random, random } from "../random/random.ts";
import { saveFlow } from "../serialize/flow-file.ts";
import { buildDistribution } from "./build.ts";
import type { Distribution } from "./distribution.ts";
import { logistic } from "./logistic.ts";
import { mixture } from "./mixture.ts";
import { normal, standardNormal } from "./normal.ts";
import { studentT } from "./student-t.ts";
import { uniform } from "./uniform.ts";
import { vonMises } from "./von-mises.ts";

/** One distribution of numbers, with what is known of it in double precision. */
interface Case {
  readonly make: (eventShape?: readonly number[]) => Distribution;
  /** Where all but 1e-7 of its mass lies. */
  readonly range: readonly [number, number];
  readonly density: (z: number) => number;
  /** Far from all mass: the log-density must be finite there, and its gradient too. */
  readonly bounded?: true;
}

const gauss = (z: number, mean: number, scale: number) =>
  Math.exp(-0.5 * ((z - mean) / scale) ** 2) / (scale * Math.sqrt(2 * Math.PI));

const twoNormals = (eventShape?: readonly number[]) =>
  mixture(
    [
      normal({ mean: -2, scale: 0.5, ...(eventShape && { eventShape }) }),
      normal({ mean: 1, scale: 1.2, ...(eventShape && { eventShape }) }),
    ],
    [1, 3],
  );

const CASES: Record<string, Case> = {
  standardNormal: { make: standardNormal, range: [-9, 9], density: (z) => gauss(z, 0, 1) },
  normal: {
    make: (eventShape) => normal({ mean: 0.7, scale: 0.3, ...(eventShape && { eventShape }) }),
    range: [-3, 4],
    density: (z) => gauss(z, 0.7, 0.3),
  },
  uniform: {
    make: (eventShape) => uniform(-1, 3, eventShape),
    range: [-1, 3],
    density: () => 0.25,
    bounded: true,
  },
  logistic: {
    make: (eventShape) => logistic({ mean: -0.5, scale: 0.8, ...(eventShape && { eventShape }) }),
    range: [-20, 20],
    density: (z) => 1 / (0.8 * (2 * Math.cosh((z + 0.5) / 1.6)) ** 2),
  },
  studentT: {
    make: (eventShape) => studentT({ freedom: 5, mean: 1, scale: 0.5, ...(eventShape && { eventShape }) }),
    range: [-60, 60],
    // Γ(3)/(√(5π) Γ(5/2)) = 8/(3π√5)
    density: (z) => ((8 / (3 * Math.PI * Math.sqrt(5))) * (1 + ((z - 1) / 0.5) ** 2 / 5) ** -3) / 0.5,
  },
  vonMises: {
    make: (eventShape) => vonMises({ mean: 1, concentration: 2.5, ...(eventShape && { eventShape }) }),
    range: [-Math.PI, Math.PI],
    // I₀(2.5), computed with 50 digits (mpmath)
    density: (z) => Math.exp(2.5 * Math.cos(z - 1)) / (2 * Math.PI * 3.2898391440501231),
  },
  mixture: {
    make: twoNormals,
    range: [-10, 12],
    density: (z) => 0.25 * gauss(z, -2, 0.5) + 0.75 * gauss(z, 1, 1.2),
  },
};

const backends = fastBackends();
const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync() as Float32Array);
const grid = ([low, high]: readonly [number, number], n: number) =>
  Array.from({ length: n }, (_, i) => low + ((i + 0.5) * (high - low)) / n);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Distribution function at increasing points, by the midpoint rule from the left end. */
function cumulative({ density, range }: Case, points: readonly number[]): number[] {
  const cells = grid(range, 40_000);
  const width = cells[1] - cells[0];
  let [total, i] = [0, 0];
  return points.map((point) => {
    for (; i < cells.length && cells[i] < point; i++) total += density(cells[i]) * width;
    return total;
  });
}

describe.each(backends)("on %s", (backend) => {
  let before = 0;
  beforeAll(() => {
    useBackend(backend);
    before = tf.memory().numTensors;
    tf.engine().startScope();
  });
  afterAll(() => {
    tf.engine().endScope();
    expect(tf.memory().numTensors).toBe(before);
  });

  describe.each(Object.entries(CASES))("%s", (_, entry) => {
    const { make, range, density } = entry;

    test("has the density it should have, and it integrates to 1", () => {
      const z = grid(range, 4000);
      const logProb = numbers(make().logProb(tf.tensor1d(z)));
      const width = (range[1] - range[0]) / z.length;
      expect(logProb.reduce((sum, value) => sum + Math.exp(value) * width, 0)).toBeCloseTo(1, 4);
      logProb.forEach((value, i) => {
        const exact = Math.log(density(Math.fround(z[i])));
        expect(Math.abs(value - exact)).toBeLessThan(2e-6 * Math.max(1, Math.abs(exact)));
      });
    });

    test("draws samples of that density", () => {
      const n = 20_000;
      const sorted = numbers(make().sample(n, random(11))).sort((a, b) => a - b);
      const exact = cumulative(entry, sorted);
      const distance = Math.max(...exact.map((p, i) => Math.max(p - i / n, (i + 1) / n - p)));
      // √n·distance exceeds 2.0 with probability 7e-4 for a right sampler; with a fixed seed the test is certain.
      expect(distance).toBeLessThan(2 / Math.sqrt(n));
    });

    test("has the entropy it states", () => {
      const { entropy } = make();
      if (entropy === undefined) return;
      const z = grid(range, 40_000);
      const width = (range[1] - range[0]) / z.length;
      const exact = z.reduce((sum, value) => sum - density(value) * Math.log(density(value)) * width, 0);
      expect(entropy).toBeCloseTo(exact, 5);
      expect(make([2, 3]).entropy).toBeCloseTo(6 * exact, 4);
    });

    test("takes events of any shape and batches of any size", () => {
      const distribution = make([2, 3]);
      const one = make();
      for (const count of [0, 1, 5]) {
        const z = distribution.sample(count, random(2));
        expect(z.shape).toEqual([count, 2, 3]);
        expect(z.dtype).toBe("float32");
        const logProb = distribution.logProb(z);
        expect(logProb.shape).toEqual([count]);
        expect(numbers(logProb).every(Number.isFinite)).toBe(true);
      }
      for (const count of [-1, 1.5, Number.NaN]) {
        expect(() => distribution.sample(count, random(2))).toThrow(
          new RangeError(`sample: expected a count ≥ 0 of events, a whole number; got ${count}`),
        );
      }
      const single = distribution.sample(1, random(3));
      expect(distribution.logProb(tf.reshape(single, [2, 3])).shape).toEqual([]);
      expect(distribution.logProb(tf.zeros([4, 5, 2, 3])).shape).toEqual([4, 5]);
      if (distribution.config?.type !== "mixture") {
        const sum = tf.sum(one.logProb(single));
        expect(numbers(distribution.logProb(single))[0]).toBeCloseTo(numbers(sum)[0], 4);
      }
    });

    test("is neither NaN nor silent far out, and has gradients there", () => {
      const z = tf.tensor1d([-3e38, -1e10, -1e4, -1, 0, 1, 1e4, 1e10, 3e38]);
      const logProb = numbers(make().logProb(z));
      expect(logProb.some(Number.isNaN)).toBe(false);
      if (!entry.bounded) expect(logProb.slice(2, 7).every(Number.isFinite)).toBe(true);
      const gradient = numbers(tf.grad((value) => make().logProb(value))(z)).slice(1, 8);
      expect(gradient.every(Number.isFinite)).toBe(true);
    });

    test("has the gradient of its density", () => {
      const z = grid(range, 9);
      const gradient = numbers(tf.grad((value) => make().logProb(value))(tf.tensor1d(z)));
      z.forEach((value, i) => {
        const h = 1e-5;
        const slope = (Math.log(density(value + h)) - Math.log(density(value - h))) / (2 * h);
        expect(Math.abs(gradient[i] - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)));
      });
    });

    test("is made again from its config as JSON, and draws the same numbers", () => {
      const distribution = make([2]);
      const config = JSON.parse(JSON.stringify(distribution.config));
      const again = buildDistribution(config);
      expect(again.config).toEqual(config);
      const z = distribution.sample(8, random(5));
      expect(numbers(again.sample(8, random(5)))).toEqual(numbers(z));
      expect(numbers(again.logProb(z))).toEqual(numbers(distribution.logProb(z)));
    });
  });

  test("means and scales of each component", () => {
    const distribution = normal({ mean: [0, 10], scale: [1, 0.1], eventShape: [2] });
    const [first, second] = tf.unstack(distribution.sample(4000, random(1)), 1).map(numbers);
    const deviation = (values: number[]) => Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)));
    expect(Math.abs(mean(first))).toBeLessThan(4 / Math.sqrt(4000));
    expect(Math.abs(mean(second) - 10)).toBeLessThan(0.4 / Math.sqrt(4000));
    expect(Math.abs(deviation(second) - 0.1)).toBeLessThan(0.005);
    const logProb = numbers(distribution.logProb(tf.tensor2d([[1, 10.1]])))[0];
    expect(logProb).toBeCloseTo(Math.log(gauss(1, 0, 1) * gauss(10.1, 10, 0.1)), 4);
  });

  test("a mixture of vectors weighs components, not coordinates", () => {
    const logProb = numbers(twoNormals([2]).logProb(tf.tensor2d([[-2, 1]])))[0];
    const exact = 0.25 * gauss(-2, -2, 0.5) * gauss(1, -2, 0.5) + 0.75 * gauss(-2, 1, 1.2) * gauss(1, 1, 1.2);
    expect(logProb).toBeCloseTo(Math.log(exact), 5);
  });

  test("a mixture of bounded components is −∞ between them, with gradient 0", () => {
    const gap = mixture([uniform(0, 1), uniform(2, 3)]);
    const z = tf.tensor1d([0.5, 1.5]);
    expect(numbers(gap.logProb(z))).toEqual([Math.fround(Math.log(0.5)), -Infinity]);
    expect(numbers(tf.grad((value) => gap.logProb(value))(z))).toEqual([0, 0]);
  });

  test("a mixture states no entropy, and is estimated to have that of its density", () => {
    const [apart, alone] = [mixture([normal({ mean: -50 }), normal({ mean: 50 })]), mixture([normal()])];
    expect([twoNormals().entropy, apart.entropy, alone.entropy]).toEqual([undefined, undefined, undefined]);
    expect("entropy" in apart).toBe(false);
    const estimate = -mean(numbers(apart.logProb(apart.sample(20_000, random(1)))));
    // Components that do not meet: the entropy of one, and log 2 for the choice; standard error √(½/20,000) = 0.005.
    expect(Math.abs(estimate - 0.5 * Math.log(2 * Math.PI * Math.E) - Math.LN2)).toBeLessThan(0.02);
  });

  test("a mixture of something without a config has none, and a flow over it says so when it is saved", () => {
    const { config: _none, ...own } = normal({ mean: 2 });
    const base = mixture([own, normal()]);
    expect("config" in base).toBe(false);
    const model = flow(base, leakyRelu());
    expect(() => saveFlow(model, "never-written")).toThrow(
      "the base distribution has no config; use saveWeights",
    );
    expect(numbers(model.logProb([1]))[0]).toBeCloseTo(Math.log((gauss(1, 2, 1) + gauss(1, 0, 1)) / 2), 5);
  });

  test.each([0, 1e-6, 1, 1e4, 1e10])("von Mises samples at concentration %d", (concentration) => {
    const n = 4000;
    const angle = numbers(vonMises({ concentration }).sample(n, random(3)));
    expect(angle.every((value) => value >= -Math.PI && value < Math.PI)).toBe(true);
    const variance = mean(angle.map((value) => value ** 2));
    const exact = concentration < 0.1 ? Math.PI ** 2 / 3 : concentration > 10 ? 1 / concentration : 1.6054;
    expect(Math.abs(variance / exact - 1)).toBeLessThan(0.1);
    expect(Math.abs(mean(angle))).toBeLessThan(5 * Math.sqrt(exact / n));
  });
});

test("the same stream on every backend", () => {
  const draw = (make: Case["make"], stream: Random) => numbers(make([2]).sample(50, stream));
  for (const { make } of Object.values(CASES)) {
    const drawn = backends.map((backend) => {
      useBackend(backend);
      return tidy(() => draw(make, random(1)));
    });
    for (const other of drawn) expect(other).toEqual(drawn[0]);
  }
});

test.each(backends)("Student's t on %s: Cauchy at ν = 1, normal as ν grows", (backend) => {
  useBackend(backend);
  tf.engine().startScope();
  const z = [-50, -1, 0, 0.5, 30];
  const cauchy = numbers(studentT({ freedom: 1 }).logProb(tf.tensor1d(z)));
  for (const [i, value] of cauchy.entries())
    expect(value).toBeCloseTo(-Math.log(Math.PI * (1 + z[i] ** 2)), 4);
  const nearlyNormal = numbers(studentT({ freedom: 1e7 }).logProb(tf.tensor1d([0, 1, 2])));
  for (const [i, value] of nearlyNormal.entries()) expect(value).toBeCloseTo(Math.log(gauss(i, 0, 1)), 4);
  expect(studentT({ freedom: 1 }).entropy).toBeCloseTo(Math.log(4 * Math.PI), 12);
  const median = numbers(studentT({ freedom: 0.5 }).sample(2001, random(4))).sort((a, b) => a - b)[1000];
  expect(Math.abs(median)).toBeLessThan(0.15);
  tf.engine().endScope();
});

test("wrong options are refused with the value and what was expected", () => {
  expect(() => normal({ scale: 0 })).toThrow(/expected a finite, positive scale; got 0/);
  expect(() => normal({ mean: [0, 1], eventShape: [3] })).toThrow(ShapeError);
  expect(() => logistic({ mean: Number.NaN })).toThrow(/finite mean; got NaN/);
  expect(() => studentT({ freedom: 0 })).toThrow(/degrees of freedom > 0; got 0/);
  expect(() => vonMises({ concentration: -1 })).toThrow(/concentration ≥ 0; got 0 and -1/);
  expect(() => uniform(1, 1)).toThrow(/low < high/);
  expect(() => mixture([])).toThrow(/at least one component/);
  expect(() => mixture([normal(), normal({ eventShape: [2] })])).toThrow(/\[\] and \[2\]/);
  expect(() => mixture([normal()], [-1])).toThrow(/expected 1 positive weights; got \[-1\]/);
  expect(() => buildDistribution({ type: "toString" })).toThrow(
    /buildDistribution: expected a distribution of type .*; got "toString"/,
  );
});

test("the distribution function that the tests stand on", () => {
  const [half] = cumulative(CASES.standardNormal, [0.5]);
  expect(half).toBeCloseTo(normalCdf(0.5), 4);
});
