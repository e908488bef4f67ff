/** The mean of εᵀ A ε over the vectors of the noise; `product` gives A v. */
export function estimateTrace(product: (v: number[]) => number[], noise: number[][]): number {
  // BEGIN SOLUTION
  let sum = 0;
  for (const epsilon of noise) {
    const image = product(epsilon);
    for (let i = 0; i < epsilon.length; i++) sum += epsilon[i] * image[i];
  }
  return sum / noise.length;
  // END SOLUTION
}

/** A sign for each uniform number: −1 below ½, else 1. */
export function drawSigns(u: number[]): number[] {
  // BEGIN SOLUTION
  return u.map((v) => (v < 0.5 ? -1 : 1));
  // END SOLUTION
}

/** The variance of the estimate with so many vectors of standard normal numbers. */
export function gaussianVariance(A: number[][], samples: number): number {
  // BEGIN SOLUTION
  let sum = 0;
  for (let i = 0; i < A.length; i++) for (let j = 0; j < A.length; j++) sum += ((A[i][j] + A[j][i]) / 2) ** 2;
  return (2 * sum) / samples;
  // END SOLUTION
}

/** The variance of the estimate with so many vectors of signs. */
export function rademacherVariance(A: number[][], samples: number): number {
  // BEGIN SOLUTION
  let sum = 0;
  for (let i = 0; i < A.length; i++) for (let j = 0; j < i; j++) sum += (A[i][j] + A[j][i]) ** 2;
  return sum / samples;
  // END SOLUTION
}
