import type { Misconception, Mutant } from "../../exercise.ts";
import type { Answered } from "../../grading/answered.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { transpose } from "../../oracle/matrices.ts";
import { countNeeded, follow, type Masks } from "./dependence.count.ts";
import { asMatrix, type signatures } from "./dependence.domain.ts";

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

/** After how many couplings an answer may give up, and should not. */
const LIMITS: readonly (readonly [name: string, limit: (masks: Masks) => number])[] = [
  ["one-more", (masks) => masks.length + 1],
  ["three-more", (masks) => masks.length + 3],
  ["two-rounds", (masks) => 2 * masks.length],
  ["three-rounds", (masks) => 3 * masks.length],
  ["four-rounds", (masks) => 4 * masks.length],
  ["masks-and-numbers", (masks) => masks.length + masks[0].length],
  ["twice-masks-and-numbers", (masks) => 2 * (masks.length + masks[0].length)],
  ["numbers-squared", (masks) => masks[0].length ** 2],
  ["twenty", () => 20],
  ["twenty-five", () => 25],
];

/** The right count, given up after so many couplings. */
const countTo =
  (limit: (masks: Masks) => number): Program["couplingsNeeded"] =>
  (masks) => {
    const count = countNeeded(masks);
    return count > limit(masks) ? 0 : count;
  };

/** Every wrong answer is 0, and of masks as many and as long none that takes more has been counted. */
function givesUp(answers: readonly Answered<typeof signatures>[]): boolean {
  const counts = answers.flatMap(({ export: name, inputs, got, want }) =>
    name === "couplingsNeeded"
      ? [{ masks: inputs[0] as Masks, got: got as unknown, want: want as unknown as number }]
      : [],
  );
  const wrong = counts.filter(({ got, want }) => got !== want);
  const counted = counts.filter(({ got, want }) => got === want && want > 0);
  const alike = (a: Masks, b: Masks) => a.length === b.length && a[0].length === b[0].length;
  return (
    wrong.length > 0 &&
    wrong.every(({ got, want, masks }) => got === 0 && want > masks.length) &&
    counted.some(({ masks, want }) => want > masks.length) &&
    wrong.every((w) => counted.every((c) => !alike(w.masks, c.masks) || c.want < w.want))
  );
}

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
  {
    id: "stops-too-early",
    explanation:
      "You say *never* too early: your 0 comes where more couplings would have been enough, as in the call shown. How far is far enough? No guess is. Dependence only grows; go on until a whole round of the masks adds nothing, or for as many rounds as there are numbers.",
    implementation: { couplingsNeeded: countTo((masks) => masks.length + 3) },
    variants: LIMITS.map(([, limit]) => ({ couplingsNeeded: countTo(limit) })),
    shows: givesUp,
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "everything-depends",
    implementation: { dependence: (masks) => masks[0].map((_, __, all) => all.map(() => 1)) },
  },
  ...[3, 4, 5].map((most) => ({
    id: `first-${most}-masks`,
    implementation: { dependence: (masks: Masks) => asMatrix(follow(masks.slice(0, most))) },
  })),
  ...LIMITS.map(([name, limit]) => ({
    id: `gives-up-after-${name}`,
    implementation: { couplingsNeeded: countTo(limit) },
  })),
  { id: "always-three", implementation: { couplingsNeeded: () => 3 } },
  { id: "one-too-few", implementation: { couplingsNeeded: (masks) => Math.max(0, countNeeded(masks) - 1) } },
];
