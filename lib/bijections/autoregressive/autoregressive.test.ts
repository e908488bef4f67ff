import { describe, expect, test } from "vitest";
import { type AutoregressiveConditioner, made } from "../../conditioners/made.ts";
import { mlp } from "../../conditioners/mlp.ts";
import { tf } from "../../engine/tf.ts";
import { random } from "../../random/random.ts";
import { affineTransformer } from "../../transformers/affine.ts";
import { invert } from "../composition/invert.ts";
import { scatter } from "../contract/case.ts";
import { glowStep } from "../image/glow-step.ts";
import { permutation } from "../linear/permutation.ts";
import { autoregressive } from "./autoregressive.ts";

const transformer = affineTransformer();

/** A bijection whose conditioner counts how often it is applied. */
function counted(order: (number | number[])[]) {
  const conditioner = made({ inputs: 4, parameters: 2, order, hidden: [8] });
  const calls = { count: 0 };
  const apply: typeof conditioner.apply = (input, context) => {
    calls.count++;
    return conditioner.apply(input, context);
  };
  const bijection = scatter(autoregressive({ transformer, conditioner: { ...conditioner, apply } }));
  return { bijection, calls };
}

describe("an autoregressive bijection", () => {
  test.each([
    [[0, 1, 2, 3], 4],
    [
      [
        [3, 0],
        [1, 2],
      ],
      2,
    ],
    [[1, [0, 2, 3]], 2],
  ])("in the order %j normalizes in one pass and generates in %i", (order, passes) => {
    const { bijection, calls } = counted(order);
    const z = random(1).normalTensor([6, 4]);
    const { value } = bijection.forward(z);
    expect(calls.count).toBe(passes);
    const back = bijection.inverse(value).value;
    expect(calls.count).toBe(passes + 1);
    expect(tf.max(tf.abs(tf.sub(back, z))).dataSync()[0]).toBeLessThan(1e-5);
    invert(bijection).forward(z);
    expect(calls.count).toBe(passes + 2);
  });

  test("takes an order only if it is that of its conditioner", () => {
    const conditioner = made({ inputs: 3, parameters: 2, order: "reverse" });
    expect(autoregressive({ order: [2, 1, 0], transformer, conditioner }).eventRank).toBe(1);
    expect(() => autoregressive({ order: "natural", transformer, conditioner })).toThrow(
      "the order [[0],[1],[2]] is not that of the conditioner, [[2],[1],[0]]",
    );
  });

  test("needs a conditioner that leaves out what comes later", () => {
    const conditioner = mlp({ inputs: 3, outputs: 6 }) as unknown as AutoregressiveConditioner;
    const make = () => autoregressive({ transformer, conditioner });
    expect(make).toThrow(/expected a conditioner with an order, such as made\(\)/);
    expect(() => glowStep({ channels: 1 })).toThrow(/^glowStep: expected channels ≥ 2.*got 1$/);
    expect(() => glowStep({ channels: 2.5 })).toThrow(/glowStep.*got 2.5/);
  });

  test("names shapes that do not fit", () => {
    const bijection = autoregressive({ transformer, conditioner: made({ inputs: 3, parameters: 3 }) });
    expect(() => bijection.inverse(tf.zeros([2, 3]))).toThrow(
      "expected the conditioner to give shape [2,6], 2 parameters for each number; got [2,9]",
    );
    expect(() => bijection.forward(tf.zeros([2, 4]))).toThrow("expected events of shape [3]");
  });
});

describe("a permutation", () => {
  test.each([[[0, 0, 1]], [[1, 2]], [[]]])("of %j is refused", (indices) => {
    expect(() => permutation(indices)).toThrow(RangeError);
  });

  test("has second derivatives", () => {
    const shuffled = permutation([2, 0, 1]);
    const cubes = (x: tf.Tensor) =>
      tf.sum(tf.mul(tf.pow(shuffled.forward(x).value, 3), tf.tensor1d([1, 2, 3]))) as tf.Scalar;
    const second = tf.grad((x: tf.Tensor) => tf.sum(tf.grad(cubes)(x)))(tf.tensor1d([1, 2, 3]));
    // weights seen from the input: x₀ goes to place 1, x₁ to 2, x₂ to 0
    expect(Array.from(second.dataSync())).toEqual([6 * 2 * 1, 6 * 3 * 2, 6 * 1 * 3]);
  });
});
