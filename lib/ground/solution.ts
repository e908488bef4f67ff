/** The worst case over a batch that was solved iteratively; of a {@link chain}, over its iterative parts. */
export type Solution = {
  /** Iterations used. */
  readonly iterations: number;
  /** Largest |f(solution) − target|, where f is the map that was solved: in a chain, each part for itself. */
  readonly residual: number;
  /**
   * Proven bound of the largest difference between a number of the value and of the true one, that of a chain at its end;
   * Infinity where none is known, as in a compiled graph. What rounding to float32 adds is not counted.
   *
   * It is a worst case; how good the solution is, the residual tells. Of a contraction by L it is L/(1 − L) times the last
   * change, and a chain multiplies it by what each later part can stretch at most: as L comes near 1 it grows beyond all
   * bounds while the residual stays at rounding.
   */
  readonly errorBound: number;
};
