/**
 * The one result model: what grading gives, what every report and export is written from. Plain JSON.
 */

import type { PlainFigure } from "../harness/kinds.ts";
import type { Sender } from "./sender.ts";
import type { Trouble } from "./session.ts";

export interface CheckResult {
  readonly name: string;
  readonly points: number;
  readonly earned: number;
  /** `unsolved`: the stub is still in place. `skipped`: the code could not be loaded, or ended too often to go on. */
  readonly status: "passed" | "failed" | "unsolved" | "skipped";
  readonly milliseconds: number;
  readonly failure?: Failure;
  /** What was measured, where a check that passes has something to say: "3.24 bits per dimension". */
  readonly found?: string;
  /** What a person gives in place of `earned`, and why. */
  readonly byHand?: { readonly points: number; readonly reason: string };
}

export interface Failure {
  /** One sentence: what was found. */
  readonly message: string;
  /** The call on which it failed, as a learner would type it: `density(0.37)`. */
  readonly input?: string;
  readonly expected?: string;
  readonly got?: string;
  /** Where the code gave no usable answer, why. */
  readonly trouble?: Trouble;
  readonly trace?: string;
  /** The misconception whose answers these are. */
  readonly misconception?: { readonly id: string; readonly explanation: string };
  /** What the numbers show, where no known misconception gives them: `constant-factor`. */
  readonly observation?: { readonly id: string; readonly text: string };
  readonly hint?: string;
  /** Yours against what was asked, where a plot says more. */
  readonly plot?: PlainFigure;
}

export interface ExerciseResult {
  readonly exercise: string;
  readonly title: string;
  readonly status: "passed" | "partial" | "failed" | "unsolved";
  readonly points: number;
  readonly maxPoints: number;
  /** Grades again with the same numbers: `--seed`. */
  readonly seed: string;
  readonly checks: readonly CheckResult[];
  /** What a person reads; `points` has nothing of it. */
  readonly manual?: Manual;
  /** In a notebook: what the grader will see otherwise than this check did. */
  readonly warning?: string;
  /** Present if the exercise's checks have changed since, so that these are no longer their points. */
  readonly stale?: true;
  /** The learner's own numbers, by which it was graded; absent where everybody has the same. */
  readonly numbers?: unknown;
  /** For the instructor alone: that it belongs to somebody else's kit or numbers. */
  readonly otherKit?: OtherKit;
  /** What the learner's code printed, cut. */
  readonly output?: string;
}

export interface OtherKit {
  /** In whose kit it was written, by the mark that the kit's cells and files have. */
  readonly writtenIn?: string;
  /** With whose numbers its answers are right. */
  readonly rightFor?: readonly string[];
}

/** A text for a person to read. Without one there is nothing to wait for. */
export interface Manual {
  readonly answer: string;
  /** Why the answer gave no text, where it should have: it threw, or returned a number. */
  readonly missing?: string;
  readonly maxPoints: number;
  readonly criteria: readonly { readonly points: number; readonly text: string }[];
  /** What the person has given, once she has. */
  readonly given?: number;
  /** What she says of it. */
  readonly remark?: string;
}

export interface SubmissionResult {
  /** The path as given; for a member of a zip, `archive.zip › member`. */
  readonly submission: string;
  /** By the checks alone. */
  readonly points: number;
  /** Given by a person, to be added to them: for texts, and what she changed of checks; below 0 where she took more away. */
  readonly pointsByHand?: number;
  readonly maxPoints: number;
  readonly exercises: readonly ExerciseResult[];
  /** The code that was graded, so that a report can be written from the result alone. */
  readonly sources?: readonly {
    readonly exerciseId: string;
    readonly code: string;
    readonly origin: string;
  }[];
  /** What a person should know about how it was read: files left out, several candidates. */
  readonly notes?: readonly string[];
  /** Every file that was handed in. */
  readonly files?: readonly HandedIn[];
  readonly sender?: Sender;
  /** Who this is by the roster: of a group, everybody. */
  readonly learner?: string;
  /** What counts by the course's rules, of each learner whose this is, where there are rules. */
  readonly marks?: readonly LearnerMark[];
  /** Why nothing could be graded: unreadable, no exercise in it, refused. */
  readonly problem?: string;
  /** Present if a defect of the grader stood in the way of an answer; `problem` says how. */
  readonly graderFault?: true;
  readonly milliseconds: number;
}

/** What became of somebody's points by the rules of a course. */
export interface LearnerMark {
  readonly learner: string;
  /** To two decimals; missing while something waits. */
  readonly mark?: number;
  readonly of: number;
  /** A line for each step. */
  readonly account: readonly string[];
  /** Why there is no mark yet. */
  readonly open: readonly string[];
}

/** One file; with the reason, where it was not graded. */
export interface HandedIn {
  readonly path: string;
  readonly reason?: string;
}

/** How a path of the command line was taken. */
export interface SeenLayout {
  readonly path: string;
  readonly name: string;
  readonly description: string;
  /** Files that are nobody's work. */
  readonly beside: readonly HandedIn[];
}

/** All of a run but what it found. */
export type AboutRun = Omit<BatchResult, "submissions">;

export interface BatchResult {
  readonly version: 1;
  readonly seed: string;
  /** The sandbox tier in force: `bubblewrap`, `unshare`, `sandbox-exec`, `none`. */
  readonly sandbox: string;
  readonly startedAt: string;
  readonly milliseconds: number;
  /** By which everybody is measured, in the course's order. */
  readonly exercises?: readonly { readonly id: string; readonly maxPoints: number }[];
  /** One for each path that was named. */
  readonly layouts?: readonly SeenLayout[];
  /** Present if the run was ended early; what had not been graded by then says so as its `problem`. */
  readonly interrupted?: true;
  readonly submissions: readonly SubmissionResult[];
}
