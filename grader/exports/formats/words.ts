/** What a result says, as plain text, for platforms that show no formulas. */

import type { CheckResult, ExerciseResult, SubmissionResult } from "../../grading/result.ts";
import { toNumber } from "../../marks/fraction.ts";
import type { Mark } from "../../marks/mark.ts";
import { plural } from "../../plural.ts";
import { checkLines } from "../../report/card/card-text.ts";
import { plainMarkdown } from "../../report/plain-math.ts";
import { printable } from "../../report/printable.ts";
import { ExportError } from "../export.ts";

/** A check with the exercise that it belongs to. */
interface Test {
  readonly exercise: ExerciseResult;
  readonly check: CheckResult;
  /** Of its exercise, from 1. */
  readonly number: number;
  /** One line, the only one of this name: `16.1 has the right values`. */
  readonly name: string;
  /** What was found, and what is advised; empty where it passed and nothing was measured. */
  readonly text: string;
}

/** A text that a person has yet to read. */
export interface Waiting {
  readonly exercise: string;
  readonly maxPoints: number;
}

/** All that a submission's exercises were checked for. */
function testsOf({ exercises }: Pick<SubmissionResult, "exercises">): Test[] {
  const names = new Map<string, number>();
  return exercises.flatMap((exercise) =>
    exercise.checks.map((check, i): Test => {
      const plain = printable(`${exercise.exercise} ${plainMarkdown(check.name)}`).replace(/\s+/g, " ");
      const count = (names.get(plain) ?? 0) + 1;
      names.set(plain, count);
      const [, ...found] = checkLines([check]);
      const text =
        check.status === "unsolved" ? "Not solved yet." : found.map((line) => line.trim()).join("\n");
      const name = count > 1 ? `${plain} (${count})` : plain;
      return { exercise, check, number: i + 1, name, text: printable(text).toWellFormed() };
    }),
  );
}

export const waitingIn = ({ exercises }: Pick<SubmissionResult, "exercises">): Waiting[] =>
  exercises.flatMap(({ exercise, manual }) =>
    manual && manual.given === undefined && manual.answer.trim() !== ""
      ? [{ exercise, maxPoints: manual.maxPoints }]
      : [],
  );

/** What a person has given, with the texts that have theirs. */
const givenIn = ({ exercises }: Pick<SubmissionResult, "exercises">) =>
  exercises.flatMap(({ exercise, manual }) =>
    manual?.given === undefined
      ? []
      : [{ exercise, given: manual.given, maxPoints: manual.maxPoints, remark: manual.remark ?? "" }],
  );

/** Why there is no verdict, where the grader stood in its own way or the run ended before. */
export function whyNoVerdict({
  graderFault,
  exercises,
  problem,
  sources = [],
}: SubmissionResult): string | undefined {
  const isGraded = (id: string) => exercises.some(({ exercise }) => exercise === id);
  if (!graderFault && sources.every(({ exerciseId }) => isGraded(exerciseId))) return undefined;
  return problem ?? "the run ended before";
}

/**
 * A file of results is a mark, and one of zero where nothing was found out.
 *
 * @throws ExportError
 */
export function checkVerdict(result: SubmissionResult, format: string): void {
  const why = whyNoVerdict(result);
  if (why !== undefined)
    throw new ExportError(
      `${format}: ${result.submission} was not graded, and gets no file, which would be a mark of zero: ${why}. Grade again`,
    );
}

/** Why nothing of somebody's was graded, where that is not the grader's fault. */
export const whyNothing = ({ exercises, problem }: SubmissionResult): string | undefined =>
  exercises.length > 0 ? undefined : (problem ?? "nothing that was handed in is an answer");

/** One line of a list of tests, whatever a platform calls its fields. */
export interface Scored {
  readonly name: string;
  readonly exercise: string;
  /** As a number within its exercise: `16.1.2`. */
  readonly number?: string;
  readonly passed: boolean;
  readonly points: number;
  readonly maxPoints: number;
  /** What was found and advised; empty where there is nothing to say. */
  readonly text: string;
  /** Of its answer, for platforms that show it. */
  readonly seconds?: number;
}

/** Everything that has points: checks, texts that a person has read, exercises that are missing. */
export function scoredIn(result: SubmissionResult, mark: Mark | undefined): Scored[] {
  const tests = testsOf(result).map(
    ({ exercise, check, number, name, text }): Scored => ({
      name,
      exercise: exercise.exercise,
      number: `${exercise.exercise}.${number}`,
      passed: check.byHand ? check.byHand.points === check.points : check.status === "passed",
      points: check.byHand?.points ?? check.earned,
      maxPoints: check.points,
      text: check.byHand
        ? [`A person changed its points: ${check.byHand.reason}`, text].join("\n").trim()
        : text,
      seconds: Math.round(check.milliseconds) / 1000,
    }),
  );
  const given = givenIn(result).map(
    ({ exercise, given, maxPoints, remark }): Scored => ({
      name: `${exercise} text, read by a person`,
      exercise,
      passed: given === maxPoints,
      points: given,
      maxPoints,
      text: remark,
    }),
  );
  const absent = (mark?.parts ?? []).filter(({ status }) => status === "absent");
  const missing = absent.map(
    ({ exercise, maxPoints }): Scored => ({
      name: `${exercise} not handed in`,
      exercise,
      passed: false,
      points: 0,
      maxPoints: toNumber(maxPoints),
      text: "",
    }),
  );
  return [...tests, ...given, ...missing];
}

/** Of a text without its points yet. */
export const waitingText = ({ maxPoints }: Waiting): string =>
  `A person reads this text and gives up to ${plural(maxPoints, "point")}. They are not in this score yet.`;

/** What changed the points, if a course's rules did. */
export const accountOf = (mark: Mark | undefined): readonly string[] => mark?.account ?? [];
