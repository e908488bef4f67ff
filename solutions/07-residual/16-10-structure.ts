import { type Figure, jacobianFigure } from "flowlab/figure";

/** A matrix with its zeros in grey: for your two figures. */
export const patternFigure = (matrix: number[][]): Figure => jacobianFigure({ matrix, names: ["h′", "h"] });

/** ∂h′/∂h from A = ∂f₁/∂h₂ and B = ∂f₂/∂h₁′. */
export function denseJacobian(A: number[][], B: number[][]): number[][] {
  // BEGIN SOLUTION
  const unit = (i: number, j: number): number => (i === j ? 1 : 0);
  const upper = A.map((row, i) => [...A.map((_, j) => unit(i, j)), ...row]);
  const lower = B.map((row, i) => [
    ...row,
    ...B.map((_, j) => unit(i, j) + row.reduce((sum, b, k) => sum + b * A[k][j], 0)),
  ]);
  return [...upper, ...lower];
  // END SOLUTION
}

/** ∂h′/∂h from the slopes a of f₁ and b of f₂, which work number by number. */
export function elementwiseJacobian(a: number[], b: number[]): number[][] {
  // BEGIN SOLUTION
  const diagonal = (list: number[]): number[][] => list.map((v, i) => list.map((_, j) => (i === j ? v : 0)));
  return denseJacobian(diagonal(a), diagonal(b));
  // END SOLUTION
}

/** Where (i) has its zeros. */
export function denseFigure(): Figure {
  // BEGIN SOLUTION
  const full = Array.from({ length: 4 }, () => [1, 1, 1, 1]);
  return patternFigure(denseJacobian(full, full));
  // END SOLUTION
}

/** Where (ii) has its zeros. */
export function elementwiseFigure(): Figure {
  // BEGIN SOLUTION
  return patternFigure(elementwiseJacobian([1, 1, 1, 1], [1, 1, 1, 1]));
  // END SOLUTION
}
