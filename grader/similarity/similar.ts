/**
 * Which answers to one exercise are so much alike that a person should look: by the pieces that two programs share and that neither was
 * given. Winnowing (Schleimer et al. 2003) keeps a part of these pieces only; answers are short enough to compare all.
 */

/** An answer with fewer pieces of its own is not judged: there are not many ways to write one line. */
const FEWEST_OWN = 30;
/** Of the pieces of both. */
const ALIKE = 0.8;
/** What more answers than these have in common, they have from the task, the notebook or the nature of the thing. */
const COMMON_SHARE = 0.2;
const COMMON_LEAST = 5;

export interface Written {
  /** Whose it is. */
  readonly who: number;
  readonly pieces: Uint32Array;
}

export interface Pair {
  readonly people: readonly [number, number];
  /** From 0 to 1: the part of the pieces of both that both have. */
  readonly similarity: number;
}

export interface Compared {
  /** The most alike first. */
  readonly pairs: readonly Pair[];
  /** Answers that were long enough to be judged. */
  readonly judged: number;
}

/** @param given Of what everybody has: the stub, the course's solution. */
export function similarAnswers(answers: readonly Written[], given: readonly Uint32Array[]): Compared {
  const known = new Set(given.flatMap((pieces) => [...pieces]));
  const holders = new Map<number, number[]>();
  for (const [i, { pieces }] of answers.entries())
    for (const piece of pieces) {
      if (known.has(piece)) continue;
      const who = holders.get(piece);
      if (who) who.push(i);
      else holders.set(piece, [i]);
    }
  const most = Math.max(COMMON_LEAST, COMMON_SHARE * answers.length);
  const own = [...holders.values()].filter((who) => who.length <= most);
  const sizes = new Uint32Array(answers.length);
  for (const who of own) for (const i of who) sizes[i] = (sizes[i] as number) + 1;
  const isJudged = (i: number) => (sizes[i] as number) >= FEWEST_OWN;
  const shared = new Map<number, number>();
  for (const who of own) {
    const judged = who.filter(isJudged);
    for (const [n, i] of judged.entries())
      for (const j of judged.slice(n + 1)) {
        const pair = i * answers.length + j;
        shared.set(pair, (shared.get(pair) ?? 0) + 1);
      }
  }
  const pairs = [...shared].flatMap(([pair, count]): Pair[] => {
    const [i, j] = [Math.floor(pair / answers.length), pair % answers.length];
    const similarity = (2 * count) / ((sizes[i] as number) + (sizes[j] as number));
    const people = [answers[i]?.who ?? 0, answers[j]?.who ?? 0] as const;
    return similarity >= ALIKE ? [{ people, similarity }] : [];
  });
  return {
    pairs: pairs.toSorted((x, y) => y.similarity - x.similarity),
    judged: answers.filter((_, i) => isJudged(i)).length,
  };
}
