/** A matrix has no inverse where one is needed. */
export class SingularMatrixError extends RangeError {
  override readonly name = "SingularMatrixError";
}

/** The error for a matrix [n, n]. */
export function singular(n: number, cause?: unknown): SingularMatrixError {
  return new SingularMatrixError(
    `expected an invertible matrix; got one of shape [${n},${n}] that is singular or holds numbers that are not finite`,
    { cause },
  );
}
