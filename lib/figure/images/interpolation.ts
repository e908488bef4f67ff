import type { Bijection } from "../../bijections/bijection.ts";
import { checkBijection } from "../../bijections/building/check-bijection.ts";
import { asFloat } from "../../engine/as-float.ts";
import { tf } from "../../engine/tf.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import {
  aFew,
  aFinite,
  anObject,
  aTensor,
  aText,
  checkKind,
  demand,
  listOf,
  numbers,
} from "../../ground/arguments/kinds.ts";
import type { Figure } from "../figure.ts";
import { linspace } from "../linspace.ts";
import { imageGridFigure } from "./image-grid.ts";

/** Two images, or two batches of them, and the flow between. */
export interface InterpolationOptions {
  /** x = f(z), on images. */
  readonly bijection: Bijection;
  /** [n, height, width, channels]: the left ends, one row of the figure each. */
  readonly from: tf.Tensor;
  /** The right ends, of the same shape. */
  readonly to: tf.Tensor;
  /** Images in a row, both ends included; 9 if left out. */
  readonly steps?: number;
  /** Which values are black and full; if left out, [0, 255] for whole numbers up to 255, else [0, 1]. */
  readonly values?: readonly [number, number];
  /** What the flow is conditioned on, [C] or [n, C]. */
  readonly context?: tf.Tensor | tf.TensorLike;
  readonly title?: string;
}

/**
 * Walks from one image to another through base space: x(t) = f(z(t)), z(t) = (1 − t) f⁻¹(x₀) + t f⁻¹(x₁). What lies
 * between shows what the flow takes for an image.
 *
 * @throws RangeError if there are fewer than two steps, or the shapes of the ends differ.
 * @see Prince, Understanding Deep Learning, section 16.5.2 and figure 16.13; Kingma and Dhariwal 2018, "Glow",
 *   arXiv:1807.03039v2.
 */
export function interpolationFigure(options: InterpolationOptions): Figure {
  return inNameOf("interpolationFigure", () => drawInterpolation(options));
}

function drawInterpolation(options: InterpolationOptions): Figure {
  checkOptions("interpolationFigure", options, "interpolationFigure({ bijection, from, to })", {
    bijection: demand(anObject),
    from: demand(aTensor),
    to: demand(aTensor),
    steps: aFinite,
    values: listOf(aFinite),
    context: numbers,
    title: aText,
  });
  const { steps = 9, values, title } = options;
  const images = interpolate(options.bijection, options.from, options.to, steps, options.context);
  const headings = linspace(0, 1, steps).map((t) => (t === 0 || t === 1 ? `${t}` : t.toFixed(2)));
  const figure = imageGridFigure({
    ...{ images, columns: steps, headings },
    ...(values && { values }),
    title: title ?? "From one image to another",
  });
  images.dispose();
  return figure;
}

/**
 * The images of {@link interpolationFigure}, row by row: x(t) = f((1 − t) f⁻¹(x₀) + t f⁻¹(x₁)) for t from 0 to 1.
 *
 * @param from x₀, [n, height, width, channels].
 * @param to x₁, of the same shape.
 * @returns [n·steps, height, width, channels]
 * @throws RangeError if there are fewer than two steps, or the shapes of the ends differ.
 */
export function interpolate(
  bijection: Bijection,
  from: tf.Tensor,
  to: tf.Tensor,
  steps: number,
  context?: tf.Tensor | tf.TensorLike,
): tf.Tensor {
  checkBijection("interpolate", bijection);
  checkKind("interpolate", "from", from, demand(aTensor));
  checkKind("interpolate", "to", to, demand(aTensor));
  if (!(Number.isInteger(steps) && steps >= 2))
    throw new RangeError(`interpolate: expected steps ≥ 2; got ${steps}`);
  checkKind("interpolate", "steps", steps, aFew);
  if (`${from.shape}` !== `${to.shape}`) {
    throw new RangeError(
      `interpolate: expected two ends of one shape; got [${from.shape}] and [${to.shape}]`,
    );
  }
  return tf.tidy(() => {
    const own = context === undefined ? undefined : asFloat(context, "interpolate, context");
    const [start, end] = [from, to].map((x) => bijection.inverse(asFloat(x), own).value);
    const columns = linspace(0, 1, steps).map((t) => {
      const z = tf.add(tf.mul(start, 1 - t), tf.mul(end, t));
      return bijection.forward(z, own).value;
    });
    return tf.reshape(tf.stack(columns, 1), [-1, ...from.shape.slice(1)]);
  });
}
