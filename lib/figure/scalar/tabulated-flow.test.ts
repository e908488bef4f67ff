import { describe, expect, test } from "vitest";
import type { Bijection } from "../../bijections/bijection.ts";
import { chain } from "../../bijections/composition/chain.ts";
import { scatter } from "../../bijections/contract/case.ts";
import { affine } from "../../bijections/elementwise/affine.ts";
import { leakyRelu } from "../../bijections/elementwise/leaky-relu.ts";
import { rationalQuadraticSpline } from "../../bijections/elementwise/rational-quadratic-spline.ts";
import { sigmoid } from "../../bijections/elementwise/sigmoid.ts";
import { logistic } from "../../distributions/logistic.ts";
import { standardNormal } from "../../distributions/normal.ts";
import { tf } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { linspace } from "../linspace.ts";
import { binPairs } from "./bin-pairs.ts";
import { changeOfVariablesFigure } from "./change-of-variables.ts";
import { normalizingFigure } from "./normalizing.ts";
import { samplePushFigure } from "./sample-push.ts";
import { completeFlow, type ScalarFlow } from "./scalar-flow.ts";

/** A bijection that counts how often it generates. */
function counted(bijection: Bijection) {
  const calls = { count: 0 };
  const forward: Bijection["forward"] = (z, context) => {
    calls.count += 1;
    return bijection.forward(z, context);
  };
  return { calls, bijection: { ...bijection, forward } };
}

const sigma = (z: number) => 1 / (1 + Math.exp(-z));

describe("a flow made of tensors", () => {
  test.each([changeOfVariablesFigure, samplePushFigure, normalizingFigure])(
    "is evaluated once for a figure, and leaves no tensor behind: %o",
    (draw) => {
      const { calls, bijection } = counted(affine({ scale: 2, shift: 1 }));
      const model = flow(standardNormal(), bijection);
      const before = tf.memory().numTensors;
      const drawn = draw({ flow: model, title: "a flow" });
      expect([calls.count, tf.memory().numTensors]).toEqual([1, before]);
      const same = draw({ forward: (z: number) => 2 * z + 1, derivative: () => 2, title: "a flow" });
      drawn.data.forEach((trace, i) => {
        for (const key of ["x", "y"] as const) {
          const [own, other] = [trace, same.data[i]].map((one) => Array.from((one?.[key] ?? []) as number[]));
          expect(own).toEqual(other?.map((v) => (v === null ? v : expect.closeTo(v, 4))));
        }
        expect(trace.text).toEqual(same.data[i]?.text);
      });
    },
  );

  test.each<[string, ScalarFlow, (z: number) => number, (z: number) => number]>([
    [
      "a falling bijection",
      { flow: chain([affine({ scale: -1 }), sigmoid()]) },
      (z) => sigma(-z),
      (z) => -sigma(z) * sigma(-z),
    ],
    [
      "a bent one",
      { flow: leakyRelu(0.3), zRange: [-2.1, 3] },
      (z) => (z < 0 ? 0.3 * z : z),
      (z) => (z < 0 ? 0.3 : 1),
    ],
    [
      "events of one number",
      { flow: flow(logistic({ eventShape: [1] }), affine({ scale: [-3] })) },
      (z) => -3 * z,
      () => -3,
    ],
  ])("%s has its values and slopes", (_, given, forward, derivative) => {
    const complete = completeFlow(given);
    for (const z of [...linspace(...complete.zRange, 97), -1e-4, 1e-5]) {
      expect(complete.forward(z)).toBeCloseTo(forward(z), 5);
      expect(complete.derivative(z)).toBeCloseTo(derivative(z), 5);
      expect(complete.inverse(complete.forward(z))).toBeCloseTo(z, 5);
    }
  });

  test("brings the density of its base; a bijection takes one, or the normal one", () => {
    const shift = affine({ shift: 1 });
    const density = (given: ScalarFlow) => completeFlow(given).density(1.5);
    expect(density({ flow: flow(logistic(), shift) })).toBeCloseTo(sigma(0.5) * sigma(-0.5), 5);
    expect(density({ flow: shift })).toBeCloseTo(Math.exp(-0.125) / Math.sqrt(2 * Math.PI), 5);
    expect(density({ flow: shift, base: () => 0.25 })).toBeCloseTo(0.25, 5);
  });

  test("keeps the mass of each bin to the four digits that are shown, where it is steep or bent", () => {
    const steep = scatter(rationalQuadraticSpline(), 0.8, 3);
    for (const bijection of [steep, chain([leakyRelu(0.05), affine({ shift: 0.333 }), leakyRelu(4)])]) {
      for (const { baseMass, dataMass } of binPairs(completeFlow({ flow: bijection }), 20)) {
        expect(Math.abs(dataMass - baseMass)).toBeLessThan(2e-5);
      }
    }
  });

  test("shows a wrong log-determinant as different masses", () => {
    const right = affine({ scale: 2 });
    const wrong: Bijection = {
      ...right,
      forward: (z) => ({ ...right.forward(z), logDet: tf.zerosLike(z) }),
    };
    const [bin] = binPairs(completeFlow({ flow: wrong }), 1);
    expect((bin?.dataMass ?? 0) / (bin?.baseMass ?? 1)).toBeCloseTo(2, 4);
  });

  test("passes its context on", () => {
    const moved: Bijection = {
      ...affine(),
      forward: (z, context) => ({ value: tf.add(z, context as tf.Tensor), logDet: tf.zerosLike(z) }),
    };
    expect(completeFlow({ flow: moved, context: [2] }).xRange).toEqual([-1, 5]);
  });

  test("of two numbers is refused", () => {
    const plane = flow(standardNormal([2]), affine());
    expect(() => changeOfVariablesFigure({ flow: plane })).toThrow(/one number; its events have shape \[2\]/);
  });
});
