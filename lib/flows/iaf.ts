import { SOLVER_KINDS, type SolverOptions } from "../bijections/autoregressive/solver.ts";
import type { Bijection } from "../bijections/bijection.ts";
import { checkVectorOptions } from "../bijections/building/check-dimensions.ts";
import { compositionOf } from "../bijections/composition/chain.ts";
import { invert } from "../bijections/composition/invert.ts";
import type { VectorFlowOptions } from "./layers.ts";
import { VECTOR_FLOW_KINDS } from "./layers.ts";
import { maf } from "./maf.ts";

/**
 * Inverse autoregressive flow: the layers of {@link maf} with their directions exchanged, so that a sample and its
 * log-density take one pass through each conditioner, and the density at other points D, or by the solver "jacobi" as many
 * as its residual asks for.
 *
 * [...batch, D] ↔ [...batch, D]; starts as the identity. 5 layers if `layers` is left out.
 *
 * @throws RangeError if an option makes no sense.
 * @throws ShapeError when applied to events or a context of another size.
 * @see Kingma et al. 2016, arXiv:1606.04934v2; Prince, Understanding Deep Learning, section 16.3.5.
 */
export function iaf(options: VectorFlowOptions & SolverOptions): Bijection {
  checkVectorOptions("iaf", options, { ...VECTOR_FLOW_KINDS, ...SOLVER_KINDS });
  return compositionOf("iaf", () => (maf(options).parts ?? []).map(invert));
}
