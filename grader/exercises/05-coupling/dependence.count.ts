/** What can depend on what after couplings, and how many it takes until all depends on all. */

export type Masks = readonly (readonly number[])[];

/** Sets as bits: of each number those of z on which it depends. */
export function follow(masks: Masks): number[] {
  const sets = masks[0].map((_, i) => 1 << i);
  for (const mask of masks) {
    const steering = sets.reduce((union, set, i) => (mask[i] === 0 ? union | set : union), 0);
    for (const [i, changed] of mask.entries()) if (changed === 1) sets[i] |= steering;
  }
  return sets;
}

const isFull = (sets: readonly number[]): boolean => sets.every((set) => set === 2 ** sets.length - 1);

/** Sets only grow. A whole round in which none does changes nothing any more. */
export function countNeeded(masks: Masks): number {
  for (let count = 1, before = ""; ; count++) {
    const sets = follow(Array.from({ length: count }, (_, k) => masks[k % masks.length]));
    if (isFull(sets)) return count;
    if (count % masks.length !== 0) continue;
    if (before === sets.join()) return 0;
    before = sets.join();
  }
}
