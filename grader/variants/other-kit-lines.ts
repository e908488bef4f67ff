/** Answers that belong to somebody else's kit or numbers: for the instructor, and on no page that a learner gets. */

import type { ExerciseResult, OtherKit } from "../grading/result.ts";
import { listWords } from "../listing.ts";

/** A line for each thing that was seen, with the exercises in which it was. */
export function otherKitLines(results: readonly Pick<ExerciseResult, "exercise" | "otherKit">[]): string[] {
  const said = results.flatMap(({ exercise, otherKit }) =>
    otherKit ? [{ exercise, text: otherKitText(otherKit) }] : [],
  );
  return [...Map.groupBy(said, ({ text }) => text)].map(
    ([text, all]) => `${listWords(all.map(({ exercise }) => exercise))}: ${text}`,
  );
}

function otherKitText({ writtenIn, rightFor }: OtherKit): string {
  const parts = [
    ...(writtenIn === undefined ? [] : [`written in the kit of ${writtenIn}`]),
    ...(rightFor ? [`right with the numbers of ${listWords(rightFor)}`] : []),
  ];
  return `${parts.join(", ")}; graded by the learner's own numbers`;
}
