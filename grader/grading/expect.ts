/**
 * How a check says what must hold. An expectation that fails does not end the check: the first failure is kept, and the check
 * goes on asking, so that a misconception can be recognised by more than one answer.
 */

import { isFloat32 } from "../domain/domain.ts";
import type { FailureKind } from "./failure-kind.ts";
import { recordOf } from "./in-record.ts";
import type { Failure } from "./result.ts";
import type { Call, Transcript } from "./transcript.ts";
import { callText, cut, valueTexts } from "./transcript.ts";

export interface Tolerance {
  /** |got − want| ≤ absolute + relative·|want| passes. Defaults: what double precision leaves after a few operations. */
  readonly absolute?: number;
  readonly relative?: number;
}

export interface Comparison {
  /** As in `Tolerance`; a list has one for each number. */
  readonly absolute?: number | readonly number[];
  readonly relative?: number;
  /**
   * The error allowed in each number if all answers to this check so far are float32 numbers: then they were computed in that
   * arithmetic. See `allowedErrors` in domain.ts.
   */
  readonly float32?: readonly number[];
  /** What to say when it fails; the numbers are shown beside it. */
  readonly message?: string;
  /** The call to show; by default the latest one. As a function it is only written where it is shown. */
  readonly input?: string | (() => string);
  /** False where the expected value would be the answer. */
  readonly reveal?: boolean;
  /**
   * Where what it is compared with is the learner's own as well: which of her calls it comes from, as far as the number, such as
   * `logDensity([0.5]) gives`. Nobody expects it, and it is shown beside what was got.
   */
  readonly beside?: string | (() => string);
}

export interface Expect {
  /** A number, or numbers of one shape, within tolerance. */
  close(got: number | readonly number[], want: number | readonly number[], comparison?: Comparison): void;
  /** Any other property. */
  that(
    holds: boolean,
    message: string,
    details?: { input?: string; got?: unknown; expected?: unknown },
  ): void;
  /** What was measured, in words: said of a check that passes. */
  tell(measured: string): void;
}

/** What a check's first failed expectation was about. */
export interface FirstFailure {
  readonly failure: Failure;
  readonly kind: FailureKind;
  /** The latest call before it. */
  readonly call: Call | undefined;
  /** The numbers that were compared with right ones, until the check ended. */
  readonly looked: ReadonlySet<number>;
}

export interface Expectations extends Expect {
  /** Undefined, too, where nobody wants to be told. */
  readonly first: FirstFailure | undefined;
  /** How many expectations were tried, and how many failed. */
  readonly tries: number;
  /** How many of them were about what the first failure is about, by their words: others state what has to hold before. */
  readonly alike: number;
  readonly failures: number;
  /** What was last told. */
  readonly told: string | undefined;
}

export const DOUBLE: Required<Tolerance> = { absolute: 1e-9, relative: 1e-7 };

/** NaN is never what was asked for: a check that works out `want` from an answer of NaN must not take it for right. */
export function within(
  got: number,
  want: number,
  { absolute = DOUBLE.absolute, relative = DOUBLE.relative }: Tolerance = {},
): boolean {
  // What comes out of a figure's JSON is a number only by its type, and `null - 0` is one.
  if (typeof got !== "number") return false;
  if (Math.abs(want) === Number.POSITIVE_INFINITY) return got === want;
  return Math.abs(got - want) <= absolute + relative * Math.abs(want);
}

/** Numbers that are remembered as compared; no check needs more, and an answer may hold 100,000. */
const MOST_LOOKED = 10_000;

/** How one comparison went: also in float32 it is wrong; it is right only if the answers were computed in float32; it is right. */
type Outcome = "wrong" | "right in float32" | "right";

