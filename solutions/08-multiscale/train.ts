/** A multiscale flow of pictures of 8 × 8 pixels, fitted to data. */
export function fitMultiscale(pictures: number[][]): {
  inverse(x: number[]): number[];
  forward(z: number[]): number[];
  logDensity(pictures: number[][]): number[];
} {
  // BEGIN SOLUTION
  // Sums and differences of a block, halved: their own inverse.
  const haar = ([a, b, c, d]: number[]): number[] => [
    (a + b + c + d) / 2,
    (a - b + c - d) / 2,
    (a + b - c - d) / 2,
    (a - b - c + d) / 2,
  ];
  const blocksOf = (side: number): number[][] => {
    const blocks: number[][] = [];
    for (let row = 0; row < side; row += 2)
      for (let column = 0; column < side; column += 2) {
        const corner = row * side + column;
        blocks.push([corner, corner + 1, corner + side, corner + side + 1]);
      }
    return blocks;
  };
  const SIDES = [8, 4, 2];
  const blocks = SIDES.map(blocksOf);

  /** For each level the picture of the first channels, and the channels of each block. */
  const cut = (picture: number[]): { coarse: number[]; channels: number[][] }[] => {
    const levels: { coarse: number[]; channels: number[][] }[] = [];
    let fine = picture;
    for (const own of blocks) {
      const channels = own.map((block) => haar(block.map((at) => fine[at])));
      fine = channels.map(([first]) => first);
      levels.push({ coarse: fine, channels });
    }
    return levels;
  };

  /** What steers channel k of a block: the coarse numbers around it, and its channels before k. */
  const features = (coarse: number[], channels: number[], block: number, k: number): number[] => {
    const side = Math.sqrt(coarse.length);
    const [row, column] = [Math.floor(block / side), block % side];
    const near = coarse.filter(
      (_, at) => Math.abs(Math.floor(at / side) - row) <= 1 && Math.abs((at % side) - column) <= 1,
    );
    return [1, ...near, ...channels.slice(1, k)];
  };
  const dot = (a: number[], b: number[]): number => a.reduce((sum, v, i) => sum + v * b[i], 0);

  /** Weights of the least sum of squares, by elimination. */
  const leastSquares = (rows: number[][], values: number[]): number[] => {
    const size = rows[0].length;
    const A = Array.from({ length: size }, (_, i) => [
      ...Array.from({ length: size }, (__, j) =>
        rows.reduce((sum, row) => sum + row[i] * row[j], i === j ? 0.01 : 0),
      ),
      rows.reduce((sum, row, n) => sum + row[i] * values[n], 0),
    ]);
    for (let k = 0; k < size; k++)
      for (let i = 0; i < size; i++) {
        if (i === k) continue;
        const factor = A[i][k] / A[k][k];
        for (let j = k; j <= size; j++) A[i][j] -= factor * A[k][j];
      }
    return A.map((row, i) => row[size] / row[i]);
  };

  // Each channel but the first is normal around a weighted sum of its features: maximum likelihood is least squares.
  const data = pictures.map(cut);
  const laws = blocks.map((own, level) =>
    own.map((_, block) =>
      [1, 2, 3].map((k) => {
        const rows = data.map((one) => features(one[level].coarse, one[level].channels[block], block, k));
        const values = data.map((one) => one[level].channels[block][k]);
        const weights = leastSquares(rows, values);
        const squares = values.map((v, n) => (v - dot(weights, rows[n])) ** 2);
        return { weights, deviation: Math.sqrt(squares.reduce((sum, v) => sum + v, 0) / squares.length) };
      }),
    ),
  );
  const tops = data.map((one) => one[2].coarse[0]);
  const mean = tops.reduce((sum, v) => sum + v, 0) / tops.length;
  const spread = Math.sqrt(tops.reduce((sum, v) => sum + (v - mean) ** 2, 0) / tops.length);
  const logDet = -laws.flat(2).reduce((sum, { deviation }) => sum + Math.log(deviation), Math.log(spread));

  const inverse = (x: number[]): number[] => {
    const levels = cut(x);
    const z = levels.flatMap(({ coarse, channels }, level) =>
      channels.flatMap((own, block) =>
        laws[level][block].map(
          ({ weights, deviation }, i) =>
            (own[i + 1] - dot(weights, features(coarse, own, block, i + 1))) / deviation,
        ),
      ),
    );
    return [...z, (levels[2].coarse[0] - mean) / spread];
  };

  const forward = (z: number[]): number[] => {
    let coarse = [z[63] * spread + mean];
    let end = 63;
    for (let level = 2; level >= 0; level--) {
      const start = end - 3 * coarse.length;
      const fine = new Array<number>(4 * coarse.length);
      for (const [block, places] of blocks[level].entries()) {
        const own = [coarse[block]];
        for (const [i, { weights, deviation }] of laws[level][block].entries())
          own.push(dot(weights, features(coarse, own, block, i + 1)) + deviation * z[start + 3 * block + i]);
        const pixels = haar(own);
        for (const [j, at] of places.entries()) fine[at] = pixels[j];
      }
      coarse = fine;
      end = start;
    }
    return coarse;
  };

  return {
    inverse,
    forward,
    logDensity: (rows: number[][]): number[] =>
      rows.map((x) => {
        const z = inverse(x);
        return logDet - z.reduce((sum, v) => sum + (v * v + Math.log(2 * Math.PI)) / 2, 0);
      }),
  };
  // END SOLUTION
}
