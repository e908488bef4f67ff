import { tf } from "../engine/tf.ts";
import { type Activation, activation } from "./activation.ts";
import { type Conditioner, withContext } from "./conditioner.ts";
import { checkSizes, dense, onRows } from "./dense.ts";

/** Architecture of an {@link mlp}. */
export interface MlpOptions {
  /** Numbers that come in, without the context. */
  readonly inputs: number;
  /** Numbers that go out. */
  readonly outputs: number;
  /** Widths of the hidden layers; [64, 64] if left out. */
  readonly hidden?: readonly number[];
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
 * Multilayer perceptron: y = W_L a(… a(W₁ [x, context] + b₁) …) + b_L.
 *
 * [...batch, inputs] → [...batch, outputs]. Weights and biases start uniform on ±1/√(inputs of their layer); those
 * of the last layer start at 0, so that a flow starts as the identity.
 *
 * @throws RangeError if a size is no whole number ≥ 1, or the activation is unknown.
 * @throws ShapeError when applied to inputs or a context of another size.
 */
export function mlp(options: MlpOptions): Conditioner {
  const config = {
    type: "mlp",
    inputs: options.inputs,
    outputs: options.outputs,
    hidden: options.hidden ?? [64, 64],
    activation: options.activation ?? "relu",
    context: options.context ?? 0,
    zeroLast: options.zeroLast ?? true,
    seed: options.seed ?? 0,
  };
  const { inputs, outputs, hidden, context: contextSize, zeroLast, seed } = config;
  checkSizes("mlp", { inputs, outputs, hidden });
  checkSizes("mlp", { context: contextSize }, 0);
  const nonlinearity = activation(config.activation);
  const widths = [inputs + contextSize, ...hidden, outputs];
  const layers = widths.slice(1).map((width, k) => {
    const zero = zeroLast && k === hidden.length;
    return dense({ inputs: widths[k], outputs: width, start: zero ? "zero" : `mlp ${seed} ${k}` });
  });
  return {
    variables: layers.flatMap((layer) => layer.variables),
    config,
    contextSize,
    apply: (input, context) =>
      tf.tidy(() =>
        onRows(withContext("mlp", input, inputs, context, contextSize), outputs, (rows) =>
          layers.reduce((x, layer, k) => layer.apply(k === 0 ? x : nonlinearity(x)), rows),
        ),
      ),
  };
}