/** @param tells Whether anybody wants to know of the first failure: its words cost more than the comparison. */
export function expectations(log: Transcript, tells = true): Expectations {
  let first: FirstFailure | undefined;
  let tries = 0;
  let failures = 0;
  const looked = new Set<number>();
  let pending: (() => FirstFailure)[] = [];
  let read = 0;
  let single = true;
  let told: string | undefined;
  const byWords = new Map<string, number>();

  /** Whether every number that the learner's code has answered is a float32 number. */
  const inFloat32 = (): boolean => {
    for (; single && read < log.calls.length; read++) single = inSingle(log.calls[read] as Call);
    return single;
  };
  const fail = (failure: () => FirstFailure): void => {
    failures += 1;
    if (tells) first ??= failure();
  };
  /** What waited for an answer that is no float32 number was wrong, and came first. */
  const settle = (): void => {
    if (pending.length === 0 || inFloat32()) return;
    for (const failure of pending) fail(failure);
    pending = [];
  };
  const state = (
    outcome: Outcome,
    words: string,
    got: unknown,
    failure: (call: Call | undefined) => Failure,
  ): void => {
    tries += 1;
    if (tells) {
      const about = wordsOf(words);
      byWords.set(about, (byWords.get(about) ?? 0) + 1);
    }
    settle();
    if (outcome === "right") return;
    const call = log.calls.at(-1);
    const describeFailure = (): FirstFailure => ({ failure: failure(call), kind: kindOf(got), call, looked });
    if (outcome === "right in float32" && inFloat32()) pending.push(describeFailure);
    else fail(describeFailure);
  };
  return {
    get first() {
      settle();
      return first;
    },
    get tries() {
      return tries;
    },
    get alike() {
      settle();
      return first ? (byWords.get(wordsOf(first.failure.message)) ?? 0) : 0;
    },
    get told() {
      return told;
    },
    tell(measured) {
      told = measured;
    },
    get failures() {
      settle();
      return failures;
    },
    close(got, want, comparison = {}) {
      if (tells) for (const number of [got].flat()) if (looked.size < MOST_LOOKED) looked.add(number);
      const { message = "the value is not what was asked for" } = comparison;
      state(outcomeOf(got, want, comparison), message, got, (call) => ({
        message,
        ...show(
          textOf(comparison.input) ?? (call && callText(call)),
          got,
          comparison.reveal === false ? undefined : want,
          log.calls,
          textOf(comparison.beside),
        ),
      }));
    },
    that(holds, message, details = {}) {
      state(holds ? "right" : "wrong", message, details.got, (call) => ({
        message,
        ...show(details.input ?? (call && callText(call)), details.got, details.expected, log.calls),
      }));
    },
  };
}

/** A message without the numbers that it names. */
const wordsOf = (message: string): string => message.replace(/[-−+]?\d[\d.,eE+−-]*/g, "#");

const textOf = (input: string | (() => string) | undefined): string | undefined =>
  typeof input === "function" ? input() : input;

function kindOf(got: unknown): FailureKind {
  return [got].flat().every((g) => typeof g !== "number" || Number.isFinite(g)) ? "value" : "not-finite";
}

const inSingle = ({ answer }: Call): boolean => !("value" in answer) || isFloat32(answer.value);

function outcomeOf(
  got: number | readonly number[],
  want: number | readonly number[],
  comparison: Comparison,
): Outcome {
  const { absolute = DOUBLE.absolute, relative = DOUBLE.relative, float32 } = comparison;
  if (typeof got === "number" && typeof want === "number") return outcomeOf([got], [want], comparison);
  if (!Array.isArray(got) || !Array.isArray(want) || got.length !== want.length) return "wrong";
  const strictly = (value: number, i: number) =>
    within(got[i], value, { absolute: typeof absolute === "number" ? absolute : absolute[i], relative });
  if (want.every(strictly)) return "right";
  if (!float32) return "wrong";
  const loosely = (value: number, i: number) =>
    within(got[i], value, { absolute: float32[i], relative: 0 }) || got[i] === Math.fround(value);
  return want.every(loosely) ? "right in float32" : "wrong";
}

/** Of a text that an answer is or was made from. */
const SHOWN_CHARACTERS = 600;

function show(
  input: string | undefined,
  got: unknown,
  expected: unknown,
  calls: readonly Call[],
  beside?: string,
): Partial<Failure> {
  const named = recordOf(got, calls);
  const all = [got].flat().length;
  const whole = (value: unknown) =>
    named && Array.isArray(value) && value.length === all ? named(value) : value;
  const [gotText, expectedText] = valueTexts(whole(got), whole(expected));
  const on = input === undefined ? {} : { input };
  if (beside !== undefined) return { ...on, got: `${gotText}, and ${beside} ${expectedText}` };
  return {
    ...on,
    ...(expected === undefined ? {} : { expected: typeof expected === "string" ? expected : expectedText }),
    ...(got === undefined ? {} : { got: typeof got === "string" ? cut(got, SHOWN_CHARACTERS) : gotText }),
  };
}
