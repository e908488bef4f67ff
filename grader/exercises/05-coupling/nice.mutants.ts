/** Wrong flows without a story. */

import type { Mutant } from "../../exercise.ts";
import { identity, multiply } from "../../oracle/matrices.ts";
import {
  blockMatrix,
  jacobianOf,
  latentOf,
  logDensityOf,
  logNormalOf,
  type Parts,
  type signatures,
} from "./nice.domain.ts";
import { but, scales } from "./nice.misconceptions.ts";

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "a-zero-that-stays-taken-for-none",
    implementation: but((parts) => ({
      jacobian: (z) =>
        jacobianOf(
          parts,
          z.map((v) => v || 1),
        ),
    })),
  },
  { id: "identity", implementation: but(() => ({ jacobian: (z) => identity(z.length) })) },
  {
    id: "matrices-the-other-way-round",
    implementation: but((parts) => {
      const [W, , V] = parts;
      return {
        jacobian: (z) =>
          W.length === W[0].length && V.length === V[0].length
            ? blockMatrix(multiply(W, V), scales(parts))
            : jacobianOf(parts, z),
      };
    }),
  },
  {
    id: "no-constant",
    implementation: but((parts) => ({
      logDensity: (x) => logDensityOf(parts, x) + (x.length / 2) * Math.log(2 * Math.PI),
    })),
  },
  {
    id: "sigma-held-within-2",
    implementation: but((parts) => ({
      logDensity: (x) =>
        logNormalOf(latentOf(parts, x)) - parts[3].reduce((sum, v) => sum + Math.max(-2, Math.min(2, v)), 0),
    })),
  },
  {
    id: "hidden-bias-forgotten",
    implementation: but(([W, c, V, sigma]) => {
      const without: Parts = [W, c.map(() => 0), V, sigma];
      return { jacobian: (z) => jacobianOf(without, z), logDensity: (x) => logDensityOf(without, x) };
    }),
  },
];
