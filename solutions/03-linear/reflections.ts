/** h, mirrored by each of the vectors in turn, the first one first. */
export function reflectAll(vectors: number[][], h: number[]): number[] {
  // BEGIN SOLUTION
  const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
  return vectors.reduce((point, v) => {
    const along = (2 * dot(v, point)) / dot(v, v);
    return point.map((value, i) => value - along * v[i]);
  }, h);
  // END SOLUTION
}

/** The h that reflectAll takes to x. */
export function reflectBack(vectors: number[][], x: number[]): number[] {
  // BEGIN SOLUTION
  return reflectAll([...vectors].reverse(), x);
  // END SOLUTION
}
