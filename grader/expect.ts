/**
 * How a check says what must hold. An expectation that fails does not end the check: the first failure is kept, and the check
 * goes on asking, so that a misconception can be recognised by more than one answer.
 */

import type { FailureKind } from "./hint.ts";
import type { Failure } from "./result.ts";
import type { Call, Transcript } from "./transcript.ts";
import { valueTexts } from "./transcript.ts";

export interface Tolerance {
  /** |got − want| ≤ absolute + relative·|want| passes. Defaults: what double precision leaves after a few operations. */
  readonly absolute?: number;
  readonly relative?: number;
}

export interface Comparison extends Tolerance {
  /** What to say when it fails; the numbers are shown beside it. */
  readonly message?: string;
  /** The call to show; by default the latest one. */
  readonly input?: string;
  /** False where the expected value would be the answer. */
  readonly reveal?: boolean;
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
  readonly first: FirstFailure | undefined;
  /** How many expectations were tried, and how many failed. */
  readonly tried: number;
  readonly failed: number;
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

export function expectations(log: Transcript): Expectations {
  let first: FirstFailure | undefined;
  let tried = 0;
  let failed = 0;
  const looked = new Set<number>();
  const state = (holds: boolean, got: unknown, failure: () => Failure): void => {
    tried += 1;
    if (holds) return;
    failed += 1;
    const kind = [got].flat().every((g) => typeof g !== "number" || Number.isFinite(g))
      ? "value"
      : "not-finite";
    first ??= { failure: failure(), kind, call: log.calls.at(-1), looked };
  };
  return {
    get first() {
      return first;
    },
    get tried() {
      return tried;
    },
    get failed() {
      return failed;
    },
    close(got, want, comparison = {}) {
      for (const number of [got].flat()) looked.add(number);
      state(allWithin(got, want, comparison), got, () => ({
        message: comparison.message ?? "the value is not what was asked for",
        ...shown(comparison.input ?? log.last(), got, comparison.reveal === false ? undefined : want),
      }));
    },
    that(holds, message, details = {}) {
      state(holds, details.got, () => ({
        message,
        ...shown(details.input ?? log.last(), details.got, details.expected),
      }));
    },
  };
}

function allWithin(
  got: number | readonly number[],
  want: number | readonly number[],
  tolerance: Tolerance,
): boolean {
  if (typeof got === "number" && typeof want === "number") return within(got, want, tolerance);
  if (!Array.isArray(got) || !Array.isArray(want)) return false;
  return got.length === want.length && want.every((value, i) => within(got[i], value, tolerance));
}

function shown(input: string | undefined, got: unknown, expected: unknown): Partial<Failure> {
  const [gotText, expectedText] = valueTexts(got, expected);
  return {
    ...(input === undefined ? {} : { input }),
    ...(expected === undefined ? {} : { expected: typeof expected === "string" ? expected : expectedText }),
    ...(got === undefined ? {} : { got: typeof got === "string" ? got : gotText }),
  };
}
