import type { Bijection } from "../bijections/bijection.ts";
import { checkVectorOptions } from "../bijections/building/check-dimensions.ts";
import { compositionOf } from "../bijections/composition/chain.ts";
import { batchNorm } from "../bijections/normalization/batch-norm.ts";
import { dropAbsent } from "../ground/arguments/check-options.ts";
import { aFlag } from "../ground/arguments/kinds.ts";
import { affineTransformer } from "../transformers/affine.ts";
import { halfCouplings, VECTOR_FLOW_KINDS, type VectorFlowOptions } from "./layers.ts";

/**
 * RealNVP for vectors: affine couplings of the halves of a vector in turns.
 *
 * [...batch, D] ↔ [...batch, D]; starts as the identity. 8 couplings if `layers` is left out.
 *
 * @param options.batchNorm Whether a {@link batchNorm} stands after each coupling; false if left out.
 * @throws RangeError if an option makes no sense, or there are fewer than 2 dimensions.
 * @throws ShapeError when applied to events or a context of another size.
 * @see Dinh, Sohl-Dickstein, Bengio 2017, "Density estimation using Real NVP", arXiv:1605.08803v3, section 3.
 */
export function realNVP(options: VectorFlowOptions & { readonly batchNorm?: boolean }): Bijection {
  checkVectorOptions("realNVP", options, { ...VECTOR_FLOW_KINDS, batchNorm: aFlag });
  const { dimensions, batchNorm: normalizes = false } = options;
  const between = () => (normalizes ? [batchNorm({ dimensions })] : []);
  const settings = { layers: 8, ...dropAbsent(options) };
  return compositionOf("realNVP", () => halfCouplings(settings, affineTransformer(), between));
}
