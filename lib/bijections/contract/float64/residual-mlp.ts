import { activations } from "./activation.ts";
import { dense } from "./dense.ts";
import type { Network } from "./network.ts";
import type { Weights } from "./weights.ts";

/** Residual perceptron: h ← h + W′ tanh(W tanh(h) + b) + b′ in each block, with a linear layer before and after. */
export function exactResidualMlp(read: Weights, blocks: number): Network {
  const first = dense(read);
  const inner = Array.from({ length: blocks }, () => [dense(read), dense(read)]);
  const last = dense(read);
  const activate = (values: number[]) => values.map(activations.tanh);
  return (input) =>
    last(
      inner.reduce((h, [near, far]) => {
        const change = far(activate(near(activate(h))));
        return h.map((v, i) => v + change[i]);
      }, first(input)),
    );
}
