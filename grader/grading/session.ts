/**
 * One learner's code for one exercise, wherever it runs.
 *
 * There are two: the notebook's own process (drivers/in-process.ts) and a sandboxed child (drivers/sandboxed.ts). A check cannot
 * tell which one it talks to.
 */

import type { Plan } from "../harness/ahead/plan.ts";
import type { AnswerSize } from "../harness/size.ts";

/** What the code may take for its next calls together, until it is given more. */
export interface Allowance {
  /** Of the code's own time: what its processor computes for it. What it only waits has a bound of its own, drivers/own-time.ts. */
  readonly seconds: number;
  /** What one answer may hold. */
  readonly answer: AnswerSize;
  /** The calls that will be made, as far as that is known: they may be asked before their time, in their order. */
  readonly ahead?: Plan | undefined;
}

/** What to call: an export of the learner's module, or a method of an object that an earlier call returned. */
export type Target = { readonly export: string } | { readonly object: number; readonly method: string };

export interface Session {
  /**
   * Calls a function of the learner's with plain arguments and gives its plain result, checked against the signature.
   * An `object` result is given as a number, the object's place in the session.
   *
   * @throws LearnerError
   */
  call(target: Target, inputs: readonly unknown[]): Promise<unknown>;
  /**
   * Gives the code this much for its next calls together. A call that needs more time ends the session with `time`, an answer that
   * is larger is refused with `size`; neither touches what is allowed later.
   */
  allow(allowance: Allowance): void;
  /** False once the code has ended, been ended or cannot be loaded. */
  readonly alive: boolean;
  close(): Promise<void>;
}

/**
 * Why a learner's code gave no usable answer.
 *
 * `unsolved`  the stub is still in place;  `threw`  the function threw;  `kind`  it returned something else than the signature
 * says;  `size`  it returned more than the check reads;  `changed`  it overwrote an array that it was given;
 * `missing`  the export is not there;  `load`  the module cannot be loaded (syntax, or it throws at import);
 * `time`, `memory`, `output`, `exit`, `protocol`  the process was ended or ended itself.
 */
export type Trouble =
  | "unsolved"
  | "threw"
  | "kind"
  | "size"
  | "changed"
  | "missing"
  | "load"
  | "time"
  | "memory"
  | "output"
  | "exit"
  | "protocol";

export class LearnerError extends Error {
  override readonly name = "LearnerError";
  readonly trouble: Trouble;
  /** The learner's own stack, trimmed to her code, where there is one. */
  readonly trace: string | undefined;

  constructor(trouble: Trouble, message: string, trace?: string) {
    super(message);
    this.trouble = trouble;
    this.trace = trace;
  }
}

/** The sandbox itself did not work: nothing of the learner's has run. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
}
