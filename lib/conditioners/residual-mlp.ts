import { tf } from "../engine/tf.ts";
import { type Activation, activation } from "./activation.ts";
import { type Conditioner, withContext } from "./conditioner.ts";
import { checkSizes, dense, onRows } from "./dense.ts";

/** Architecture of a {@link residualMlp}. */
export interface ResidualMlpOptions {
  /** Numbers that come in, without the context. */
  readonly inputs: number;
  /** Numbers that go out. */
  readonly outputs: number;
  /** Width of all hidden layers; 64 if left out. */
  readonly width?: number;
  /** Number of residual blocks, of two layers each; 2 if left out. */
  readonly blocks?: number;
  /** "relu" if left out. */
  readonly activation?: Activation;
  /** How many numbers a context has, which are appended to the inputs; 0 if left out. */
  readonly context?: number;
  /** Starts the last layer at 0, so that all outputs are 0 at first; true if left out. */
  readonly zeroLast?: boolean;
  /** Determines the initial weights; 0 if left out. */
  readonly seed?: number;
}

/**
 * Residual network of fully connected layers, each block with an activation before its layers.
 *
 * h₀ = W₀ [x, context] + b₀;  h_k = h_{k−1} + W′ a(W a(h_{k−1}) + b) + b′;  y = W_L h_{L−1} + b_L.
 *
 * [...batch, inputs] → [...batch, outputs]. Weights and biases start uniform on ±1/√(inputs of their layer); the last
 * layer of each block and of the network start at 0, so that a flow starts as the identity.
 *
 * @throws RangeError if a size is no whole number ≥ 1, or the activation is unknown.
 * @throws ShapeError when applied to inputs or a context of another size.
 * @see He, Zhang, Ren, Sun 2016, "Identity mappings in deep residual networks", arXiv:1603.05027v3.
 */
export function residualMlp(options: ResidualMlpOptions): Conditioner {
  const config = {
    type: "residualMlp",
    inputs: options.inputs,
    outputs: options.outputs,
    width: options.width ?? 64,
    blocks: options.blocks ?? 2,
    activation: options.activation ?? "relu",
    context: options.context ?? 0,
    zeroLast: options.zeroLast ?? true,
    seed: options.seed ?? 0,
  };
  const { inputs, outputs, width, blocks, context: contextSize, zeroLast, seed } = config;
  checkSizes("residualMlp", { inputs, outputs, width, blocks });
  checkSizes("residualMlp", { context: contextSize }, 0);
  const nonlinearity = activation(config.activation);
  const layer = (from: number, to: number, name: string) =>
    dense({ inputs: from, outputs: to, start: name === "zero" ? name : `residual mlp ${seed} ${name}` });
  const first = layer(inputs + contextSize, width, "first");
  const residuals = Array.from({ length: blocks }, (_, k) => [
    layer(width, width, `block ${k}`),
    layer(width, width, "zero"),
  ]);
  const last = layer(width, outputs, zeroLast ? "zero" : "last");
  return {
    variables: [first, ...residuals.flat(), last].flatMap(({ variables }) => variables),
    config,
    contextSize,
    apply: (input, context) =>
      tf.tidy(() =>
        onRows(withContext("residualMlp", input, inputs, context, contextSize), outputs, (rows) => {
          const hidden = residuals.reduce((h, [inner, outer]) => {
            const change = outer.apply(nonlinearity(inner.apply(nonlinearity(h))));
            return tf.add(h, change);
          }, first.apply(rows));
          return last.apply(hidden);
        }),
      ),
  };
}
