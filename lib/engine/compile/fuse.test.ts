import { afterEach, beforeEach, expect, test } from "vitest";
import { random } from "../../random/random.ts";
import { needingBackend } from "../backends.fixture.ts";
import { hasOperation } from "../native.ts";
import { tf, useBackend } from "../tf.ts";
import { compile } from "./compile.ts";
import { fuse } from "./fuse.ts";
import { nativeBackend } from "./native.ts";
import { record } from "./record.ts";

const onTensorflow = needingBackend("tensorflow");

const normal = (name: string, shape: number[]) => random(5).fork(name).normalTensor(shape);
const layer = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => {
  return tf.add(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), b);
};
const arguments_ = () => [normal("x", [5, 3]), normal("w", [3, 4]), normal("b", [4])];

/** How often each operation is in the graph of a function, and whether the graph gives the function's numbers. */
function operationsOf(fn: (...args: tf.Tensor[]) => tf.Tensor[], args: tf.Tensor[]): Record<string, number> {
  const copies = args.map((arg) => tf.reshape(arg, arg.shape));
  const { nodes, outputs } = record(() => fn(...copies), copies);
  const needed = (all: typeof nodes) => {
    const found = new Set<number>();
    const visit = (index: number) => {
      const node = all[index];
      if (found.has(index)) return;
      found.add(index);
      if (node.kind === "operation") for (const source of node.inputs) visit(source.node);
    };
    for (const source of outputs) visit(source.node);
    return found;
  };
  const fused = fuse(nativeBackend().binding, nodes, needed(nodes), outputs);
  const counts: Record<string, number> = {};
  for (const index of needed(fused)) {
    const node = fused[index];
    if (node.kind === "operation") counts[node.name] = (counts[node.name] ?? 0) + 1;
  }
  const compiled = compile(fn);
  const numbers = (tensors: tf.Tensor[]) => tensors.map((tensor) => Array.from(tensor.dataSync()));
  const expected = numbers(fn(...args));
  for (let i = 0; i < 2; i++) expect(numbers(compiled(...args))).toEqual(expected);
  expect(compiled.info()).toMatchObject({ mode: "graph" });
  compiled.dispose();
  return counts;
}

onTensorflow.describe("fuse", () => {
  beforeEach(() => {
    useBackend("tensorflow");
    tf.engine().startScope();
  });
  afterEach(() => tf.engine().endScope());

  test("a layer with a rectifier becomes one operation, its gradient takes the result", () => {
    const counts = operationsOf((x, w, b) => {
      const loss = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => tf.sum(tf.square(tf.relu(layer(x, w, b))));
      return tf.grads(loss)([x, w, b]);
    }, arguments_());
    expect(counts).toMatchObject({ _FusedMatMul: 1, ReluGrad: 1 });
    expect(counts).not.toHaveProperty("Relu");
    expect(counts).not.toHaveProperty("Add");
  });

  test("a layer without a rectifier becomes one operation", () => {
    expect(operationsOf((x, w, b) => [tf.tanh(layer(x, w, b))], arguments_())).toEqual({
      _FusedMatMul: 1,
      Tanh: 1,
    });
  });

  test("gives the same numbers for every size; a layer with one output is not fused", () => {
    for (const [rows, inputs, outputs] of [1, 2, 5, 33].flatMap((rows) =>
      [1, 3, 8, 65].flatMap((inputs) => [1, 2, 3, 23, 64].map((outputs) => [rows, inputs, outputs])),
    )) {
      const args = [normal("x", [rows, inputs]), normal("w", [inputs, outputs]), normal("b", [outputs])];
      const counts = operationsOf((x, w, b) => [layer(x, w, b)], args);
      expect(Object.hasOwn(counts, "_FusedMatMul")).toBe(outputs > 1);
    }
  });

  test("of many rows, a layer is one of oneDNN where libtensorflow has it, with the same numbers", () => {
    const oneDnn = hasOperation(tf, "_MklNativeFusedMatMul") ? "_MklNativeFusedMatMul" : "_FusedMatMul";
    const rectified = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => [tf.relu(layer(x, w, b))];
    for (const [rows, inputs, outputs, name] of [
      [4096, 1, 64, oneDnn],
      [4099, 64, 64, oneDnn],
      [5000, 64, 23, oneDnn],
      [4100, 256, 5, oneDnn],
      [4095, 64, 23, "_FusedMatMul"],
      [4096, 257, 5, "_FusedMatMul"],
    ] as const) {
      const args = [normal("x", [rows, inputs]), normal("w", [inputs, outputs]), normal("b", [outputs])];
      expect(operationsOf(rectified, args), `${rows} rows of ${inputs}`).toEqual({ [name]: 1 });
      expect(operationsOf((x, w, b) => [layer(x, w, b)], args)).toEqual({ [name]: 1 });
    }
  });

  test("what goes into a rectifier stays where something else uses it, or it is a result", () => {
    const used = operationsOf((x, w, b) => {
      const sum = layer(x, w, b);
      return [tf.mul(tf.relu(sum), tf.tanh(sum))];
    }, arguments_());
    expect(used).toMatchObject({ _FusedMatMul: 1, Relu: 1 });
    const handedOut = operationsOf((x, w, b) => {
      const sum = layer(x, w, b);
      return [tf.relu(sum), sum];
    }, arguments_());
    expect(handedOut).toMatchObject({ _FusedMatMul: 1, Relu: 1 });
  });

  test("what is no layer stays: another shape of the bias, transposed matrices, a product used twice", () => {
    const [x, w] = arguments_();
    const column = normal("column", [5, 1]);
    expect(operationsOf((x, w, b) => [layer(x, w, b)], [x, w, column])).not.toHaveProperty("_FusedMatMul");
    const matrix = normal("matrix", [5, 4]);
    expect(operationsOf((x, w, b) => [layer(x, w, b)], [x, w, matrix])).not.toHaveProperty("_FusedMatMul");
    const transposed = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => [
      tf.add(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D, false, true), b),
    ];
    expect(operationsOf(transposed, [x, normal("v", [4, 3]), normal("b", [4])])).not.toHaveProperty(
      "_FusedMatMul",
    );
    const twice = operationsOf((x, w, b) => {
      const product = tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D);
      return [tf.add(product, b), product];
    }, arguments_());
    expect(twice).not.toHaveProperty("_FusedMatMul");
  });
});
