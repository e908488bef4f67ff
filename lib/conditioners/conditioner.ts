import { tf } from "../engine/tf.ts";
import { aTensor, checkKind, demand } from "../ground/arguments/kinds.ts";
import { refuseContext } from "../ground/arguments/refuse-context.ts";
import type { Config } from "../ground/config.ts";
import { ShapeError } from "../ground/errors.ts";

/**
 * A network that computes the parameters of a transformer from what stays unchanged, and from a context: what
 * {@link coupling} and {@link autoregressive} are steered by. Any plain object of this form will do.
 *
 * A network for vectors maps [...batch, inputs] to [...batch, outputs], one for images [...batch, height, width,
 * channels] to [...batch, height, width, outputs]. The outputs of one number lie side by side: number i of D takes
 * outputs i·P … i·P + P − 1, P being the transformer's `parameters`.
 *
 * @see Prince, Understanding Deep Learning, section 16.3.4, for the name.
 */
export interface Conditioner {
  /** What training changes, in a fixed order. */
  readonly variables: readonly tf.Variable[];
  /** How to make another one of the same architecture: its type and options; missing from a learner's own. */
  readonly config?: Config;
  /** How many numbers its context has, 0 if it takes none; left out where that is unknown, as of a learner's own. */
  readonly contextSize?: number;
  /** The parameters for an input, under a context [...batch, C] or one that broadcasts to that shape. */
  apply(input: tf.Tensor, context?: tf.Tensor): tf.Tensor;
}

/**
 * The input with the context appended to its last axis: [...batch, inputs + contextSize].
 *
 * @param contextSize How many numbers a context has; 0 if the network takes none.
 * @throws ShapeError if the input or the context has another number of entries on its last axis, the context is
 *   missing, its batch axes do not broadcast to those of the input, or there is one and the network takes none.
 */
export function withContext(
  who: string,
  input: tf.Tensor,
  inputs: number,
  context: tf.Tensor | undefined,
  contextSize: number,
): tf.Tensor {
  checkKind(who, "the input", input, demand(aTensor));
  checkKind(who, "the context", context, aTensor);
  if (input.rank === 0 || input.shape[input.rank - 1] !== inputs) {
    throw new ShapeError(
      `${who}: expected ${inputs} inputs on the last axis, after any number of batch axes; got shape [${input.shape}]`,
    );
  }
  refuseContext(who, contextSize, context);
  if (contextSize === 0) return input;
  if (context === undefined) {
    throw new ShapeError(`${who}: expected a context of shape [...batch, ${contextSize}]; got none`);
  }
  const batch = input.shape.slice(0, -1);
  if (!broadcasts(context.shape, [...batch, contextSize])) {
    throw new ShapeError(
      `${who}: expected a context of shape [${[...batch, contextSize]}], or one that broadcasts to it; ` +
        `got shape [${context.shape}]`,
    );
  }
  const own = [...batch, contextSize];
  const same = context.rank === own.length && context.shape.every((length, i) => length === own[i]);
  // Not broadcastTo, which gets empty batches wrong.
  return tf.tidy(() => tf.concat([input, same ? context : tf.add(tf.zeros(own), context)], -1));
}

function broadcasts(shape: readonly number[], target: readonly number[]): boolean {
  const offset = target.length - shape.length;
  const last = shape.length - 1;
  return (
    offset >= 0 &&
    last >= 0 &&
    shape[last] === target[offset + last] &&
    shape.every((length, axis) => length === target[offset + axis] || length === 1)
  );
}
