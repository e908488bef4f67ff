import { tf } from "../../engine/tf.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { anything, aSize } from "../../ground/arguments/kinds.ts";
import { ShapeError } from "../../ground/errors.ts";
import type { Bijection, Mapped } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { checkBijection } from "../building/check-bijection.ts";
import { lipschitzOf } from "../building/lipschitz.ts";

/** How {@link split} divides an image. */
export interface SplitOptions {
  /** Acts on the channels that are kept, images [h, w, kept]. */
  readonly inner: Bijection;
  /** Number of channels that are kept; half of them if left out. */
  readonly kept?: number;
}

/**
 * Splitting: some channels are latents already and leave, the others go on through `inner`.
 *
 * inverse: z = (inner⁻¹(x_kept), x_rest), of the shape of x, [...batch, h, w, c];  logDet = that of `inner`, in nats.
 * Nested splits with a {@link squeeze} between them are a multiscale architecture, see {@link multiscale}.
 *
 * @throws RangeError if `kept` is no whole number ≥ 1.
 * @throws ShapeError if an image has no more channels than are kept, or an odd number of which half is to be kept.
 * @see Dinh, Sohl-Dickstein, Bengio 2017, arXiv:1605.08803v3, section 3.6; Prince, Understanding Deep
 *   Learning, section 16.4.
 */
export function split(options: SplitOptions): Bijection {
  checkOptions("split", options, "split({ inner: actNorm({ dimensions: 2 }) })", {
    inner: anything,
    kept: aSize,
  });
  const { inner, kept } = options;
  checkBijection("split, inner", inner);
  if (kept !== undefined && (!Number.isInteger(kept) || kept < 1)) {
    throw new RangeError(`split: expected a whole number ≥ 1 of kept channels; got ${kept}`);
  }
  const through = <M extends Mapped>(input: tf.Tensor, map: (part: tf.Tensor) => M): M => {
    const [taken, rest] = divide(input, kept);
    const mapped = map(taken);
    return { ...mapped, value: tf.concat([mapped.value, rest], -1) };
  };
  const training = inner.trainingInverse?.bind(inner);
  return bijection({
    name: "split",
    event: ["height", "width", "channels"],
    inverseKind: inner.inverseKind,
    forwardKind: inner.forwardKind ?? "analytic",
    forward: (z, context) => through(z, (part) => inner.forward(part, context)),
    inverse: (x, context) => through(x, (part) => inner.inverse(part, context)),
    ...(training && {
      trainingInverse: (x, context, drawn) => through(x, (part) => training(part, context, drawn)),
    }),
    ...(inner.noise && { noise: inner.noise }),
    contextSize: inner.contextSize ?? "unknown",
    shapeAfter: (direction, shape) => {
      const first = keptOf(shape, kept);
      const after = inner.shapeAfter?.(direction, shape.with(-1, first));
      // Both parts are put together again.
      return after?.with(-1, after[after.length - 1] + shape[shape.length - 1] - first);
    },
    lipschitz: (direction) => Math.max(1, lipschitzOf(inner, direction)),
    ...(inner.initialize && {
      initialize: (x, context) => inner.initialize?.(divide(x, kept)[0], context),
    }),
    variables: inner.variables,
    state: inner.state ?? [],
    inside: { bijection: inner, part: (input) => divide(input, kept)[0] },
    ...(inner.config && { config: { type: "split", kept, inner: inner.config } }),
  });
}

/** How many channels are kept. */
function keptOf(shape: readonly number[], kept: number | undefined): number {
  const channels = shape[shape.length - 1];
  const first = kept ?? channels / 2;
  if (Number.isInteger(first) && first < channels) return first;
  const wanted = kept === undefined ? "an even number of channels" : `more than ${kept} channels`;
  throw new ShapeError(
    `split: expected images [...batch, height, width, channels] with ${wanted}; got [${shape}]`,
  );
}

/** The channels that are kept, and the others. */
function divide(image: tf.Tensor, kept: number | undefined): [tf.Tensor, tf.Tensor] {
  const channels = image.shape[image.rank - 1];
  const first = keptOf(image.shape, kept);
  const [before, size] = [image.shape.map(() => 0), [...image.shape]];
  size[image.rank - 1] = first;
  const begin = before.with(-1, first);
  return [tf.slice(image, before, size), tf.slice(image, begin, size.with(-1, channels - first))];
}
