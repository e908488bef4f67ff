/** The guesses of a learner, over the end of a kernel. The one that was made before the answer could be seen counts. */

import { createHash } from "node:crypto";
import { isDate } from "../../memory/entry.ts";
import type { Form } from "../../memory/file.ts";
import { createMemory, type Memory } from "../../memory/memory.ts";
import type { Guess, Prediction } from "../prediction.ts";
import type { Comparison } from "./comparison.ts";
import { formOf } from "./guess.ts";

export interface Kept {
  /** The guess that counts. */
  readonly guess: Guess;
  /** What was guessed after the answer to it had been shown, if that is something else. */
  readonly later?: Guess;
  /** The answer's cell had run before there was any guess. */
  readonly late: boolean;
}

export interface Remembered extends Kept {
  /** The answer has been shown since. */
  readonly shown: boolean;
  /** Of the guess that counts, once it was compared. */
  readonly verdict?: Comparison["verdict"];
  /** When the guess that counts was made, ISO 8601. */
  readonly at: string;
  /** Of the question that was asked. */
  readonly version: string;
}

export interface Guesses {
  keep(prediction: Prediction, guess: Guess): Kept;
  of(prediction: Prediction): Remembered | undefined;
  /** From now on another guess is a later one. The verdict is on the guess that counts. */
  shown(prediction: Prediction, verdict?: Comparison["verdict"]): void;
  /** As if it had never been asked. */
  forget(prediction: Prediction): void;
  /** What a learner should know about the memory, once. */
  takeNote(): string | undefined;
  /** What is in the way of reading what was remembered. */
  readonly unreadable: string | undefined;
}

const guessForm: Form<Remembered> = { file: "guesses.json", of: "guesses", isEntry };

/**
 * Without a notebook they are remembered until the process ends. A guess whose question has changed since is forgotten. That an answer
 * was shown to somebody who had not guessed is remembered until the kernel ends: it was under a fold.
 */
export function rememberGuesses(
  memory: Memory<Remembered> = createMemory(guessForm, "What you guess", "the next guess"),
): Guesses {
  const open = new Set<string>();
  let note: string | undefined;
  const current = (prediction: Prediction, entry: Remembered | undefined) =>
    entry?.version === questionVersion(prediction) ? entry : undefined;
  const of = (prediction: Prediction) => current(prediction, memory.recall().entries[prediction.id]);
  const change = (
    prediction: Prediction,
    next: (before: Remembered | undefined) => Remembered | undefined,
  ): void => {
    note = memory.change(prediction.id, (before) => next(current(prediction, before))) ?? note;
  };
  return {
    of,
    keep(prediction, guess) {
      const isOpen = open.has(prediction.id);
      const keepOne = (before: Remembered | undefined) => rememberOne(prediction, before, guess, isOpen);
      const before = of(prediction);
      const after = keepOne(before);
      if (after !== before) change(prediction, keepOne);
      return after;
    },
    shown(prediction, verdict) {
      open.add(prediction.id);
      const before = of(prediction);
      if (before === undefined || (before.shown && before.verdict === verdict)) return;
      change(prediction, (before) => before && { ...before, shown: true, ...(verdict && { verdict }) });
    },
    forget(prediction) {
      open.delete(prediction.id);
      if (prediction.id in memory.recall().entries) change(prediction, () => undefined);
    },
    takeNote() {
      const said = note;
      note = undefined;
      return said;
    },
    get unreadable() {
      return memory.recall().note;
    },
  };
}

/** @returns The entry itself where the guess changes nothing. */
function rememberOne(
  prediction: Prediction,
  before: Remembered | undefined,
  guess: Guess,
  isOpen: boolean,
): Remembered {
  const version = questionVersion(prediction);
  const shown = before?.shown === true || isOpen;
  if (before === undefined || !shown) {
    if (before !== undefined && isSame(before.guess, guess)) return before;
    return { guess, late: shown, shown, at: new Date().toISOString(), version };
  }
  const { later, ...first } = before;
  if (isSame(first.guess, guess)) return later === undefined ? before : first;
  return later !== undefined && isSame(later, guess) ? before : { ...first, later: guess, shown };
}

/** A hash of what is asked and what can be guessed. */
export function questionVersion(prediction: Prediction): string {
  const texts = prediction.kind === "choice" ? Object.values(prediction.choices).map(({ text }) => text) : [];
  const asked = [prediction.question, formOf(prediction), ...texts].join("\0");
  return createHash("sha256").update(asked).digest("base64url").slice(0, 12);
}

const VERDICTS: readonly unknown[] = [undefined, "right", "near", "other"];

function isEntry(value: unknown): value is Remembered {
  const { guess, later, late, shown, verdict, at, version } = (value ?? {}) as Partial<
    Record<keyof Remembered, unknown>
  >;
  return (
    isGuess(guess) &&
    (later === undefined || isGuess(later)) &&
    typeof late === "boolean" &&
    typeof shown === "boolean" &&
    VERDICTS.includes(verdict) &&
    isDate(at) &&
    typeof version === "string"
  );
}

const isGuess = (one: unknown): one is Guess =>
  typeof one === "string" ||
  Number.isFinite(one) ||
  (Array.isArray(one) && one.every((value) => Number.isFinite(value)));

const isSame = (a: Guess, b: Guess): boolean => JSON.stringify(a) === JSON.stringify(b);
