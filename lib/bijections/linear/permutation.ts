import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";
import { random } from "../../random/random.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { checkDimensions } from "../building/check-dimensions.ts";
import { inversePermutation, permuteLastAxis } from "../building/permute-axis.ts";
import { plu } from "./plu.ts";

/**
 * Fixed permutation of the last axis: x_i = z_{indices[i]};  logDet = 0.
 *
 * [...batch, D] ↔ [...batch, D]; the channels of images in a {@link chain} with bijections of images. Ready-made
 * are {@link reversePermutation}, {@link randomPermutation} and {@link learnedPermutation}.
 *
 * @throws RangeError if the indices do not name each of 0 … D − 1 once.
 * @throws ShapeError when applied to a last axis of another length.
 * @see Prince, Understanding Deep Learning, section 16.3.3.
 */
export function permutation(indices: readonly number[]): Bijection {
  if (!Array.isArray(indices)) {
    throw new TypeError(
      `permutation: expected a list of indices, permutation([1, 0]); got ${describe(indices)}`,
    );
  }
  const own = [...indices];
  const sorted = [...own].sort((a, b) => a - b);
  if (own.length === 0 || sorted.some((index, i) => index !== i)) {
    throw new RangeError(
      `permutation: expected each index from 0 to ${Math.max(own.length - 1, 0)} once; got [${own}]`,
    );
  }
  const back = inversePermutation(own);
  return bijection({
    name: "permutation",
    event: [own.length],
    forward: (z) => ({ value: permuteLastAxis(z, own) }),
    inverse: (x) => ({ value: permuteLastAxis(x, back) }),
    lipschitz: () => 1,
    config: { type: "permutation", indices: own },
  });
}

/**
 * Reverses the last axis, which has `dimensions` numbers: x_i = z_{D−1−i};  logDet = 0.
 *
 * @throws RangeError if there are no dimensions.
 * @throws ShapeError when applied to a last axis of another length.
 */
export function reversePermutation(dimensions: number): Bijection {
  checkDimensions("reversePermutation", dimensions);
  return permutation(Array.from({ length: dimensions }, (_, i) => dimensions - 1 - i));
}

/**
 * A permutation of the last axis, which has `dimensions` numbers, that the seed determines. It stays as it is: one that
 * training changes is {@link learnedPermutation}.  x_i = z_{π(i)};  logDet = 0.
 *
 * @throws RangeError if there are no dimensions, or the seed is no whole number from 0 to 2³² − 1.
 * @throws ShapeError when applied to a last axis of another length.
 * @see Prince, Understanding Deep Learning, section 16.3.3.
 */
export function randomPermutation(dimensions: number, seed: number): Bijection {
  checkDimensions("randomPermutation", dimensions);
  return inNameOf("randomPermutation", () => permutation(randomOrder(dimensions, seed)));
}

/**
 * A permutation of the last axis that training turns into a better mixing: the linear map {@link plu} without a bias,
 * which starts as the {@link randomPermutation} of the same seed, but for noise of size 0.01.
 *
 * x = P L (U + D) z;  logDet = Σ_d s_d. Which number goes where is no matter of degree, and has no gradient; how much of
 * each number goes where has one. P itself stays. {@link orthogonal} learns a mixing that keeps volumes, as a
 * permutation does; {@link invertible1x1Convolution} is Glow's form, for the channels of images.
 *
 * @throws RangeError if `dimensions` is no whole number from 1.
 * @throws ShapeError when applied to a last axis of another length.
 * @see Kingma and Dhariwal 2018, arXiv:1807.03039v2, section 3.2.
 */
export function learnedPermutation(dimensions: number, seed: number): Bijection {
  checkDimensions("learnedPermutation", dimensions);
  return inNameOf("learnedPermutation", () =>
    plu({ dimensions, permutation: randomOrder(dimensions, seed), bias: false, seed }),
  );
}

function randomOrder(dimensions: number, seed: number): number[] {
  const all = Array.from({ length: dimensions }, (_, i) => i);
  return random(seed).fork("permutation").shuffle(all);
}
