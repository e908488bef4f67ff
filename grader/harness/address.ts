/** Stacks name the learner's file by this address; there is no such folder. */
export const SUBMISSION = "file:///submission/";

/** Where the modules of a room's exercises lie: those of its first as of one that has the room to itself. */
export const addressOf = (exercise: number): string =>
  exercise === 1 ? SUBMISSION : `${SUBMISSION}~${exercise}/`;
