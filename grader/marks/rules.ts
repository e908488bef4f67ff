/** By which rules a course marks what was graded. */

import type { Fraction } from "./fraction.ts";

/** What being late costs. Times are in milliseconds. */
export interface LateRule {
  /** A share for each day that has begun. */
  readonly perDay: Fraction;
  /** Of what the share is taken: of the points that were earned, or of all that could be. */
  readonly of: "earned" | "maximum";
  /** So much late is in time still; beyond it days count from the deadline. */
  readonly grace: number;
  /** The largest share that is taken. */
  readonly cap: Fraction;
  /** After which nothing counts any more. */
  readonly until?: number;
  /** For how late somebody is taken whom a platform marks as late without a time. */
  readonly unknown?: number;
}

export interface Assignment {
  readonly name: string;
  /** Ids; every exercise that is in no other assignment, if undefined. */
  readonly exercises?: readonly string[];
  /** As an instant. */
  readonly due?: number;
  readonly late?: LateRule;
  /** So many exercises of it, the lowest, do not count. */
  readonly drop: number;
}

export interface AttemptRule {
  readonly most: number;
  /** A share of the points for each attempt beyond these. */
  readonly perExtra: Fraction;
}

export interface Extension {
  /** An id, login, e-mail address or name. */
  readonly who: string;
  /** All, if undefined. */
  readonly assignment?: string;
  /** A deadline of her own, or so much later. */
  readonly due?: number;
  readonly later?: number;
  /** Of the file. */
  readonly line: number;
}

export interface Rules {
  /** What messages call the file. */
  readonly path: string;
  readonly title?: string;
  /** Of times that name none. */
  readonly zone?: string;
  /** To which the whole is scaled. */
  readonly points?: Fraction;
  /** What an exercise counts, in place of its own points, or how many times. */
  readonly exercises: ReadonlyMap<string, { readonly points: Fraction } | { readonly weight: Fraction }>;
  readonly assignments: readonly Assignment[];
  /** So many assignments, the lowest, do not count. */
  readonly dropAssignments: number;
  readonly attempts?: AttemptRule;
  readonly extensions: readonly Extension[];
  /** What somebody has who handed in nothing. */
  readonly missing: "blank" | "zero";
}

/** A file of rules that cannot be taken; the message names line, value and remedy. */
export class CourseFileError extends Error {
  override readonly name = "CourseFileError";
}
