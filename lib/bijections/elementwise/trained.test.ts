import { expect, test } from "vitest";
import { standardNormal } from "../../distributions/normal.ts";
import { uniform } from "../../distributions/uniform.ts";
import { tf } from "../../engine/tf.ts";
import { type Flow, flow } from "../../flows/flow.ts";
import { normalDensity } from "../../ground/functions/normal-functions.ts";
import { random } from "../../random/random.ts";
import { fit } from "../../training/fit.ts";
import { mixtureLogisticCdf } from "../../transformers/mixtures/mixture-logistic-cdf.ts";
import { cubicSpline } from "../../transformers/splines/cubic-spline.ts";
import { quadraticSpline } from "../../transformers/splines/quadratic-spline.ts";
import type { Transformer } from "../../transformers/transformer.ts";
import { plu } from "../linear/plu.ts";
import { elementwise } from "./elementwise.ts";
import { rationalQuadraticSpline } from "./rational-quadratic-spline.ts";

const densityOf = (model: Flow) => (x: number) => Math.exp(model.logProb([x]).dataSync()[0]);

/** ∫ p over [low, high] by the midpoint rule with 8,000 points, all of them in one batch. */
function mass(model: Flow, low: number, high: number): number {
  const step = (high - low) / 8000;
  const points = Array.from({ length: 8000 }, (_, k) => low + (k + 0.5) * step);
  const logDensities = Array.from(model.logProb(points).dataSync());
  return logDensities.reduce((sum, v) => sum + Math.exp(v) * step, 0);
}

test("a trained spline has a density of mass 1 with two peaks, points far outside of it included", async () => {
  const noise = random(1);
  const peaks = [...noise.normal(1500, -1.5, 0.3), ...noise.normal(1500, 1, 0.5), 40, -40];
  const model = flow(standardNormal([]), rationalQuadraticSpline({ bins: 12, interval: [-4, 4] }));
  const { loss } = await fit(model, peaks, { steps: 300, batchSize: 3002, learningRate: 0.05 });
  expect(loss.every(Number.isFinite)).toBe(true);
  const density = densityOf(model);
  expect(mass(model, -8, 8)).toBeCloseTo(1, 3);
  expect(density(-1.5)).toBeGreaterThan(0.55);
  expect(density(-0.5)).toBeLessThan(0.12);
});

test.each([
  ["quadratic spline", () => quadraticSpline({ bins: 12, interval: [-4, 4] })],
  ["cubic spline", () => cubicSpline({ bins: 12, interval: [-4, 4] })],
  ["mixture of logistics", () => mixtureLogisticCdf({ components: 4 })],
] as [string, () => Transformer][])(
  "a trained %s alone finds both of two peaks, with mass 1",
  async (_, make) => {
    const noise = random(1);
    const peaks = [...noise.normal(1500, -1.5, 0.3), ...noise.normal(1500, 1.5, 0.3)];
    const model = flow(standardNormal([]), elementwise({ transformer: make() }));
    const { loss } = await fit(model, peaks, { steps: 300, batchSize: 3000, learningRate: 0.05 });
    expect(mass(model, -8, 8)).toBeCloseTo(1, 3);
    const truth = (x: number) => (normalDensity((x + 1.5) / 0.3) + normalDensity((x - 1.5) / 0.3)) / 0.6;
    const best = -peaks.reduce((sum, v) => sum + Math.log(truth(v)), 0) / peaks.length;
    expect(Math.abs(loss[loss.length - 1] - best)).toBeLessThan(0.05);
  },
);

test("a trained circular spline has a density of mass 1 on the circle, which closes at ±π", async () => {
  const angles = random(2)
    .normal(3000, Math.PI, 0.8)
    .map((v) => Math.atan2(Math.sin(v), Math.cos(v)));
  const base = uniform(-Math.PI, Math.PI);
  const model = flow(base, rationalQuadraticSpline({ bins: 6, circular: true }));
  const { loss } = await fit(model, angles, { steps: 300, batchSize: 3000, learningRate: 0.05 });
  const density = densityOf(model);
  expect(mass(model, -Math.PI, Math.PI)).toBeCloseTo(1, 3);
  expect(density(-Math.PI)).toBeCloseTo(density(Math.PI), 4);
  const wrapped = (v: number) =>
    normalDensity((v - Math.PI) / 0.8) / 0.8 + normalDensity((v + Math.PI) / 0.8) / 0.8;
  const best = -angles.reduce((sum, v) => sum + Math.log(wrapped(v)), 0) / angles.length;
  expect(Math.abs(loss[loss.length - 1] - best)).toBeLessThan(0.02);
});

test("a trained linear flow is the normal distribution with the data's mean and covariance", async () => {
  const raw = tf.tensor2d(random(3).normal(2000 * 2), [2000, 2]);
  const matrix = tf.tensor2d([1, 0.5, -0.8, 1.2], [2, 2]);
  const data = tf.add(tf.matMul(raw, matrix), [1, -2]);
  const model = flow(standardNormal([2]), plu({ dimensions: 2, permutation: [1, 0] }));
  await fit(model, data, { steps: 400, batchSize: 2000, learningRate: 0.05 });
  const mean = tf.mean(data, 0);
  const centred = tf.sub(data, mean);
  const covariance = tf.div(tf.matMul(centred, centred, true, false), 2000).arraySync() as number[][];
  const [origin, first, second] = model.bijection
    .forward(tf.tensor2d([0, 0, 1, 0, 0, 1], [3, 2]))
    .value.arraySync() as number[][];
  const columns = [first, second].map((image) => image.map((v, i) => v - origin[i]));
  const learned = [0, 1].map((i) => [0, 1].map((j) => columns.reduce((sum, c) => sum + c[i] * c[j], 0)));
  expect(learned).toEqual(covariance.map((row) => row.map((v) => expect.closeTo(v, 2))));
  expect(origin).toEqual(Array.from(mean.dataSync(), (v) => expect.closeTo(v, 2)));
});
