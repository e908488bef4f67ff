import type { Conditioner } from "../../conditioners/conditioner.ts";
import { tf } from "../../engine/tf.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { anything } from "../../ground/arguments/kinds.ts";
import { ShapeError } from "../../ground/errors.ts";
import { plural } from "../../ground/plural.ts";
import type { Transformer } from "../../transformers/transformer.ts";
import type { Bijection, Mapped } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { concernsOutside } from "../building/concerns.ts";
import type { EventShape } from "../building/event.ts";
import { inversePermutation, isIdentity, permuteLastAxis } from "../building/permute-axis.ts";
import { checkSteering, describeSteering } from "../building/steering.ts";
import { checkMask, type Mask } from "./masks.ts";

/** What a {@link coupling} is made of. */
export interface CouplingOptions {
  /** What is transformed: {@link halfMask}, {@link channelMask} … or a flag for each dimension of a vector. */
  readonly mask: Mask | readonly boolean[];
  /** The map of each transformed number. */
  readonly transformer: Transformer;
  /**
   * Computes the transformer's parameters from what stays. With K dimensions or channels kept and T transformed, it
   * maps K inputs to T·parameters outputs. With a mask over pixels it sees all C channels of the image, transformed
   * pixels set to 0, and has C·parameters outputs.
   */
  readonly conditioner: Conditioner;
}

/** The two directions of a transformer. */
type Transform = Transformer["forward"];

/**
 * Coupling: some numbers of an event are transformed, under parameters computed from the others, which stay.
 *
 * x_a = z_a;  x_b = f(z_b; θ(z_a, context));  logDet = Σ_b log |∂f/∂z_b| nats. The inverse is as cheap: z_a is known.
 *
 * [...batch, D] ↔ [...batch, D] with a mask over dimensions; [...batch, height, width, channels] with the others.
 * NICE with the {@link additive} transformer, RealNVP with {@link affineTransformer}, a neural spline flow with
 * {@link rationalQuadratic}.
 *
 * @throws RangeError if the mask selects nothing or everything.
 * @throws ShapeError when applied to events that do not fit the mask, or if the conditioner's outputs do not fit.
 * @see Prince, Understanding Deep Learning, equations 16.13 and 16.14; Dinh, Sohl-Dickstein, Bengio 2017, "Density
 *   estimation using Real NVP", arXiv:1605.08803v3, sections 3.2 to 3.4, equation 9 for masks.
 */
export function coupling(options: CouplingOptions): Bijection {
  checkOptions("coupling", options, 'coupling({ mask: halfMask(2, "second"), transformer, conditioner })', {
    mask: anything,
    transformer: anything,
    conditioner: anything,
  });
  const { mask: given, transformer, conditioner } = options;
  checkSteering("coupling", transformer, conditioner);
  const mask = checkMask(given, "coupling");
  const apply = mask.over === "pixels" ? pixelwise(mask.selected) : splitting(mask.selected as boolean[]);
  const inDirection = (transform: Transform) => (input: tf.Tensor, context?: tf.Tensor) => {
    const parameters = (kept: tf.Tensor, shape: number[]) => {
      const raw = conditioner.apply(kept, context);
      return parametersFor(raw, shape, transformer.parameters);
    };
    return apply(input, parameters, transform);
  };
  return bijection({
    name: "coupling",
    event: eventOf(mask),
    ...(transformer.forwardKind && { forwardKind: transformer.forwardKind }),
    forward: inDirection((z, parameters) => transformer.forward(z, parameters)),
    inverse: inDirection((x, parameters) => transformer.inverse(x, parameters)),
    contextSize: conditioner.contextSize ?? "unknown",
    ...concernsOutside(transformer.interval, (entry) => mask.over === "pixels" || mask.selected[entry]),
    variables: conditioner.variables,
    ...describeSteering(transformer, conditioner, (parts) => ({ type: "coupling", mask, ...parts })),
  });
}

/** How a mask splits an event: elementwise log-slopes go back with the value. */
type Split = (
  input: tf.Tensor,
  parameters: (kept: tf.Tensor, shape: number[]) => tf.Tensor,
  transform: Transform,
) => Mapped;

/** Selected entries of the last axis under the others. */
function splitting(selected: readonly boolean[]): Split {
  const all = selected.map((_, i) => i);
  const [kept, changed] = [all.filter((i) => !selected[i]), all.filter((i) => selected[i])];
  // The order in which the parts are put together again is chosen so that halves need no permutation.
  const changedFirst = selected[0];
  const order = changedFirst ? [...changed, ...kept] : [...kept, ...changed];
  const back = inversePermutation(order);
  const permute = (x: tf.Tensor, indices: number[]) =>
    isIdentity(indices) ? x : permuteLastAxis(x, indices);
  const sizes = changedFirst ? [changed.length, kept.length] : [kept.length, changed.length];
  return (input, parameters, transform) => {
    const parts = tf.split(permute(input, order), sizes, -1);
    const [steering, steered] = changedFirst ? [parts[1], parts[0]] : parts;
    const { value, ...rest } = transform(steered, parameters(steering, steered.shape));
    const joined = tf.concat(changedFirst ? [value, steering] : [steering, value], -1);
    return { ...rest, value: permute(joined, back) };
  };
}

/** Selected pixels under the others. */
function pixelwise(selected: readonly (readonly boolean[])[]): Split {
  const flags = Float32Array.from(selected.flat(), Number);
  const [rows, columns] = [selected.length, selected[0].length];
  return (input, parameters, transform) => {
    const changed = tf.tensor3d(flags, [rows, columns, 1]);
    const kept = tf.sub(1, changed);
    const steering = tf.mul(input, kept);
    // Parameters 0 are the identity: no other number than a selected one is stretched, so none can overflow.
    const own = tf.mul(parameters(steering, input.shape), tf.expandDims(changed, -1));
    const { value, logDet, ...rest } = transform(input, own);
    return {
      ...rest,
      value: tf.add(steering, tf.mul(value, changed)),
      logDet: tf.mul(logDet, changed),
    };
  };
}

function parametersFor(raw: tf.Tensor, shape: readonly number[], parameters: number): tf.Tensor {
  const expected = shape.with(-1, shape[shape.length - 1] * parameters);
  if (raw.rank === expected.length && expected.every((length, i) => length === raw.shape[i])) {
    return tf.reshape(raw, [...shape, parameters]);
  }
  throw new ShapeError(
    `coupling: expected the conditioner to give shape [${expected}], ${plural(parameters, "parameter")} for each of ` +
      `${plural(shape[shape.length - 1], "number")}; got [${raw.shape}]`,
  );
}

function eventOf({ over, selected }: Mask): EventShape {
  if (over === "pixels") return [selected.length, selected[0].length, "channels"];
  return over === "channels" ? ["height", "width", selected.length] : [selected.length];
}
