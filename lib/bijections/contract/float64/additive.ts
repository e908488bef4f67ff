import type { Scalar } from "./scalar-map.ts";

/** x = z + t. */
export const exactAdditive: Scalar = {
  parameters: 1,
  at: ([t]) => ({ forward: (z) => z + t, inverse: (x) => x - t }),
};
