/** A report with texts to review, for tests. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { givePoints } from "../by-hand/give.ts";
import { course as wholeCourse } from "../course.ts";
import type { SubmissionResult } from "../grading/result.ts";
import type { GradedRun } from "../record/read.ts";
import { writeHTML } from "../report/html.ts";
import {
  exerciseResult,
  failedCheck,
  gradedRun,
  passed,
  submissionResult,
} from "../report/result.fixture.ts";
import { type Desk, openDesk } from "./desk.ts";
import type { FoundReport } from "./find-report.ts";

/** With the rubric and the statement of the real one. */
export const course = wholeCourse.filter(({ id }) => id === "16.11");

/** An answer to 16.11: a text of 3 points, a check that passed with 2 and one that failed with 1. */
export function reasoned(name: string, answer: string): SubmissionResult {
  const [criteria] = course.map(({ rubric }) => rubric?.criteria ?? []);
  const result = exerciseResult({
    ...{ exercise: "16.11", title: "Reverse KL", status: "partial", maxPoints: 6 },
    checks: [passed("integrates to one", 2), failedCheck],
    manual: { answer, maxPoints: 3, criteria: criteria ?? [] },
  });
  return submissionResult(`class/${name}`, [result], { maxPoints: 6 });
}

export interface Reviewed {
  readonly report: FoundReport;
  readonly run: GradedRun;
  readonly desk: Desk;
  remove(): Promise<void>;
}

/** @param texts By names. */
export async function reviewOf(
  texts: Readonly<Record<string, string>>,
  anonymous = false,
  reviewer?: string,
): Promise<Reviewed> {
  const root = await mkdtemp(join(tmpdir(), "flowlab-review-"));
  const run = gradedRun(Object.entries(texts).map(([name, text]) => reasoned(name, text)));
  const report = {
    folder: join(root, "report"),
    record: join(root, "run.jsonl"),
    again: "npm run grade -- …",
  };
  const { rows } = await givePoints(run, [], "");
  await writeHTML(report.folder, run, course, { rows, ...report });
  const desk = await openDesk(report, run, {
    course,
    anonymous,
    ...(reviewer !== undefined && { reviewer }),
  });
  return { report, run, desk, remove: () => rm(root, { recursive: true, force: true }) };
}
