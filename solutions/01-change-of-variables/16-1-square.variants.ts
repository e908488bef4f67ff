import { density } from "./16-1-square.ts";

/** The solution where z is uniform on another interval and its square is multiplied: that of the square, on another scale. */
export function solved({ factor, width }: { readonly factor: number; readonly width: number }) {
  const end = factor * width ** 2;
  return { density: (x: number): number => density(x / end) / end };
}
