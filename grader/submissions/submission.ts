/**
 * What was handed in, read and sorted by exercise. Nothing in this folder executes anything.
 */

export interface Source {
  readonly exerciseId: string;
  readonly code: string;
  /** Where it was found, for a person to look it up: `ada/01-change-of-variables.ipynb, cell 7`. */
  readonly origin: string;
}

export interface Submission {
  /** The path as given; for a part of a class, that part: `class/ada`, `class.zip › ada`. */
  readonly name: string;
  /** At most one source for each exercise. */
  readonly sources: readonly Source[];
  /** What a person should know about how it was read: files left out, several candidates. */
  readonly notes: readonly string[];
  /** Why nothing in it can be graded. */
  readonly problem?: string;
}

/** What could be read from one file, before one source per exercise is chosen. */
export interface Findings {
  readonly sources: readonly Source[];
  readonly notes: readonly string[];
  /** `.ts` files that do not say which exercise they answer. */
  readonly strays?: readonly Stray[];
}

export type Stray = Omit<Source, "exerciseId">;

/** What has to be known about an exercise to find its code. */
export interface Listed {
  readonly id: string;
  /** `<chapter>/<file name without ending>`. */
  readonly path: string;
}

/** Something that stands in the way of reading a file; the message is meant for the person who grades. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}
