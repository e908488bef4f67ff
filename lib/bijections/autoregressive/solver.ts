import type { Kinds } from "../../ground/arguments/check-options.ts";
import { aNumber, oneOf } from "../../ground/arguments/kinds.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";

/** How the direction of an autoregressive map is computed that has no closed form. */
export type Solver = "sequential" | "jacobi";

/** The choice of a solver. */
export interface SolverOptions {
  /**
   * How numbers are generated (by {@link iaf}, normalized). "sequential", the default: the groups of the order one after
   * the other. "jacobi": all at once, in passes until the residual ‖f⁻¹(x) − z‖ is within the tolerance, as many as there
   * are groups at most, after which it is what "sequential" gives. Both are exact but for the rounding of float32, which each
   * number hands on to those after it: where a map stretches, their `residual` and their distance to the true x are above 0.
   */
  readonly solver?: Solver;
  /** The residual at which "jacobi" stops: the largest difference of any number of any event; 1e-5 if left out. */
  readonly tolerance?: number;
}

/** What each of these options is. */
export const SOLVER_KINDS: Kinds<SolverOptions> = {
  solver: oneOf("sequential", "jacobi"),
  tolerance: aNumber,
};

/**
 * The choice, with its defaults.
 *
 * @throws RangeError if the solver is unknown, or the tolerance is negative, not finite, or of a solver without one.
 */
export function solvingOf(who: string, { solver = "sequential", tolerance }: SolverOptions) {
  if (solver !== "sequential" && solver !== "jacobi") {
    throw new RangeError(`${who}: expected the solver "sequential" or "jacobi"; got ${describe(solver)}`);
  }
  if (tolerance !== undefined && solver === "sequential") {
    throw new RangeError(
      `${who}: expected no tolerance with the solver "sequential", which iterates to none; got ${tolerance}`,
    );
  }
  if (tolerance !== undefined && !(tolerance >= 0 && tolerance < Infinity)) {
    throw new RangeError(`${who}: expected a tolerance ≥ 0; got ${tolerance}`);
  }
  return { solver, tolerance: tolerance ?? 1e-5 };
}

/** The options that concern the solver, without those that were left out. */
export function solverOptions({ solver, tolerance }: SolverOptions): SolverOptions {
  return { ...(solver !== undefined && { solver }), ...(tolerance !== undefined && { tolerance }) };
}
