/** A multiscale flow of square grey pictures, with a row of log-scales and one of shifts for each level. */
export function multiscaleFlow(
  S: number[][],
  T: number[][],
): {
  inverse(x: number[]): number[];
  forward(z: number[]): number[];
  logDensity(x: number[]): number;
} {
  // BEGIN SOLUTION
  // The Haar matrix is its own inverse.
  const haar = ([a, b, c, d]: number[]): number[] => [
    (a + b + c + d) / 2,
    (a - b + c - d) / 2,
    (a + b - c - d) / 2,
    (a - b - c + d) / 2,
  ];
  /** Places of each block's pixels in a picture of this side. */
  const blocksOf = (side: number): number[][] => {
    const blocks: number[][] = [];
    for (let row = 0; row < side; row += 2)
      for (let column = 0; column < side; column += 2) {
        const corner = row * side + column;
        blocks.push([corner, corner + 1, corner + side, corner + side + 1]);
      }
    return blocks;
  };

  const inverse = (x: number[]): number[] => {
    const z: number[] = [];
    let picture = x;
    for (const [level, scales] of S.entries()) {
      const next: number[] = [];
      for (const block of blocksOf(Math.sqrt(picture.length))) {
        const channels = haar(block.map((at) => picture[at]));
        const [first, ...rest] = channels.map((y, k) => (y - T[level][k]) * Math.exp(-scales[k]));
        next.push(first);
        z.push(...rest);
      }
      picture = next;
    }
    return [...z, ...picture];
  };

  const forward = (z: number[]): number[] => {
    let end = z.length - z.length / 4 ** S.length;
    let picture = z.slice(end);
    for (let level = S.length - 1; level >= 0; level--) {
      const start = end - 3 * picture.length;
      const finer = new Array<number>(4 * picture.length);
      for (const [n, block] of blocksOf(2 * Math.sqrt(picture.length)).entries()) {
        const latents = [picture[n], ...z.slice(start + 3 * n, start + 3 * n + 3)];
        const pixels = haar(latents.map((v, k) => v * Math.exp(S[level][k]) + T[level][k]));
        for (const [j, at] of block.entries()) finer[at] = pixels[j];
      }
      picture = finer;
      end = start;
    }
    return picture;
  };

  const logDensity = (x: number[]): number => {
    const base = inverse(x).reduce((sum, v) => sum - (v * v + Math.log(2 * Math.PI)) / 2, 0);
    // The scales of a level count at each of its places.
    return S.reduce((sum, scales, level) => {
      const places = x.length / 4 ** (level + 1);
      return sum - places * scales.reduce((total, s) => total + s, 0);
    }, base);
  };

  return { inverse, forward, logDensity };
  // END SOLUTION
}
