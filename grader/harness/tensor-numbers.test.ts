import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tf } from "flowlab";
import { afterAll, describe, expect, test } from "vitest";
import { inProcessSession } from "../drivers/in-process.ts";
import { openSandboxedSession } from "../drivers/sandboxed.ts";
import { exercise } from "../exercise.ts";
import { LearnerError } from "../grading/session.ts";
import { detectSandbox } from "../sandbox/detect.ts";
import { figure, fn, matrix, number, object, record, vector } from "./kinds.ts";
import { readTensors } from "./tensor-numbers.ts";

const signatures = {
  one: fn([], number),
  pair: fn([], vector),
  grid: fn([], matrix),
  step: fn([], record({ value: vector, logDet: number })),
  made: fn([], object({ inverse: fn([], record({ z: vector, logDet: number })) })),
  plot: fn([], figure),
  wide: fn([], vector),
  flat: fn([], matrix),
  truths: fn([], vector),
};
const SOURCE = `
import { tf } from "flowlab";
export const one = () => tf.scalar(2.5);
export const pair = () => [tf.scalar(1), 0.1, tf.tensor1d([3])];
export const grid = () => [tf.tensor1d([1, 2]), [3, tf.scalar(4)]];
export const step = () => ({ value: tf.tensor1d([0.1, 2]), logDet: 0.3 });
export const made = () => ({ inverse: () => ({ z: [1, 2], logDet: tf.sum([1, 2]) }) });
export const plot = () => ({ data: [{ x: tf.tensor1d([1, 2]), y: [3, 4], z: tf.tensor2d([[1], [2]]) }], layout: {} });
export const wide = () => [tf.tensor1d([1, 2]), 3];
export const flat = () => tf.tensor1d([1, 2]);
export const truths = () => tf.tensor1d([true, false]);
`;
const asked = exercise({
  id: "tensors-for-numbers",
  path: "test/tensors-for-numbers",
  title: "Numbers in tensors",
  source: "a test",
  statement: "",
  signatures,
  checks: [{ name: "none", points: 1, async run() {} }],
  hints: ["a", "b"],
  misconceptions: [],
});
const folder = mkdtempSync(join(import.meta.dirname, ".tensors-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "answer.ts"), SOURCE);

const sandbox = await detectSandbox();
describe.each([
  ["in the notebook", async () => inProcessSession(await import(join(folder, "answer.ts")), signatures)],
  ["in the sandbox", () => openSandboxedSession({ source: SOURCE, exercise: asked, sandbox })],
])("%s", (_where, open) => {
  test("tensors and numbers of one answer are read as its numbers, in float32", async () => {
    const session = await open();
    const call = (name: string) => session.call({ export: name }, []);
    try {
      expect(await call("one")).toBe(2.5);
      expect(await call("pair")).toEqual([1, Math.fround(0.1), 3]);
      expect(await call("grid")).toEqual([
        [1, 2],
        [3, 4],
      ]);
      expect(await call("step")).toEqual({ value: [Math.fround(0.1), 2], logDet: Math.fround(0.3) });
      const handle = (await call("made")) as number;
      expect(await session.call({ object: handle, method: "inverse" }, [])).toEqual({ z: [1, 2], logDet: 3 });
      expect(await call("plot")).toMatchObject({ data: [{ x: [1, 2], y: [3, 4], z: [[1], [2]] }] });
    } finally {
      await session.close();
    }
  });

  test.each([
    ["wide", /entry 0 is a tensor of shape \[2\].*expected a number/],
    ["flat", /returned a tensor of shape \[2\].*expected number\[\]\[\]/],
    ["truths", /returned a tensor of shape \[2\].*expected a list of numbers/],
  ])("of another shape or kind they are named: %s", async (name, message) => {
    const session = await open();
    try {
      const error = await session.call({ export: name }, []).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(LearnerError);
      expect((error as LearnerError).message).toMatch(message);
    } finally {
      await session.close();
    }
  });
});

test("an answer without tensors is left alone, in double precision, and one of no numbers is read", () => {
  const answer = { value: [0.1], logDet: 0.3 };
  expect(readTensors(signatures.step.returns, answer)).toBe(answer);
  expect(readTensors(signatures.step.returns, { value: tf.tensor1d([]), logDet: 0.3 })).toEqual({
    value: [],
    logDet: Math.fround(0.3),
  });
});
