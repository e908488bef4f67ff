/** Similar answers as a person looks at them: who belongs together, in which exercises. */

import { piecesOf } from "./pieces.ts";
import { type Pair, similarAnswers, type Written } from "./similar.ts";
import { tokensOf } from "./tokens.ts";

export interface Group {
  readonly exercise: string;
  readonly people: readonly number[];
  /** The two most alike. */
  readonly strongest: Pair;
  /** Other exercises in which two of these people are in one group, too. */
  readonly also: readonly string[];
}

export interface Similarity {
  /** Those who are together in most exercises first, then the most alike. */
  readonly groups: readonly Group[];
  /** Answers that were long enough to be judged, of so many. */
  readonly judged: number;
  readonly answers: number;
}

export interface Collector {
  /** Nothing of the code is kept but numbers. */
  add(who: number, exercise: string, code: string): void;
  similarity(): Similarity;
}

/** @param given What everybody was given for an exercise: its stub, its solution. */
export function collectSimilar(given: (exercise: string) => readonly string[]): Collector {
  const written = new Map<string, Written[]>();
  const pieces = (code: string): Uint32Array => piecesOf(tokensOf(code) ?? []);
  return {
    add(who, exercise, code) {
      const before = written.get(exercise);
      const answer = { who, pieces: pieces(code) };
      if (before) before.push(answer);
      else written.set(exercise, [answer]);
    },
    similarity() {
      const found: Omit<Group, "also">[] = [];
      let judged = 0;
      for (const [exercise, answers] of written) {
        const compared = similarAnswers(answers, given(exercise).map(pieces));
        judged += compared.judged;
        for (const pairs of joinPairs(compared.pairs)) found.push(groupOf(exercise, pairs));
      }
      const groups = found.map((group) => ({ ...group, also: alsoIn(group, found) }));
      return {
        groups: groups.toSorted(
          (a, b) => b.also.length - a.also.length || b.strongest.similarity - a.strongest.similarity,
        ),
        judged,
        answers: [...written.values()].reduce((sum, { length }) => sum + length, 0),
      };
    },
  };
}

/** Pairs that hang together by a person in both; in each group the most alike first. */
function joinPairs(pairs: readonly Pair[]): Pair[][] {
  let groups: Pair[][] = [];
  for (const pair of pairs) {
    const touches = groups.filter((group) =>
      group.some(({ people }) => people.some((who) => pair.people.includes(who))),
    );
    groups = [...groups.filter((group) => !touches.includes(group)), [...touches.flat(), pair]];
  }
  return groups;
}

const groupOf = (exercise: string, pairs: readonly Pair[]): Omit<Group, "also"> => ({
  exercise,
  people: [...new Set(pairs.flatMap(({ people }) => people))].toSorted((a, b) => a - b),
  strongest: pairs.reduce((best, pair) => (pair.similarity > best.similarity ? pair : best)),
});

const alsoIn = (group: Omit<Group, "also">, all: readonly Omit<Group, "also">[]): string[] =>
  all
    .filter(
      ({ exercise, people }) =>
        exercise !== group.exercise && people.filter((who) => group.people.includes(who)).length > 1,
    )
    .map(({ exercise }) => exercise);
