import type { Misconception, Mutant } from "../../exercise.ts";
import { dot, type Matrix } from "../../oracle/matrices.ts";
import { mirrorAll, type signatures } from "./reflections.domain.ts";

type Mirror = (v: readonly number[], h: readonly number[]) => number[];

/** Both functions with another mirror in them. */
const by = (mirror: Mirror) => {
  const all = (vectors: Matrix, h: readonly number[]) =>
    vectors.reduce<number[]>((point, v) => mirror(v, point), [...h]);
  return {
    reflectAll: all,
    reflectBack: (vectors: Matrix, x: readonly number[]) => all(vectors.toReversed(), x),
  };
};

/** h + factor · v vᵀh / vᵀv */
const along =
  (factor: number): Mirror =>
  (v, h) =>
    h.map((value, i) => value + (factor * dot(v, h) * v[i]) / dot(v, v));

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "two-forgotten",
    explanation:
      "You take the part along $v$ away once. That brings $h$ *onto* the mirror: everything along $v$ lands at one place, and no inverse can tell it apart again. Take it away **twice**, to come out on the other side.",
    implementation: by(along(-1)),
  },
  {
    id: "not-divided",
    explanation:
      "You do not divide by $v^\\top v$. That is right for vectors of length 1 only; any other $v$ stretches, and keeps no lengths.",
    implementation: by((v, h) => h.map((value, i) => value - 2 * dot(v, h) * v[i])),
  },
  {
    id: "divided-by-the-length",
    explanation:
      "You divide by the length of $v$. The vector $v$ comes in twice, once in $v^\\top h$ and once as the direction, so it is the **square** of its length, $v^\\top v$, that has to be divided by.",
    implementation: by((v, h) => h.map((value, i) => value - (2 * dot(v, h) * v[i]) / Math.sqrt(dot(v, v)))),
  },
  {
    id: "added",
    explanation:
      "You add the part along $v$ where it has to be taken away: it is made longer and not turned round.",
    implementation: by(along(2)),
  },
  {
    id: "mirrored-along-v",
    explanation:
      "All signs are turned: you mirror at the line **along** $v$, which turns round everything *but* the part along $v$. The mirror stands at right angles to $v$.",
    implementation: by((v, h) => along(-2)(v, h).map((value) => -value)),
  },
  {
    id: "replaced-too-early",
    explanation:
      "You replace the coordinates of $h$ one by one and take $v^\\top h$ anew each time, from a mixture of old and new ones. Compute $v^\\top h$ once, from the unchanged $h$, then replace.",
    implementation: by((v, h) => {
      const point = [...h];
      for (const i of point.keys()) point[i] -= (2 * dot(v, point) * v[i]) / dot(v, v);
      return point;
    }),
  },
  {
    id: "all-at-once",
    explanation:
      "Every mirror of yours looks at the first $h$. The second one has to mirror what the first has left, and so on.",
    implementation: {
      reflectAll: (vectors, h) =>
        h.map((value, i) => vectors.reduce((sum, v) => sum - (2 * dot(v, h) * v[i]) / dot(v, v), value)),
    },
  },
  {
    id: "last-one-first",
    explanation:
      "You begin with the last vector. In the statement the first one acts first; going back it is the other way round.",
    implementation: {
      reflectAll: (vectors, h) => mirrorAll(vectors.toReversed(), h),
    },
  },
  {
    id: "same-order-back",
    explanation:
      "Going back you apply the mirrors in the same order as going forward. Each undoes itself, but the one that acted **last** has to be undone first. (One mirror, or two at right angles, do not show it.)",
    implementation: { reflectBack: mirrorAll },
  },
  {
    id: "first-mirror-only",
    explanation:
      "Only the first vector has an effect: the others are never reached. Does something return too early?",
    implementation: {
      reflectAll: (vectors, h) => mirrorAll(vectors.slice(0, 1), h),
      reflectBack: (vectors, x) => mirrorAll(vectors.slice(0, 1), x),
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "identity", implementation: { reflectAll: (_vectors, h) => h, reflectBack: (_vectors, x) => x } },
  {
    id: "at-most-as-many-as-dimensions",
    implementation: {
      reflectAll: (vectors, h) => mirrorAll(vectors.slice(0, h.length), h),
      reflectBack: (vectors, x) => mirrorAll(vectors.slice(0, x.length).toReversed(), x),
    },
  },
  {
    id: "kept-from-0",
    implementation: by((v, h) => h.map((value, i) => value - (2 * dot(v, h) * v[i]) / (dot(v, v) + 1e-8))),
  },
];
