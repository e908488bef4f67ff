import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { everyBackend } from "../engine/backends.fixture.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { ShapeError } from "../ground/errors.ts";
import { random } from "../random/random.ts";
import { additive } from "./additive.ts";
import { affineTransformer } from "./affine.ts";
import { mixtureLogisticCdf } from "./mixtures/mixture-logistic-cdf.ts";
import { mixtureNormalCdf } from "./mixtures/mixture-normal-cdf.ts";
import { nonlinearSquared } from "./nonlinear-squared.ts";
import { transformerFrom } from "./registry.ts";
import { cubicSpline } from "./splines/cubic-spline.ts";
import { piecewiseLinearTransformer } from "./splines/piecewise-linear.ts";
import { quadraticSpline } from "./splines/quadratic-spline.ts";
import { rationalQuadratic } from "./splines/rational-quadratic.ts";
import type { Transformer } from "./transformer.ts";

const TRANSFORMERS: Record<string, () => Transformer> = {
  additive,
  affine: affineTransformer,
  "cubic spline": () => cubicSpline({ bins: 5, interval: [-2, 4] }),
  "mixture of logistics": mixtureLogisticCdf,
  "mixture of normals": mixtureNormalCdf,
  "nonlinear squared": nonlinearSquared,
  "piecewise-linear": () => piecewiseLinearTransformer({ bins: 5, interval: [-2, 4] }),
  "quadratic spline": () => quadraticSpline({ bins: 5, interval: [-2, 4] }),
  "rational-quadratic": () => rationalQuadratic({ bins: 5 }),
  "circular rational-quadratic": () => rationalQuadratic({ bins: 5, circular: true }),
};

describe.each(everyBackend())("on %s", (backend) => {
  beforeAll(() => useBackend(backend));
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  describe.each(Object.entries(TRANSFORMERS))("%s", (_, create) => {
    test("is the identity where the parameters are 0", () => {
      const transformer = create();
      const z = tf.tensor2d([
        [-3.1, -1.7, 0],
        [0.4, 2, 3.1],
      ]);
      for (const direction of ["forward", "inverse"] as const) {
        const { value, logDet } = transformer[direction](z, tf.zeros([2, 3, transformer.parameters]));
        const [moved, slopes] = [tf.max(tf.abs(tf.sub(value, z))), tf.max(tf.abs(logDet))];
        expect(moved.dataSync()[0]).toBeLessThan(1e-6);
        expect(slopes.dataSync()[0]).toBeLessThan(2e-6);
        expect([value.shape, logDet.shape]).toEqual([z.shape, z.shape]);
      }
    });

    test("comes back for parameters of each number, small or large, with opposite log-slopes", () => {
      const transformer = create();
      const noise = random(4);
      for (const size of [1, 5]) {
        const z = noise.uniformTensor([40, 3], -3.1, 3.1);
        const params = noise.normalTensor([40, 3, transformer.parameters], 0, size);
        const there = transformer.forward(z, params);
        const back = transformer.inverse(there.value, params);
        // Rounding of the image, 2e-7 of numbers up to 3 and else in proportion, comes back divided by the slope.
        const rounding = tf.mul(1e-6, tf.maximum(tf.div(tf.abs(there.value), 3), 1));
        const allowed = tf.add(1e-5, tf.mul(rounding, tf.exp(tf.neg(there.logDet))));
        const error = tf.max(tf.sub(tf.abs(tf.sub(back.value, z)), allowed)).dataSync()[0];
        expect(error, `parameters of size ${size}`).toBeLessThanOrEqual(0);
        // At slopes of 1/1000, the log-slope itself changes by a lot within that error.
        if (size > 1) continue;
        expect(tf.max(tf.abs(tf.add(there.logDet, back.logDet))).dataSync()[0]).toBeLessThan(1e-3);
      }
    });

    test("has finite values and gradients for parameters and inputs of any size", () => {
      const transformer = create();
      const z = tf.tensor1d([-1e30, -1e4, -3, -2, 0, 3, 4, 1e4, 1e30]);
      for (const direction of ["forward", "inverse"] as const) {
        for (const size of [-1e4, -30, 30, 1e4]) {
          const ramp = tf.linspace(-1, 1, transformer.parameters);
          const params = tf.mul(tf.ones([9, transformer.parameters]), tf.mul(ramp, size));
          const loss = (x: tf.Tensor, p: tf.Tensor) => {
            const { value, logDet } = transformer[direction](x, p);
            return tf.add(tf.sum(tf.tanh(value)), tf.sum(logDet));
          };
          for (const gradient of tf.grads(loss)([z, params])) {
            expect(Array.from(gradient.dataSync()).filter((v) => !Number.isFinite(v))).toEqual([]);
          }
        }
      }
    });
  });
});

