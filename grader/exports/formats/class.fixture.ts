/** A small class for tests: marks that are certain, one that waits, one of which the grader is at fault, a name that is an attack. */

import type { SubmissionResult } from "../../grading/result.ts";
import type { Known } from "../../grading/sender.ts";
import { marksOf } from "../../marks/marks.ts";
import {
  exerciseResult,
  failedCheck,
  gradedRun,
  hostile,
  passed,
  submissionResult,
} from "../../report/result.fixture.ts";
import { matchRoster } from "../../roster/match.ts";
import { readRoster } from "../../roster/roster.ts";
import type { ExportOptions } from "../export.ts";

export const ATTACK = "=HYPERLINK(1)\n+second line";

const from = (
  name: string,
  known: Known,
  more: Partial<SubmissionResult> = {},
  exercises = [exerciseResult()],
) =>
  submissionResult(`class/${name}`, exercises, {
    maxPoints: 3,
    sender: { layout: known.id?.startsWith("47") ? "moodle" : "canvas", entries: [name], people: [known] },
    ...more,
  });

const partial = exerciseResult({ status: "partial", checks: [failedCheck, passed("integrates to one", 2)] });

export const right = from("ada", { name: "lovelaceada", id: "101" });
export const partly = from("bob", { name: "Bob Ross", id: "4712" }, {}, [partial]);
export const waiting = from("cy", { name: "cyyoung", id: "103" }, {}, [
  exerciseResult({ manual: { answer: "Because.", maxPoints: 2, criteria: [] }, maxPoints: 5 }),
]);
export const faulty = from(
  "dan",
  { name: "dandee", id: "104" },
  {
    graderFault: true,
    problem: "16.1 could not be graded, by a fault of the grader",
    exercises: [],
    points: 0,
  },
);
export const attack = from(
  "eve",
  { name: "eve", id: "105" },
  { ...hostile, submission: "class/eve" },
  hostile.exercises as never,
);

const ROSTER = `id,name,login,email,canvas id,group
s1,"Lovelace, Ada",ada,ada@x.org,101,
s2,Bob Ross,bob,bob@x.org,,
s3,Cy Young,cy,cy@x.org,103,
s4,Dan Dee,dan,dan@x.org,104,
s5,"${ATTACK}",eve,eve@x.org,105,=A
s6,Grace Hopper,grace,grace@x.org,106,
`;

export const run = gradedRun([right, partly, waiting, faulty, attack], {
  exercises: [{ id: "16.1", maxPoints: 5 }],
});
const sent = run.summaries.map(({ submission, sender }) => ({ name: submission, ...(sender && { sender }) }));
export const marks = marksOf(run, matchRoster(sent, readRoster(Buffer.from(ROSTER), "roster.csv")));

export const options: ExportOptions = {
  provisional: false,
  scale: false,
  assignment: "Flows 1",
  environment: {},
};
