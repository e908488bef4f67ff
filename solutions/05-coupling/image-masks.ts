/** 1 for each number of an image that changes under a checkerboard mask, else 0; row by row, pixel by pixel. */
export function checkerboard(height: number, width: number, channels: number, parity: number): number[] {
  // BEGIN SOLUTION
  const mask: number[] = [];
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++)
      for (let c = 0; c < channels; c++) mask.push((i + j) % 2 === parity ? 1 : 0);
  return mask;
  // END SOLUTION
}

/** The same for one half of the channels, the first if `half` is 0, the second if it is 1. */
export function channelHalf(height: number, width: number, channels: number, half: number): number[] {
  // BEGIN SOLUTION
  const changes = (c: number): boolean => (half === 0 ? c < channels / 2 : c >= channels / 2);
  return Array.from({ length: height * width * channels }, (_, at) => (changes(at % channels) ? 1 : 0));
  // END SOLUTION
}

/** Six masks, one in each row: three checkerboards, and three halves of the channels of the squeezed image. */
export function realNVPMasks(height: number, width: number, channels: number): number[][] {
  // BEGIN SOLUTION
  // Where each number of the image stands in the squeezed one.
  const squeezed: number[] = [];
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++)
      for (let c = 0; c < channels; c++) {
        const pixel = Math.floor(i / 2) * (width / 2) + Math.floor(j / 2);
        const channel = (2 * (i % 2) + (j % 2)) * channels + c;
        squeezed.push(pixel * 4 * channels + channel);
      }
  const halfOf = (half: number): number[] => {
    const mask = channelHalf(height / 2, width / 2, 4 * channels, half);
    return squeezed.map((at) => mask[at]);
  };
  const board = (parity: number): number[] => checkerboard(height, width, channels, parity);
  return [board(0), board(1), board(0), halfOf(0), halfOf(1), halfOf(0)];
  // END SOLUTION
}
