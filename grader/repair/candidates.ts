/** What is tried: each small change of a program, and pairs of the smallest. */

import { ownTurn } from "../grading/turn.ts";
import type { Program } from "../harness/program.ts";
import { parseTree } from "../program/syntax.ts";
import type { Edit } from "./edits/edit.ts";
import { editsOf } from "./edits/edits.ts";
import { iterationsOf } from "./edits/iterations.ts";
import type { EditedModule } from "./variants.ts";

export interface Mended {
  readonly edit: Edit;
  readonly module: EditedModule["module"];
}

/** Numbers of edits that are made together. */
export type Variant = readonly number[];

/** A person's answer is shorter; a stranger's is not read at length in the judge's thread. */
const LONGEST_MODULE = 8000;

const MOST_VARIANTS = 2500;

/** Two slips at once are looked for among edits of at most this cost, and among this many. */
const SMALL = 1.2;

const MOST_IN_PAIRS = 150;

const MOST_PAIRS = 8000;

export interface Variants {
  /** Some loop computes its next step from the last one: there a change makes some answers right by chance. */
  readonly iterates: boolean;
  readonly modules: readonly EditedModule[];
  readonly all: readonly Mended[];
}

/** What can be changed in a program. Reading a text takes milliseconds, and has a turn of its own. */
export async function variantsOf({ modules }: Program): Promise<Variants> {
  let left = MOST_VARIANTS;
  const edited: EditedModule[] = [];
  let iterates = false;
  for (const module of modules) {
    if (module.code.length > LONGEST_MODULE || module.code.includes("flowlabVariant")) continue;
    await ownTurn();
    const tree = parseTree(module.code);
    if (!tree) continue;
    iterates ||= iterationsOf(tree.program).length > 0;
    await ownTurn();
    const edits = (await editsOf(module.code, tree)).slice(0, left);
    left -= edits.length;
    if (edits.length > 0) edited.push({ module, tree, edits });
  }
  return {
    iterates,
    modules: edited,
    all: edited.flatMap(({ edits, module }) => edits.map((edit) => ({ edit, module }))),
  };
}

/**
 * Of the smallest edits, any two that touch different places. With two other names, or other comparisons, one way to compute can become
 * another by chance.
 */
export function pairsOf(all: readonly Mended[]): Variant[] {
  const isSmall = ({ edit: { cost, kind } }: Mended) =>
    cost <= SMALL && kind !== "name" && kind !== "comparison";
  const small = all.flatMap((one, i) => (isSmall(one) ? [i] : []));
  const cost = (variant: Variant) => variant.reduce((sum, i) => sum + (all[i] as Mended).edit.cost, 0);
  return small
    .slice(0, MOST_IN_PAIRS)
    .flatMap((i, k) =>
      small.slice(k + 1).flatMap((j) => (apart(all[i] as Mended, all[j] as Mended) ? [[i, j]] : [])),
    )
    .map((variant) => ({ variant, cost: cost(variant) }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST_PAIRS)
    .map(({ variant }) => variant);
}

/** Of one slip that was mended wherever it stands: any two of these places alone. */
export function fewerPlaces({ edit, module }: Mended, all: readonly Mended[]): Variant[] {
  const alone = all.flatMap((one, i) => {
    const [place, ...others] = one.edit.places;
    const isOne = edit.places.some(({ node, text }) => node === place?.node && text === place.text);
    return one.module === module && others.length === 0 && isOne ? [i] : [];
  });
  return alone.flatMap((i, k) => alone.slice(k + 1).map((j) => [i, j]));
}

export function apart(one: Mended, other: Mended): boolean {
  if (one.module !== other.module) return true;
  return one.edit.places.every(({ node: a }) =>
    other.edit.places.every(({ node: b }) => a.range[1] <= b.range[0] || b.range[1] <= a.range[0]),
  );
}
