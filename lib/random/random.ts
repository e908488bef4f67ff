import { refuseRecording } from "../engine/compile/recording.ts";
import { tf } from "../engine/tf.ts";
import { aNumber, anything, checkKind, demand, listOf } from "../ground/arguments/kinds.ts";
import { checkAmount } from "../ground/arguments/most-numbers.ts";
import { uncheckedNormalQuantile } from "../ground/functions/normal-functions.ts";
import { doubleBelow, float32Below, float32From } from "./neighbours.ts";
import { philox } from "./philox.ts";

/**
 * A stream of random numbers that a seed determines, on every machine and every backend. All methods that draw throw
 * a RangeError if the count is no whole number ≥ 0, or above 2²⁷.
 */
export interface Random {
  /**
   * `count` numbers, uniform on [low, high), in double precision; from 0 to 1 if left out.
   *
   * @throws RangeError if low is not below high, or one is not finite.
   */
  uniform(count: number, low?: number, high?: number): number[];
  /** `count` normal numbers in double precision; mean 0 and deviation 1 if left out. */
  normal(count: number, mean?: number, deviation?: number): number[];
  /**
   * `count` integers, uniform on low … high − 1.
   *
   * @throws RangeError if the ends are not whole numbers with low < high.
   */
  integers(count: number, low: number, high: number): number[];
  /** The items in random order, in a new array. */
  shuffle<T>(items: readonly T[]): T[];
  /**
   * The numbers of {@link Random.uniform}, rounded to float32, as a tensor of this shape. They are on [low, high), too:
   * what would be rounded out of it becomes the nearest float32 number inside.
   *
   * @throws RangeError as `uniform`, or if no float32 number is in [low, high).
   */
  uniformTensor(shape: readonly number[], low?: number, high?: number): tf.Tensor;
  /** The numbers of {@link Random.normal}, as a float32 tensor of this shape. */
  normalTensor(shape: readonly number[], mean?: number, deviation?: number): tf.Tensor;
  /**
   * An independent stream with a name of its own. It depends on this stream's seed and name only, not on what has
   * been drawn: a program may draw more here without changing the numbers there.
   */
  fork(name: string): Random;
}

/**
 * Starts a stream of random numbers (Philox4x32-10, counter-based).
 *
 * @param seed A whole number from 0 to 2³² − 1, or any text.
 * @throws RangeError if there is no seed, or it is a number but no such whole number.
 * @see Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3".
 */
export function random(seed: number | string): Random {
  if (typeof seed === "string") return stream(hash(`text ${seed}`));
  if (seed === undefined || seed === null) {
    throw new RangeError(
      "random: needs a seed, a whole number from 0 to 4294967295 or a text, e.g. random(7); the same seed gives the " +
        "same numbers again",
    );
  }
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(
      `random: expected a seed that is a whole number from 0 to 4294967295, or a text; got ${seed}`,
    );
  }
  return stream([seed, 0]);
}

/** What numbers are drawn into: arrays for callers, typed ones for tensors, which may be larger. */
type Numbers = number[] | Float64Array;

function stream(key: readonly [number, number]): Random {
  const draw = doubles(key);
  const uniform = (count: number, low = 0, high = 1) => {
    checkCount(count);
    checkBounds(low, high);
    const values = draw(Array<number>(count));
    for (let i = 0; i < count; i++) {
      const value = low + (high - low) * values[i];
      // The sum may be rounded to the open end.
      values[i] = value < high ? value : doubleBelow(high);
    }
    return values;
  };
  return {
    uniform,
    normal: (count, mean, deviation) => {
      checkCount(count);
      checkMoments(mean, deviation);
      return toNormal(draw(Array<number>(count)), mean, deviation);
    },
    integers: (count, low, high) => uniform(count).map((u) => low + Math.floor(u * checkRange(low, high))),
    shuffle: (items) => {
      checkKind("shuffle", "the items", items, demand(listOf(anything)));
      return shuffleItems(items, draw(Array<number>(Math.max(0, items.length - 1))));
    },
    uniformTensor: (shape, low = 0, high = 1) => {
      checkBounds(low, high);
      const [first, last] = [float32From(low), float32Below(high)];
      if (first > last) {
        throw new RangeError(
          `no float32 number is at least ${low} and below ${high}; draw from a wider range`,
        );
      }
      const values = draw(new Float64Array(sizeOf(shape)));
      for (let i = 0; i < values.length; i++) {
        const value = low + (high - low) * Math.fround(values[i]);
        values[i] = Math.min(Math.max(Math.fround(value), first), last);
      }
      return asTensor(values, shape);
    },
    normalTensor: (shape, mean, deviation) => {
      checkMoments(mean, deviation);
      return asTensor(toNormal(draw(new Float64Array(sizeOf(shape))), mean, deviation), shape);
    },
    fork: (name) => stream(hash(`${key[0]} ${key[1]} ${name}`)),
  };
}

