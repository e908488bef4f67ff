import { activations, logistic } from "./activation.ts";
import { convolution, type Grid, scaledConvolution } from "./convolution.ts";
import type { Network } from "./network.ts";
import type { Weights } from "./weights.ts";

/** Gated residual convolutions: h ← h + u·σ(v) with (u, v) = V ∗ elu(W ∗ elu(h)) in each block. */
export function exactGatedConvNet(read: Weights, grid: Grid, blocks: number): Network {
  const first = convolution(read, grid, 3);
  const inner = Array.from({ length: blocks }, () => [
    convolution(read, grid, 3),
    convolution(read, grid, 1),
  ]);
  const last = scaledConvolution(read, grid, 3);
  const activate = (image: number[]) => image.map(activations.elu);
  return (image) => {
    const hidden = inner.reduce((h, [filter, gate]) => {
      const both = gate(activate(filter(activate(h))));
      const width = h.length / (grid.height * grid.width);
      return h.map((v, i) => v + gatedChange(both, i, width));
    }, first(image));
    return last(activate(hidden));
  };
}

/** Of a pixel's 2·width numbers, the first half are the changes, the second the gates. */
function gatedChange(both: readonly number[], i: number, width: number): number {
  const start = Math.floor(i / width) * 2 * width + (i % width);
  return both[start] * logistic(both[start + width]);
}
