/** The z that the leaky ReLU takes to x. */
export function leakyInverse(x: number): number {
  // BEGIN SOLUTION
  return x < 0 ? 10 * x : x;
  // END SOLUTION
}

/** One over the absolute determinant of the Jacobian of the leaky ReLU of each number of z. */
export function inverseDeterminant(z: number[]): number {
  // BEGIN SOLUTION
  return 10 ** z.filter((value) => value < 0).length;
  // END SOLUTION
}
