import { beforeEach, describe, expect, test } from "vitest";
import type { Bijection } from "../bijections/bijection.ts";
import { chain } from "../bijections/composition/chain.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { monotone } from "../bijections/elementwise/monotone.ts";
import { radial } from "../bijections/residual/radial.ts";
import type { Distribution } from "../distributions/distribution.ts";
import { logistic } from "../distributions/logistic.ts";
import { mixture } from "../distributions/mixture.ts";
import { standardNormal } from "../distributions/normal.ts";
import { studentT } from "../distributions/student-t.ts";
import { uniform } from "../distributions/uniform.ts";
import { vonMises } from "../distributions/von-mises.ts";
import { everyBackend } from "../engine/backends.fixture.ts";
import { compile } from "../engine/compile/compile.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { flow } from "./flow.ts";
import { glow } from "./glow.ts";
import { iaf } from "./iaf.ts";
import { maf } from "./maf.ts";
import { nice } from "./nice.ts";
import { realNVP } from "./real-nvp.ts";
import { splineCoupling } from "./spline-coupling.ts";

const SIZE = { dimensions: 2, layers: 3, hidden: [8], seed: 1 };
const PLANE = { eventShape: [2] };
const FLOWS: [string, () => Bijection, Distribution][] = [
  ["nice", () => nice(SIZE), logistic(PLANE)],
  ["realNVP", () => realNVP(SIZE), standardNormal([2])],
  ["realNVP with batch norm", () => realNVP({ ...SIZE, batchNorm: true }), standardNormal([2])],
  ["realNVP on Student's t", () => realNVP(SIZE), studentT({ freedom: 2, ...PLANE })],
  ["realNVP on a mixture", () => realNVP(SIZE), mixture([standardNormal([2]), logistic(PLANE)])],
  ["maf", () => maf(SIZE), standardNormal([2])],
  ["iaf", () => iaf(SIZE), standardNormal([2])],
  ["splineCoupling", () => splineCoupling(SIZE), standardNormal([2])],
  ["splineCoupling on a uniform", () => splineCoupling(SIZE), uniform(-4, 4, [2])],
  ["splineCoupling on a circle", () => splineCoupling(SIZE), vonMises(PLANE)],
  ["radial", () => radial({ dimensions: 2 }), standardNormal([2])],
  ["an elementwise flow", () => chain([affine({ scale: 2 }), monotone()]), standardNormal([2])],
];

function scatter(bijection: Bijection): Bijection {
  const noise = random(3);
  for (const variable of bijection.variables) {
    tf.tidy(() => variable.assign(tf.add(variable, noise.normalTensor(variable.shape, 0, 0.5))));
  }
  return bijection;
}

const POINTS = [
  [Infinity, 0],
  [0, -Infinity],
  [Infinity, Infinity],
  [-Infinity, 1e30],
  [0.5, -0.5],
  [Infinity, Number.NaN],
  [Number.NaN, 0],
];

describe.each(everyBackend())("on %s", (backend) => {
  beforeEach(() => useBackend(backend));

  describe.each(FLOWS)("%s", (_, make, base) => {
    const expected = [-Infinity, -Infinity, -Infinity, -Infinity, expect.any(Number), Number.NaN, Number.NaN];

    test("has the density 0 infinitely far out, as a graph too, and beside it the one that it has alone", () => {
      const model = flow(base, scatter(make()));
      const [alone] = model.logProb([POINTS[4]]).dataSync();
      expect(Number.isFinite(alone)).toBe(true);
      for (let call = 0; call < 18; call++) {
        const together = Array.from(model.logProb(POINTS).dataSync());
        expect(together).toEqual(expected);
        expect(together[4]).toBeCloseTo(alone, 4);
      }
      expect(Array.from(model.logProb(POINTS, undefined, { chunk: 2 }).dataSync())).toEqual(expected);
      const own = compile((x: tf.Tensor) => model.logProb(x));
      for (let call = 0; call < 3; call++) {
        expect(Array.from(own(tf.tensor2d(POINTS)).dataSync())).toEqual(expected);
      }
    });

    test("has no density that is not a number where large weights meet numbers that float32 cannot square", () => {
      const bijection = make();
      for (const variable of bijection.variables)
        tf.tidy(() => variable.assign(random("large").normalTensor(variable.shape, 0, 3)));
      const far = [
        [1, -2e19],
        [1e30, 1],
        [1, 1e30],
        [-1e38, 1e38],
      ];
      for (const one of flow(base, bijection).logProb(far).dataSync()) expect(one).toBeLessThan(0);
    });

    test("has gradients that an event infinitely far out does not spoil", () => {
      const model = flow(base, scatter(make()));
      const slopes = tf.grad((x: tf.Tensor) => tf.sum(tf.slice(model.logProb(x), [4], [1])))(
        tf.tensor2d(POINTS),
      );
      expect(Array.from(slopes.dataSync()).slice(8, 10).every(Number.isFinite)).toBe(true);
    });
  });

  test("images and single numbers have the density 0 there, too", () => {
    const images = flow(
      standardNormal([4, 4, 1]),
      scatter(glow({ height: 4, width: 4, channels: 1, levels: 1, steps: 1, hidden: [4] })),
    );
    const x = tf.concat([tf.fill([1, 4, 4, 1], Infinity), tf.zeros([1, 4, 4, 1])]);
    expect(Array.from(images.logProb(x).dataSync())).toEqual([-Infinity, expect.any(Number)]);
    const line = flow(standardNormal(), scatter(monotone()));
    expect(Array.from(line.logProb([Infinity, -Infinity]).dataSync())).toEqual([-Infinity, -Infinity]);
  });
});

test("more events than memory holds are refused before any is taken, with a remedy", () => {
  const before = process.memoryUsage().rss;
  const model = flow(standardNormal([2]), realNVP(SIZE));
  for (const draw of [
    () => model.sample(1e9, 7),
    () => model.sampleWithLogProb(1e9, 7),
    () => model.sample(1e9, 7, undefined, { chunk: 1000 }),
    () => standardNormal([2]).sample(1e9, random(1)),
    () => uniform(0, 1, [2]).sample(1e9, random(1)),
    () => vonMises(PLANE).sample(1e9, random(1)),
    () => studentT({ freedom: 3, ...PLANE }).sample(1e9, random(1)),
    () => mixture([logistic(PLANE)]).sample(1e9, random(1)),
  ]) {
    expect(draw).toThrow(RangeError);
    expect(draw).toThrow(
      /at most 134217728 numbers at once; got 1000000000 events of 2 numbers: draw them in parts from one stream/,
    );
  }
  const stream = random(1);
  for (const draw of [
    () => stream.uniform(1e9),
    () => stream.normal(1e9),
    () => stream.integers(1e9, 0, 2),
    () => stream.uniformTensor([1e5, 1e5]),
    () => stream.normalTensor([1e9]),
  ]) {
    expect(draw).toThrow(/at most 134217728 numbers at once; got 1e?\d*.*: draw them in parts/);
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(2e8);
});
