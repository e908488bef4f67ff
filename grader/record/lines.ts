/**
 * The record of a run: one line of JSON for each thing that became certain, in the order in which it did. The first is a {@link RunLine},
 * then comes a {@link SubmissionLine} for everybody, then an {@link AnswerLine} for each answer as soon as it is graded, and an
 * {@link EndLine}, which is missing if the run was killed.
 */

import type { ExerciseResult, HandedIn, SeenLayout } from "../grading/result.ts";
import type { Sender } from "../grading/sender.ts";

export interface RunLine {
  readonly kind: "run";
  readonly format: 1;
  readonly seed: string;
  readonly sandbox: string;
  readonly startedAt: string;
  /** Changes with the exercises and with whatever else decides points. */
  readonly course: string;
  readonly limitSeconds?: number;
  readonly layouts: readonly SeenLayout[];
  /** By which everybody is measured, in the course's order. */
  readonly exercises: readonly { readonly id: string; readonly maxPoints: number }[];
}

export interface SubmissionLine {
  readonly kind: "submission";
  readonly index: number;
  readonly submission: string;
  readonly sources: readonly {
    readonly exerciseId: string;
    readonly origin: string;
    readonly code: string;
    /** Of the whole code, also where `code` is cut, and of what is run with it. */
    readonly digest: string;
  }[];
  readonly notes: readonly string[];
  readonly files: readonly HandedIn[];
  readonly sender?: Sender;
  readonly problem?: string;
  /** Her data were deleted; the line keeps the place by which those after it are counted. */
  readonly removed?: true;
}

export type Outcome =
  | { readonly milliseconds: number; readonly result: ExerciseResult }
  /** A defect of the grader stood in the way. */
  | { readonly fault: string };

/** An answer and what came of it. */
export type Answer = {
  /** The submission's. */
  readonly index: number;
  readonly exercise: string;
} & Outcome;

export type AnswerLine = { readonly kind: "answer" } & Answer;

export interface EndLine {
  readonly kind: "end";
  readonly milliseconds: number;
  readonly interrupted?: true;
}

export type Line = RunLine | SubmissionLine | AnswerLine | EndLine;
