import { expect } from "vitest";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { sumEvent } from "../../ground/sum-event.ts";
import { random } from "../../random/random.ts";
import type { Bijection, Mapped } from "../bijection.ts";
import type { BijectionCase, Direction, Reference } from "./case.ts";

/** A bijection under test with its inputs for both directions. */
export interface Subject {
  readonly bijection: Bijection;
  readonly case: BijectionCase;
  /** Event shapes of the inputs of each direction. */
  readonly event: Readonly<Record<Direction, readonly number[]>>;
  /** Flattened inputs of each direction: the case's base points, and their images. */
  readonly inputs: Readonly<Record<Direction, readonly (readonly number[])[]>>;
  /** One context for each point; empty arrays if the bijection takes none. */
  readonly contexts: readonly (readonly number[])[];
  readonly tolerance: number;
}

export function subject(described: BijectionCase): Subject {
  const bijection = described.create();
  const event = described.event ?? [];
  const noise = random(8).fork("context");
  const contexts = described.z.map(() => noise.normal(described.context ?? 0).map(Math.fround));
  const x = tidy(() => {
    const { value } = bijection.forward(tensor(described.z, event), contextTensor(contexts));
    return { shape: value.shape.slice(1), rows: rowsOf(value) };
  });
  return {
    bijection,
    case: described,
    event: { forward: event, inverse: x.shape },
    inputs: { forward: described.z, inverse: x.rows },
    contexts,
    tolerance: described.tolerance ?? 5e-6,
  };
}

/** Rows of flattened events as a tensor [rows, ...event]. */
export function tensor(rows: readonly (readonly number[])[], event: readonly number[]): tf.Tensor {
  return tf.tensor(rows.flat(), [rows.length, ...event], "float32");
}

/** Contexts as a tensor [rows, numbers], or nothing if they are empty. */
export function contextTensor(contexts: readonly (readonly number[])[]): tf.Tensor | undefined {
  return contexts[0]?.length ? tensor(contexts, [contexts[0].length]) : undefined;
}

/** The bijection at its own points, or at others under the first context. */
export function apply(s: Subject, direction: Direction, rows = s.inputs[direction]): Mapped {
  const own = rows === s.inputs[direction];
  const contexts = own ? s.contexts : rows.map(() => s.contexts[0]);
  return applyTo(s, direction, tensor(rows, s.event[direction]), contextTensor(contexts));
}

/** The same for a tensor [rows, ...event]. An elementwise map of larger events has its log-determinants summed. */
export function applyTo(s: Subject, direction: Direction, input: tf.Tensor, context?: tf.Tensor): Mapped {
  const mapped = s.bijection[direction](input, context);
  return { ...mapped, logDet: sumEvent(mapped.logDet, s.event[direction].length - s.bijection.eventRank) };
}

/** A tensor [rows, ...event] as rows of flattened events. */
export function rowsOf(value: tf.Tensor): number[][] {
  const [rows] = value.shape;
  const values = Array.from(value.dataSync());
  const size = values.length / rows;
  return Array.from({ length: rows }, (_, i) => values.slice(i * size, (i + 1) * size));
}

export function parametersOf(bijection: Bijection): number[][] {
  return bijection.variables.map((variable) => Array.from(variable.dataSync()));
}

export function stateOf(bijection: Bijection): number[][] {
  return (bijection.state ?? []).map((variable) => Array.from(variable.dataSync()));
}

/** The reference under one context. */
export function referenceAt(s: Subject, context: readonly number[]): Reference {
  return s.case.reference(parametersOf(s.bijection), [...context], stateOf(s.bijection));
}

/**
 * A map takes some ten to a hundred operations, each rounded to 6e-8 of numbers of size 1 to 10: 5e-6, absolute or
 * relative, is half of what the library promises, and three times what the worst case needs.
 */
export function expectClose(
  actual: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
  what = "entry",
): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    const message = `${what} ${i}: got ${actual[i]}, expected ${value}`;
    expect(Math.abs(actual[i] - value), message).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(value)),
    );
  });
}
