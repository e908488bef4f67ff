import { checkOptions } from "../ground/arguments/check-options.ts";
import { aFlag, aSeed, aSize, listOf } from "../ground/arguments/kinds.ts";
import { anActivation } from "./activation.ts";
import { endsInColumns, inColumns, isByColumns, throughColumns } from "./by-columns.ts";
import type { Conditioner } from "./conditioner.ts";
import { dense } from "./dense.ts";
import { checkNetwork, completeOptions, type NetworkOptions, vectorConditioner } from "./network.ts";

/** Architecture of an {@link mlp}. */
export interface MlpOptions extends NetworkOptions {
  /** Numbers that come in, without the context. */
  readonly inputs: number;
  /** Numbers that go out. */
  readonly outputs: number;
  /** Widths of the hidden layers; [64, 64] if left out. */
  readonly hidden?: readonly number[];
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
  checkOptions("mlp", options, "mlp({ inputs: 1, outputs: 2 })", {
    inputs: aSize,
    outputs: aSize,
    hidden: listOf(aSize),
    activation: anActivation,
    context: aSize,
    zeroLast: aFlag,
    seed: aSeed,
  });
  const config = {
    type: "mlp",
    inputs: options.inputs,
    outputs: options.outputs,
    hidden: options.hidden ?? [64, 64],
    ...completeOptions(options),
  };
  const { inputs, outputs, hidden, context, zeroLast, seed } = config;
  const nonlinearity = checkNetwork(config, { inputs, outputs, hidden });
  const widths = [inputs + context, ...hidden, outputs];
  const layers = widths.slice(1).map((width, k) => {
    const zero = zeroLast && k === hidden.length;
    return dense({ inputs: widths[k], outputs: width, start: zero ? "zero" : `mlp ${seed} ${k}` });
  });
  return vectorConditioner(config, {
    layers,
    outputs,
    apply: (rows) => {
      if (isByColumns(rows, layers, config)) return throughColumns(layers, nonlinearity, rows);
      const inTurned = endsInColumns(rows, outputs);
      return layers.reduce((x, layer, k) => {
        const input = k === 0 ? x : nonlinearity(x);
        return inTurned && k === hidden.length ? inColumns(layer, input) : layer.apply(input);
      }, rows);
    },
  });
}
