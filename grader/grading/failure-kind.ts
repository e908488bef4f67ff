/**
 * `value`  a finite answer that is not what was asked for;  `not-finite`  NaN or infinite where a finite number was asked for;
 * `shape`  another type or shape than the signature's;  `no-return`  undefined;  `threw`  an exception of the learner's code;
 * `time`  ran too long;  `unsteady`  another answer to the same question;  `changed-input`  changed what it was given.
 */
export type FailureKind =
  | "value"
  | "not-finite"
  | "shape"
  | "no-return"
  | "threw"
  | "time"
  | "unsteady"
  | "changed-input";
