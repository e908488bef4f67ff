import { expect, test } from "vitest";
import { tf } from "../../engine/tf.ts";
import { random } from "../../random/random.ts";
import { isMissing } from "./accuracy.ts";
import { DIRECTIONS, type Direction } from "./case.ts";
import { exactLogDet } from "./jacobian.ts";
import {
  applyTo,
  contextTensor,
  expectClose,
  parametersOf,
  type Subject,
  stateOf,
  tensor,
} from "./subject.ts";

/** The derivative of a log-slope is a second derivative: its terms are larger, and the rounding with them. */
const WIDENED = 2;
/** Of a variable with more numbers than this, so many are drawn; one slope is taken of all numbers together. */
const ENTRIES = 16;
/** How many numbers of all variables together; but of each at least four. */
const ALL_ENTRIES = 160;
/**
 * Of central differences of the loss, which holds a Jacobian by differences itself: the error is h²·f‴/6 = 4e-10·f‴ of
 * truncation, and the Jacobian's rounding of 5e-12·|f| divided by h, 1e-7·|f|.
 */
const STEP = 5e-5;

/** Gradients of a weighted sum of values and log-determinants, in the inputs, the context, and every variable. */
export function testGradients(current: () => Subject): void {
  test.each(DIRECTIONS)(
    "gradients of %s are finite and those of the map in double precision",
    (direction) => {
      const s = current();
      if (isMissing(s, direction)) return;
      const given = gradients(s, direction);
      const all = [given.input, given.context, ...given.variables].flat();
      expect(all.filter((v) => !Number.isFinite(v))).toEqual([]);
      const exact = exactLoss(s, direction);
      comparePoints(s, direction, given, exact);
      compareVariables(s, direction, given, exact);
    },
  );
}

/** What the loss is taken of: point i, under a context, and numbers for every variable. */
interface At {
  readonly i: number;
  readonly x: number[];
  readonly context: number[];
  readonly parameters: number[][];
}

/** The part of the loss that comes from one point, in double precision. */
function exactLoss(s: Subject, direction: Direction): (at: At) => number {
  const weights = weightsOf(s, direction);
  const state = stateOf(s.bijection);
  return ({ i, x, context, parameters }) => {
    const reference = s.case.reference(parameters, context, state);
    const value = reference[direction](x).reduce((total, v, k) => total + weights[i * x.length + k] * v, 0);
    return value + logDetWeight(i) * exactLogDet(reference, direction, x);
  };
}

function comparePoints(s: Subject, direction: Direction, given: Gradients, exact: (at: At) => number): void {
  const points = pointsOf(s, direction);
  const inInput = points.flatMap((at) =>
    at.x.map((_, j) => slope((step) => exact({ ...at, x: move(at.x, j, step) }))),
  );
  expectClose(given.input, inInput, WIDENED * s.tolerance, "gradient in input");
  const inContext = points.flatMap((at) =>
    at.context.map((_, j) => slope((step) => exact({ ...at, context: move(at.context, j, step) }))),
  );
  expectClose(given.context, inContext, WIDENED * s.tolerance, "gradient in context");
}

function compareVariables(
  s: Subject,
  direction: Direction,
  given: Gradients,
  exact: (at: At) => number,
): void {
  const points = pointsOf(s, direction);
  const total = (parameters: number[][]) => points.reduce((sum, at) => sum + exact({ ...at, parameters }), 0);
  const start = parametersOf(s.bijection);
  start.forEach((values, k) => {
    const chosen = entriesOf(values.length, k, start.length);
    const byDifferences = chosen.map((j) => slope((step) => total(start.with(k, move(values, j, step)))));
    const own = chosen.map((j) => given.variables[k][j]);
    const what = `gradient in variable ${k}, of entries ${chosen} number`;
    expectClose(own, byDifferences, WIDENED * s.tolerance, what);
  });
  const direct = start.map((values, k) => unitDirection(values.length, k, start.flat().length));
  const along = slope((step) =>
    total(start.map((values, k) => values.map((v, j) => v + step * direct[k][j]))),
  );
  const own = direct.flat().reduce((sum, v, j) => sum + v * given.variables.flat()[j], 0);
  expectClose([own], [along], WIDENED * s.tolerance, "slope along all variables");
}

/** Of all numbers of all variables, each by as much: 1/√count or −1/√count. */
function unitDirection(length: number, k: number, count: number): number[] {
  return random(k)
    .fork("signs")
    .uniform(length, -1, 1)
    .map((v) => Math.sign(v) / Math.sqrt(count));
}

function pointsOf(s: Subject, direction: Direction): At[] {
  const parameters = parametersOf(s.bijection);
  return s.inputs[direction].map((x, i) => ({ i, x: [...x], context: [...s.contexts[i]], parameters }));
}

/** All numbers of a small variable, some of a large one. */
function entriesOf(length: number, k: number, variables: number): number[] {
  const count = Math.max(4, Math.min(ENTRIES, Math.floor(ALL_ENTRIES / variables)));
  const all = Array.from({ length }, (_, j) => j);
  return length <= count ? all : random(k).fork("entries").shuffle(all).slice(0, count);
}

function slope(f: (step: number) => number): number {
  return (f(STEP) - f(-STEP)) / (2 * STEP);
}

function move(values: number[], j: number, step: number): number[] {
  return values.with(j, values[j] + step);
}

/** By automatic differentiation, flattened. */
interface Gradients {
  readonly input: number[];
  readonly context: number[];
  readonly variables: number[][];
}

function gradients(s: Subject, direction: Direction): Gradients {
  const input = tensor(s.inputs[direction], s.event[direction]);
  const context = contextTensor(s.contexts);
  const inInput = tf.grad((x: tf.Tensor) => loss(s, direction, x, context))(input);
  const inContext = context && tf.grad((c: tf.Tensor) => loss(s, direction, input, c))(context);
  return {
    input: numbers(inInput),
    context: inContext ? numbers(inContext) : [],
    variables: variableGradients(s.bijection.variables as tf.Variable[], () =>
      loss(s, direction, input, context),
    ),
  };
}

function variableGradients(variables: tf.Variable[], run: () => tf.Scalar): number[][] {
  if (variables.length === 0) return [];
  const { grads } = tf.variableGrads(run, variables);
  return variables.map((variable, k) => {
    expect(grads[variable.name]?.shape, `shape of the gradient in variable ${k}`).toEqual(variable.shape);
    return numbers(grads[variable.name]);
  });
}

function numbers(values: tf.Tensor): number[] {
  return Array.from(values.dataSync());
}

function loss(s: Subject, direction: Direction, input: tf.Tensor, context?: tf.Tensor): tf.Scalar {
  const { value, logDet } = applyTo(s, direction, input, context);
  const weighted = tf.mul(tf.reshape(value, [-1]), tf.tensor1d(weightsOf(s, direction)));
  const logDets = tf.mul(logDet, tf.tensor1d(s.inputs[direction].map((_, i) => logDetWeight(i))));
  return tf.add(tf.sum(weighted), tf.sum(logDets));
}

/** Different for each number, so that no error cancels. */
function weightsOf(s: Subject, direction: Direction): number[] {
  return random(3).uniform(s.inputs[direction].flat().length, -1, 1).map(Math.fround);
}

function logDetWeight(i: number): number {
  return 0.5 + 0.25 * (i % 3);
}
