/** What a conditioner computes for one event: flattened numbers to flattened parameters. */
export type Network = (input: number[]) => number[];

/** A network for vectors with the same context appended to every input. */
export function withContext(network: Network, context: number[]): Network {
  return (input) => network([...input, ...context]);
}

/** A network for vectors at each pixel of an image with so many channels, by itself. */
export function perPixel(network: Network, channels: number): Network {
  return (image) => pixels(image, channels).flatMap(network);
}

/** The context as further channels of every pixel. */
export function withContextChannels(network: Network, channels: number, context: number[]): Network {
  return (image) => network(pixels(image, channels).flatMap((pixel) => [...pixel, ...context]));
}

function pixels(image: number[], channels: number): number[][] {
  return Array.from({ length: image.length / channels }, (_, i) =>
    image.slice(i * channels, (i + 1) * channels),
  );
}
