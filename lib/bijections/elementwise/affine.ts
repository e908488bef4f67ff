import { tf } from "../../engine/tf.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { numbers } from "../../ground/arguments/kinds.ts";
import { plainNumbers } from "../../ground/arguments/plain-numbers.ts";
import { broadcastsTo } from "../../ground/broadcast.ts";
import { ShapeError } from "../../ground/errors.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { eventFor } from "../building/event.ts";
import { largest } from "../building/lipschitz.ts";
import { asTensor, each, flat, type Nested, shapeOf, toNested } from "./nested-numbers.ts";

/** Beyond it, or below its inverse, a scale or its inverse leaves the normal float32 numbers. */
const LARGEST_SCALE = 1e37;

/**
 * Elementwise affine map with learned scale and shift.
 *
 * x = a·z + b;  logDet = log |a| nats for each element, summed over the axes of `scale` and `shift`: with two numbers
 * it is that of each element, with arrays that of each event. The sign of a is that of `scale` and stays; log |a| is
 * learned, so that a never passes through 0.
 *
 * @param options.scale Initial a, one number or an array of an event's shape, or one that broadcasts to it; 1 if left
 *   out.
 * @param options.shift Initial b, likewise; 0 if left out.
 * @throws RangeError if the absolute value of a scale is not from 1e-37 to 1e37, or a shift is not finite in float32.
 * @throws ShapeError if scale and shift do not fit each other, or, when applied, the events.
 * @see Prince, Understanding Deep Learning, section 16.3.2, equations 16.10 and 16.11.
 */
export function affine(options: { scale?: tf.TensorLike; shift?: tf.TensorLike } = {}): Bijection {
  checkOptions("affine", options, "affine({ scale: 2 })", { scale: numbers, shift: numbers });
  const scale = numbersOf("scale", options.scale, 1);
  const shift = numbersOf("shift", options.shift, 0);
  checkNumbers("scale", scale, "from 1e-37 to 1e37 in absolute value", (a) => {
    return Math.abs(a) <= LARGEST_SCALE && Math.abs(a) >= 1 / LARGEST_SCALE;
  });
  checkNumbers("shift", shift, "that are finite in float32", (b) => Number.isFinite(Math.fround(b)));
  const shape = commonShape(shapeOf(scale), shapeOf(shift));
  const event = eventFor("affine", shape);
  // In plain numbers: wasm takes the sign of a number below 1e-6 for 0.
  const signs = each(scale, Math.sign);
  const logScale = tf.tidy(() => tf.variable(asTensor(each(scale, (a) => Math.log(Math.abs(a))))));
  const offset = tf.tidy(() => tf.variable(asTensor(shift)));
  const signed = signing(signs);
  const logSlopes = (like: tf.Tensor, direction: 1 | -1) =>
    tf.mul(tf.onesLike(like), tf.mul(logScale, direction));
  return bijection({
    name: "affine",
    // The signs are no parameters: they belong to the architecture.
    config: { type: "affine", scale: signs, shift: each(shift, () => 0) },
    event,
    forward: (z) => ({
      value: tf.add(tf.mul(z, signed(tf.exp(logScale))), offset),
      logDet: logSlopes(z, 1),
    }),
    inverse: (x) => ({
      value: tf.mul(tf.sub(x, offset), signed(tf.exp(tf.neg(logScale)))),
      logDet: logSlopes(x, -1),
    }),
    lipschitz: (direction) => largest(() => tf.exp(direction === "forward" ? logScale : tf.neg(logScale))),
    variables: { logScale, offset },
  });
}

/** Multiplies by signs, one for each number, or one for all. */
function signing(signs: Nested): (x: tf.Tensor) => tf.Tensor {
  const all = flat(signs);
  if (all.every((sign) => sign === 1)) return (x) => x;
  if (all.every((sign) => sign === -1)) return (x) => tf.neg(x);
  return (x) => tf.mul(x, asTensor(signs));
}

/** @throws RangeError if something in it is no number. @throws ShapeError if its rows differ in length. */
function numbersOf(what: string, given: tf.TensorLike | undefined, usual: number): Nested {
  if (given === undefined) return usual;
  try {
    plainNumbers(given);
  } catch (error) {
    const kind = error instanceof ShapeError ? ShapeError : RangeError;
    throw new kind(`affine, ${what}: ${(error as Error).message}`, { cause: error });
  }
  return toNested(given);
}

function checkNumbers(
  what: string,
  values: Nested,
  expected: string,
  isRight: (value: number) => boolean,
): void {
  const all = flat(values);
  const wrong = all.findIndex((value) => !isRight(value));
  if (wrong < 0) return;
  const place = all.length > 1 ? `, number ${wrong + 1} of ${all.length}` : "";
  throw new RangeError(`affine: expected ${what}s ${expected}; got ${all[wrong]}${place}`);
}

/** The shape that both broadcast to, which is that of one of them. */
function commonShape(scale: readonly number[], shift: readonly number[]): readonly number[] {
  if (broadcastsTo(scale, shift)) return shift;
  if (broadcastsTo(shift, scale)) return scale;
  throw new ShapeError(
    `affine: expected a scale and a shift of one shape, or one that broadcasts to the other; got shapes ` +
      `[${scale}] and [${shift}]`,
  );
}
