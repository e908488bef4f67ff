/** What a learner's mark is made of. Points that wait for a person, and answers that were not graded, are no zeros: they keep it open. */

import type { Learner } from "../roster/roster.ts";
import type { Fraction } from "./fraction.ts";

/** One exercise of one learner. */
export interface Part {
  readonly exercise: string;
  /** By checks, and by a person where she has given hers. */
  readonly points: Fraction;
  readonly maxPoints: Fraction;
  readonly status: "passed" | "partial" | "failed" | "unsolved" | "absent" | "open";
  /** Of the run, where the answer comes from. */
  readonly submission?: number;
  /** Points that a person has yet to give or to refuse. */
  readonly waits?: Fraction;
}

export interface Mark {
  readonly learner: Learner;
  /** Of the run, in its order; none if she has handed in nothing, or nothing that is hers for certain, which keeps it open. */
  readonly submissions: readonly number[];
  readonly parts: readonly Part[];
  /** As graded, of what is certain so far. */
  readonly points: Fraction;
  readonly maxPoints: Fraction;
  /** What counts, by the course's rules; the points as graded where there are none. */
  readonly final: Fraction;
  readonly maxFinal: Fraction;
  /** Of the final points, what being late or too many attempts took off. */
  readonly penalty: Fraction;
  /** Why it is no mark yet, each with what to do; empty once it is. */
  readonly open: readonly string[];
  /** How the final points come of those as graded, a line for each step; empty where they are the same. */
  readonly account: readonly string[];
}

/** Of somebody who is in no roster, or nothing could be found out about. */
export interface Stray {
  readonly name: string;
  readonly why: string;
}

export interface ClassMarks {
  readonly marks: readonly Mark[];
  readonly exercises: readonly string[];
  /** Submissions that are nobody's, if there is a roster. */
  readonly strays: readonly Stray[];
  /** The same run's marks by its submissions; a group's has several. */
  of(submission: number): readonly Mark[];
}

/** `graded`, or why there is no mark. */
export function stateOf({ submissions, open }: Mark): "graded" | "open" | "nothing handed in" {
  if (open.length > 0) return "open";
  return submissions.length === 0 ? "nothing handed in" : "graded";
}
