import { tf } from "../../engine/tf.ts";

/** So often a Gram matrix is squared: of 64 rows, the bound is then 0.4% above the norm at most. */
const SQUARINGS = 8;
/** Of the frequencies at which a filter is looked at, so many for each pixel from its centre to its border. */
const GRID = 24;

/**
 * A bound of the spectral norm of each of some matrices, and of all of them the largest: a proven one, where a power
 * iteration knows a lower one.
 *
 * σ² is the largest eigenvalue of the Gram matrix G, and λᵖ ≤ ‖Gᵖ‖_F for every p. Squared J times, p = 2ᴶ, that bound is
 * σ·r^(1/2ᴶ⁺²) at most for a matrix of rank r. Rounding is added.
 *
 * @param matrices [count, rows, columns].
 * @returns A scalar.
 */
export function matrixNormBound(matrices: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const [, rows, columns] = matrices.shape;
    const isWide = rows <= columns;
    let power = tf.matMul(matrices, matrices, !isWide, isWide);
    let logarithm: tf.Tensor = tf.scalar(0);
    for (let j = 0; j <= SQUARINGS; j++) {
      const size = tf.maximum(tf.sqrt(tf.sum(tf.square(power), [1, 2], true)), 1e-30);
      logarithm = tf.add(logarithm, tf.mul(tf.log(size), 2 ** -j));
      const part = tf.div(power, size);
      if (j < SQUARINGS) power = tf.matMul(part, part);
    }
    const rounding = 1 + 2 ** -22 * (10 + Math.min(rows, columns));
    return tf.mul(tf.exp(tf.mul(tf.max(logarithm), 0.5)), rounding);
  });
}

/**
 * A bound of the spectral norm of a convolution with stride 1, of images of any size that are surrounded by zeros.
 *
 * On an image without end it multiplies the frequency ω by the matrix Ŵ(ω) = Σ_a W_a·e^{i⟨a, ω⟩}, and its norm is the
 * largest norm of these; a border of zeros only cuts from it. An entry uᴴŴ(ω)v is a trigonometric polynomial of degree
 * d = (size − 1)/2 in each of two angles, which on N points each is at least cos²(πd/N) of its largest value.
 *
 * @param filters [size, size, inputs, outputs], size odd and above 1.
 * @returns A scalar.
 * @see Sedghi, Gupta, Long 2019, "The Singular Values of Convolutional Layers", arXiv:1805.10408v2, for Ŵ; Ehlich and Zeller
 *   1964, "Schwankung von Polynomen zwischen Gitterpunkten", for the points between.
 */
export function convolutionNormBound(filters: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const [size, , inputs, outputs] = filters.shape;
    const degree = (size - 1) / 2;
    const points = GRID * degree;
    const { cosines, sines, count } = waves(size, points);
    const taps = tf.reshape(filters, [size * size, inputs * outputs]) as tf.Tensor2D;
    const [real, imaginary] = [cosines, sines].map((values) => {
      const wave = tf.tensor2d(values, [count, size * size]);
      return tf.reshape(tf.matMul(wave, taps), [count, inputs, outputs]);
    });
    // A complex matrix as a real one with the same norm.
    const upper = tf.concat([real, tf.neg(imaginary)], 2);
    const lower = tf.concat([imaginary, real], 2);
    const between = Math.cos((Math.PI * degree) / points) ** 2;
    return tf.div(matrixNormBound(tf.concat([upper, lower], 1)), between);
  });
}

/** e^{i⟨a, ω⟩} for all taps a and the frequencies ω of a grid; of ω and −ω, whose norms are equal, only one where it is easy. */
function waves(size: number, points: number) {
  const degree = (size - 1) / 2;
  const [cosines, sines]: [number[], number[]] = [[], []];
  let count = 0;
  for (let p = 0; p <= points / 2; p++) {
    for (let q = 0; q < points; q++, count++) {
      for (let a = -degree; a <= degree; a++) {
        for (let b = -degree; b <= degree; b++) {
          const angle = (2 * Math.PI * (a * p + b * q)) / points;
          cosines.push(Math.cos(angle));
          sines.push(Math.sin(angle));
        }
      }
    }
  }
  return { cosines: new Float32Array(cosines), sines: new Float32Array(sines), count };
}
