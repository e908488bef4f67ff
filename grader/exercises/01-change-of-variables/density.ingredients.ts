/** What wrong densities have in common, in the three exercises that ask for one. */

import type { Option } from "../../diagnosis/mixture.ts";

export type Curve = (t: number) => number;

export const normal: Curve = (z) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
export const sigmoid: Curve = (z) => 1 / (1 + Math.exp(-z));
export const logit: Curve = (x) => Math.log(x) - Math.log1p(-x);

/** How the slope's size comes in, beside the base density. */
export const factors: readonly Option<(base: number, slope: number) => number>[] = [
  { use: (base, slope) => base / Math.abs(slope) },
  { use: (base) => base, says: "the slope is left out" },
  { use: (base, slope) => base * Math.abs(slope), says: "the base density is multiplied by the slope" },
  { use: (base, slope) => base / Math.sqrt(Math.abs(slope)), says: "only the root of the slope is used" },
  { use: (base, slope) => base / slope ** 2, says: "the slope is used twice" },
  {
    use: (base, slope) => base + 1 / Math.abs(slope),
    says: "the two factors of the density are added, not multiplied",
  },
  {
    use: (base, slope) => base - Math.abs(slope),
    says: "the slope is subtracted, which belongs to logarithms only",
  },
  { use: (base, slope) => base + Math.abs(slope), says: "the slope is added to the base density" },
  {
    use: (base, slope) => base - Math.log(Math.abs(slope)),
    says: "the logarithm of the slope is subtracted, which belongs to logarithms of densities",
  },
  { use: (base, slope) => base / slope, says: "the slope keeps its sign" },
  { use: (base, slope) => base / (1 + Math.abs(slope)), says: "1 is added to the slope" },
  { use: (base, slope) => base * Math.exp(-Math.abs(slope)), says: "the exponential of the slope is used" },
];

export const constants: readonly Option<number>[] = [
  { use: 1 },
  { use: 2, says: "all is taken twice" },
  { use: 0.5, says: "all is taken half" },
  { use: Math.sqrt(2 * Math.PI), says: "the constant of the normal density is left out" },
  { use: 1 / Math.sqrt(2 * Math.PI), says: "the constant of a normal density comes in once more" },
  { use: Math.sqrt(2), says: "the constant of the normal density is without its 2" },
];
