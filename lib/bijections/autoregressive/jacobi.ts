import { clip } from "../../engine/clip.ts";
import { repeatWhile } from "../../engine/compile/loop/repeat.ts";
import { isRecording } from "../../engine/compile/recording.ts";
import { offTape } from "../../engine/tape/off-tape.ts";
import { tf } from "../../engine/tf.ts";
import type { Transformer } from "../../transformers/transformer.ts";
import type { Mapped } from "../bijection.ts";

/**
 * Numbers that are not settled yet may run away, and where a network's sums become infinite, 0·∞ is no number. Where a
 * settled one is beyond this, so that float32 may not hold what depends on it, the residual tells.
 */
const FAR = 1e18;

/** How {@link iterate} solves. */
export interface Iteration {
  /** Groups of the order: after so many passes the solution is exact. */
  readonly groups: number;
  /** The largest |f⁻¹(x) − z| that is good enough. */
  readonly tolerance: number;
  readonly transformer: Transformer;
  /** The parameters of all numbers, given all numbers. */
  parameters(x: tf.Tensor): tf.Tensor;
}

/**
 * All numbers at once, again and again, each under parameters of what the others were before: x⁰ = z,
 * x^{k+1}_i = f(z_i; θ_i(x^k_{<i})), until ‖f⁻¹(x^k) − z‖ is small enough for every event of the batch.
 *
 * The first group depends on no other and is exact after a pass, the second after two, and so on: as many passes as there
 * are groups end it in any case. The pass that would give x^{k+1} also tells how good x^k is, so the residual, the largest
 * difference of any number, is measured of what is returned, and so is logDet.
 *
 * In a graph it is one loop. No gradient leads through it.
 *
 * @returns With `solution`; while a graph is recorded, with `solving`.
 * @see Song, Meng, Liao, Ermon 2021, "Accelerating Feedforward Computation via Parallel Nonlinear Equation Solving",
 *   arXiv:2002.03629, for Jacobi's iteration on systems that could be solved one after the other.
 */
export function iterate(z: tf.Tensor, iteration: Iteration): Mapped {
  const { groups, tolerance, transformer, parameters } = iteration;
  const [value, , logDet, solving] = offTape(() =>
    repeatWhile([z, z, tf.zeros(z.shape), tf.tensor1d([0, 0])], ([, x, , progress]) => {
      const theta = parameters(clip(x, -FAR, FAR));
      const back = transformer.inverse(x, theta);
      const residual = tf.max(tf.abs(tf.sub(back.value, z)));
      const passes = tf.add(tf.slice(progress, 0, 1), 1);
      // A residual that is no number may still become one.
      const isOpen = tf.logicalNot(tf.lessEqual(residual, tolerance));
      const goesOn = tf.logicalAnd(isOpen, tf.squeeze(tf.lessEqual(passes, groups)));
      const next = transformer.forward(z, theta).value;
      return {
        state: [x, next, tf.neg(back.logDet), tf.concat([passes, tf.reshape(residual, [1])])],
        goesOn,
      };
    }),
  );
  return { value, logDet, ...reportOf(solving) };
}

/** How the error of a number goes on into the parameters of the next, nobody knows. */
function reportOf(solving: tf.Tensor): Pick<Mapped, "solution" | "solving"> {
  if (isRecording()) return { solving };
  const [iterations, residual] = solving.dataSync();
  return { solution: { iterations, residual, errorBound: Infinity } };
}
