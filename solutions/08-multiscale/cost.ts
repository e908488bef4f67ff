/** On how many numbers each level works, the finest first. */
export function numbersPerLevel(pixels: number, channels: number, levels: number, leaving: number): number[] {
  // BEGIN SOLUTION
  const numbers: number[] = [];
  let present = pixels * channels;
  for (let level = 1; level <= levels; level++) {
    numbers.push(present);
    if (leaving === 1) present /= 2;
  }
  return numbers;
  // END SOLUTION
}

/** How many multiplications one step takes at each level. */
export function workPerLevel(
  pixels: number,
  channels: number,
  levels: number,
  hidden: number,
  leaving: number,
): number[] {
  // BEGIN SOLUTION
  return numbersPerLevel(pixels, channels, levels, leaving).map((numbers, i) => {
    const places = pixels / 4 ** (i + 1);
    const own = numbers / places;
    const network = 9 * (own / 2) * hidden + hidden * hidden + 9 * hidden * own;
    return places * (own * own + network);
  });
  // END SOLUTION
}
