/** The guesses of a session. The one that was made before the answer could be seen counts. */

import type { Guess } from "./prediction.ts";

export interface Kept {
  /** The guess that counts. */
  readonly guess: Guess;
  /** What was guessed after the answer to it had been shown, if that is something else. */
  readonly later?: Guess;
  /** The answer's cell had run before there was any guess. */
  readonly late: boolean;
}

export interface Guesses {
  keep(id: string, guess: Guess): Kept;
  of(id: string): Kept | undefined;
  /** From now on another guess is a later one. */
  shown(id: string): void;
}

/** An empty memory. */
export function rememberGuesses(): Guesses {
  const kept = new Map<string, Kept>();
  const open = new Set<string>();
  return {
    keep(id, guess) {
      const before = kept.get(id);
      const state = keepOne(before, guess, open.has(id));
      kept.set(id, state);
      return state;
    },
    of: (id) => kept.get(id),
    shown: (id) => open.add(id),
  };
}

function keepOne(before: Kept | undefined, guess: Guess, answerShown: boolean): Kept {
  if (!answerShown) return { guess, late: false };
  if (before === undefined) return { guess, late: true };
  const { guess: first, late } = before;
  return same(first, guess) ? { guess: first, late } : { guess: first, later: guess, late };
}

const same = (a: Guess, b: Guess): boolean => JSON.stringify(a) === JSON.stringify(b);
