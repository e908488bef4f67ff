/** The image with each block of 2 × 2 pixels as one place of four times as many channels, in one of three orders. */
export function squeezeImage(image: number[], width: number, channels: number, order: number): number[] {
  // BEGIN SOLUTION
  const diagonals = [0, 2, 3, 1];
  const squeezed = image.map(() => 0);
  image.forEach((value, at) => {
    const [pixel, c] = [Math.floor(at / channels), at % channels];
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    const block = Math.floor(row / 2) * (width / 2) + Math.floor(column / 2);
    const inBlock = 2 * (row % 2) + (column % 2);
    const channel =
      order === 1 ? 4 * c + inBlock : (order === 2 ? diagonals[inBlock] : inBlock) * channels + c;
    squeezed[block * 4 * channels + channel] = value;
  });
  return squeezed;
  // END SOLUTION
}

/** The image again; width and channels are those before squeezing. */
export function unsqueezeImage(squeezed: number[], width: number, channels: number, order: number): number[] {
  // BEGIN SOLUTION
  // Squeezing the places instead of the numbers tells where each number has come from.
  const places = squeezed.map((_, at) => at);
  const image = squeezed.map(() => 0);
  for (const [to, from] of squeezeImage(places, width, channels, order).entries()) image[from] = squeezed[to];
  return image;
  // END SOLUTION
}
