import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tf } from "../../engine/tf.ts";
import { random } from "../../random/random.ts";
import { contractiveConvNet } from "./contractive-conv-net.ts";
import { contractiveMlp } from "./contractive-mlp.ts";
import { convolutionMap, denseMap, type LinearMap } from "./linear-map.ts";
import { convolutionNormBound } from "./norm-bound.ts";
import { normAlong, powerIteration } from "./power-iteration.ts";
import { smoothActivation } from "./smooth-activation.ts";

beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

/** The spectral norm of a map as a matrix, by squaring its Gram matrix in double precision: exact to 1e-12. */
function normOf(map: LinearMap, weights: tf.Tensor): number {
  const size = map.event.reduce((product, length) => product * length, 1);
  const units = tf.reshape(tf.eye(size), [size, ...map.event]);
  const images = tf.reshape(map.multiply(weights, units), [size, -1]).arraySync() as number[][];
  let gram = images.map((a) => images.map((b) => a.reduce((sum, v, i) => sum + v * b[i], 0)));
  let logarithm = 0;
  for (let j = 0; j < 40; j++) {
    const scale = Math.max(...gram.flat().map(Math.abs));
    logarithm += Math.log(scale) / 2 ** j;
    const part = gram.map((row) => row.map((v) => v / scale));
    gram = part.map((row) => part[0].map((_, k) => row.reduce((sum, v, i) => sum + v * part[i][k], 0)));
  }
  return Math.exp(logarithm / 2);
}

const maps: [string, LinearMap][] = [
  ["dense, wide", denseMap(5, 9, "a")],
  ["dense, tall", denseMap(9, 5, "b")],
  ["convolution 3×3 of 6×6", convolutionMap([6, 6], { inputs: 2, outputs: 3, size: 3 }, "c")],
  ["convolution 5×5 of 5×4", convolutionMap([5, 4], { inputs: 1, outputs: 2, size: 5 }, "d")],
  ["convolution 1×1", convolutionMap([3, 3], { inputs: 3, outputs: 4, size: 1 }, "e")],
];

describe.each(maps)("%s", (name, map) => {
  test("power iteration finds the spectral norm, from below; the proven bound lies closely above", () => {
    const exact = normOf(map, map.weights);
    const noise = random(name).normalTensor(map.event);
    let v: tf.Tensor = tf.div(noise, tf.norm(noise));
    const found = [0, 1, 2].map((round) => {
      if (round > 0) for (let k = 0; k < 40; k++) v = powerIteration(map, map.weights, v, 5);
      return normAlong(map, map.weights, v).dataSync()[0];
    });
    expect(Math.abs(tf.norm(v).dataSync()[0] - 1)).toBeLessThan(1e-6);
    expect(found[0]).toBeLessThan(exact);
    expect(Math.abs(found[2] / exact - 1)).toBeLessThan(1e-5);
    const bound = map.bound(map.weights).dataSync()[0];
    expect(bound).toBeGreaterThanOrEqual(exact);
    expect(bound / exact).toBeLessThan(1.01);
  });

  test("its transpose is one: ⟨y, W x⟩ = ⟨Wᵀ y, x⟩", () => {
    const x = random(1).normalTensor([3, ...map.event]);
    const image = map.multiply(map.weights, x);
    const y = random(2).normalTensor(image.shape);
    const [one, other] = [tf.mul(y, image), tf.mul(map.transpose(map.weights, y), x)].map(
      (products) => tf.sum(products).dataSync()[0],
    );
    expect(one).toBeCloseTo(other, 4);
  });
});

test.each([
  ["3×3 of 6×6", convolutionMap([6, 6], { inputs: 2, outputs: 3, size: 3 }, "c")],
  ["5×5 of 8×8", convolutionMap([8, 8], { inputs: 1, outputs: 2, size: 5 }, "d")],
])("the bound by frequencies holds for images of any size: %s", (_, map) => {
  const exact = normOf(map, map.weights);
  const bound = convolutionNormBound(map.weights).dataSync()[0];
  expect(bound).toBeGreaterThan(exact);
  // A small image has a border of zeros that a large one has not.
  expect(bound / exact).toBeLessThan(1.3);
});

