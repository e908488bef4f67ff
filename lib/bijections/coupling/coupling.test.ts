import { describe, expect, test } from "vitest";
import { mlp } from "../../conditioners/mlp.ts";
import { standardNormal } from "../../distributions/normal.ts";
import { tf } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { ShapeError } from "../../ground/errors.ts";
import { affineTransformer } from "../../transformers/affine.ts";
import type { Transformer } from "../../transformers/transformer.ts";
import { coupling } from "./coupling.ts";
import { alternatingMask, channelMask, checkerboardMask, halfMask } from "./masks.ts";

const transformer = affineTransformer();
const conditioner = mlp({ inputs: 2, outputs: 4, hidden: [8] });

describe("masks", () => {
  test("select what they say", () => {
    expect(halfMask(5, "first").selected).toEqual([true, true, false, false, false]);
    expect(halfMask(5, "second").selected).toEqual([false, false, true, true, true]);
    expect(alternatingMask(4, "odd").selected).toEqual([false, true, false, true]);
    expect(channelMask(3, "second")).toEqual({ over: "channels", selected: [false, true, true] });
    expect(checkerboardMask(2, 3, "even").selected).toEqual([
      [true, false, true],
      [false, true, false],
    ]);
  });

  test.each([
    [[true, true, true, true], "coupling: mask selects all 4 dimensions; leave at least one to condition on"],
    [[false, false], "coupling: mask leaves out all 2 dimensions; select at least one to transform"],
    [[true], "coupling: expected a mask for at least 2 dimensions; got one for 1"],
  ])("%j is refused", (mask, message) => {
    expect(() => coupling({ mask, transformer, conditioner })).toThrow(new RangeError(message));
  });

  test("rows of different length are refused", () => {
    const mask = { over: "pixels" as const, selected: [[true, false], [true]] };
    expect(() => coupling({ mask, transformer, conditioner })).toThrow("mask rows of equal length; got 2,1");
  });
});

describe("a coupling", () => {
  const bijection = coupling({ mask: halfMask(4, "second"), transformer, conditioner });

  test("is the identity at first, to the last bit", () => {
    const z = tf.tensor2d([[0.3, -1.7, 2.9, 1e-3]]);
    const { value, logDet } = bijection.forward(z);
    expect(Array.from(value.dataSync())).toEqual(Array.from(z.dataSync()));
    expect(logDet.dataSync()[0]).toBe(0);
  });

  test("names shapes that do not fit", () => {
    expect(() => bijection.forward(tf.zeros([2, 5]))).toThrow(
      new ShapeError("coupling: expected events of shape [4] after the batch axes; got shape [2,5]"),
    );
    const images = coupling({ mask: checkerboardMask(4, 4, "odd"), transformer, conditioner });
    expect(() => images.inverse(tf.zeros([4, 3, 1]))).toThrow("events of shape [4, 4, channels]");
    const narrow = coupling({
      mask: halfMask(4, "first"),
      transformer,
      conditioner: mlp({ inputs: 2, outputs: 3 }),
    });
    expect(() => narrow.forward(tf.zeros([7, 4]))).toThrow(
      "expected the conditioner to give shape [7,4], 2 parameters for each of 2 numbers; got [7,3]",
    );
  });

  test("gives samples under a context that all of them share", () => {
    const conditional = coupling({
      mask: halfMask(4, "first"),
      transformer,
      conditioner: mlp({ inputs: 2, outputs: 4, context: 3, zeroLast: false }),
    });
    const model = flow(standardNormal([4]), conditional);
    const shared = tf.tensor1d([1, 2, 3]);
    const { value, logProb } = model.sampleWithLogProb(6, 1, shared);
    expect(value.shape).toEqual([6, 4]);
    const again = model.logProb(value, shared).dataSync();
    logProb.dataSync().forEach((expected, i) => {
      expect(again[i]).toBeCloseTo(expected, 5);
    });
    expect(() => model.sample(6, 1)).toThrow("mlp: expected a context of shape [...batch, 3]; got none");
    expect(() => model.sample(6, 1, tf.zeros([5, 3]))).toThrow("got shape [5,3]");
    expect(model.sample(0, 1, shared).shape).toEqual([0, 4]);
  });

  test("leaves pixels that it does not transform alone, whatever would become of them", () => {
    // Doubles at parameter 0, and overflows at the parameter that the pixels which stay are given.
    const log2 = Math.log(2);
    const stretching: Transformer = {
      parameters: 1,
      config: { type: "stretching" },
      forward: (z, params) => {
        const logDet = tf.add(tf.squeeze(params, [-1]), log2);
        return { value: tf.mul(z, tf.exp(logDet)), logDet };
      },
      inverse: (x, params) => {
        const logDet = tf.neg(tf.add(tf.squeeze(params, [-1]), log2));
        return { value: tf.mul(x, tf.exp(logDet)), logDet };
      },
    };
    const parameters = tf.tensor3d([
      [[1000], [0]],
      [[0], [1000]],
    ]);
    const bijection = coupling({
      mask: checkerboardMask(2, 2, "odd"),
      transformer: stretching,
      conditioner: { variables: [], apply: (input) => tf.add(tf.zerosLike(input), parameters) },
    });
    const image = tf.tensor4d([3, 4, 5, 6], [1, 2, 2, 1]);
    const { value, logDet } = bijection.forward(image);
    expect(Array.from(value.dataSync()).map((v) => Math.round(v * 1e5) / 1e5)).toEqual([3, 8, 10, 6]);
    expect(logDet.dataSync()[0]).toBeCloseTo(2 * log2, 6);
    const slope = tf.grad((x: tf.Tensor) => tf.sum(bijection.forward(x).value))(image);
    expect(Array.from(slope.dataSync()).map((v) => Math.round(v * 1e5) / 1e5)).toEqual([1, 2, 2, 1]);
  });
});
