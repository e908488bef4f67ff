import type { Reference } from "../case.ts";

/** The first channels of each pixel go through `inner`, the others stay. */
export function exactSplit(inner: Reference, channels: number, kept: number): Reference {
  const isKept = (i: number) => i % channels < kept;
  const through = (image: number[], map: (part: number[]) => number[]) => {
    const mapped = map(image.filter((_, i) => isKept(i)));
    let next = 0;
    return image.map((v, i) => (isKept(i) ? mapped[next++] : v));
  };
  return {
    forward: (z) => through(z, (part) => inner.forward(part)),
    inverse: (x) => through(x, (part) => inner.inverse(part)),
  };
}
