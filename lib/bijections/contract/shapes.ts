import { expect, test } from "vitest";
import { tf } from "../../engine/tf.ts";
import { ShapeError } from "../../ground/errors.ts";
import { isMissing } from "./accuracy.ts";
import { DIRECTIONS, type Direction } from "./case.ts";
import { apply, contextTensor, expectClose, rowsOf, type Subject, tensor } from "./subject.ts";

/** Batches of every shape, types, independence of events, tensors left behind, reports of solvers, context. */
export function testShapes(current: () => Subject): void {
  const directionsOf = (s: Subject) => DIRECTIONS.filter((direction) => !isMissing(s, direction));

  test.each([
    ["none", [0]],
    ["one", [1]],
    ["one event without batch axes", []],
    ["three axes", [2, 1, 3]],
  ])("shapes and types for a batch of %s", (_, batch) => {
    const s = current();
    for (const direction of directionsOf(s)) shapesFor(s, direction, batch as number[]);
  });

  test("an event does not depend on the others of its batch", () => {
    const s = current();
    for (const direction of directionsOf(s)) {
      const together = rowsOf(apply(s, direction).value);
      const context = contextTensor(s.contexts.slice(1, 2));
      const alone = s.bijection[direction](tensor([s.inputs[direction][1]], s.event[direction]), context);
      expectClose(alone.value.dataSync(), together[1], s.tolerance);
    }
  });

  test("a direction leaves its result behind and nothing else", () => {
    const s = current();
    for (const direction of directionsOf(s)) {
      const [input, context] = [tensor(s.inputs[direction], s.event[direction]), contextTensor(s.contexts)];
      tf.dispose({ ...s.bijection[direction](input, context), solution: [] });
      const before = tf.memory().numTensors;
      tf.dispose({ ...s.bijection[direction](input, context), solution: [] });
      expect(tf.memory().numTensors, direction).toBe(before);
    }
  });

  test("a bound of how much it stretches, and doubts about a batch, leave nothing behind", () => {
    const s = current();
    const x = tensor(s.inputs.inverse, s.event.inverse);
    const before = tf.memory().numTensors;
    for (const direction of DIRECTIONS) s.bijection.lipschitz?.(direction);
    s.bijection.concerns?.(x);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("an iterative direction reports how well it did", () => {
    const s = current();
    for (const direction of directionsOf(s)) {
      const kind =
        direction === "forward" ? (s.bijection.forwardKind ?? "analytic") : s.bijection.inverseKind;
      const { solution } = apply(s, direction);
      if (kind !== "iterative") {
        expect(solution).toBeUndefined();
        continue;
      }
      expect(solution?.iterations).toBeGreaterThan(1);
      if (s.case.unboundedError) expect(solution?.errorBound).toBe(Infinity);
      else expect(solution?.errorBound).toBeLessThan(s.case.errorBound ?? 1e-10);
      expect(solution?.residual).toBeLessThan(s.case.residual ?? 1e-10);
    }
  });
}

/** What a bijection that takes no context does with one. */
export function testNoContext(current: () => Subject): void {
  test.each(DIRECTIONS)("%s refuses a context, which nothing in it would see", (direction) => {
    const s = current();
    expect(s.bijection.contextSize).toBe(0);
    if (isMissing(s, direction)) return;
    const input = tensor(s.inputs[direction], s.event[direction]);
    expect(() => s.bijection[direction](input, tf.zeros([input.shape[0], 1]))).toThrow(ShapeError);
    expect(() => s.bijection[direction](input, tf.zeros([1]))).toThrow(/expected no context/);
  });
}

/** What a bijection does with a context. */
export function testContext(current: () => Subject): void {
  test.each(DIRECTIONS)(
    "a context changes the result of %s, may be shared by a batch, and is refused in a wrong shape",
    (direction) => {
      const s = current();
      if (!isMissing(s, direction)) contextMatters(s, direction);
    },
  );
}

function shapesFor(s: Subject, direction: Direction, batch: number[]): void {
  const count = batch.reduce((product, length) => product * length, 1);
  const rows = Array.from({ length: count }, (_, i) => s.inputs[direction][i % s.inputs[direction].length]);
  const input = tf.tensor(rows.flat(), [...batch, ...s.event[direction]], "float32");
  const width = s.case.context;
  const context = width
    ? tf.tensor(Array(count).fill(s.contexts[0]).flat(), [...batch, width], "float32")
    : undefined;
  const { value, logDet } = s.bijection[direction](input, context);
  const other = direction === "forward" ? "inverse" : "forward";
  expect(value.shape, direction).toEqual([...batch, ...s.event[other]]);
  expect(logDet.shape, direction).toEqual(value.shape.slice(0, value.rank - s.bijection.eventRank));
  expect([value.dtype, logDet.dtype], direction).toEqual(["float32", "float32"]);
}

function contextMatters(s: Subject, direction: Direction): void {
  const [rows, event] = [s.inputs[direction], s.event[direction]];
  const run = (contexts: readonly (readonly number[])[]) =>
    s.bijection[direction](tensor(rows, event), contextTensor(contexts));
  const width = s.contexts[0].length;
  const shared = run([s.contexts[0]]);
  const repeated = run(rows.map(() => s.contexts[0]));
  expectClose(shared.value.dataSync(), Array.from(repeated.value.dataSync()), s.tolerance);
  const other = run(rows.map(() => s.contexts[1]));
  expect(Array.from(other.value.dataSync())).not.toEqual(Array.from(repeated.value.dataSync()));
  expect(() => run(rows.map(() => Array(width + 1).fill(0)))).toThrow(ShapeError);
  expect(() => run([])).toThrow(ShapeError);
}
