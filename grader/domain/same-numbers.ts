/**
 * Hundreds of wrong answers are tried with the same seeds: what a check draws with one of them is drawn once. That is a third of the
 * time that they take together.
 */

import type { AnyExercise, Check } from "../exercise.ts";
import { type Random, random } from "../random.ts";
import { shareCalls } from "./shared-calls.ts";

/** The random numbers of a check in a run with this seed, from their beginning. */
export type Numbers = (exercise: AnyExercise, check: Check, seed: string) => Random;

/** Those that grading with this seed would use. */
export const freshNumbers: Numbers = (exercise, check, seed) =>
  random(seed).fork(`${exercise.id}/${check.name}`);

/** The same, with everything kept that is drawn by `again`. As long as it is held, so is what was drawn. */
export function sameNumbers(): Numbers {
  const known = new Map<Check, Map<string, () => Random>>();
  return (exercise, check, seed) => {
    const ofCheck = known.get(check) ?? new Map<string, () => Random>();
    known.set(check, ofCheck);
    const start = ofCheck.get(seed) ?? repeat(() => freshNumbers(exercise, check, seed));
    ofCheck.set(seed, start);
    return start();
  };
}

/** What was drawn from here on, by what it was drawn for. */
interface Drawn {
  readonly value: unknown;
  readonly next: WeakMap<object, Drawn>;
}

/** Each call begins the stream anew; only numbers that are not kept are worked out again, and with them those before. */
export function repeat(begin: () => Random): () => Random {
  const first = new WeakMap<object, Drawn>();
  return () => {
    let here = first;
    const passed: ((random: Random) => unknown)[] = [];
    let stream: Random | undefined;
    const caughtUp = (): Random => {
      const numbers = begin();
      for (const draw of passed) draw(numbers);
      return numbers;
    };
    const own = (): Random => {
      stream ??= caughtUp();
      return stream;
    };
    return {
      uniform: (low, high) => own().uniform(low, high),
      normal: () => own().normal(),
      integer: (below) => own().integer(below),
      // A fork's numbers do not depend on what has been drawn, nor move it.
      fork: (name) => begin().fork(name),
      again(what, draw) {
        // What comes after numbers that the check drew by itself may depend on them in ways that nobody sees here.
        if (stream) return draw(stream);
        const drawn = here.get(what) ?? { value: freeze(draw(caughtUp())), next: new WeakMap() };
        here.set(what, drawn);
        here = drawn.next;
        passed.push(draw);
        return drawn.value as ReturnType<typeof draw>;
      },
    };
  };
}

/**
 * Shared by many runs: none may change it for the next. A frozen list of numbers would take three times its memory; those stay as they
 * are, and a test sees that no check changes one.
 */
function freeze(value: unknown): unknown {
  if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return value;
  shareCalls(value);
  if (Array.isArray(value) && value.length > 1 && typeof value[0] === "number") return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
