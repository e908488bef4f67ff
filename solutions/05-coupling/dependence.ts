/** Which numbers of x depend on which numbers of z, after couplings with these masks: 1 where they do, else 0. */
export function dependence(masks: number[][]): number[][] {
  // BEGIN SOLUTION
  const axes = masks[0].map((_, i) => i);
  let depends: number[][] = axes.map((i) => axes.map((j) => (i === j ? 1 : 0)));
  for (const mask of masks) {
    const steering = axes.filter((i) => mask[i] === 0).map((i) => depends[i]);
    depends = depends.map((row, i) =>
      mask[i] === 1 ? row.map((own, j) => Math.max(own, ...steering.map((other) => other[j]))) : row,
    );
  }
  return depends;
  // END SOLUTION
}

/** After how many couplings each number depends on every other, if the masks are taken in turns; 0 if that never happens. */
export function couplingsNeeded(masks: number[][]): number {
  // BEGIN SOLUTION
  const most = masks.length * masks[0].length;
  const used: number[][] = [];
  while (used.length < most) {
    used.push(masks[used.length % masks.length]);
    if (dependence(used).every((row) => row.every((v) => v === 1))) return used.length;
  }
  return 0;
  // END SOLUTION
}
