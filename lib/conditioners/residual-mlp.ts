import { tf } from "../engine/tf.ts";
import { checkOptions } from "../ground/arguments/check-options.ts";
import { aFew, aFlag, aSeed, aSize } from "../ground/arguments/kinds.ts";
import { anActivation } from "./activation.ts";
import type { Conditioner } from "./conditioner.ts";
import { dense } from "./dense.ts";
import { checkNetwork, completeOptions, type NetworkOptions, vectorConditioner } from "./network.ts";

/** Architecture of a {@link residualMlp}. */
export interface ResidualMlpOptions extends NetworkOptions {
  /** Numbers that come in, without the context. */
  readonly inputs: number;
  /** Numbers that go out. */
  readonly outputs: number;
  /** Width of all hidden layers; 64 if left out. */
  readonly width?: number;
  /** Number of residual blocks, of two layers each; 2 if left out. */
  readonly blocks?: number;
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
  checkOptions("residualMlp", options, "residualMlp({ inputs: 1, outputs: 2 })", {
    inputs: aSize,
    outputs: aSize,
    width: aSize,
    blocks: aFew,
    activation: anActivation,
    context: aSize,
    zeroLast: aFlag,
    seed: aSeed,
  });
  const config = {
    type: "residualMlp",
    inputs: options.inputs,
    outputs: options.outputs,
    width: options.width ?? 64,
    blocks: options.blocks ?? 2,
    ...completeOptions(options),
  };
  const { inputs, outputs, width, blocks, context, zeroLast, seed } = config;
  const nonlinearity = checkNetwork(config, { inputs, outputs, width, blocks });
  const layer = (from: number, to: number, name: string) =>
    dense({ inputs: from, outputs: to, start: name === "zero" ? name : `residual mlp ${seed} ${name}` });
  const first = layer(inputs + context, width, "first");
  const residuals = Array.from({ length: blocks }, (_, k) => [
    layer(width, width, `block ${k}`),
    layer(width, width, "zero"),
  ]);
  const last = layer(width, outputs, zeroLast ? "zero" : "last");
  return vectorConditioner(config, {
    layers: [first, ...residuals.flat(), last],
    outputs,
    apply: (rows) => {
      const hidden = residuals.reduce((h, [inner, outer]) => {
        const change = outer.apply(nonlinearity(inner.apply(nonlinearity(h))));
        return tf.add(h, change);
      }, first.apply(rows));
      return last.apply(hidden);
    },
  });
}
