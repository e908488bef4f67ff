import type { Bijection } from "../bijections/bijection.ts";
import { checkVectorOptions } from "../bijections/building/check-dimensions.ts";
import { compositionOf } from "../bijections/composition/chain.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { dropAbsent } from "../ground/arguments/check-options.ts";
import { additive } from "../transformers/additive.ts";
import { halfCouplings, VECTOR_FLOW_KINDS, type VectorFlowOptions } from "./layers.ts";

/**
 * NICE: additive couplings of the halves of a vector in turns, and a learned scale of each number.
 *
 * [...batch, D] ↔ [...batch, D]; starts as the identity. 4 couplings if `layers` is left out. The couplings preserve
 * volume: logDet = Σ log |scale| nats.
 *
 * @throws RangeError if an option makes no sense, or there are fewer than 2 dimensions.
 * @throws ShapeError when applied to events or a context of another size.
 * @see Dinh, Krueger, Bengio 2014, "NICE", arXiv:1410.8516v6, sections 3.2 and 3.3.
 */
export function nice(options: VectorFlowOptions): Bijection {
  checkVectorOptions("nice", options, VECTOR_FLOW_KINDS);
  return compositionOf("nice", () => {
    const couplings = halfCouplings({ layers: 4, ...dropAbsent(options) }, additive());
    const scale = Array<number>(options.dimensions).fill(1);
    return [affine({ scale, shift: scale.map(() => 0) }), ...couplings];
  });
}
