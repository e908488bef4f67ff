/** A tensor whose shape does not fit what it is given to. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** A direction of a bijection that cannot be computed. */
export class NoInverseError extends Error {
  override readonly name = "NoInverseError";
}

/** A map is not defined at the numbers that it gets. */
export class DomainError extends RangeError {
  override readonly name = "DomainError";
}
