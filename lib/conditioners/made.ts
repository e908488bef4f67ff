import type { tf } from "../engine/tf.ts";
import { checkOptions } from "../ground/arguments/check-options.ts";
import { aFlag, anything, aSeed, aSize, listOf } from "../ground/arguments/kinds.ts";
import { checkParameters } from "../ground/arguments/most-numbers.ts";
import { anActivation } from "./activation.ts";
import type { Conditioner } from "./conditioner.ts";
import { checkSizes, dense } from "./dense.ts";
import { checkNetwork, completeOptions, type NetworkOptions, vectorConditioner } from "./network.ts";
import { groupsOf, type OrderOption } from "./order.ts";

/** Architecture of a {@link made}. */
export interface MadeOptions extends NetworkOptions {
  /** Number of inputs, D. */
  readonly inputs: number;
  /** How many outputs each input has, P: the `parameters` of the transformer that they are for. */
  readonly parameters: number;
  /** "natural" if left out. */
  readonly order?: OrderOption;
  /** Widths of the hidden layers; [64, 64] if left out. */
  readonly hidden?: readonly number[];
}

/** A conditioner whose outputs for a number depend on the numbers before it only. */
export interface AutoregressiveConditioner extends Conditioner {
  /** The groups of numbers, the first first; outputs depend on inputs of groups before their own. */
  readonly order: readonly (readonly number[])[];
}

/**
 * Masked autoencoder for distribution estimation: a perceptron with weights left out so that the P outputs of each
 * number depend only on the numbers before it in the order, and on the context.
 *
 * Each unit has a degree: an input or output the place of its group in the order, 1 … L; hidden units take turns in
 * 1 … L − 1, with a context in 0 … L − 1; a context has degree 0. A unit is connected to those of the layer before
 * whose degree is not larger than its own, an output only to smaller ones.
 *
 * [...batch, D] → [...batch, D·P]; outputs i·P … i·P + P − 1 belong to number i. The last layer starts at 0.
 *
 * @throws RangeError if a size is no whole number ≥ 1, the order does not name each input once, or a hidden layer has
 *   fewer units than the order has different degrees for them, which would cut dependencies off.
 * @throws ShapeError when applied to inputs or a context of another size.
 * @see Germain, Gregor, Murray, Larochelle 2015, "MADE", arXiv:1502.03509v2, section 4.
 */
export function made(options: MadeOptions): AutoregressiveConditioner {
  checkOptions("made", options, "made({ inputs: 2, parameters: 2 })", {
    inputs: aSize,
    parameters: aSize,
    order: anything,
    hidden: listOf(aSize),
    activation: anActivation,
    context: aSize,
    zeroLast: aFlag,
    seed: aSeed,
  });
  const { inputs, parameters } = options;
  checkSizes("made", { inputs, parameters });
  const order = groupsOf(options.order ?? "natural", inputs, "made");
  const config = {
    type: "made",
    inputs,
    parameters,
    order,
    hidden: options.hidden ?? [64, 64],
    ...completeOptions(options),
  };
  const { hidden, zeroLast, seed } = config;
  const nonlinearity = checkNetwork(config, { hidden });
  const degrees = degreesOf(order, config);
  const layers = degrees.slice(1).map((to, k) => {
    checkParameters("made", [degrees[k].length, to.length]);
    const last = k === hidden.length;
    const mask = new Float32Array(degrees[k].length * to.length);
    for (const [i, from] of degrees[k].entries()) {
      for (const [j, own] of to.entries()) mask[i * to.length + j] = Number(last ? from < own : from <= own);
    }
    const start = last && zeroLast ? "zero" : `made ${seed} ${k}`;
    return dense({ inputs: degrees[k].length, outputs: to.length, start, mask });
  });
  const apply = (rows: tf.Tensor) =>
    layers.reduce((x, layer, k) => layer.apply(k === 0 ? x : nonlinearity(x)), rows);
  return { order, ...vectorConditioner(config, { layers, outputs: inputs * parameters, apply }) };
}

/** The degrees of all units, layer by layer. */
function degreesOf(
  order: readonly (readonly number[])[],
  config: { inputs: number; parameters: number; hidden: readonly number[]; context: number },
): number[][] {
  const { inputs, parameters, hidden, context } = config;
  const own = Array<number>(inputs);
  for (const [place, group] of order.entries()) for (const i of group) own[i] = 1 + place;
  const least = context > 0 || order.length === 1 ? 0 : 1;
  const different = order.length - least;
  const tooNarrow = hidden.find((width) => width < different);
  if (tooNarrow !== undefined) {
    throw new RangeError(
      `made: expected hidden layers of at least ${different} units for this order; got one of ${tooNarrow}`,
    );
  }
  return [
    [...own, ...Array(context).fill(0)],
    ...hidden.map((width) => Array.from({ length: width }, (_, k) => least + (k % different))),
    own.flatMap((degree) => Array(parameters).fill(degree)),
  ];
}
