import { density, massWithin } from "./cubed-normal.ts";

/** The solution where the cube is multiplied by a factor: that of the cube alone, on another scale. */
export const solved = ({ factor }: { readonly factor: number }) => ({
  density: (x: number): number => density(x / factor) / factor,
  massWithin: (radius: number): number => massWithin(radius / factor),
});
