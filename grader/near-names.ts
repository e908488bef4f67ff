/**
 * What somebody may have meant who wrote a name that there is not: an exercise's id or path, a prediction's, a word of a guess.
 *
 * The library finds options by the letters that differ, whatever stands between them (ground/arguments/nearest.ts). Here a dot and a
 * beginning count: whoever wrote 16.12 meant 16.1 or 16.10, but not 16.2, which is as many letters away.
 */

/** From this share of pairs of letters in common on, two names look alike. */
const ALIKE = 0.3;

/** @returns Those of the known names that look like it, the most similar first. */
export function nearNames(name: string, known: readonly string[], most = 4): string[] {
  return known
    .map((candidate) => ({ candidate, alike: likeness(pairs(name), pairs(candidate)) }))
    .filter(({ alike }) => alike >= ALIKE)
    .toSorted((a, b) => b.alike - a.alike)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** Neighbouring letters, with the name's beginning and end. */
function pairs(name: string): string[] {
  const letters = `^${name.toLowerCase()}$`;
  return Array.from({ length: letters.length - 1 }, (_, i) => letters.slice(i, i + 2));
}

/** Dice's coefficient: 1 for the same pairs, 0 if none is in both. */
function likeness(some: readonly string[], others: readonly string[]): number {
  const left = [...others];
  const common = some.filter((pair) => {
    const at = left.indexOf(pair);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return (2 * common.length) / (some.length + others.length);
}
