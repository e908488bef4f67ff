/** Wrong couplings without a story. */

import type { Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { transpose } from "../../oracle/matrices.ts";
import { forwardOf, inverseOf, type Parts, type signatures } from "./affine.domain.ts";
import { but, right } from "./affine.misconceptions.ts";

type Program = Implementation<typeof signatures>;

const changeOnly = (count: number): Program =>
  but((parts) => ({
    forward: (z) => forwardOf(parts, z).map((v, i) => (i < parts[0][0].length + count ? v : z[i])),
  }));

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "identity", implementation: but(() => ({ forward: (z) => z, inverse: (x) => x })) },
  {
    id: "log-det-0",
    implementation: but(() => ({ logDet: () => 0, inverseLogDet: () => 0 })),
  },
  {
    id: "kept-part-left-out",
    implementation: but((parts) => ({ forward: (z) => forwardOf(parts, z).slice(parts[0][0].length) })),
  },
  { id: "first-changed-number-only", implementation: changeOnly(1) },
  { id: "two-changed-numbers-only", implementation: changeOnly(2) },
  {
    id: "clipped-far-out",
    implementation: but((parts) => ({
      forward: (z) => forwardOf(parts, z).map((v) => Math.max(-15, Math.min(15, v))),
    })),
  },
  {
    id: "transposed-where-square",
    implementation: but((parts) => {
      const [S, p, T, q] = parts;
      const other: Parts = S.length === S[0].length ? [transpose(S), p, transpose(T), q] : parts;
      return { forward: (z) => forwardOf(other, z), inverse: (x) => inverseOf(other, x) };
    }),
  },
  {
    id: "kept-part-scaled-too",
    implementation: but((parts) => ({
      forward: (z) => forwardOf(parts, z).map((v, i) => (i === 0 ? v * Math.exp(right(parts, z).s[0]) : v)),
    })),
  },
];
