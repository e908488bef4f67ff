import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/**
 * QR decomposition by Householder reflections, A = Q·R, of one matrix or a stack: Q [..., m, k], R [..., k, n], with
 * k = min(m, n), or k = m if complete.
 *
 * As in the library but for a column that is 0 already: nothing is reflected there, where the library divides by 0. And
 * stacks of matrices that are not square, to which it gives the shape of the whole.
 *
 * @see Golub, Van Loan 2013, Matrix Computations, 4th edition, section 5.2.1.
 */
export function qrOf(tf: TensorFlow) {
  return (x: Tensor, complete = false): [Tensor, Tensor] => {
    tf.util.assert(
      x.rank >= 2,
      () => `qr: expected a matrix or a stack of them; got a tensor of rank ${x.rank}`,
    );
    if (x.rank === 2) return tf.tidy(() => decompose(tf, x as Tensor2D, complete));
    const batch = x.shape.slice(0, -2);
    const matrices = tf.unstack(tf.reshape(x, [-1, ...x.shape.slice(-2)])) as Tensor2D[];
    return tf.tidy(() => {
      const parts = matrices.map((matrix) => decompose(tf, matrix, complete));
      const whole = (place: 0 | 1) => {
        const [{ [place]: first }] = parts;
        return tf.reshape(tf.stack(parts.map((part) => part[place])), [...batch, ...first.shape]);
      };
      return [whole(0), whole(1)];
    });
  };
}

function decompose(tf: TensorFlow, x: Tensor2D, complete: boolean): [Tensor2D, Tensor2D] {
  const [m, n] = x.shape;
  let [q, r] = [tf.eye(m), x] as [Tensor2D, Tensor2D];
  for (let j = 0; j < Math.min(m, n); j++) {
    const { axis, weighted } = reflection(tf, r, j);
    const lower = tf.slice(r, [j, 0], [m - j, n]);
    const reflected = tf.sub(lower, tf.matMul(weighted, tf.matMul(tf.transpose(axis), lower))) as Tensor2D;
    r = j === 0 ? reflected : (tf.concat([tf.slice(r, [0, 0], [j, n]), reflected], 0) as Tensor2D);
    const right = tf.slice(q, [0, j], [m, m - j]);
    const turned = tf.sub(right, tf.matMul(tf.matMul(right, axis), tf.transpose(weighted))) as Tensor2D;
    q = j === 0 ? turned : (tf.concat([tf.slice(q, [0, 0], [m, j]), turned], 1) as Tensor2D);
  }
  if (complete || m <= n) return [q, tf.clone(r) as Tensor2D];
  return [tf.slice(q, [0, 0], [m, n]), tf.slice(r, [0, 0], [n, n])];
}

/** I − τ·w·wᵀ, which puts zeros below R[j, j]: w and τ·w. Where all is 0 from there on, τ = 0. */
function reflection(tf: TensorFlow, r: Tensor2D, j: number): { axis: Tensor2D; weighted: Tensor2D } {
  const m = r.shape[0];
  const column = tf.slice(r, [j, j], [m - j, 1]);
  const zero = tf.equal(tf.max(tf.abs(column)), 0);
  // A root has no slope at 0: there, another column takes part in its place, and nothing of it is used.
  const norm = tf.norm(tf.where(zero, tf.onesLike(column), column));
  const corner = tf.slice(r, [j, j], [1, 1]);
  const sign = tf.where(tf.greater(corner, 0), tf.tensor2d([[-1]]), tf.tensor2d([[1]]));
  const first = tf.where(zero, tf.onesLike(corner), tf.sub(corner, tf.mul(sign, norm)));
  const one = tf.tensor2d([[1]]);
  const below = tf.div(tf.slice(column, [1, 0], [m - j - 1, 1]), first) as Tensor2D;
  const axis = (m - j === 1 ? one : tf.concat([one, below], 0)) as Tensor2D;
  const factor = tf.neg(tf.div(tf.matMul(sign as Tensor2D, first as Tensor2D), norm));
  const weighted = tf.mul(tf.where(zero, tf.zerosLike(factor), factor), axis) as Tensor2D;
  return { axis, weighted };
}