describe.each([
  [
    "contractiveMlp",
    () => contractiveMlp({ dimensions: 3, hidden: [7, 6], lipschitz: 0.8, powerIterations: 5 }),
  ],
  [
    "contractiveConvNet",
    () =>
      contractiveConvNet({
        ...{ height: 4, width: 4, channels: 2, hidden: [3, 3] },
        ...{ lipschitz: 0.8, powerIterations: 5 },
      }),
  ],
])("%s", (_, make) => {
  test("stretches by less than L once its power iterations know its weights, and the bound says so", () => {
    const network = make();
    // Steps of training that make the weights three times as large.
    for (const variable of network.variables) tf.tidy(() => variable.assign(tf.mul(variable, 3)));
    for (let k = 0; k < 40; k++) {
      tf.tidy(() => {
        const { state } = network.scale(true);
        network.state.forEach((one, i) => void one.assign(tf.clone(state[i])));
      });
    }
    const { numbers } = network.scale(false);
    const bound = network.bound(numbers).dataSync()[0];
    expect(bound).toBeGreaterThan(0.8 * (1 - 1e-4));
    expect(bound).toBeLessThan(0.83);
    const [a, b] = [1, 2].map((seed) => random(seed).normalTensor([50, ...network.event]));
    const distance = (p: tf.Tensor, q: tf.Tensor) => tf.norm(tf.reshape(tf.sub(p, q), [50, -1]), 2, 1);
    const images = [a, b].map((z) => network.linearize(numbers, z).value);
    const stretch = tf.div(distance(images[0], images[1]), distance(a, b));
    expect(tf.max(stretch).dataSync()[0]).toBeLessThan(bound);
  });

  test("J v and Jᵀ u are those of its own gradient", () => {
    const network = make();
    const { numbers } = network.scale(false);
    const [z, v, u] = [1, 2, 3].map((seed) => random(seed).normalTensor([2, ...network.event]));
    const { push, pull } = network.linearize(numbers, z);
    const back = tf.grad((at: tf.Tensor) => tf.sum(tf.mul(network.linearize(numbers, at).value, u)))(z);
    const pulled = tf.squeeze(pull(tf.expandDims(u, 0)), [0]);
    expect(tf.max(tf.abs(tf.sub(pulled, back))).dataSync()[0]).toBeLessThan(1e-6);
    const pushed = tf.squeeze(push(tf.expandDims(v, 0)), [0]);
    const [one, other] = [tf.mul(pushed, u), tf.mul(back, v)].map(
      (products) => tf.sum(products).dataSync()[0],
    );
    expect(one).toBeCloseTo(other, 5);
  });
});

test("a matrix whose eigenvalues are all 0 is scaled by its singular value", () => {
  const map = denseMap(2, 2, "nilpotent");
  const weights = tf.tensor2d([
    [0, 5],
    [0, 0],
  ]);
  const v = powerIteration(map, weights, tf.tensor1d([0.6, 0.8]), 3);
  expect(normAlong(map, weights, v).dataSync()[0]).toBeCloseTo(5, 5);
  expect(map.bound(weights).dataSync()[0]).toBeCloseTo(5, 4);
});

test("weights of 0 leave the unit vector as it is", () => {
  const map = denseMap(3, 2, "zero");
  const v = tf.tensor1d([1, 0, 0]);
  const next = powerIteration(map, tf.zeros([3, 2]), v, 2);
  expect(Array.from(next.dataSync())).toEqual([1, 0, 0]);
});

test.each(["lipSwish", "elu", "tanh"] as const)("%s has a slope of 1 at most, which is its own", (name) => {
  const { value, slope, start } = smoothActivation(name);
  const x = tf.linspace(-12, 12, 4801);
  for (const own of start === undefined ? [undefined] : [-1, 0.5, 3].map((b) => tf.scalar(b))) {
    const slopes = slope(x, own);
    const [least, most] = [tf.min(slopes), tf.max(slopes)].map((one) => one.dataSync()[0]);
    expect(Math.max(-least, most)).toBeLessThanOrEqual(1);
    const byTape = tf.grad((at: tf.Tensor) => tf.sum(value(at, own)))(x);
    expect(tf.max(tf.abs(tf.sub(slopes, byTape))).dataSync()[0]).toBeLessThan(1e-6);
    // x·σ(x) is steepest at 2.3994: 1.09984.
    if (name === "lipSwish") expect(most).toBeCloseTo(1.09984 / 1.1, 4);
  }
});

test("options that make no sense are refused", () => {
  expect(() => contractiveMlp({ dimensions: 2, lipschitz: 1 })).toThrow(/0 < lipschitz < 1.*got 1/);
  expect(() => contractiveMlp({ dimensions: 2, powerIterations: 0 })).toThrow(/powerIterations ≥ 1/);
  expect(() => contractiveMlp({ dimensions: 2, activation: "relu" as "tanh" })).toThrow(/activation/);
  const image = { height: 4, width: 4, channels: 1 };
  expect(() => contractiveConvNet({ ...image, sizes: [2, 1, 2] })).toThrow(/odd ones; got \[2,1,2\]/);
  expect(() => contractiveConvNet({ ...image, hidden: [4], sizes: [3] })).toThrow(/expected 2 sizes/);
});
