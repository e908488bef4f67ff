import { afterEach, beforeEach, expect, test } from "vitest";
import { addOperation } from "../add-operation.ts";
import { needingBackend } from "../backends.fixture.ts";
import { tf, useBackend } from "../tf.ts";
import { compile } from "./compile.ts";
import { record } from "./record.ts";

const onTensorflow = needingBackend("tensorflow");

/** Names of the operations that the result depends on, sorted; the graph must give the function's numbers. */
function operationsOf(fn: (...args: tf.Tensor[]) => tf.Tensor, ...args: tf.Tensor[]): string[] {
  const copies = args.map((arg) => tf.reshape(arg, arg.shape));
  const { nodes, outputs } = record(() => fn(...copies), copies);
  const found = new Set<number>();
  const visit = (index: number) => {
    const node = nodes[index];
    if (node.kind !== "operation" || found.has(index)) return;
    found.add(index);
    for (const source of node.inputs) visit(source.node);
  };
  for (const source of outputs) visit(source.node);
  const compiled = compile(fn);
  compiled(...args);
  expect(Array.from(compiled(...args).dataSync())).toEqual(Array.from(fn(...args).dataSync()));
  expect(compiled.info()).toMatchObject({ mode: "graph" });
  compiled.dispose();
  return [...found].flatMap((index) => (nodes[index] as { name?: string }).name ?? []).sort();
}

onTensorflow.describe("simplify", () => {
  beforeEach(() => {
    useBackend("tensorflow");
    tf.engine().startScope();
  });
  afterEach(() => tf.engine().endScope());

  const matrix = () => tf.tensor2d([0.1, -0.2, 0.3, 0.4, 0.7, -0.6], [3, 2]);
  const column = () => tf.tensor2d([1.5, -2.5, 0.25], [3, 1]);

  test("what is added after a change of sign is subtracted", () => {
    expect(operationsOf((x) => tf.add(tf.exp(x), tf.neg(tf.tanh(x))), matrix())).toEqual([
      "Exp",
      "Sub",
      "Tanh",
    ]);
    expect(operationsOf((x) => tf.add(tf.neg(tf.tanh(x)), tf.exp(x)), matrix())).toEqual([
      "Exp",
      "Sub",
      "Tanh",
    ]);
    expect(operationsOf((x) => tf.mul(tf.neg(x), tf.exp(x)), matrix())).toEqual(["Exp", "Mul", "Neg"]);
  });

  test("a product with ones is left out, where it spreads nothing or what follows spreads by itself", () => {
    expect(operationsOf((x) => tf.exp(tf.mul(x, tf.onesLike(x))), matrix())).toEqual(["Exp"]);
    const spread = (x: tf.Tensor) => tf.mul(x, tf.ones([3, 2]));
    expect(operationsOf((x, y) => tf.mul(spread(x), y), column(), matrix())).toEqual(["Mul"]);
    expect(operationsOf((x) => tf.exp(spread(x)), column())).toEqual(["Exp", "Mul"]);
    const stack = (x: tf.Tensor) => tf.mul(tf.reshape(x, [2, 1, 3]), tf.ones([2, 3, 3]));
    const square = () => tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3]);
    expect(operationsOf((x, y) => tf.mul(stack(x), y), matrix(), square())).toEqual(["Mul", "Reshape"]);
    // Both factors are narrow: one of them has to be spread.
    expect(operationsOf((x, y) => tf.mul(spread(x), spread(y)), column(), column())).toEqual(["Mul", "Mul"]);
    expect(operationsOf((x, y) => tf.mul(spread(x), y), column(), column())).toEqual(["Mul", "Mul"]);
    expect(operationsOf((x) => tf.mul(x, tf.fill([3, 2], 1.5)), matrix())).toEqual(["Mul"]);
  });

  test("axes are not moved where they are moved back", () => {
    expect(operationsOf((x) => tf.transpose(tf.exp(tf.transpose(tf.transpose(x)))), matrix())).toEqual([
      "Exp",
      "Transpose",
    ]);
    const stack = tf.reshape(tf.range(0, 24), [2, 3, 4]);
    const turned = (x: tf.Tensor, order: number[]) => tf.exp(tf.transpose(tf.transpose(x, [1, 2, 0]), order));
    expect(operationsOf((x) => turned(x, [2, 0, 1]), stack)).toEqual(["Exp"]);
    expect(operationsOf((x) => turned(x, [1, 2, 0]), stack)).toEqual(["Exp", "Transpose", "Transpose"]);
    // With other lengths in between, they are other axes.
    const between = (x: tf.Tensor) => tf.exp(tf.transpose(tf.reshape(tf.transpose(x), [3, 2])));
    expect(operationsOf(between, matrix())).toEqual(["Exp", "Reshape", "Transpose", "Transpose"]);
  });

  test("what has been joined is not split into the same parts again", () => {
    const joined = (x: tf.Tensor, y: tf.Tensor) => tf.concat([tf.exp(x), tf.tanh(y)], 1);
    const halves = (x: tf.Tensor, y: tf.Tensor) => tf.split(joined(x, y), [2, 1], 1);
    expect(
      operationsOf((x, y) => tf.sub(...(halves(x, y) as [tf.Tensor, tf.Tensor])), matrix(), column()),
    ).toEqual(["Exp", "Sub", "Tanh"]);
    // Other parts, or parts along another axis, are cut.
    const others = (x: tf.Tensor, y: tf.Tensor) => tf.split(joined(x, y), [1, 2], 1)[1];
    expect(operationsOf(others, matrix(), column())).toEqual(["ConcatV2", "Exp", "SplitV", "Tanh"]);
    const square = () => tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const rows = (x: tf.Tensor) => tf.split(tf.concat([tf.exp(x), tf.tanh(x)], 1), [1, 1], 0)[1];
    expect(operationsOf(rows, square())).toEqual(["ConcatV2", "Exp", "SplitV", "Tanh"]);
  });

  test("a constant in double precision is made once, not at each run", () => {
    const values = [1 / 3, -0, Math.PI * 1e10, 2];
    const shifted = addOperation({
      name: "TestShiftedInDouble",
      plain: ([x]) => x,
      native: (library, inputs) =>
        library.inDouble(inputs, ({ run, constant }, [x]) => {
          return run("Mul", {}, [run("Exp", {}, [x]), constant(values, [2, 2])]);
        }),
    });
    const square = tf.tensor2d([0.1, -0.2, 0.3, 0.4], [2, 2]);
    expect(operationsOf((x) => shifted([x], {}), square)).toEqual(["Cast", "Cast", "Exp", "Mul"]);
    const expected = Array.from(square.dataSync(), (x, i) => Math.fround(Math.exp(x) * values[i]));
    const actual = Array.from(shifted([square], {}).dataSync());
    // One unit in the last place of double precision may decide a rounding.
    actual.forEach(
      (one, i) => void expect(Math.abs(one - expected[i])).toBeLessThanOrEqual(6e-8 * Math.abs(one)),
    );
  });
});
