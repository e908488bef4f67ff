import { sigmoidDensity } from "./16-2-sigmoid.ts";

/** The solution where the sigmoid has another place and width: that of the sigmoid, on another scale. */
export function solved({ low, width }: { readonly low: number; readonly width: number }) {
  return { sigmoidDensity: (x: number): number => sigmoidDensity((x - low) / width) / width };
}
