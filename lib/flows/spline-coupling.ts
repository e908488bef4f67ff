import type { Bijection } from "../bijections/bijection.ts";
import { checkVectorOptions } from "../bijections/building/check-dimensions.ts";
import { compositionOf } from "../bijections/composition/chain.ts";
import { dropAbsent } from "../ground/arguments/check-options.ts";
import { aFew, aNumber } from "../ground/arguments/kinds.ts";
import { rationalQuadratic } from "../transformers/splines/rational-quadratic.ts";
import { halfCouplings, VECTOR_FLOW_KINDS, type VectorFlowOptions } from "./layers.ts";

/** Options of {@link splineCoupling}. */
export interface SplineCouplingOptions extends VectorFlowOptions {
  /** Bins of each spline; 8 if left out. */
  readonly bins?: number;
  /** Where numbers are transformed: [−interval, interval]; outside they stay as they are. 4 if left out. */
  readonly interval?: number;
}

/**
 * Neural spline flow: couplings of the halves of a vector in turns, by rational-quadratic splines.
 *
 * [...batch, D] ↔ [...batch, D]; starts as the identity. 4 couplings if `layers` is left out.
 *
 * @throws RangeError if an option makes no sense, or there are fewer than 2 dimensions.
 * @throws ShapeError when applied to events or a context of another size.
 * @see Durkan, Bekasov, Murray, Papamakarios 2019, "Neural Spline Flows", arXiv:1906.04032v2, section 3.
 */
export function splineCoupling(options: SplineCouplingOptions): Bijection {
  checkVectorOptions("splineCoupling", options, { ...VECTOR_FLOW_KINDS, bins: aFew, interval: aNumber });
  const { bins = 8, interval = 4 } = options;
  return compositionOf("splineCoupling", () => {
    const transformer = rationalQuadratic({ bins, interval: [-interval, interval] });
    return halfCouplings({ layers: 4, ...dropAbsent(options) }, transformer);
  });
}
