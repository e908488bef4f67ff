/**
 * An exercise as one object: what is asked, how it is checked, what goes wrong.
 *
 * The code itself is in `solutions/<path>.ts`, the only hand-written source; the stub in `exercises/<path>.ts` and the notebook's
 * cells are generated from it. To add one, see "Adding an exercise" in the README: it says which part goes into which file.
 */

import type { Ingredients } from "./diagnosis/mixture.ts";
import type { Parts } from "./diagnosis/parts.ts";
import type { Domain } from "./domain/domain.ts";
import type { Hint } from "./explanation/hint.ts";
import type { Answered } from "./grading/answered.ts";
import type { Expect } from "./grading/expect.ts";
import type {
  FunctionKind,
  Implementation,
  Learner,
  ObjectKind,
  Parameter,
  PlainArguments,
  PlainFigure,
  Signatures,
} from "./harness/kinds.ts";
import { type AnswerSize, DEFAULT_ANSWER, LARGEST_ANSWER, sizeText } from "./harness/size.ts";
import type { Random } from "./random.ts";

export interface Exercise<S extends Signatures = Signatures> {
  /** What a learner types: `check("16.1", …)`. Unique in the course. */
  readonly id: string;
  /** Chapter slug and file name without ending: `01-change-of-variables/16-1-square`. */
  readonly path: string;
  readonly title: string;
  /** Where the problem comes from, as a reader would cite it. */
  readonly source: string;
  /** The task in Markdown with KaTeX. */
  readonly statement: string;
  readonly signatures: S;
  /** The answer is a flow that the learner's code has saved; the signatures are then what is asked of that flow. */
  readonly file?: FileAnswer;
  /**
   * What may be asked of each function and how exact its answers have to be. `npm run verify` makes wrong answers of it, and
   * wants it for every function whose answers are numbers, and for every method of an object that a function returns.
   */
  readonly domains?: Domains<S>;
  readonly checks: readonly Check<S>[];
  /** From a nudge to nearly the answer; shown one at a time. */
  readonly hints: readonly [string, string, ...string[]];
  /**
   * The right answers as a program of the checks' own, in double precision, never the solution's code. With it a wrong answer
   * can be told from a right one call by call: see `misconception.ts` and `diagnosis.ts`.
   */
  readonly reference?: Implementation<S>;
  /**
   * What later cells use until the learner's own passes (`check.passed`), where there is no reference because many answers are right.
   */
  readonly standIn?: Implementation<S>;
  /** The right answers as sums or products of named parts: tells which part a wrong one lacks. */
  readonly parts?: readonly Parts<S>[];
  /** What wrong answers are made of: every mixture explains the wrong numbers that it gives. */
  readonly ingredients?: readonly Ingredients<S>[];
  readonly misconceptions: readonly Misconception<S>[];
  /** Wrong programs without a story of their own; the checks must reject them (`npm run verify`). */
  readonly mutants?: readonly Mutant<S>[];
  readonly limits?: Partial<Limits>;
  /**
   * Under how many seeds `npm run verify` runs the solution, where each run trains and 1,000 would take minutes; said in its line. What
   * makes up for the others is a margin: the statistic that decides stays far from its limit under all that are tried.
   */
  readonly trials?: { readonly right: number; readonly because: string };
  /** Modules that contain the answer; a submission that imports one is told so and gets nothing. */
  readonly forbiddenImports?: readonly string[];
  /** Yours against what was asked, drawn when a check fails on a wrong value: a plot says where, numbers only that. */
  illustrate?(learner: Learner<S>): Promise<PlainFigure | undefined>;
  /** Points that a person gives, and what for. The text is what one of the exercise's functions returns. */
  readonly rubric?: Rubric;
  /** The task's numbers, where each learner may have others: see `variedExercise`. */
  readonly variants?: Variants;
}

/** The numbers of a task, and the task with others. */
// biome-ignore lint/suspicious/noExplicitAny: who draws numbers and who takes them are of one exercise, and nobody else looks into them.
export interface Variants<N = any> {
  /** Of this exercise. Plain JSON. */
  readonly numbers: N;
  /** Others: small and friendly, and as difficult. */
  draw(random: Random): N;
  with(numbers: N): AnyExercise;
}

/** Of a function that returns an object: those of its methods, each as a function of the arguments of both. */
export type Domains<S> = {
  readonly [N in keyof S]?: S[N] extends FunctionKind<infer A, infer R>
    ? R extends ObjectKind<infer M>
      ? MethodDomains<A, M>
      : Domain<PlainArguments<A>>
    : never;
};
type MethodDomains<A extends readonly Parameter[], M> = {
  readonly [N in keyof M]?: M[N] extends FunctionKind<infer B>
    ? Domain<[...PlainArguments<A>, ...PlainArguments<B>]>
    : never;
};

