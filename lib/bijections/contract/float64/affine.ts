import type { Scalar } from "./scalar-map.ts";

/** x = z·exp(s) + t with s = 3·tanh(a/3); parameters t, a. */
export const exactAffine: Scalar = {
  parameters: 2,
  at: ([t, a]) => {
    const scale = Math.exp(3 * Math.tanh(a / 3));
    return { forward: (z) => z * scale + t, inverse: (x) => (x - t) / scale };
  },
};
