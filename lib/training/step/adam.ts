import { tf } from "../../engine/tf.ts";

/** Constants of {@link adamStep}. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/**
 * All parameters as one vector, with the sums of their gradients g and of g² in which older ones fade:
 * G_t = Σ_i β₁^{t−i}·g_i and S_t = Σ_i β₂^{t−i}·g_i². Adam's means are (1−β₁)·G and (1−β₂)·S.
 */
export interface AdamState {
  readonly parameters: tf.Tensor;
  readonly sum: tf.Tensor;
  readonly squareSum: tf.Tensor;
}

/**
 * The numbers that change from step to step, as one vector, so that a step that is a graph takes them as an input.
 *
 * @param step Number t of the step, from 1.
 * @param rate Learning rate η.
 * @param weightDecay λ.
 * @param clipNorm Largest norm of the gradient; Infinity for no limit.
 * @returns [2] numbers, or [4] with weight decay or a limit: a graph of its own, so that who asks for neither does not
 *   wait for it.
 */
export function adamNumbers(step: number, rate: number, weightDecay: number, clipNorm: number): tf.Tensor {
  const { beta1, beta2, epsilon } = ADAM;
  // √S times this is the root of the corrected mean.
  const ofRoot = Math.sqrt((1 - beta2) / (1 - beta2 ** step));
  const ofSum = (1 - beta1) / (1 - beta1 ** step);
  const always = [(rate * ofSum) / ofRoot, epsilon / ofRoot];
  if (weightDecay === 0 && clipNorm === Number.POSITIVE_INFINITY)
    return tf.tensor1d(new Float32Array(always));
  // float32 has no room for Infinity · 0; its largest number limits as little.
  return tf.tensor1d(new Float32Array([...always, rate * weightDecay, Math.min(clipNorm, 3e38)]));
}

/**
 * One step of Adam with decoupled weight decay (AdamW) and a limit c to the gradient's norm, as a function of its
 * arguments.
 *
 * g ← g·min(1, c/‖g‖);  G ← β₁G + g;  S ← β₂S + g²;  m = (1−β₁)G;  v = (1−β₂)S;
 * θ ← θ − ηλθ − η·(m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε).
 *
 * All parameters are one long vector here: an operation on a small tensor costs its call, not its size, and a flow
 * has many small ones. Each pass over that vector counts: sums take two fewer than means, and the corrections by 1−βᵗ
 * are put into the scalars.
 *
 * @param numbers Of {@link adamNumbers}.
 * @returns The next state, and the norm ‖g‖ before it was limited.
 * @see Kingma and Ba 2015, arXiv:1412.6980v9, algorithm 1; Loshchilov and Hutter 2019, arXiv:1711.05101v3,
 *   algorithm 2.
 */
export function adamStep(
  { parameters, sum, squareSum }: AdamState,
  gradient: tf.Tensor,
  numbers: tf.Tensor,
): AdamState & { readonly norm: tf.Tensor } {
  const { beta1, beta2 } = ADAM;
  return tf.tidy(() => {
    const [rate, epsilon, decay, limit] = tf.unstack(numbers) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor?,
      tf.Tensor?,
    ];
    const squares = tf.square(gradient);
    const norm = tf.sqrt(tf.sum(squares));
    const scale = limit && tf.minimum(1, tf.div(limit, tf.maximum(norm, 1e-30)));
    const nextSum = tf.add(tf.mul(sum, beta1), scale ? tf.mul(gradient, scale) : gradient);
    const limited = scale ? tf.mul(squares, tf.square(scale)) : squares;
    const nextSquareSum = tf.add(tf.mul(squareSum, beta2), limited);
    const change = tf.div(tf.mul(nextSum, rate), tf.add(tf.sqrt(nextSquareSum), epsilon));
    // One minus the decay would not do as a factor: float32 has seven digits for it.
    const next = tf.sub(parameters, decay ? tf.add(change, tf.mul(parameters, decay)) : change);
    return { parameters: next, sum: nextSum, squareSum: nextSquareSum, norm };
  });
}
