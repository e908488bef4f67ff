/** One person's result from what the record says about her. */

import type { SubmissionResult } from "../grading/result.ts";
import type { Answer, RunLine, SubmissionLine } from "./lines.ts";

/** @param unfinished Why an answer without a line has none. */
export function assembleRecord(
  asked: RunLine["exercises"],
  { submission, sources, notes, files, sender, problem }: Omit<SubmissionLine, "kind" | "index">,
  answers: readonly Answer[],
  unfinished: string,
): SubmissionResult {
  const by = new Map(answers.map((answer) => [answer.exercise, answer]));
  const found = asked.flatMap(({ id }) => by.get(id) ?? []);
  const graded = found.filter((answer) => "result" in answer);
  const faults = found.flatMap((answer) => ("fault" in answer ? [answer.fault] : []));
  const missing = sources.some(
    ({ exerciseId }) => !by.has(exerciseId) && asked.some(({ id }) => id === exerciseId),
  );
  const problems = new Set([
    ...(problem === undefined ? [] : [problem]),
    ...faults,
    ...(missing ? [`not graded: ${unfinished}`] : []),
  ]);
  return {
    submission,
    points: graded.reduce((sum, { result }) => sum + result.points, 0),
    maxPoints: asked.reduce((sum, exercise) => sum + exercise.maxPoints, 0),
    exercises: graded.map(({ result }) => result),
    ...(sources.length > 0 && {
      sources: sources.map(({ exerciseId, code, origin }) => ({ exerciseId, code, origin })),
    }),
    ...(notes.length > 0 && { notes }),
    ...(files.length > 0 && { files }),
    ...(sender && { sender }),
    ...(problems.size > 0 && { problem: [...problems].join("; ") }),
    ...(faults.length > 0 && { graderFault: true as const }),
    milliseconds: graded.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
  };
}
