import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { formatTensor } from "./display.ts";
import { tf } from "./tf.ts";

const lines = (...text: string[]) => text.join("\n");

describe("a tensor as text", () => {
  test.each([
    ["a number", () => tf.scalar(2.5), "Tensor float32 [] 2.5"],
    [
      "whole numbers, aligned",
      () => tf.tensor1d([1, -20, 300]),
      lines("Tensor float32 [3]", " [  1, -20, 300]"),
    ],
    [
      "four decimals at most",
      () => tf.tensor1d([1 / 3, 2]),
      lines("Tensor float32 [2]", " [0.3333, 2.0000]"),
    ],
    ["no more than are needed", () => tf.tensor1d([0.5, 2]), lines("Tensor float32 [2]", " [0.5, 2.0]")],
    [
      "very different sizes",
      () => tf.tensor1d([1e-9, 250]),
      lines("Tensor float32 [2]", " [1.0000e-9, 2.5000e+2]"),
    ],
    [
      "what is not a number",
      () => tf.tensor1d([Number.NaN, -Infinity, 1.5]),
      lines("Tensor float32 [3]", " [      NaN, -Infinity,       1.5]"),
    ],
    ["truth values", () => tf.tensor1d([true, false], "bool"), lines("Tensor bool [2]", " [ true, false]")],
    ["texts", () => tf.tensor1d(["a", 'b"']), lines("Tensor string [2]", ' [  "a", "b\\""]')],
    ["nothing", () => tf.zeros([0, 3]), lines("Tensor float32 [0, 3]", " []")],
    [
      "a matrix",
      () =>
        tf.tensor2d(
          [
            [1, 2],
            [3, 40],
          ],
          [2, 2],
          "int32",
        ),
      lines("Tensor int32 [2, 2]", " [[ 1,  2],", "  [ 3, 40]]"),
    ],
    [
      "three axes",
      () => tf.tensor3d([[[1, 2]], [[3, 4]]]),
      lines("Tensor float32 [2, 1, 2]", " [[[1, 2]],", "", "  [[3, 4]]]"),
    ],
    [
      "the ends of a large one",
      () => tf.reshape(tf.range(0, 2000), [1000, 2]),
      lines(
        "Tensor float32 [1000, 2]",
        " [[   0,    1],",
        "  [   2,    3],",
        "  [   4,    5],",
        "  …,",
        "  [1994, 1995],",
        "  [1996, 1997],",
        "  [1998, 1999]]",
      ),
    ],
  ])("%s", (_name, create, expected) => {
    const tensor = create();
    expect(formatTensor(tensor)).toBe(expected);
    tensor.dispose();
  });

  test("a variable has a name", () => {
    const variable = tf.variable(tf.tensor1d([1, 2]), true, "weights");
    expect(formatTensor(variable)).toBe(lines("Variable weights float32 [2]", " [1, 2]"));
    variable.dispose();
  });

  test("a disposed tensor still has a type and a shape", () => {
    const tensor = tf.zeros([2, 3]);
    tensor.dispose();
    expect(formatTensor(tensor)).toBe("Tensor float32 [2, 3] (disposed)");
  });

  test("is what a notebook, inspect and console.log show", () => {
    const tensor = tf.tensor1d([1, 2]);
    const show = (tensor as unknown as Record<symbol, () => unknown>)[Symbol.for("Jupyter.display")];
    expect(show.call(tensor)).toEqual({ "text/plain": formatTensor(tensor) });
    expect(inspect({ tensor })).toContain("[1, 2]");
  });
});
