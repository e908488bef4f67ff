import { tf } from "../../engine/tf.ts";
import { checkParameters } from "../../ground/arguments/most-numbers.ts";
import type { Config } from "../../ground/config.ts";
import { nameVariables } from "../../ground/variable-names.ts";
import { random } from "../../random/random.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { largestRowSum } from "../building/lipschitz.ts";
import { mapRows } from "../building/rows.ts";

/** Options that all linear bijections share. */
export interface LinearOptions {
  /** Numbers of an event, D. */
  readonly dimensions: number;
  /** Whether a learned β is added in the generative direction; true if left out. */
  readonly bias?: boolean;
}

/** A matrix Ω in a form that is cheap to apply and to solve. Rows are events: [n, D]. */
export interface LinearForm {
  /** Each row h as Ω h. */
  apply(rows: tf.Tensor2D): tf.Tensor;
  /** Each row h as Ω⁻¹ h. */
  solve(rows: tf.Tensor2D): tf.Tensor;
  /** log |det Ω| in nats, a scalar; 0 if left out. */
  logAbsDet?(): tf.Tensor;
  readonly variables: readonly tf.Variable[];
}

/**
 * The linear bijection x = β + Ω z of events with D numbers, for a form of Ω.
 *
 * logDet = log |det Ω| nats, the same for every event.  [...batch, D] ↔ [...batch, D].
 *
 * @throws RangeError if `dimensions` is no whole number from 1.
 * @throws ShapeError when applied to a last axis of another length.
 * @see Prince, Understanding Deep Learning, section 16.3.1.
 */
export function linear(
  name: string,
  { dimensions, bias = true }: LinearOptions,
  form: LinearForm,
  config: Config,
): Bijection {
  const offset = bias ? tf.tidy(() => tf.variable(tf.zeros([dimensions]))) : undefined;
  const applyMap = (input: tf.Tensor, map: (rows: tf.Tensor2D) => tf.Tensor, sign: 1 | -1) => {
    const logAbsDet = form.logAbsDet?.();
    return { value: mapRows(input, map), ...(logAbsDet && { logDet: tf.mul(logAbsDet, sign) }) };
  };
  return bijection({
    name,
    config: { ...config, dimensions, bias },
    event: [dimensions],
    forward: (z) => applyMap(z, (rows) => (offset ? tf.add(form.apply(rows), offset) : form.apply(rows)), 1),
    inverse: (x) => applyMap(x, (rows) => form.solve(offset ? tf.sub(rows, offset) : rows), -1),
    lipschitz: (direction) => largestRowSum(direction === "forward" ? form.apply : form.solve, dimensions),
    variables: offset ? [...form.variables, ...nameVariables({ offset })] : form.variables,
  });
}

/** A variable of small normal numbers that the seed and the name determine. */
export function smallNoise(
  shape: readonly number[],
  seed: number,
  name: string,
  deviation = 0.01,
): tf.Variable {
  checkParameters("a linear map", shape);
  return tf.tidy(() => tf.variable(random(seed).fork(name).normalTensor(shape, 0, deviation)));
}
