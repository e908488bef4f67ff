import { activations } from "./activation.ts";
import { dense } from "./dense.ts";
import type { Network } from "./network.ts";
import type { Weights } from "./weights.ts";

/** Multilayer perceptron: tanh between its layers. */
export function exactMlp(read: Weights, layers: number): Network {
  const all = Array.from({ length: layers }, () => dense(read));
  return (input) =>
    all.reduce((values, layer, k) => layer(k === 0 ? values : values.map(activations.tanh)), input);
}
