/** What the page shows of one answer: what was asked, what was written, what the checks said, and by what it is judged. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isBlank } from "../blank.ts";
import { PROJECT } from "../cli/own-work.ts";
import type { AnyExercise } from "../exercise.ts";
import type { SubmissionResult } from "../grading/result.ts";
import { plural } from "../plural.ts";
import { renderForeign, renderMarkdown } from "../report/markdown.ts";
import { pointsText } from "../report/points.ts";
import { exerciseView } from "../report/submission-view.ts";
import type { Answer } from "./answers.ts";

/** Of a longer text formulas are not set: it would keep everybody waiting. */
const MOST_SET = 20_000;

export async function answerView(
  { exercise: id, who, subjects }: Answer,
  submission: SubmissionResult,
  course: readonly AnyExercise[],
  anonymous: boolean,
) {
  const exercise = course.find((candidate) => candidate.id === id);
  const view = exerciseView(id, submission, course);
  const manual = submission.exercises.find((result) => result.exercise === id)?.manual;
  return {
    ...view,
    who,
    // A file's name may be its writer's.
    origin: anonymous ? undefined : view.origin,
    text: manual && textView(manual.answer, manual.missing),
    criteria: manual?.criteria.map(({ points, text }) => ({
      value: points,
      points: plural(points, "point"),
      html: renderMarkdown(text, { math: "html", inline: true }),
    })),
    best: manual && pointsText(manual.maxPoints),
    guide: exercise?.rubric && (await guideOf(exercise)),
    checks: view.checks.map((check, i) => {
      const subject = subjects.filter((one) => one.check !== "")[i];
      return {
        ...check,
        field: i,
        best: pointsText(subject?.best ?? 0),
        earned: pointsText(subject?.earned ?? 0),
      };
    }),
  };
}

function textView(answer: string, missing: string | undefined) {
  return {
    source: answer,
    html: answer.length <= MOST_SET ? renderForeign(answer) : undefined,
    missing: isBlank(answer) ? (missing ?? "nothing was written") : undefined,
  };
}

/** What earns each point, for whoever judges: it stands with the solutions, which learners are not given. */
async function guideOf({ path }: AnyExercise): Promise<string | undefined> {
  const text = await readFile(join(PROJECT, "solutions", `${path}.rubric.md`), "utf8").catch(() => undefined);
  return text === undefined ? undefined : renderMarkdown(text);
}