/** Fills arrays with uniform numbers on [0, 1), two from each block of four words; a second one left over comes next. */
function doubles(key: readonly [number, number]): <N extends Numbers>(values: N) => N {
  const counter = new Uint32Array(4);
  const words = new Uint32Array(4);
  let isLeft = false;
  return (values) => {
    const count = values.length;
    if (count === 0) return values;
    refuseRecording(
      "the function draws random numbers, which would be the same at each run; draw them outside",
    );
    if (isLeft) values[0] = double(words[2], words[3]);
    const start = isLeft ? 1 : 0;
    for (let i = start; i < count; i += 2) {
      philox(counter, key, words);
      counter[0] += 1;
      if (counter[0] === 0) counter[1] += 1;
      values[i] = double(words[0], words[1]);
      if (i + 1 < count) values[i + 1] = double(words[2], words[3]);
    }
    isLeft = (count - start) % 2 === 1;
    return values;
  };
}

/** 53 random bits of two words as a number on [0, 1). */
function double(high: number, low: number): number {
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}

/** Makes normal numbers of uniform ones, in place. */
function toNormal<N extends Numbers>(values: N, mean = 0, deviation = 1): N {
  for (let i = 0; i < values.length; i++) {
    // A uniform number may be 0 (it stands for all up to 2⁻⁵³), which would give −∞.
    values[i] = mean + deviation * uncheckedNormalQuantile(Math.max(values[i], 2 ** -54));
  }
  return values;
}

/** TensorFlow.js takes a Float32Array as it is; any other array it would check and copy number by number. */
function asTensor(values: Float64Array, shape: readonly number[]): tf.Tensor {
  return tf.tensor(new Float32Array(values), [...shape], "float32");
}

/** Fisher and Yates' shuffle, with one uniform number on [0, 1) for each item but the first. */
function shuffleItems<T>(items: readonly T[], uniform: readonly number[]): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(uniform[result.length - 1 - i] * (i + 1));
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}

/** Two words from a text: the first block of a cipher chain over its UTF-16 units, so similar names differ fully. */
function hash(text: string): [number, number] {
  const state = new Uint32Array([text.length, 0, 0, 0]);
  for (let i = 0; i < text.length; i++) {
    state[0] ^= text.charCodeAt(i);
    philox(state, [0x666c6f77, i], state);
  }
  return [state[0], state[1]];
}

function sizeOf(shape: readonly number[]): number {
  checkKind("random", "the shape", shape, demand(listOf(aNumber)));
  const size = shape.reduce((product, length) => product * length, 1);
  checkCount(size);
  return size;
}

function checkCount(count: number): void {
  if (!Number.isInteger(count) || count < 0)
    throw new RangeError(`random: expected a count ≥ 0 of numbers; got ${count}`);
  checkAmount(count, `${count}`, "draw them in parts; the stream goes on where it was");
}

function checkMoments(mean: number | undefined, deviation: number | undefined): void {
  checkKind("random", "the mean", mean, aNumber);
  checkKind("random", "the deviation", deviation, aNumber);
}

function checkBounds(low: number, high: number): void {
  checkKind("random", "low", low, demand(aNumber));
  checkKind("random", "high", high, demand(aNumber));
  if (low < high && high - low < Infinity) return;
  throw new RangeError(`random: expected finite bounds with low < high; got low ${low} and high ${high}`);
}

function checkRange(low: number, high: number): number {
  if (Number.isInteger(low) && Number.isInteger(high) && high > low) return high - low;
  throw new RangeError(`random: expected integers with low < high; got low ${low} and high ${high}`);
}
