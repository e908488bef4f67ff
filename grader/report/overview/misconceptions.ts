/** What a class gets wrong, and who. */

import type { AnyExercise } from "../../exercise.ts";
import type { SubmissionSummary } from "../../record/summary.ts";

export interface Misconceived {
  readonly exercise: string;
  readonly id: string;
  /** What the misconception's explanation begins with; undefined where the course knows it no more. */
  readonly says?: string;
  /** Submissions that show it, by their places in the run. */
  readonly people: readonly number[];
}

/** The most frequent first. */
export function misconceptionsOf(
  submissions: readonly SubmissionSummary[],
  course: readonly AnyExercise[],
): Misconceived[] {
  const by = new Map<string, { exercise: string; id: string; people: Set<number> }>();
  for (const [index, { exercises }] of submissions.entries())
    for (const { exercise, checks } of exercises)
      for (const { failure } of checks) {
        const id = failure?.misconception?.id;
        if (id === undefined) continue;
        const key = JSON.stringify([exercise, id]);
        const found = by.get(key) ?? { exercise, id, people: new Set<number>() };
        by.set(key, found);
        found.people.add(index);
      }
  return [...by.values()]
    .map(({ exercise, id, people }) => {
      const says = firstSentence(
        course.find((one) => one.id === exercise)?.misconceptions?.find((one) => one.id === id)?.explanation,
      );
      return { exercise, id, people: [...people], ...(says !== undefined && { says }) };
    })
    .toSorted((a, b) => b.people.length - a.people.length);
}

/** Up to a stop that is none of a formula's. */
export function firstSentence(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const parts = text.split("$");
  let sentence = "";
  for (const [i, part] of parts.entries()) {
    const inFormula = i % 2 === 1;
    const end = inFormula ? null : /[.!?](?=\s|$)|\n\n/.exec(part);
    if (end) return `${sentence}${part.slice(0, end.index)}${end[0].trim()}`;
    sentence += inFormula ? `$${part}$` : part;
  }
  return sentence.trim();
}
