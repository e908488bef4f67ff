/**
 * What was handed in, read and sorted by exercise. Nothing in this folder executes anything.
 */

export interface Source {
  readonly exerciseId: string;
  readonly code: string;
  /** Where it was found, for a person to look it up: `ada/01-change-of-variables.ipynb, cell 7`. */
  readonly origin: string;
}

/** One file that somebody handed in. */
export interface HandedIn {
  /** Inside what was handed in, with `/`. */
  readonly path: string;
  /** Why it was not graded; absent if it was. */
  readonly reason?: string;
}

export interface Submission {
  /** The path as given; for a part of a class, that part: `class/ada`, `class.zip › ada`. */
  readonly name: string;
  /** At most one source for each exercise. */
  readonly sources: readonly Source[];
  /** What a person should know about how it was read: files left out, several candidates. */
  readonly notes: readonly string[];
  /** Every file that this person handed in. A person who handed in nothing that can be graded has no sources and a `problem`. */
  readonly files: readonly HandedIn[];
  /** Why nothing in it can be graded. */
  readonly problem?: string;
}

/** How a path was taken: whose file is whose. */
export interface SeenLayout {
  /** The path as it was given. */
  readonly path: string;
  /** As `--layout` takes it. */
  readonly name: string;
  /** In one line. */
  readonly description: string;
  /** Files that are nobody's: the platform's own, the teacher's, a handout; each with its reason. */
  readonly beside: readonly HandedIn[];
}

/** What was found under one path. */
export interface Reading {
  readonly submissions: readonly Submission[];
  readonly layout: SeenLayout;
}

/** What could be read from one file, before one source per exercise is chosen. */
export interface Findings {
  readonly sources: readonly Source[];
  readonly notes: readonly string[];
  /** `.ts` files that do not say which exercise they answer. */
  readonly strays?: readonly Stray[];
  /** The file itself, or the files of an archive. */
  readonly files?: readonly HandedIn[];
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
