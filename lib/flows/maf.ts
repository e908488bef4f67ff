import { autoregressive } from "../bijections/autoregressive/autoregressive.ts";
import { SOLVER_KINDS, type SolverOptions, solverOptions } from "../bijections/autoregressive/solver.ts";
import type { Bijection } from "../bijections/bijection.ts";
import { checkVectorOptions } from "../bijections/building/check-dimensions.ts";
import { compositionOf } from "../bijections/composition/chain.ts";
import { batchNorm } from "../bijections/normalization/batch-norm.ts";
import { made } from "../conditioners/made.ts";
import { aFew, aFlag } from "../ground/arguments/kinds.ts";
import { affineTransformer } from "../transformers/affine.ts";
import { mixtureNormalCdf } from "../transformers/mixtures/mixture-normal-cdf.ts";
import { layersOf, networkOptions, VECTOR_FLOW_KINDS, type VectorFlowOptions } from "./layers.ts";

/** What a {@link maf} is told. */
export interface MafOptions extends VectorFlowOptions, SolverOptions {
  /** Whether a {@link batchNorm} stands after each layer; false if left out. */
  readonly batchNorm?: boolean;
  /**
   * If given, one more layer stands next to the base, a {@link mixtureNormalCdf} of so many components: on a standard normal
   * base, MAF MoG. Its samples are solved for number by number, outside of compiled graphs.
   */
  readonly components?: number;
}

/**
 * Masked autoregressive flow: affine autoregressive layers in natural and reversed order in turns.
 *
 * [...batch, D] ↔ [...batch, D]; starts as the identity. 5 layers if `layers` is left out. A density takes one pass
 * through each conditioner, a sample D; with the solver "jacobi" as many as its residual asks for, each layer by itself.
 *
 * @throws RangeError if an option makes no sense.
 * @throws ShapeError when applied to events or a context of another size.
 * @see Papamakarios, Pavlakou, Murray 2017, "Masked Autoregressive Flow for Density Estimation", arXiv:1705.07057v4,
 *   section 3, equations 3 to 5, and section 4.1 for MAF MoG, which has 10 components; Prince, Understanding Deep Learning, section 16.3.4.
 */
export function maf(options: MafOptions): Bijection {
  checkVectorOptions("maf", options, {
    ...VECTOR_FLOW_KINDS,
    ...SOLVER_KINDS,
    batchNorm: aFlag,
    components: aFew,
  });
  const { dimensions, layers = 5, batchNorm: normalizes = false, components } = options;
  const isMixed = components !== undefined;
  return compositionOf("maf", () =>
    layersOf({ ...options, layers: isMixed ? layers + 1 : layers }, (k, seed) => {
      // The layer next to the base makes the mixtures.
      const transformer = isMixed && k === 0 ? mixtureNormalCdf({ components }) : affineTransformer();
      const { parameters } = transformer;
      const order = k % 2 === 0 ? "natural" : "reverse";
      const conditioner = made({ ...networkOptions(options), inputs: dimensions, parameters, order, seed });
      return [
        autoregressive({ transformer, conditioner, ...solverOptions(options) }),
        ...(normalizes ? [batchNorm({ dimensions })] : []),
      ];
    }),
  );
}
