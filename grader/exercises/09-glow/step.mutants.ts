/** Wrong flow steps without a story. */

import type { Mutant } from "../../exercise.ts";
import { forwardOf, inverseOf, logDetOf, type Made, type signatures } from "./step.domain.ts";
import {
  but,
  constant,
  couple,
  logDetOnly,
  placeCount,
  restore,
  through,
  unmix,
  withOrder,
  zOnly,
} from "./step.layers.ts";

function keepFirst<A>(of: (point: readonly number[]) => A): (point: readonly number[]) => A {
  let first: { answer: A } | undefined;
  return (point) => {
    first ??= { answer: of(point) };
    return first.answer;
  };
}

let last: Made | undefined;

export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "nothing-exchanged",
    implementation: zOnly((made, x) => inverseOf(withOrder(made, [...made[2].keys()]), x).z),
  },
  {
    id: "way-back-couples-once-more",
    implementation: but((made) => ({ forward: (z) => through(couple, unmix, restore)(made, z) })),
  },
  { id: "forward-for-inverse", implementation: zOnly((made, x) => forwardOf(made, x)) },
  {
    id: "first-place-only",
    implementation: but((made) => ({
      forward: (z) => forwardOf(made, z).map((v, at) => (at < made[5].length ? v : z[at])),
    })),
  },
  {
    id: "first-answer-kept",
    implementation: but((made) => ({ forward: keepFirst((z) => forwardOf(made, z)) })),
  },
  {
    id: "of-the-last-step-made",
    implementation: {
      glowStep: (...made) => {
        last = made;
        return {
          inverse: (x) => ({ z: inverseOf(last ?? made, x).z, logDet: logDetOf(last ?? made, x) }),
          forward: (z) => forwardOf(last ?? made, z),
        };
      },
    },
  },
  {
    id: "coupling-at-the-first-place-only",
    implementation: logDetOnly(
      (made, x) => placeCount(made, x) * constant(made) + inverseOf(made, x).coupling[0],
    ),
  },
];
