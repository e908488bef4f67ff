/** A call that took more time than its check allows, in words for a learner. */

import { LearnerError } from "../grading/session.ts";

/** @param where "at f(2)" */
export function computingError(seconds: number, where: string): LearnerError {
  return new LearnerError("time", `ran longer than ${seconds} s ${where}: is there a loop that never ends?`);
}

export function waitingError(seconds: number, where: string): LearnerError {
  return new LearnerError(
    "time",
    `waited ${seconds} s without computing anything ${where}: is there a promise that nothing resolves?`,
  );
}
