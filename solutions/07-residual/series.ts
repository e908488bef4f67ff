/** Σ (−1)^{k+1} tr(A^k)/k for k up to `terms`, from products with the unit vectors. */
export function seriesLogDet(product: (v: number[]) => number[], dimensions: number, terms: number): number {
  // BEGIN SOLUTION
  let sum = 0;
  for (let i = 0; i < dimensions; i++) {
    let power: number[] = Array.from({ length: dimensions }, (_, j) => (i === j ? 1 : 0));
    for (let k = 1; k <= terms; k++) {
      power = product(power);
      sum += ((k % 2 === 1 ? 1 : -1) * power[i]) / k;
    }
  }
  return sum;
  // END SOLUTION
}

/** The same with estimates of the traces, from products with the vectors of `noise`. */
export function estimateLogDet(product: (v: number[]) => number[], noise: number[][], terms: number): number {
  // BEGIN SOLUTION
  let sum = 0;
  for (const epsilon of noise) {
    let power = epsilon;
    for (let k = 1; k <= terms; k++) {
      power = product(power);
      const estimate = epsilon.reduce((total, v, i) => total + v * power[i], 0);
      sum += ((k % 2 === 1 ? 1 : -1) * estimate) / k;
    }
  }
  return sum / noise.length;
  // END SOLUTION
}

/** How far the first terms may be from log det(I + A), if A lengthens no vector by more than `norm`. */
export function remainderBound(norm: number, dimensions: number, terms: number): number {
  // BEGIN SOLUTION
  return (dimensions * norm ** (terms + 1)) / ((terms + 1) * (1 - norm));
  // END SOLUTION
}
