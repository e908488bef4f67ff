/**
 * The names that somebody may have meant by another one, the nearest first: one letter in three is another, or missing, or
 * one too many; it is the beginning or the initials of the name, or contains it.
 *
 * The grader finds exercises by what their ids have in common instead (near-names.ts): in those, one digit is another exercise.
 */
export function nearest(wrong: string, names: readonly string[]): string[] {
  const given = plain(wrong);
  const distances = names.map((name) => ({ name, distance: distanceOf(given, name) }));
  const near = distances.filter(({ distance }) => distance <= 1 / 3).sort((a, b) => a.distance - b.distance);
  return near.slice(0, 3).map(({ name }) => name);
}

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** From 0, for the same letters, to 1. */
function distanceOf(given: string, name: string): number {
  const own = plain(name);
  if (given === "") return 1;
  if (given === initials(name)) return 0.1;
  const isPart = Math.min(given.length, own.length) > 2 && (own.includes(given) || given.includes(own));
  const edits = editsBetween(given, own) / Math.max(given.length, own.length);
  return isPart ? Math.min(edits, 1 / 3) : edits;
}

/** "lr" of "learningRate". */
const initials = (name: string) => (name[0] + name.replace(/[^A-Z0-9]/g, "")).toLowerCase();

/** Letters to change, insert, leave out or exchange with the next one (Damerau 1964). */
function editsBetween(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1] + Number(a[i - 1] !== b[j - 1]);
      row[j] = Math.min(change, last[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}
