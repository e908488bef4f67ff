import { exactLogDet, fooled, lazyLogDet } from "./exact-and-lazy.ts";

/** The solution where what stands below the diagonal is multiplied: the determinant is 1 + cross · b². */
export const solved = ({ cross }: { readonly cross: number }) => ({
  exactLogDet,
  lazyLogDet,
  fooled: (factor: number): number => fooled(factor) / Math.sqrt(cross),
});
