import { checkOptions } from "../../ground/arguments/check-options.ts";
import { aFew, aNumber, aSeed, aSize, listOf } from "../../ground/arguments/kinds.ts";
import { checkSizes } from "../dense.ts";
import type { Contraction } from "./contraction.ts";
import { denseMap } from "./linear-map.ts";
import {
  type ContractionOptions,
  checkContraction,
  completeContraction,
  contractiveNetwork,
} from "./network.ts";
import { aSmoothActivation } from "./smooth-activation.ts";

/** Architecture of a {@link contractiveMlp}. */
export interface ContractiveMlpOptions extends ContractionOptions {
  /** Numbers of an event, D: as many go in as come out. */
  readonly dimensions: number;
  /** Widths of the hidden layers; [64, 64] if left out. */
  readonly hidden?: readonly number[];
}

/**
 * Multilayer perceptron with a Lipschitz constant below 1: f(z) = Ŵ_K a(… a(Ŵ₁ z + b₁) …) + b_K.
 *
 * Ŵ_k = W_k/max(1, σ_k/L^{1/K}), σ_k being the spectral norm of W_k as its power iteration knows it, and |a′| ≤ 1: so f
 * stretches no distance by more than Π_k L^{1/K} = L. It is the largest *singular* value that counts: a matrix whose
 * eigenvalues are all 0 may stretch by any factor.
 *
 * Weights and biases start uniform on ±1/√(inputs of their layer).
 *
 * @throws RangeError if a size is no whole number ≥ 1, or L is not between 0 and 1.
 * @see Behrmann, Grathwohl, Chen, Duvenaud, Jacobsen 2019, "Invertible Residual Networks", arXiv:1811.00995v3, section 2.1;
 *   Prince, Understanding Deep Learning, section 16.3.7.
 */
export function contractiveMlp(options: ContractiveMlpOptions): Contraction {
  checkOptions("contractiveMlp", options, "contractiveMlp({ dimensions: 2 })", {
    dimensions: aSize,
    hidden: listOf(aSize),
    lipschitz: aNumber,
    activation: aSmoothActivation,
    powerIterations: aFew,
    seed: aSeed,
  });
  const config = {
    type: "contractiveMlp",
    dimensions: options.dimensions,
    hidden: options.hidden ?? [64, 64],
    ...completeContraction(options),
  };
  const { dimensions, hidden, seed } = config;
  checkSizes("contractiveMlp", { dimensions, hidden });
  checkContraction("contractiveMlp", config);
  const widths = [dimensions, ...hidden, dimensions];
  return contractiveNetwork(
    config,
    widths.slice(1).map((width, k) => denseMap(widths[k], width, `contractiveMlp ${seed} ${k}`)),
  );
}
