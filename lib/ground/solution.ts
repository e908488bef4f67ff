/** The worst case over a batch that was solved iteratively; of a {@link chain}, over its iterative parts. */
export type Solution = {
  /** Iterations used. */
  readonly iterations: number;
  /** Largest |f(solution) − target|, where f is the map that was solved: in a chain, each part for itself. */
  readonly residual: number;
  /**
   * Proven bound of the largest difference between a number of the value and of the true one, that of a chain at its
   * end; Infinity where none is known. What rounding to float32 adds is not counted.
   */
  readonly errorBound: number;
};
