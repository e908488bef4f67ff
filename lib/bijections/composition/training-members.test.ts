import { describe, expect, test } from "vitest";
import { tf } from "../../engine/tf.ts";
import type { Bijection } from "../bijection.ts";
import { affine } from "../elementwise/affine.ts";
import { chain } from "./chain.ts";
import { invert } from "./invert.ts";

/** z = x − mean, in training with the mean of the batch; the state is the last mean seen, and where it starts. */
function centring(type: string): Bijection {
  const mean = tf.variable(tf.scalar(0), false);
  const initialized = tf.variable(tf.scalar(0), false);
  const minus = (x: tf.Tensor, shift: tf.Tensor) => ({ value: tf.sub(x, shift), logDet: tf.zerosLike(x) });
  return {
    name: type,
    eventRank: 0,
    inverseKind: "analytic",
    forward: (z) => ({ value: tf.add(z, mean), logDet: tf.zerosLike(z) }),
    inverse: (x) => minus(x, mean),
    trainingInverse: (x) => tf.tidy(() => ({ ...minus(x, tf.mean(x)), state: [tf.mean(x), initialized] })),
    initialize: (x) => {
      if (initialized.dataSync()[0] === 1) return;
      mean.assign(tf.mean(x));
      initialized.assign(tf.scalar(1));
    },
    variables: [],
    state: [mean, initialized],
    config: { type },
  };
}

const numbers = (tensors: readonly tf.Tensor[]) => tensors.map((tensor) => tensor.dataSync()[0]);

describe("a chain", () => {
  test("trains with its parts' training inverses and gives their next states in its order", () => {
    const [first, last] = [centring("first"), centring("last")];
    const model = chain([first, affine({ scale: 2 }), last]);
    expect(model.state).toEqual([...(first.state ?? []), ...(last.state ?? [])]);
    const before = tf.memory().numTensors;
    const x = tf.tensor1d([4, 8]);
    const result = model.trainingInverse?.(x);
    // last: 4, 8 → −2, 2 with mean 6; affine: −1, 1; first: mean 0
    expect(Array.from(result?.value.dataSync() ?? [])).toEqual([-1, 1]);
    expect(numbers(result?.state ?? [])).toEqual([0, 0, 6, 0]);
    tf.dispose([x, ...(result ? [result.value, result.logDet, result.state[0], result.state[2]] : [])]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("initializes its parts from last to first, each once", () => {
    const model = chain([centring("first"), affine({ scale: 2, shift: 1 }), centring("last")]);
    model.initialize?.(tf.tensor1d([4, 8]));
    expect(numbers(model.state ?? [])).toEqual([-0.5, 1, 6, 1]);
    model.initialize?.(tf.tensor1d([100, 200]));
    expect(numbers(model.state ?? [])).toEqual([-0.5, 1, 6, 1]);
  });

  test("has a config if all its parts have one, and none of these members if no part has", () => {
    expect(chain([centring("a"), centring("b")]).config).toEqual({
      type: "chain",
      parts: [{ type: "a" }, { type: "b" }],
    });
    const { config: _none, ...anonymous } = centring("a");
    const mixed = chain([anonymous, centring("b")]);
    expect("config" in mixed).toBe(false);
    const plain = chain([affine(), affine()]);
    expect([plain.state, plain.trainingInverse, plain.initialize]).toEqual([undefined, undefined, undefined]);
  });
});

test("an inverted bijection keeps state and config, but learns neither statistics nor a start from its own data", () => {
  const original = centring("a");
  const inverted = invert(original);
  expect(inverted.state).toBe(original.state);
  expect(inverted.config).toEqual({ type: "invert", of: { type: "a" } });
  expect([inverted.trainingInverse, inverted.initialize]).toEqual([undefined, undefined]);
});
