/** One run of the judge over a class, in a process of its own. Reads its task as JSON from its argument, prints a `Run` as JSON. */

import { prepareJudge } from "../../grader/batch/prepare.ts";
import { type GradeOne, runBatch } from "../../grader/batch/run.ts";
import { sandboxedGrading } from "../../grader/batch/sandboxed.ts";
import { course } from "../../grader/course.ts";
import { detectSandbox } from "../../grader/sandbox/detect.ts";
import { sample } from "../../setup/testing/sample.ts";
import { honest, hostile, mix } from "./class.ts";
import { meterTurns, type Turns } from "./turn-meter.ts";

export interface Task {
  readonly jobs: number;
  readonly seed: string;
  /** Hostile submissions by their names' beginning; each is graded as often as it takes to have `copies` in all. */
  readonly kind: string;
  readonly copies: number;
  /** No honest work beside them. */
  readonly alone?: true;
  /** Of both a sample, the first of each so many; all if left out. */
  readonly each?: number;
}

export interface Run extends Turns {
  /** Submissions that got something else than they deserve: "right.ts: 2 of 3 points, …". */
  readonly amiss: readonly string[];
  readonly honest: number;
  readonly hostile: number;
}

const { jobs, seed, kind, copies, alone, each = 1 } = JSON.parse(process.argv[2] as string) as Task;
const kinds = sample(
  hostile().filter(({ name }) => name.startsWith(kind)),
  each,
);
const attackers = Array.from({ length: Math.max(copies, kinds.length) }, (_, i) => kinds[i % kinds.length]);
const members = mix(
  attackers.flatMap((one) => one ?? []),
  alone ? [] : sample(honest(), each),
);
const sandbox = await detectSandbox();
const amiss: string[] = [];
const grading = sandboxedGrading({ seed, sandbox, seconds: 2 });
/** Hostile answers to 16.1 that deserve nothing are asked one check: most of them take all the time of every check. */
const gradeOne: GradeOne = (exercise, source, signal) => {
  const member = members.find(({ name }) => name === source.origin);
  const brief = member?.honest === false && member.deserves === 0 && exercise.id === "16.1";
  return grading(brief ? { ...exercise, checks: exercise.checks.slice(0, 1) } : exercise, source, signal);
};
// What is loaded before anybody is graded keeps nobody waiting: reading expressions alone takes a turn of 70 ms.
await prepareJudge(course);
const stop = meterTurns();
await runBatch(
  members.map(({ name, exerciseId, code }) => ({
    name,
    sources: [{ exerciseId, code, origin: name }],
    ...{ notes: [], files: [] },
  })),
  {
    exercises: course,
    gradeOne,
    jobs,
    record: {
      async answer(answer) {
        const { name, deserves } = members[answer.index] as (typeof members)[number];
        if ("fault" in answer) amiss.push(`${name}: ${answer.fault}`);
        else if (answer.result.points !== deserves) {
          const failed = answer.result.checks.find(({ status }) => status !== "passed");
          amiss.push(
            `${name}: ${answer.result.points} of ${deserves} points, ${failed?.failure?.message.slice(0, 200)}`,
          );
        }
      },
      async end() {},
    },
  },
);
const turns = stop();
const run: Run = {
  ...turns,
  amiss,
  honest: members.filter(({ honest }) => honest).length,
  hostile: attackers.length,
};
process.stdout.write(`${JSON.stringify(run)}\n`);
