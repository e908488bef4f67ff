import { expect, test } from "vitest";
import { tf } from "../../engine/tf.ts";
import { NoInverseError } from "../../ground/errors.ts";
import { isMissing } from "./accuracy.ts";
import { DIRECTIONS, type Direction } from "./case.ts";
import { aroundEdges } from "./edges.ts";
import { singularEvents } from "./singular.ts";
import {
  apply,
  applyTo,
  contextTensor,
  expectClose,
  referenceAt,
  rowsOf,
  type Subject,
  tensor,
} from "./subject.ts";

/** Extreme inputs and singular ones: finite values and gradients, and round trips where the map is not flat there. */
export function testRobustness(current: () => Subject): void {
  test.each(DIRECTIONS)(
    "%s at the ends of its domain, at ±1e4, on kinks and at singular events gives the right, finite numbers",
    (direction) => {
      const s = current();
      if (isMissing(s, direction)) return;
      const rows = extremes(s, direction);
      const there = apply(s, direction, rows);
      expectFinite(there.value, "value");
      expectFinite(there.logDet, "logDet");
      compareWithReference(s, direction, rows, rowsOf(there.value));
      if (s.case.saturates || isMissing(s, "inverse")) return;
      const back = apply(s, direction === "forward" ? "inverse" : "forward", rowsOf(there.value));
      expectClose(back.value.dataSync(), rows.flat(), Math.max(1e-4, s.tolerance), "number that came back");
    },
  );

  test.each(DIRECTIONS)("%s of what is not a number is an error, or not a number", (direction) => {
    const s = current();
    if (!isMissing(s, direction)) expectRefused(s, direction);
  });

  test.each(DIRECTIONS)("gradients of %s are finite there, too", (direction) => {
    const s = current();
    if (!isMissing(s, direction)) checkFinite(s, direction);
  });
}

/** Gradients, in the input and in every variable, at the extreme and the singular inputs. */
export function checkFinite(s: Subject, direction: Direction): void {
  const rows = extremes(s, direction);
  const input = tensor(rows, s.event[direction]);
  const context = contextTensor(rows.map(() => s.contexts[0]));
  const loss = (x: tf.Tensor) => {
    const { value, logDet } = applyTo(s, direction, x, context);
    return tf.add(tf.sum(value), tf.sum(logDet)) as tf.Scalar;
  };
  const inInput = rowsOf(tf.grad(loss)(input));
  const wrong = rows.filter((_, i) => !inInput[i].every(Number.isFinite));
  expect(wrong, "gradient in input: events at which it is not finite").toEqual([]);
  if (s.bijection.variables.length === 0) return;
  const { grads } = tf.variableGrads(() => loss(input), s.bijection.variables as tf.Variable[]);
  s.bijection.variables.forEach((v, k) => {
    expectFinite(grads[v.name], `gradient in variable ${k}`);
  });
}

/**
 * Where the reference is finite. An angle of 1e4 is known to 1e-3 only, and numbers below 1.2e-38 are taken for that:
 * such cases are those that saturate.
 */
function compareWithReference(s: Subject, direction: Direction, rows: number[][], values: number[][]): void {
  const reference = referenceAt(s, s.contexts[0])[direction];
  const tolerance = s.case.saturates ? 2e-3 : s.tolerance;
  rows.forEach((row, i) => {
    const exact = reference(row);
    const known = exact.flatMap((v, k) => (Number.isFinite(v) ? [k] : []));
    const own = known.map((k) => values[i][k]);
    expectClose(
      own,
      known.map((k) => exact[k]),
      tolerance,
      `image of ${row[0]}, number`,
    );
  });
}

/** On some backends clipping, or the larger of two numbers, makes a number of what is none. */
function expectRefused(s: Subject, direction: Direction): void {
  const rows = [s.inputs[direction][0].map(() => Number.NaN)];
  try {
    const { value, logDet } = apply(s, direction, rows);
    const result = [...value.dataSync(), ...logDet.dataSync()];
    expect(result.some(Number.isNaN), `got ${result}`).toBe(true);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof NoInverseError)) throw error;
  }
}

function extremes(s: Subject, direction: Direction): number[][] {
  const numbers = direction === "forward" ? s.case.extremeZ : s.case.extremeX;
  const filled = numbers.map((v) => s.inputs[direction][0].map(() => v));
  return [...filled, ...aroundEdges(s, direction), ...singularEvents(s, direction)];
}

function expectFinite(values: tf.Tensor, what: string): void {
  const wrong = Array.from(values.dataSync(), (v, i) => [i, v]).filter(([, v]) => !Number.isFinite(v));
  expect(wrong, `${what}: [entry, number] that is not finite`).toEqual([]);
}
