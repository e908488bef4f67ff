import type { Network } from "./network.ts";
import type { Weights } from "./weights.ts";

/** A linear layer, y = x W + b, of the two next variables; W [inputs, outputs] flattened, without what is left out. */
export function dense(read: Weights, isConnected?: (input: number, output: number) => boolean): Network {
  const [raw, biases] = [read.variable(), read.variable()];
  const outputs = biases.length;
  const matrix = isConnected
    ? raw.map((w, k) => (isConnected(Math.floor(k / outputs), k % outputs) ? w : 0))
    : raw;
  return (input) => {
    const result = biases.slice();
    for (let i = 0; i < input.length; i++) {
      for (let j = 0; j < outputs; j++) result[j] += input[i] * matrix[i * outputs + j];
    }
    return result;
  };
}
