import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { random } from "../../random/random.ts";
import { needingBackend } from "../backends.fixture.ts";
import { tf, useBackend } from "../tf.ts";
import { operationsOf } from "./operation-names.fixture.ts";

const onTensorflow = needingBackend("tensorflow");

const normal = (name: string, shape: number[]) => random(3).fork(name).normalTensor(shape);

/** A convolution and the gradients of its weighted sum. */
function convolution(channels: number, stride: number, pad: "same" | "valid") {
  const [x, filter] = [normal("x", [2, 7, 6, channels]), normal("filter", [3, 2, channels, 5])] as Tensor4D[];
  const run = (x: Tensor, filter: Tensor) => tf.conv2d(x as Tensor4D, filter as Tensor4D, stride, pad);
  const y = run(x, filter);
  const grads = tf.grads((x: Tensor, filter: Tensor) => run(x, filter))([x, filter], normal("dy", y.shape));
  return [y, ...grads];
}

/** The same by plain JavaScript, in the precision of its float32 tensors. */
function onCpu(compute: () => Tensor[]): number[][] {
  useBackend("cpu");
  try {
    return tf.tidy(() => compute().map((tensor) => Array.from(tensor.dataSync())) as never);
  } finally {
    useBackend("tensorflow");
  }
}

function expectClose(actual: readonly Tensor[], expected: readonly number[][]): void {
  for (const [i, tensor] of actual.entries()) {
    // Sums of up to 84 products of standard normal numbers: 84·2⁻²⁴ of their size, about 10.
    tensor.dataSync().forEach((number, k) => void expect(number).toBeCloseTo(expected[i][k], 4));
    expect(tensor.size).toBe(expected[i].length);
  }
}

onTensorflow.describe("oneDNN's operations", () => {
  test("are not used where they fail: all stays as it was", () => {
    useBackend("tensorflow");
    tf.tidy(() => {
      const [a, b] = [normal("a", [6, 4]), normal("b", [6, 3])] as Tensor2D[];
      let product: Tensor | undefined;
      const names = operationsOf(
        () => {
          product = tf.matMul(a, b, true);
        },
        (name) => {
          if (name === "_MklMatMul") throw new Error("neither a type of a primitive operation");
        },
      );
      expect(names).toEqual(expect.arrayContaining(["_MklMatMul", "BatchMatMulV2"]));
      expectClose([product as Tensor], [Array.from(tf.matMul(tf.transpose(a), b).dataSync())]);
      // It is not tried again.
      expect(operationsOf(() => void tf.matMul(a, b, true))).toEqual(["BatchMatMulV2"]);
    });
  });

  const variants = [3, 8, 9].flatMap((channels) =>
    [1, 2].flatMap((stride) => (["same", "valid"] as const).map((pad) => [channels, stride, pad] as const)),
  );

  test.each(variants)("convolve %i channels with stride %i, %s padding", (channels, stride, pad) => {
    const expected = onCpu(() => convolution(channels, stride, pad));
    tf.tidy(() => {
      convolution(channels, stride, pad);
      let got: Tensor[] = [];
      const names = operationsOf(() => {
        got = convolution(channels, stride, pad);
      });
      expectClose(got, expected);
      if (process.platform !== "linux" || process.arch !== "x64") return;
      const gradients = ["Conv2DBackpropInput", "Conv2DBackpropFilter"];
      const own = ["Conv2D", ...(channels < 8 ? [] : gradients)].map((name) => `_MklNative${name}`);
      expect(new Set(names.filter((name) => name.startsWith("_Mkl")))).toEqual(new Set(own));
    });
  });

  test("leave dilated, empty and explicitly padded convolutions to TensorFlow", () => {
    tf.tidy(() => {
      const [x, filter] = [normal("x", [2, 7, 6, 8]), normal("filter", [3, 2, 8, 5])] as Tensor4D[];
      const padding: [[number, number], [number, number], [number, number], [number, number]] = [
        [0, 0],
        [1, 2],
        [0, 1],
        [0, 0],
      ];
      const names = operationsOf(() => {
        tf.conv2d(x, filter, 1, "same", "NHWC", 2);
        tf.conv2d(x, filter, 1, padding);
        expect(tf.conv2d(tf.zeros([0, 7, 6, 8]) as Tensor4D, filter, 1, "same").shape).toEqual([0, 7, 6, 5]);
      });
      expect(names.filter((name) => name.startsWith("_Mkl"))).toEqual([]);
    });
  });
});
