/** What the exit code of `npm run grade` says. */
export const EXIT = {
  /** Something of everybody's was graded. */
  graded: 0,
  /** A fault of the run: it could not begin, an answer met a fault of the grader, a report or the record could not be written. */
  fault: 2,
  /** All ran, and of somebody nothing could be graded. */
  somebodyUngraded: 3,
  interrupted: 130,
} as const;
