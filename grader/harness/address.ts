/** Stacks name the learner's file by this address; there is no such folder. */
export const SUBMISSION = "file:///submission/";
