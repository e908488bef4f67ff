import { activations } from "./activation.ts";
import { dense } from "./dense.ts";
import type { Network } from "./network.ts";
import type { Weights } from "./weights.ts";

/** What a {@link exactMade} is made of. */
export interface MaskedOptions {
  /** Groups of numbers, the first generated first. */
  readonly order: readonly (readonly number[])[];
  /** Outputs of each number. */
  readonly parameters: number;
  readonly hidden: readonly number[];
  readonly context?: number[];
}

/**
 * MADE with tanh between its layers: connections from each unit to those that may know of it, and to no others.
 *
 * The degree of a unit is the last place of the order, from 1, that it may know of. An input knows its own place, a
 * context 0; hidden units take turns in those before the last; an output must know less than its place.
 *
 * @see Germain, Gregor, Murray, Larochelle 2015, "MADE", arXiv:1502.03509v2, section 4.
 */
export function exactMade(read: Weights, options: MaskedOptions): Network {
  const { order, parameters, hidden, context = [] } = options;
  const places = order.flat().map((_, i) => 1 + order.findIndex((group) => group.includes(i)));
  const least = context.length > 0 ? 0 : 1;
  const turns = (k: number) => least + (k % (order.length - least));
  const degrees = [
    [...places, ...context.map(() => 0)],
    ...hidden.map((width) => Array.from({ length: width }, (_, k) => turns(k))),
  ];
  const layers = hidden.map((_, k) => dense(read, (i, j) => degrees[k][i] <= degrees[k + 1][j]));
  const last = dense(read, (i, j) => degrees[hidden.length][i] < places[Math.floor(j / parameters)]);
  return (input) =>
    last(layers.reduce((values, layer) => layer(values).map(activations.tanh), [...input, ...context]));
}
