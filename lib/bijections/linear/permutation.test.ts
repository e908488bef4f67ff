import { expect, test } from "vitest";
import { standardNormal } from "../../distributions/normal.ts";
import { tf } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { random } from "../../random/random.ts";
import { bijectionFrom } from "../../serialize/registry.ts";
import { fit } from "../../training/fit.ts";
import { chain } from "../composition/chain.ts";
import { diagonal } from "./diagonal.ts";
import { learnedPermutation, permutation, randomPermutation, reversePermutation } from "./permutation.ts";

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

test("the given, the reversed and the random permutation put numbers where they say", () => {
  const z = tf.tensor1d([10, 11, 12, 13]);
  expect(numbers(permutation([2, 0, 3, 1]).forward(z).value)).toEqual([12, 10, 13, 11]);
  expect(numbers(reversePermutation(4).forward(z).value)).toEqual([13, 12, 11, 10]);
  expect(numbers(randomPermutation(4, 6).forward(z).value)).toEqual([13, 10, 12, 11]);
  expect(numbers(randomPermutation(4, 6).forward(z).value)).toEqual(
    numbers(randomPermutation(4, 6).forward(z).value),
  );
});

test("a learned permutation starts as the random one of its seed, nearly", () => {
  const z = random(1).normalTensor([20, 5]);
  for (const seed of [0, 1, 2]) {
    const [fixed, learned] = [randomPermutation(5, seed), learnedPermutation(5, seed)];
    const expected = numbers(fixed.forward(z).value);
    const start = learned.forward(z);
    const moved = numbers(start.value).map((v, i) => Math.abs(v - expected[i]));
    expect(Math.max(...moved)).toBeLessThan(0.15);
    expect(numbers(start.logDet)).toEqual(Array(20).fill(0));
    // The noise is what makes the difference, and is not 0: all of it gets a gradient.
    expect(numbers(start.value)).not.toEqual(expected);
    expect([fixed.variables.length, learned.variables.length]).toEqual([0, 3]);
  }
});

test("trained, it mixes what a fixed one can only exchange", async () => {
  const mixing = tf.tensor2d([1, 0.9, -0.5, 0, 0.4, 0.8, 0, 0, 0.3], [3, 3]);
  const data = tf.matMul(random(2).normalTensor([2000, 3]) as tf.Tensor2D, mixing, false, true);
  // The entropy of what the matrix makes of three standard normal numbers, and that of each coordinate by itself.
  const entropy = 1.5 * Math.log(2 * Math.PI * Math.E) + Math.log(1 * 0.4 * 0.3);
  const apart = [1 + 0.81 + 0.25, 0.16 + 0.64, 0.09].reduce(
    (sum, variance) => sum + 0.5 * Math.log(2 * Math.PI * Math.E * variance),
    0,
  );
  const losses = [];
  for (const exchange of [randomPermutation(3, 1), learnedPermutation(3, 1)]) {
    const model = flow(standardNormal([3]), chain([exchange, diagonal({ dimensions: 3 })]));
    const { loss } = await fit(model, data, { steps: 300, batchSize: 2000, learningRate: 0.05 });
    losses.push(loss.at(-1));
  }
  // 2,000 events: both are known to some √(3/2/2000) = 0.03 nats.
  expect(losses).toEqual([expect.closeTo(apart, 1), expect.closeTo(entropy, 1)]);
  expect(apart - entropy).toBeGreaterThan(0.5);
});

test("a learned permutation is made again from its config, and refuses what makes no sense", () => {
  const learned = learnedPermutation(4, 3);
  const again = bijectionFrom(JSON.parse(JSON.stringify(learned.config)));
  const z = random(4).normalTensor([3, 4]);
  expect(numbers(again.forward(z).value)).toEqual(numbers(learned.forward(z).value));
  expect(() => learnedPermutation(0, 1)).toThrow(/learnedPermutation: expected dimensions ≥ 1.*got 0/);
  expect(() => learned.forward(tf.zeros([2, 3]))).toThrow(/expected events of shape \[4\]/);
});
