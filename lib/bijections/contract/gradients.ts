import { expect, test } from "vitest";
import { gradientByDifferences } from "../../engine/differences.ts";
import { tf } from "../../engine/tf.ts";
import { random } from "../../random/random.ts";
import { isMissing } from "./accuracy.ts";
import { DIRECTIONS, type Direction } from "./case.ts";
import { jacobianByDifferences, logAbsDet } from "./jacobian.ts";
import {
  applyTo,
  contextTensor,
  expectClose,
  parametersOf,
  referenceAt,
  type Subject,
  tensor,
} from "./subject.ts";

/** The derivative of a log-slope is a second derivative: its terms are larger, and the rounding with them. */
const WIDENED = 10;

/** Gradients of a weighted sum of values and log-determinants, in the inputs and in every variable. */
export function testGradients(current: () => Subject): void {
  test.each(DIRECTIONS)("gradients of %s are finite and match differences", (direction) => {
    const s = current();
    if (isMissing(s, direction)) return;
    if (s.case.reference) compareWithReference(s, direction);
    else compareAlongOneDirection(s, direction);
  });
}

function compareWithReference(s: Subject, direction: Direction): void {
  const { input, variables } = gradients(s, direction);
  const points = s.inputs[direction];
  const weights = weightsOf(s, direction);
  const parameters = parametersOf(s.bijection);
  const exact = (i: number, x: number[], values = parameters) => {
    const f = referenceAt(s, i, values)[direction];
    const value = f(x).reduce((total, v, k) => total + weights[i * x.length + k] * v, 0);
    return value + logDetWeight(i) * logAbsDet(jacobianByDifferences(f, x));
  };
  const byDifferences = points.flatMap((point, i) => gradientByDifferences((x) => exact(i, x), [...point]));
  expectClose(input, byDifferences, WIDENED * s.tolerance, "gradient in input");
  parameters.forEach((values, k) => {
    const total = (moved: number[]) =>
      points.reduce((sum, point, i) => sum + exact(i, [...point], parameters.with(k, moved)), 0);
    const name = `gradient in variable ${k}, entry`;
    expectClose(variables[k], gradientByDifferences(total, values), WIDENED * s.tolerance, name);
  });
}

/**
 * The slope along the gradient is its length, found by steps of 1/100 in the parameters: values are rounded to 1e-7,
 * so that is accurate to some 1e-4, besides the curvature and the kinks that the steps cross.
 */
function compareAlongOneDirection(s: Subject, direction: Direction): void {
  const { input, variables } = gradients(s, direction);
  for (const values of [input, ...variables]) expect(values.filter((v) => !Number.isFinite(v))).toEqual([]);
  const length = Math.hypot(...variables.flat());
  if (s.bijection.variables.length === 0) return;
  const start = parametersOf(s.bijection);
  const at = (step: number) => {
    s.bijection.variables.forEach((variable, k) => {
      const moved = start[k].map((v, i) => v + (step * variables[k][i]) / length);
      tf.tidy(() => variable.assign(tf.tensor(moved, variable.shape, "float32")));
    });
    return loss(s, direction, tensor(s.inputs[direction], s.event[direction])).dataSync()[0];
  };
  const slope = (h: number) => (at(h) - at(-h)) / (2 * h);
  expectClose([length], [(4 * slope(0.01) - slope(0.02)) / 3], 0.02, "length of the gradient in variables");
}

function gradients(s: Subject, direction: Direction): { input: number[]; variables: number[][] } {
  const input = tensor(s.inputs[direction], s.event[direction]);
  const inInput = tf.grad((x: tf.Tensor) => loss(s, direction, x))(input);
  const variables = s.bijection.variables as tf.Variable[];
  if (variables.length === 0) return { input: Array.from(inInput.dataSync()), variables: [] };
  const { grads } = tf.variableGrads(() => loss(s, direction, input), variables);
  for (const [k, variable] of variables.entries()) {
    expect(grads[variable.name]?.shape, `shape of the gradient in variable ${k}`).toEqual(variable.shape);
  }
  return {
    input: Array.from(inInput.dataSync()),
    variables: variables.map((variable) => Array.from(grads[variable.name].dataSync())),
  };
}

function loss(s: Subject, direction: Direction, input: tf.Tensor): tf.Scalar {
  const { value, logDet } = applyTo(s, direction, input, contextTensor(s.contexts));
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
