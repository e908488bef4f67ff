/**
 * Work that is worth a turn of the judge's loop of its own.
 *
 * One thread judges everybody. Whatever takes milliseconds because of what a learner sent (a large answer to be read, a
 * misconception to be compared over thousands of calls) waits here for its turn, and only one such piece runs in each: between
 * two of them everything else is served, and no number of them at the same time can add up.
 */

const waiting: (() => void)[] = [];
/** When the piece of work that is under way was given its turn. */
let began = 0;

/** Resolves at the beginning of a turn that nobody else has, in the order of asking. */
export function ownTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(serve);
  });
}

function serve(): void {
  began = performance.now();
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(serve);
}

/** A fifth of what one turn may take in all. */
const SLICE_MS = 10;

/** Between two steps of a long work: goes on at once, or in a turn of its own if this one has been used up. */
export async function breathe(): Promise<void> {
  if (performance.now() - began > SLICE_MS) await ownTurn();
}
