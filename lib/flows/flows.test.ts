import { describe, expect, test } from "vitest";
import type { Bijection } from "../bijections/bijection.ts";
import { standardNormal } from "../distributions/normal.ts";
import { tf } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { fit } from "../training/fit.ts";
import { type Flow, flow } from "./flow.ts";
import { iaf } from "./iaf.ts";
import { maf } from "./maf.ts";
import { nice } from "./nice.ts";
import { realNVP } from "./real-nvp.ts";
import { splineCoupling } from "./spline-coupling.ts";

const flows: Record<string, (options: { dimensions: number; seed?: number }) => Bijection> = {
  nice,
  realNVP,
  maf,
  iaf,
  splineCoupling,
};

describe.each(Object.entries(flows))("%s", (_, create) => {
  test("starts as the identity, with all of its layers", () => {
    const bijection = create({ dimensions: 3 });
    const x = random(1).normalTensor([5, 3]);
    const { value, logDet } = bijection.inverse(x);
    expect(tf.max(tf.abs(tf.sub(value, x))).dataSync()[0]).toBeLessThan(2e-6);
    expect(tf.max(tf.abs(logDet)).dataSync()[0]).toBeLessThan(2e-5);
    expect(bijection.parts?.length).toBeGreaterThanOrEqual(4);
  });

  test("starts from weights that the seed determines, other ones in each layer", () => {
    const first = (seed: number) => create({ dimensions: 2, seed }).variables.map((v) => `${v.dataSync()}`);
    expect(first(5)).toEqual(first(5));
    expect(first(5)).not.toEqual(first(6));
    const random = first(5).filter((text) => /[1-9]/.test(text) && !/^(1,?)+$/.test(text));
    expect(new Set(random).size).toBe(random.length);
  });
});

test("flows of couplings refuse vectors of one number", () => {
  expect(() => realNVP({ dimensions: 1 })).toThrow(
    "coupling: expected a mask for at least 2 dimensions; got one for 1",
  );
  expect(() => maf({ dimensions: 2, layers: 0 })).toThrow("expected a whole number ≥ 1 of layers; got 0");
});

/** A ring with an opening, in two dimensions. */
function crescent(count: number): tf.Tensor {
  const noise = random(11);
  const points = Array.from({ length: count }, () => {
    const [angle, radius] = [noise.uniform(1, 0, 1.5 * Math.PI)[0], noise.normal(1, 1.5, 0.15)[0]];
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  return tf.tensor2d(points);
}

/** ∫ p over a square by the midpoint rule. */
function integral(model: Flow, half: number, steps: number): number {
  const at = (k: number) => half * ((2 * (k + 0.5)) / steps - 1);
  const grid = Array.from({ length: steps * steps }, (_, i) => [at(i % steps), at(Math.floor(i / steps))]);
  const logDensities = Array.from(model.logProb(tf.tensor2d(grid)).dataSync());
  return logDensities.reduce((sum, v) => sum + Math.exp(v), 0) * ((2 * half) / steps) ** 2;
}

test.each([
  ["realNVP", realNVP({ dimensions: 2, layers: 4, hidden: [16], context: 1, activation: "tanh" })],
  ["maf", maf({ dimensions: 2, layers: 2, hidden: [16], context: 1, activation: "tanh" })],
])("%s learns how data depend on a context", async (_, bijection) => {
  // The context is where the data lie: log p(x|c) = log N(x₀; 2c, 0.3²) + log N(x₁; −c, 0.3²).
  const noise = random(4);
  const context = noise.uniformTensor([2000, 1], -1, 1);
  const centre = tf.concat([tf.mul(context, 2), tf.neg(context)], 1);
  const data = tf.add(centre, noise.normalTensor([2000, 2], 0, 0.3));
  const model = flow(standardNormal([2]), bijection);
  await fit(model, data, { context, steps: 300, learningRate: 0.02, seed: 1 });
  const mean = (logDensities: tf.Tensor) => tf.mean(logDensities).dataSync()[0];
  const entropy = 2 * Math.log(0.3 * Math.sqrt(2 * Math.PI * Math.E));
  expect(mean(model.logProb(data, context))).toBeGreaterThan(-entropy - 0.1);
  const samples = model.sample(500, 7, tf.tensor1d([0.5]));
  const [first, second] = Array.from(tf.mean(samples, 0).dataSync());
  expect(Math.abs(first - 1)).toBeLessThan(0.1);
  expect(Math.abs(second + 0.5)).toBeLessThan(0.1);
});

describe("trained in two dimensions", () => {
  test.each([
    ["realNVP", realNVP({ dimensions: 2, layers: 6, hidden: [32], activation: "tanh" })],
    [
      "realNVP with batch norm",
      realNVP({ dimensions: 2, layers: 4, hidden: [32], activation: "tanh", batchNorm: true }),
    ],
    ["splineCoupling", splineCoupling({ dimensions: 2, layers: 4, hidden: [32], activation: "tanh" })],
    ["maf", maf({ dimensions: 2, layers: 4, hidden: [32], activation: "tanh" })],
    [
      "maf with mixtures of normals",
      maf({ dimensions: 2, layers: 2, hidden: [16], activation: "tanh", components: 3 }),
    ],
  ])("%s integrates to 1 and fits better than a normal distribution", async (_, bijection) => {
    const data = crescent(2000);
    const model = flow(standardNormal([2]), bijection);
    const { loss } = await fit(model, data, { steps: 150, learningRate: 0.01, seed: 1 });
    expect(Math.abs(integral(model, 7, 350) - 1)).toBeLessThan(1e-3);
    const { variance } = tf.moments(data, 0);
    const normal =
      0.5 * Array.from(variance.dataSync()).reduce((sum, v) => sum + Math.log(2 * Math.PI * Math.E * v), 0);
    expect(loss[loss.length - 1]).toBeLessThan(normal - 0.2);
  });
});
