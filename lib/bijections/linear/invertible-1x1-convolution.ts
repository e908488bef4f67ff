import { isRecording } from "../../engine/compile/recording.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { checkOptions, dropAbsent } from "../../ground/arguments/check-options.ts";
import { aSeed, aSize, oneOf } from "../../ground/arguments/kinds.ts";
import { nameVariables } from "../../ground/variable-names.ts";
import { luDecomposition } from "../../linear-algebra/lu.ts";
import { logAbsDet, matrixInverse } from "../../linear-algebra/matrix-operations.ts";
import { randomOrthogonal } from "../../linear-algebra/random-orthogonal.ts";
import { SingularMatrixError, singular } from "../../linear-algebra/singular-matrix.ts";
import { diagonalMatrix, triangle } from "../../linear-algebra/triangle.ts";
import { triangularSolve } from "../../linear-algebra/triangular-solve.ts";
import { random } from "../../random/random.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { checkDimensions } from "../building/check-dimensions.ts";
import { largestRowSum } from "../building/lipschitz.ts";
import { mapRows } from "../building/rows.ts";

/** How {@link invertible1x1Convolution} is parametrized and starts. */
export interface Invertible1x1Options {
  /** Number of channels. */
  readonly channels: number;
  /**
   * "plu" (the default): W = P L (U + diag(±exp(s))), whose log-determinant is Σ s, in O(channels).
   * "full": W itself, whose log-determinant takes O(channels³).
   */
  readonly form?: "plu" | "full";
  /** Determines the rotation or reflection that W starts as; 0 if left out. */
  readonly seed?: number;
}

/** The matrix of the normalizing direction and its log |det|. */
interface LinearMap {
  matrix(): tf.Tensor;
  inverse(): tf.Tensor;
  logAbsDet(): tf.Tensor;
  readonly variables: tf.Variable[];
  readonly state: tf.Variable[];
}

/**
 * Invertible 1×1 convolution: one linear map of the channels at every position of an image.
 *
 * inverse: z = W x;  logDet = log |det W| nats at each position. forward: x = W⁻¹ z. W starts as a random rotation
 * or reflection. [...batch, channels] ↔ [...batch, channels]: an event is the last axis; a {@link chain} or a
 * {@link flow} sums the log-determinants over the positions.
 * The permutation P and the signs of the diagonal of the PLU form are kept in `state`: saved, not trained.
 *
 * @throws RangeError if `channels` is no whole number from 1 to 1024.
 * @throws ShapeError if a tensor's last axis has another length.
 * @throws SingularMatrixError by `forward` in the form "full", if training has made W singular. `inverse` then has the
 *   logDet −∞: all density is gone.
 * @see Kingma and Dhariwal 2018, "Glow", arXiv:1807.03039v2, section 3.2; Prince, Understanding Deep Learning,
 *   equation 16.9, for the PLU form.
 */
export function invertible1x1Convolution(options: Invertible1x1Options): Bijection {
  checkOptions("invertible1x1Convolution", options, "invertible1x1Convolution({ channels: 4 })", {
    channels: aSize,
    form: oneOf("plu", "full"),
    seed: aSeed,
  });
  const { channels, form, seed } = { form: "plu" as const, seed: 0, ...dropAbsent(options) };
  checkDimensions("invertible1x1Convolution", channels, "channels");
  checkChannels(channels);
  const rotation = randomOrthogonal(channels, random(seed).fork("1×1 convolution"));
  const map = form === "full" ? fullMap(rotation, channels) : pluMap(rotation, channels);
  return bijection({
    name: "invertible 1×1 convolution",
    event: [channels],
    forward: (z) => ({ value: applyMatrix(map.inverse(), z), logDet: tf.neg(map.logAbsDet()) }),
    inverse: (x) => ({ value: applyMatrix(map.matrix(), x), logDet: map.logAbsDet() }),
    lipschitz: (direction) => {
      const matrix = direction === "forward" ? map.inverse : map.matrix;
      return largestRowSum((rows) => applyMatrix(matrix(), rows), channels);
    },
    variables: map.variables,
    state: map.state,
    config: { type: "invertible1x1Convolution", channels, form, seed },
  });
}

