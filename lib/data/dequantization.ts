import { tf } from "../engine/tf.ts";
import { checkHas, checkOptions, dropAbsent } from "../ground/arguments/check-options.ts";
import { inNameOf } from "../ground/arguments/in-name-of.ts";
import { aNumber, anObject, aTensor, checkKind, demand, either } from "../ground/arguments/kinds.ts";
import { type Random, random as startRandom } from "../random/random.ts";

/** How images are turned into numbers with a density. */
export interface DequantizeOptions {
  /** Bits that are kept of each 8-bit number, from 1 to 8: 2^bits levels; 8 if left out. */
  readonly bits?: number;
  /** The noise: a seed, or a stream that goes on; the seed 0 if left out. */
  readonly random?: Random | number;
}

/**
 * Uniform dequantization: spreads each of the 2^bits levels over its part of the unit interval.
 *
 * y = (⌊x/2^(8−bits)⌋ + u)/2^bits with u uniform on [0, 1): a number in [0, 1). Then
 * log P(x) ≥ E_u[log p(y)] − D·bits·log 2 in nats, so that a density of y is a lower bound of the images'
 * probability, in which {@link bitsPerDimension} expresses it.
 *
 * The bound is an average over noise: noise that is drawn once for all of a training would be learned by heart with the
 * images. {@link fit} draws it anew at each step with
 *
 *     fit(model, images, { perturb: (batch, random) => dequantize(batch, { bits: 5, random }) })
 *
 * @param images Any shape, whole numbers from 0 to 255; the result has the same shape.
 * @throws RangeError if `bits` is no whole number from 1 to 8, or a number is not such a whole number.
 * @see Theis, van den Oord, Bethge 2016, arXiv:1511.01844v3, section 3.1; Prince, Understanding Deep Learning,
 *   section 16.5.2.
 */
export function dequantize(images: tf.Tensor, options: DequantizeOptions = {}): tf.Tensor {
  checkOptions("dequantize", options, "dequantize(images, { bits: 5 })", {
    bits: aNumber,
    random: either(aNumber, anObject),
  });
  checkKind("dequantize", "images", images, demand(aTensor));
  const { bits, random } = { bits: 8, random: 0, ...dropAbsent(options) };
  checkBits("dequantize", bits);
  const values = images.dataSync();
  const bad = values.find((v) => !(Number.isInteger(v) && v >= 0 && v <= 255));
  if (bad !== undefined) {
    throw new RangeError(`dequantize: expected whole numbers from 0 to 255; got ${bad}`);
  }
  if (typeof random === "object")
    checkHas("dequantize", random, ["uniform", "fork"], "a stream of random numbers, such as random(7)");
  const stream =
    typeof random === "number"
      ? inNameOf("dequantize", () => startRandom(random)).fork("dequantization")
      : random;
  const [levels, width] = [2 ** bits, 2 ** (8 - bits)];
  const noise = stream.uniform(values.length);
  const spread = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const level = Math.floor(values[i] / width);
    // Rounding to float32 must not carry a number into the next level.
    const y = Math.fround((level + noise[i]) / levels);
    spread[i] = y < (level + 1) / levels ? y : (level + 1) / levels - 2 ** -24;
  }
  return tf.tensor(spread, images.shape, "float32");
}

/**
 * Back from [0, 1) to whole numbers from 0 to 255: each number to the middle of its level's numbers, those outside to
 * the nearest level. With 8 bits it undoes {@link dequantize} exactly.
 *
 * @throws RangeError if `bits` is no whole number from 1 to 8.
 */
export function quantize(values: tf.Tensor, options: { readonly bits?: number } = {}): tf.Tensor {
  checkOptions("quantize", options, "quantize(values, { bits: 5 })", { bits: aNumber });
  checkKind("quantize", "values", values, demand(aTensor));
  const { bits } = { bits: 8, ...dropAbsent(options) };
  checkBits("quantize", bits);
  const [levels, width] = [2 ** bits, 2 ** (8 - bits)];
  return tf.tidy(() => {
    const level = tf.clipByValue(tf.floor(tf.mul(values, levels)), 0, levels - 1);
    return tf.floor(tf.add(tf.mul(level, width), (width - 1) / 2));
  });
}

/** How a density of images was taken. */
export interface BitsPerDimensionOptions {
  /** Numbers in one image: height × width × channels. */
  readonly dimensions: number;
  /** Bits of each number; 8 if left out. */
  readonly bits?: number;
  /** Length of the interval that the levels are spread over: 1 for {@link dequantize}, 2^bits for unit levels. */
  readonly range?: number;
}

/**
 * Log-densities of dequantized images as bits per dimension: the length of an optimal code, per number.
 *
 * −(log p/D + log(range/2^bits))/log 2: a level has the width range/2^bits, and the density times the volume of an
 * image's cell is a probability. Uniform noise gives exactly `bits`; lower is better.
 *
 * @param logProb Nats, of any shape; a number for a mean.
 * @returns Bits per dimension, of the same shape.
 * @throws RangeError if an option is no positive number.
 * @see Theis, van den Oord, Bethge 2016, arXiv:1511.01844v3, section 3.1.
 */
export function bitsPerDimension(logProb: number, options: BitsPerDimensionOptions): number;
/** Bits per dimension of each log-density in nats, of the same shape: −(log p/D + log(range/2^bits))/log 2. */
export function bitsPerDimension(logProb: tf.Tensor, options: BitsPerDimensionOptions): tf.Tensor;
export function bitsPerDimension(
  logProb: number | tf.Tensor,
  options: BitsPerDimensionOptions,
): number | tf.Tensor {
  checkOptions("bitsPerDimension", options, "bitsPerDimension(logProb, { dimensions: 256 })", {
    dimensions: aNumber,
    bits: aNumber,
    range: aNumber,
  });
  checkKind("bitsPerDimension", "logProb", logProb, demand(either(aNumber, aTensor)));
  const { dimensions, bits, range } = { bits: 8, range: 1, ...dropAbsent(options) };
  for (const [name, value] of Object.entries({ dimensions, bits, range })) {
    if (!(value > 0 && value < Infinity))
      throw new RangeError(`bitsPerDimension: expected ${name} > 0; got ${value}`);
  }
  const offset = bits - Math.log2(range);
  const factor = -1 / (dimensions * Math.LN2);
  if (typeof logProb === "number") return factor * logProb + offset;
  return tf.tidy(() => tf.add(tf.mul(logProb, factor), offset));
}

function checkBits(who: string, bits: number): void {
  if (Number.isInteger(bits) && bits >= 1 && bits <= 8) return;
  throw new RangeError(`${who}: expected bits from 1 to 8, a whole number; got ${bits}`);
}
