import { describe, expect, test } from "vitest";
import { standardNormal } from "../../distributions/normal.ts";
import { everyBackend } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { ShapeError } from "../../ground/errors.ts";
import type { Bijection } from "../bijection.ts";
import { scatter } from "../contract/case.ts";
import { affine } from "./affine.ts";
import { piecewiseLinear } from "./piecewise-linear.ts";
import { rationalQuadraticSpline } from "./rational-quadratic-spline.ts";
import { rotation } from "./rotation.ts";

/** Maps whose two elements have parameters of their own, and the same with another shape. */
const MAPS: Readonly<Record<string, (shape: readonly number[]) => Bijection>> = {
  affine: (shape) => affine({ scale: nested(shape) }),
  "piecewise linear": (shape) => piecewiseLinear({ shape }),
  "rational-quadratic spline": (shape) => rationalQuadraticSpline({ shape }),
  rotation: (shape) => rotation({ shape }),
};

const nested = ([length, ...inner]: readonly number[]): tf.TensorLike =>
  length === undefined ? 2 : (Array.from({ length }, () => nested(inner)) as tf.TensorLike);

describe.each(everyBackend())("on %s", (backend) => {
  describe.each(Object.entries(MAPS))("%s with parameters of each element", (name, make) => {
    test("has events of as many axes, with one log-determinant each", () => {
      useBackend(backend);
      const map = scatter(make([2]));
      expect(map.eventRank).toBe(1);
      const [z, one] = [tf.tensor2d([0.5, -1, 2, 0.1], [2, 2]), scatter(make([]))];
      const { value, logDet } = map.forward(z);
      expect([value.shape, logDet.shape, map.forward(tf.zeros([0, 2])).logDet.shape]).toEqual([
        [2, 2],
        [2],
        [0],
      ]);
      expect([one.eventRank, one.forward(z).logDet.shape]).toEqual([0, [2, 2]]);
      const model = flow(standardNormal([2]), map);
      const { value: x, logProb } = model.sampleWithLogProb(3, 1);
      const found = model.logProb(x).dataSync();
      if (name !== "rotation") logProb.dataSync().forEach((v, i) => void expect(v).toBeCloseTo(found[i], 4));
    });

    test("refuses events that they do not fit, instead of repeating the numbers", () => {
      useBackend(backend);
      const expected = new RegExp(`${name}: expected events of shape \\[2\\].*; got shape \\[(2,)?(1|3)\\]`);
      for (const width of [1, 3]) {
        expect(() => flow(standardNormal([width]), make([2]))).toThrow(ShapeError);
        expect(() => flow(standardNormal([width]), make([2]))).toThrow(expected);
        expect(() => make([2]).forward(tf.zeros([2, width]))).toThrow(ShapeError);
        expect(() => make([2]).inverse(tf.zeros([2, width]))).toThrow(expected);
      }
      // A batch of two numbers is no event of two elements.
      expect(() => flow(standardNormal(), make([2]))).toThrow(/events with 1 axis/);
      expect(() => make([2]).forward(tf.scalar(1))).toThrow(ShapeError);
    });
  });
});

test.each([[[0]], [[1.5]], [[-2]], [[1, 1, 1, 1]]])("a shape %j of parameters is refused", (shape) => {
  for (const make of [piecewiseLinear, rationalQuadraticSpline, rotation]) {
    expect(() => make({ shape })).toThrow(RangeError);
  }
});