/** Channels whose random rotation takes some seconds, in 2·channels³ steps: those of four times as many take minutes. */
const MOST_CHANNELS = 1024;

function checkChannels(channels: number): void {
  if (channels <= MOST_CHANNELS) return;
  throw new RangeError(
    `invertible1x1Convolution: expected at most ${MOST_CHANNELS} channels; got ${channels}, whose random rotation to ` +
      "start as would take channels³ steps. plu({ dimensions }) is the same map, and starts as the identity",
  );
}

/** A vector for each position, [..., channels], times a matrix. */
function applyMatrix(matrix: tf.Tensor, input: tf.Tensor): tf.Tensor {
  return mapRows(input, (rows) => tf.matMul(rows, matrix as tf.Tensor2D, false, true));
}

function fullMap(initial: Float64Array, n: number): LinearMap {
  const weights = matrixVariable(initial, n, true);
  return {
    matrix: () => weights,
    inverse: () => inverseOf(weights),
    logAbsDet: () => logAbsDet(weights),
    variables: nameVariables({ weights }),
    state: [],
  };
}

/**
 * W⁻¹.
 *
 * The check costs a wait for the backend, and comes first because libtensorflow gives numbers for some matrices that
 * are not finite. In a graph, its operation fails where W is singular: {@link compile} then calls this again.
 */
function inverseOf(weights: tf.Tensor): tf.Tensor {
  try {
    if (!isRecording()) {
      const size = tidy(() => logAbsDet(weights).dataSync()[0]);
      if (!Number.isFinite(size)) throw singular(weights.shape[0]);
    }
    return matrixInverse(weights);
  } catch (error) {
    if (!(error instanceof SingularMatrixError)) throw error;
    throw new SingularMatrixError(
      `invertible1x1Convolution, W: ${error.message}: train with a smaller learningRate, or choose the form "plu", ` +
        "whose W always has an inverse",
      { cause: error },
    );
  }
}

function pluMap(initial: Float64Array, n: number): LinearMap {
  const { packed, order } = luDecomposition(initial, n);
  const diagonal = Array.from({ length: n }, (_, i) => packed[i * (n + 1)]);
  const half = (chosen: (i: number, j: number) => boolean) =>
    packed.map((value, k) => (chosen(Math.floor(k / n), k % n) ? value : 0));
  const below = matrixVariable(
    half((i, j) => i > j),
    n,
    true,
  );
  const above = matrixVariable(
    half((i, j) => i < j),
    n,
    true,
  );
  const logScale = tf.tidy(() => tf.variable(tf.tensor1d(diagonal.map((v) => Math.log(Math.abs(v))))));
  const signs = tf.tidy(() => tf.variable(tf.tensor1d(diagonal.map(Math.sign)), false));
  const ones = Float64Array.from({ length: n * n }, (_, k) => (order[k % n] === Math.floor(k / n) ? 1 : 0));
  const permutation = matrixVariable(ones, n, false);
  const lower = () => tf.add(tf.mul(below, triangle(n, "lower", false)), tf.eye(n)) as tf.Tensor2D;
  const upper = () => {
    const scales = diagonalMatrix(tf.mul(signs, tf.exp(logScale)));
    return tf.add(tf.mul(above, triangle(n, "upper", false)), scales) as tf.Tensor2D;
  };
  return {
    matrix: () => tf.matMul(permutation as tf.Tensor2D, tf.matMul(lower(), upper())),
    // W⁻¹ = (U + D)⁻¹ L⁻¹ Pᵀ, by two substitutions.
    inverse: () => {
      const substituted = triangularSolve(lower(), tf.transpose(permutation), { half: "lower" });
      return triangularSolve(upper(), substituted, { half: "upper" });
    },
    logAbsDet: () => tf.sum(logScale),
    variables: nameVariables({ below, above, logScale }),
    state: nameVariables({ permutation, signs }),
  };
}

function matrixVariable(values: Float64Array, n: number, trainable: boolean): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor2d(Float32Array.from(values), [n, n]), trainable));
}
