import { tf } from "../engine/tf.ts";

/** Constants of {@link adam}. */
export interface AdamOptions {
  /** β₁, decay of the gradient's mean; 0.9 if left out. */
  readonly beta1?: number;
  /** β₂, decay of the mean of its square; 0.999 if left out. */
  readonly beta2?: number;
  /** ε, added to the root; 1e-8 if left out. */
  readonly epsilon?: number;
}

/** An optimizer with state: the means of the gradients so far. */
export interface Optimizer {
  /** Changes the variables by one step along their gradients, which are left to the caller to dispose. */
  step(gradients: readonly tf.Tensor[], learningRate: number): void;
  /** Frees the state. */
  dispose(): void;
}

/**
 * Adam, for a fixed list of variables.
 *
 * m ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  θ ← θ − η·(m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε).
 *
 * All variables are one long vector here: an operation on a small tensor costs its call, not its size, and a flow
 * has many small ones.
 *
 * @see Kingma and Ba 2015, arXiv:1412.6980v9, algorithm 1.
 */
export function adam(variables: readonly tf.Variable[], options: AdamOptions = {}): Optimizer {
  const { beta1, beta2, epsilon } = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...options };
  const sizes = variables.map((variable) => variable.size);
  const length = sizes.reduce((total, size) => total + size, 0);
  const zeros = () => tf.tidy(() => tf.variable(tf.zeros([length]), false));
  const [mean, square] = [zeros(), zeros()];
  let steps = 0;
  return {
    step(gradients, learningRate) {
      steps += 1;
      const rate = learningRate / (1 - beta1 ** steps);
      tf.tidy(() => {
        const g = tf.concat(gradients.map((gradient) => tf.reshape(gradient, [-1])));
        mean.assign(tf.add(tf.mul(mean, beta1), tf.mul(g, 1 - beta1)));
        square.assign(tf.add(tf.mul(square, beta2), tf.mul(tf.square(g), 1 - beta2)));
        const root = tf.sqrt(tf.div(square, 1 - beta2 ** steps));
        const change = tf.div(tf.mul(mean, -rate), tf.add(root, epsilon));
        const changes = tf.split(change, sizes);
        variables.forEach((variable, i) => {
          variable.assign(tf.add(variable, tf.reshape(changes[i], variable.shape)));
        });
      });
    },
    dispose: () => tf.dispose([mean, square]),
  };
}