test("a spline has second derivatives, in its input and its parameters", () => {
  const transformer = rationalQuadratic({ bins: 3 });
  const size = transformer.parameters;
  const [numbers, direction] = [random(8).normal(1 + size), random(9).normal(1 + size)];
  const slope = (all: tf.Tensor) => {
    const [z, params] = tf.split(all, [1, size]);
    return tf.sum(transformer.forward(z, tf.reshape(params, [1, size])).logDet);
  };
  // The gradient alone is compared with a reference by the contract test; here, with its own differences.
  const gradient = (at: number[]) => Array.from(tf.grad(slope)(tf.tensor1d(at)).dataSync());
  const along = (step: number) => gradient(numbers.map((v, i) => v + step * direction[i]));
  const inner = (all: tf.Tensor) => tf.sum(tf.mul(tf.grad(slope)(all), tf.tensor1d(direction)));
  const product = Array.from(tf.grad(inner)(tf.tensor1d(numbers)).dataSync());
  const [ahead, behind] = [along(5e-3), along(-5e-3)];
  expect(product).toEqual(ahead.map((v, i) => expect.closeTo((v - behind[i]) / 0.01, 2)));
});

describe("a circular spline", () => {
  test("has the same slope on both sides of ±π, and ignores whole turns", () => {
    const transformer = rationalQuadratic({ bins: 4, circular: true });
    const params = tf.tile(random(2).normalTensor([1, transformer.parameters]), [2, 1]);
    const ends = transformer.forward(tf.tensor1d([-Math.PI, Math.PI]), params);
    const [low, high] = ends.logDet.dataSync();
    expect(low).toBeCloseTo(high, 5);
    expect(Math.abs(low)).toBeGreaterThan(0.1);
    const turned = transformer.forward(tf.tensor1d([1, 1 + 4 * Math.PI]), params).value.dataSync();
    expect(turned[0]).toBeCloseTo(turned[1], 5);
  });
});

test("figure 16.5: five bins with heights that sum to 1", () => {
  const heights = [0.1, 0.3, 0.15, 0.35, 0.1];
  const transformer = piecewiseLinearTransformer({ bins: 5, interval: [0, 1] });
  // The softmax's smallest share taken off again.
  const params = tf.log(heights.map((v) => (v - 1e-3) / (1 - 5e-3)));
  const { value, logDet } = transformer.forward(tf.tensor1d([0, 0.2, 0.5, 0.7, 1]), params);
  expect(Array.from(value.dataSync())).toEqual([0, 0.1, 0.475, 0.725, 1].map((v) => expect.closeTo(v, 5)));
  expect(logDet.dataSync()[2]).toBeCloseTo(Math.log(5 * 0.15), 5);
});

test("a config gives the same transformer", () => {
  for (const create of Object.values(TRANSFORMERS)) {
    const config = JSON.parse(JSON.stringify(create().config));
    expect(transformerFrom(config).config).toEqual(create().config);
  }
  expect(() => transformerFrom({ type: "cubic" })).toThrow(/additive, affine.*got "cubic"/);
});

test.each(Object.entries(TRANSFORMERS))("%s refuses another number of parameters", (_, create) => {
  const transformer = create();
  const params = tf.zeros([2, transformer.parameters + 1]);
  for (const direction of ["forward", "inverse"] as const) {
    expect(() => transformer[direction](tf.zeros([2]), params)).toThrow(ShapeError);
  }
});

test("options without a meaning are refused by value", () => {
  expect(() => affineTransformer({ bound: 0 })).toThrow(/got 0/);
  expect(() => rationalQuadratic({ bins: 1 })).toThrow(/got 1/);
  expect(() => rationalQuadratic({ circular: true, interval: [0, 1] })).toThrow(/circular/);
  expect(() => piecewiseLinearTransformer({ interval: [2, 2] })).toThrow(/got \[2, 2\]/);
});
