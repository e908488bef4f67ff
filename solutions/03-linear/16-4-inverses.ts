/** The inverse of the diagonal matrix Ω₁, row by row. */
export function inverse1(): number[][] {
  // BEGIN SOLUTION
  return [
    [1 / 2, 0, 0, 0],
    [0, -1 / 5, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1 / 2],
  ];
  // END SOLUTION
}

/** The determinant of Ω₁, with its sign. */
export function determinant1(): number {
  // BEGIN SOLUTION
  return 2 * -5 * 1 * 2;
  // END SOLUTION
}

/** The inverse of the lower triangular matrix Ω₂, row by row. */
export function inverse2(): number[][] {
  // BEGIN SOLUTION
  return [
    [1, 0, 0, 0],
    [-1 / 2, 1 / 4, 0, 0],
    [-3 / 4, 1 / 8, 1 / 2, 0],
    [-13 / 2, 3 / 4, 1, 1],
  ];
  // END SOLUTION
}

/** The determinant of Ω₂, with its sign. */
export function determinant2(): number {
  // BEGIN SOLUTION
  return 1 * 4 * 2 * 1;
  // END SOLUTION
}
