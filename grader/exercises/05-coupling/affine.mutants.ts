/** Wrong couplings without a story. */

import type { Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { transpose } from "../../oracle/matrices.ts";
import { forwardOf, inverseOf, logDetOf, type Parts, type signatures } from "./affine.domain.ts";
import { but, right } from "./affine.misconceptions.ts";

type Program = Implementation<typeof signatures>;

const changeOnly = (count: number): Program =>
  but((parts) => ({
    forward: (z) => forwardOf(parts, z).map((v, i) => (i < parts[0][0].length + count ? v : z[i])),
  }));

function keepFirst<A>(of: (point: readonly number[]) => A): (point: readonly number[]) => A {
  let first: { answer: A } | undefined;
  return (point) => {
    first ??= { answer: of(point) };
    return first.answer;
  };
}

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  // What a coupling answers to its first point, it answers for ever.
  {
    id: "forward-kept",
    implementation: but((parts) => ({ forward: keepFirst((z) => forwardOf(parts, z)) })),
  },
  {
    id: "inverse-kept",
    implementation: but((parts) => ({ inverse: keepFirst((x) => inverseOf(parts, x)) })),
  },
  { id: "log-det-kept", implementation: but((parts) => ({ logDet: keepFirst((z) => logDetOf(parts, z)) })) },
  {
    id: "inverse-log-det-kept",
    implementation: but((parts) => ({ inverseLogDet: keepFirst((x) => -logDetOf(parts, x)) })),
  },
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
  {
    id: "always-the-first-coupling",
    implementation: (() => {
      let first: Parts | undefined;
      return but((parts) => {
        first ??= parts;
        const kept = first;
        const fits = (point: readonly number[]) => point.length === kept[0].length + kept[0][0].length;
        return { logDet: (z) => (fits(z) ? logDetOf(kept, z) : logDetOf(parts, z)) };
      });
    })(),
  },
];
