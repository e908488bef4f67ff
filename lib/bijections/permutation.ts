import { tf } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { type Bijection, ShapeError } from "./bijection.ts";
import { inversePermutation, permuteLastAxis } from "./permute-axis.ts";

/**
 * Fixed permutation of the last axis: x_i = z_{indices[i]};  logDet = 0.
 *
 * [...batch, D] ↔ [...batch, D]; the channels of images in a {@link chain} with bijections of images.
 *
 * @throws RangeError if the indices do not name each of 0 … D − 1 once.
 * @throws ShapeError when applied to a last axis of another length.
 */
export function permutation(indices: readonly number[]): Bijection {
  const own = [...indices];
  const sorted = [...own].sort((a, b) => a - b);
  if (own.length === 0 || sorted.some((index, i) => index !== i)) {
    throw new RangeError(
      `permutation: expected each index from 0 to ${Math.max(own.length - 1, 0)} once; got [${own}]`,
    );
  }
  const permuted = (input: tf.Tensor, order: readonly number[]) => {
    if (input.rank === 0 || input.shape[input.rank - 1] !== own.length) {
      throw new ShapeError(
        `permutation: expected ${own.length} numbers on the last axis; got shape [${input.shape}]`,
      );
    }
    return tf.tidy(() => ({
      value: permuteLastAxis(input, order),
      logDet: tf.zeros(input.shape.slice(0, -1)),
    }));
  };
  const back = inversePermutation(own);
  return {
    name: "permutation",
    eventRank: 1,
    inverseKind: "analytic",
    forward: (z) => permuted(z, own),
    inverse: (x) => permuted(x, back),
    variables: [],
    config: { type: "permutation", indices: own },
  };
}

/** Reverses the last axis, which has `dimensions` numbers: x_i = z_{D−1−i};  logDet = 0. */
export function reversePermutation(dimensions: number): Bijection {
  return permutation(Array.from({ length: dimensions }, (_, i) => dimensions - 1 - i));
}

/** A permutation of the last axis, which has `dimensions` numbers, that the seed determines. */
export function randomPermutation(dimensions: number, seed: number): Bijection {
  const all = Array.from({ length: dimensions }, (_, i) => i);
  return permutation(random(seed).fork("permutation").shuffle(all));
}
