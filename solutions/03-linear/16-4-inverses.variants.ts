/** The solution with other matrices: column by column, by substitution from above. */
export function solved({
  omega1,
  omega2,
}: {
  readonly omega1: readonly (readonly number[])[];
  readonly omega2: readonly (readonly number[])[];
}) {
  const product = (omega: typeof omega1): number =>
    omega.reduce((sum, row, i) => sum * (row[i] as number), 1);
  return {
    inverse1: () => omega1.map((row, i) => row.map((value, j) => (i === j ? 1 / value : 0))),
    determinant1: () => product(omega1),
    inverse2: () => triangularInverse(omega2),
    determinant2: () => product(omega2),
  };
}

function triangularInverse(omega: readonly (readonly number[])[]): number[][] {
  const inverse: number[][] = omega.map(() => []);
  for (const [i, row] of omega.entries())
    for (const j of omega.keys()) {
      let rest = i === j ? 1 : 0;
      for (let k = 0; k < i; k++) rest -= (row[k] as number) * (inverse[k]?.[j] as number);
      (inverse[i] as number[])[j] = rest / (row[i] as number);
    }
  return inverse;
}
