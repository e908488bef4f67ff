import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { transpose } from "../../oracle/matrices.ts";
import { asMatrix, countNeeded, follow, type Masks, type signatures } from "./dependence.domain.ts";

type Program = Implementation<typeof signatures>;
type Follow = (masks: Masks) => number[][];

const isFull = (depends: readonly (readonly number[])[]): boolean =>
  depends.every((row) => row.every((v) => v === 1));

/** The count by another idea of what depends on what; it gives up after ten rounds. */
const countBy =
  (depend: Follow) =>
  (masks: Masks): number => {
    for (let count = 1; count <= 10 * masks.length; count++)
      if (isFull(depend(Array.from({ length: count }, (_, k) => masks[k % masks.length])))) return count;
    return 0;
  };

const both = (depend: Follow): Program => ({ dependence: depend, couplingsNeeded: countBy(depend) });

/** One pass over the couplings; `see` says which numbers an i that changes looks at. */
const pass =
  (see: (mask: readonly number[], i: number, j: number) => boolean): Follow =>
  (masks) => {
    const axes = masks[0].map((_, i) => i);
    let depends: number[][] = axes.map((i) => axes.map((j) => (i === j ? 1 : 0)));
    for (const mask of masks)
      depends = depends.map((row, i) =>
        mask[i] === 0
          ? row
          : row.map((own, j) => Math.max(own, ...axes.map((k) => (see(mask, i, k) ? depends[k][j] : 0)))),
      );
    return depends;
  };

const direct: Follow = (masks) =>
  masks[0].map((_, i) =>
    masks[0].map((__, j) => (i === j || masks.some((mask) => mask[i] === 1 && mask[j] === 0) ? 1 : 0)),
  );

const opposite = (masks: Masks): number[][] => masks.map((mask) => mask.map((v) => 1 - v));

const countUntilChanged = (masks: Masks): number => {
  const seen = new Set<number>();
  for (const [k, mask] of masks.entries()) {
    for (const [i, v] of mask.entries()) if (v === 1) seen.add(i);
    if (seen.size === masks[0].length) return k + 1;
  }
  return 0;
};

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "only-direct-steering",
    explanation:
      "You count only what a number is *directly* steered by. But what steers it may have been changed before, and depends on others by then: dependence is handed on from coupling to coupling.",
    implementation: both(direct),
    variants: [{ dependence: direct }],
  },
  {
    id: "changed-numbers-see-each-other",
    explanation:
      "You let the numbers that change look at each other. They are changed at the same time, each by a map of one variable; only those that **stay** steer.",
    implementation: { dependence: pass(() => true) },
  },
  {
    id: "own-number-forgotten",
    explanation:
      "A changed number still depends on what it was: it is stretched and shifted, not replaced. Begin with 1 on the diagonal.",
    implementation: {
      dependence: (masks) => asMatrix(follow(masks)).map((row, i) => row.with(i, 0)),
    },
  },
  {
    id: "masks-the-other-way-round",
    explanation:
      "You read 1 as *stays*. Here 1 means that the number **changes**. (Papers do it either way; the mask $b$ of RealNVP is 1 where a number stays.)",
    implementation: both((masks) => asMatrix(follow(opposite(masks)))),
    variants: [{ dependence: (masks) => asMatrix(follow(opposite(masks))) }],
  },
  {
    id: "transposed-dependence",
    explanation:
      "Your table stands on its side: row $i$ belongs to the output $x_i$, and says on which $z_j$ it depends.",
    implementation: { dependence: (masks) => transpose(asMatrix(follow(masks))) },
  },
  {
    id: "last-coupling-first",
    explanation:
      "You apply the couplings from the last to the first. That is the inverse direction; here the first mask acts first.",
    implementation: { dependence: (masks) => asMatrix(follow([...masks].reverse())) },
  },
  {
    id: "each-changed-once",
    explanation:
      "You stop as soon as each number has been *changed*. That is not enough: with halves of two numbers each, $x_3$ has been changed under $z_1$ and $z_2$, and knows nothing of $z_4$ yet.",
    implementation: { couplingsNeeded: countUntilChanged },
  },
  {
    id: "masks-once-only",
    explanation:
      "You go through the list of masks once. It is taken in turns: after its end it begins again.",
    implementation: {
      couplingsNeeded: (masks) => (countNeeded(masks) > masks.length ? 0 : countNeeded(masks)),
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "everything-depends",
    implementation: { dependence: (masks) => masks[0].map((_, __, all) => all.map(() => 1)) },
  },
  { id: "always-three", implementation: { couplingsNeeded: () => 3 } },
  { id: "one-too-few", implementation: { couplingsNeeded: (masks) => Math.max(0, countNeeded(masks) - 1) } },
];
