import { activations } from "./activation.ts";
import { convolution, type Grid, scaledConvolution } from "./convolution.ts";
import type { Network } from "./network.ts";
import type { Weights } from "./weights.ts";

/** The network of Glow's couplings: 3×3, 1×1 and 3×3 filters, rectifiers between them. */
export function exactConvNet(read: Weights, grid: Grid): Network {
  const [first, middle] = [convolution(read, grid, 3), convolution(read, grid, 1)];
  const last = scaledConvolution(read, grid, 3);
  return (image) => last(middle(first(image).map(activations.relu)).map(activations.relu));
}
