import { type Figure, lineFigure } from "flowlab/figure";

/** A line through the points (x, y): for your two figures. */
export const curveFigure = (x: number[], y: number[], xTitle: string, yTitle: string): Figure =>
  lineFigure({ series: [{ x, y }], xTitle, yTitle });

/** Equation 16.33, corrected: square roots in bins of equal width. */
export function squareRoots(h: number, phi: number[]): number {
  // BEGIN SOLUTION
  const K = phi.length;
  const bin = Math.min(Math.floor(K * h), K - 1);
  let before = 0;
  for (let k = 0; k < bin; k++) before += Math.sqrt(phi[k]);
  return before + Math.sqrt((K * h - bin) * phi[bin]);
  // END SOLUTION
}

/** The h that it takes to x. */
export function squareRootsInverse(x: number, phi: number[]): number {
  // BEGIN SOLUTION
  const K = phi.length;
  let bin = 0;
  let before = 0;
  while (bin < K - 1 && x > before + Math.sqrt(phi[bin])) {
    before += Math.sqrt(phi[bin]);
    bin += 1;
  }
  return (bin + (x - before) ** 2 / phi[bin]) / K;
  // END SOLUTION
}

/** f for the φ of the task */
export function forwardFigure(): Figure {
  // BEGIN SOLUTION
  const h = Array.from({ length: 501 }, (_, i) => i / 500);
  const image = h.map((value) => squareRoots(value, [0.1, 0.2, 0.5, 0.1, 0.1]));
  return curveFigure(h, image, "h", "h′ = f[h, φ]");
  // END SOLUTION
}

/** f⁻¹ for the same φ */
export function inverseFigure(): Figure {
  // BEGIN SOLUTION
  const phi = [0.1, 0.2, 0.5, 0.1, 0.1];
  const end = squareRoots(1, phi);
  const x = Array.from({ length: 501 }, (_, i) => (end * i) / 500);
  const preimage = x.map((value) => squareRootsInverse(value, phi));
  return curveFigure(x, preimage, "h′", "h = f⁻¹[h′, φ]");
  // END SOLUTION
}
