import { bisect } from "./bisect.ts";
import type { Scalar } from "./scalar-map.ts";

/** x = a z + b + c/(1 + (d z + g)²), inverted by bisection (Ziegler and Rush 2019). */
export const exactNonlinearSquared: Scalar = {
  parameters: 5,
  at: ([rawScale, b, rawHeight, rawWidth, g]) => {
    const [a, d] = [rawScale, rawWidth].map((raw) => Math.exp(3 * Math.tanh(raw / 3)));
    const c = ((0.99 * 8 * Math.sqrt(3)) / 9) * (a / d) * Math.tanh(rawHeight);
    const forward = (z: number) => a * z + b + c / (1 + (d * z + g) ** 2);
    // The last term is between 0 and c.
    const inverse = (x: number) => {
      const ends = [(x - b) / a, (x - b - c) / a];
      return bisect(forward, x, Math.min(...ends) - 1e-9, Math.max(...ends) + 1e-9);
    };
    return { forward, inverse };
  },
};
