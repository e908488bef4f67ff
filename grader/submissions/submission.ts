/**
 * What was handed in, read and sorted by exercise. Nothing in this folder executes anything.
 */

import type { FileAnswer } from "../exercise.ts";
import type { Sender } from "../grading/sender.ts";
import type { Program } from "../harness/program.ts";

export interface Source {
  readonly exerciseId: string;
  /** As a person reads it. */
  readonly code: string;
  /** What is run, where that is more than the code: with declarations of other cells, with files beside it. */
  readonly program?: Program;
  /** The saved flow that is the answer, where the exercise asks for one; or why it could not be read. */
  readonly flow?: { readonly name: string } & (
    | { readonly bytes: Uint8Array }
    | { readonly problem: string; readonly size?: number }
  );
  /** Of the kit that it was written in, where that has numbers of one learner's own. */
  readonly kit?: string;
  /** By which it is graded, where they are not the course's. */
  readonly numbers?: GivenNumbers;
  /** Relative addresses that the program imports, as they are written in a notebook. */
  readonly imports?: readonly string[];
  /** False for an untouched stub; absent if nobody has looked. */
  readonly answered?: boolean;
  /** Where it was found, for a person to look it up: `ada/01-change-of-variables.ipynb, cell 7`. */
  readonly origin: string;
}

/** A learner's own numbers, and whose kit she wrote in, if that is not hers. */
export interface GivenNumbers {
  readonly values: unknown;
  readonly kitOf?: string;
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
  /** Exercises that it is measured by without an answer: those of a chapter whose notebook it holds. */
  readonly asked?: readonly string[];
  /** What a person should know about how it was read: files left out, several candidates. */
  readonly notes: readonly string[];
  /** Every file that this person handed in. A person who handed in nothing that can be graded has no sources and a `problem`. */
  readonly files: readonly HandedIn[];
  /** Who handed it in, where it is a part of a download or a folder. */
  readonly sender?: Sender;
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
  /** Relative addresses that a `.ts` answer imports, as they are written. */
  readonly imports?: readonly string[];
  /** Other files that came along with the answer, because it imports them. */
  readonly used?: readonly string[];
  /** Exercises that these files are measured by, answered or not. */
  readonly asked?: readonly string[];
  /** The file itself, or the files of an archive. */
  readonly files?: readonly HandedIn[];
}

export interface Stray extends Omit<Source, "exerciseId"> {
  /** Exercises of different chapters that its name may mean. */
  readonly maybe?: readonly string[];
  /** Why none of them was chosen. */
  readonly because?: string;
}

/** What has to be known about an exercise to find its code. */
export interface Listed {
  readonly id: string;
  /** `<chapter>/<file name without ending>`. */
  readonly path: string;
  /** By the names of the functions that it asks for. */
  readonly signatures?: { readonly [name: string]: unknown };
  /** What a saved flow that answers it is called, and how large it may be. */
  readonly file?: Pick<FileAnswer, "name" | "mostBytes" | "makers">;
}

/** Something that stands in the way of reading a file; the message is meant for the person who grades. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}

/** A file that took more time or memory than one may. */
export class TooCostly extends Unreadable {}
