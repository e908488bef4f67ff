/** An exercise whose numbers may be others for each learner: everything in it follows from them. */

import type { AnyExercise, Named } from "../exercise.ts";
import type { Signatures } from "../harness/kinds.ts";
import type { Random } from "../random.ts";

export interface Drawing<N> {
  /** The course's own. */
  readonly numbers: N;
  /** Others, of which nothing but `random` decides. Plain JSON. */
  draw(random: Random): N;
}

/**
 * @param make The exercise with these numbers: statement, checks, reference, misconceptions, hints.
 * @returns The exercise with the course's own numbers.
 */
export function variedExercise<const S extends Signatures, const I extends string, N>(
  make: (numbers: N) => Named<S, I>,
  { numbers: own, draw }: Drawing<N>,
): Named<S, I> {
  const withNumbers = (numbers: N): Named<S, I> => {
    const made = make(numbers);
    const source = isSame(numbers, own) ? made.source : `${made.source}, with other numbers`;
    return { ...made, source, variants: { numbers, draw, with: withNumbers } };
  };
  return withNumbers(own);
}

/** @throws RangeError if this exercise has no numbers that could be others. */
export function withNumbers(exercise: AnyExercise, numbers: unknown): AnyExercise {
  if (exercise.variants) return exercise.variants.with(numbers);
  throw new RangeError(`exercise ${exercise.id} is the same for everybody: it has no numbers of its own`);
}

export const hasVariants = ({ variants }: AnyExercise): boolean => variants !== undefined;

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