/** An answer that is no code: a file of `saveFlow`, which is graded without the code that made it. */
export interface FileAnswer {
  /** What it is called, beside the notebook: `capstone.safetensors`. */
  readonly name: string;
  readonly mostBytes: number;
  /**
   * What answers the questions of `signatures` about a file: `readSavedFlow`.
   *
   * @throws Error whose message says what is wrong with the file.
   */
  read(bytes: Uint8Array, name: string): object;
  /** The functions of the notebook's cell that make it, with their types. */
  readonly makers: { readonly [name: string]: string };
  /**
   * Files that are no right answer, made of the right one: what each has to lose, and what is to be said. `verify` wants every check to
   * reject one of them.
   */
  readonly spoilt: readonly SpoiltFile[];
}

export interface SpoiltFile {
  readonly id: string;
  /** Of the course's own answer, which lies beside its solution. */
  spoil(right: Uint8Array): Uint8Array;
  /** Checks that it passes all the same, by their names. */
  readonly passes?: readonly string[];
  /** What is to be said, by the first check that it fails: its message, or its hint. */
  readonly says: RegExp;
}

export interface Check<S extends Signatures = Signatures> {
  /** What is true when it passes: "agrees with the closed form". */
  readonly name: string;
  readonly points: number;
  /** Where this check fails and no misconception explains why, the first that applies to the failure is shown. */
  readonly hints?: readonly Hint<S>[];
  /** What one answer may hold, where this check asks for more than `DEFAULT_ANSWER`; at most `LARGEST_ANSWER`. */
  readonly answer?: Partial<AnswerSize>;
  /** Throws (through `expect`) where the learner's code is wrong; passes otherwise. */
  run(context: CheckContext<S>): Promise<void>;
}

export interface CheckContext<S extends Signatures = Signatures> {
  readonly learner: Learner<S>;
  /** Fresh numbers for this check, from the run's logged seed. */
  readonly random: Random;
  readonly expect: Expect;
}

/** A wrong answer that people give, and what to tell them. */
export interface Misconception<S extends Signatures = Signatures> {
  /** Short and stable, kebab-case: `missing-absolute-value`. */
  readonly id: string;
  /** What the learner reads, in Markdown with KaTeX: what went wrong and what to look at, not the answer. */
  readonly explanation: string;
  /** The wrong answer as a program; exports it leaves out are right. */
  readonly implementation: Partial<Implementation<S>>;
  /** The same slip in other programs: with and without its support, in one function or in both. */
  readonly variants?: readonly Partial<Implementation<S>>[];
  /** Tells the slip from the answers where no one program gives them: a bracket of any size, any tolerance. */
  shows?(answers: readonly Answered<S>[]): boolean;
}

export interface Mutant<S extends Signatures = Signatures> {
  readonly id: string;
  readonly implementation: Partial<Implementation<S>>;
}

export interface Rubric {
  readonly export: string;
  readonly points: number;
  readonly criteria: readonly { readonly points: number; readonly text: string }[];
}

/**
 * What one answer to this check may hold.
 *
 * @throws RangeError if the check declares more than a judge can read without keeping others waiting.
 */
export function answerSize({ name, answer }: Pick<Check, "name" | "answer">): AnswerSize {
  const size = { ...DEFAULT_ANSWER, ...answer };
  for (const part of ["values", "keys", "bytes"] as const) {
    if (size[part] > 0 && size[part] <= LARGEST_ANSWER[part]) continue;
    throw new RangeError(
      `the check "${name}" declares answers of ${size[part]} ${part}; at most ${sizeText(LARGEST_ANSWER)} can be read: ask in parts`,
    );
  }
  return size;
}

export interface Limits {
  /** Processor time of one check: the learner's own, whatever else the machine does meanwhile. */
  readonly seconds: number;
  /** Resident memory of the learner's process. */
  readonly memoryMB: number;
}

export const DEFAULT_LIMITS: Limits = { seconds: 5, memoryMB: 512 };

/** Markdown as written, so that KaTeX keeps its backslashes; a backtick inside is written \\`. */
export function prose(text: TemplateStringsArray, ...values: unknown[]): string {
  return String.raw(text, ...values)
    .replaceAll("\\`", "`")
    .trim();
}

/** An exercise whose id is known to the compiler, so that cells that name it have its types. */
export type Named<S extends Signatures, I extends string> = Exercise<S> & { readonly id: I };

/** Declares an exercise; the signatures type its checks and misconceptions, and the cells that use what it asks for. */
export function exercise<const S extends Signatures, const I extends string>(
  specification: Exercise<S> & { readonly id: I },
): Named<S, I> {
  return specification;
}

/** An exercise whose signatures do not matter here: the course, the engine, the reports. */
// biome-ignore lint/suspicious/noExplicitAny: checks are contravariant in their signatures, so no narrower type holds them all.
export type AnyExercise = Exercise<any>;

/** The functions that a learner writes. */
export const askedNames = ({
  signatures,
  file,
}: {
  readonly signatures?: object;
  readonly file?: Pick<FileAnswer, "makers">;
}): string[] => Object.keys(file?.makers ?? signatures ?? {});

/** What a program can earn by its checks. */
export const pointsOfChecks = (of: AnyExercise): number =>
  of.checks.reduce((sum, check) => sum + check.points, 0);

/** What a program can earn by its checks, and what a person can add. */
export const maxPoints = (of: AnyExercise): number => pointsOfChecks(of) + (of.rubric?.points ?? 0);
