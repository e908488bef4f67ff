import type { Solution } from "./solution.ts";

/** The worst of several solutions in each respect; without any, one that took no iteration and has no error. */
export function worstSolution(solutions: Iterable<Solution>): Solution {
  let [iterations, residual, errorBound] = [0, 0, 0];
  for (const one of solutions) {
    iterations = Math.max(iterations, one.iterations);
    residual = Math.max(residual, one.residual);
    errorBound = Math.max(errorBound, one.errorBound);
  }
  return { iterations, residual, errorBound };
}
