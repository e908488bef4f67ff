/** Checks run only as far as it takes to know whether they reject an answer: no words, no result. */

import { freshNumbers, type Numbers } from "../../domain/same-numbers.ts";
import type { AnyExercise, Check } from "../../exercise.ts";
import { answerSize, DEFAULT_LIMITS } from "../../exercise.ts";
import { expectations } from "../../grading/expect.ts";
import { LearnerError, type Session } from "../../grading/session.ts";
import { learnerHandle, type Transcript, transcript } from "../../grading/transcript.ts";
import type { Signatures } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

const REJECTED = Symbol("rejected");

interface Ways {
  readonly log?: Transcript;
  readonly numbers?: Numbers;
  /** The region whose points are asked first. Only for answers that remember nothing: to them order makes no difference. */
  readonly first?: string;
}

/** Whether the check passes, with the numbers that grading with this seed would use. */
export async function passes(
  exercise: AnyExercise,
  check: Check,
  session: Session,
  seed: string,
  ways: Ways = {},
): Promise<boolean> {
  return (await tryOut(exercise, check, session, seed, ways)).passed;
}

async function tryOut(
  exercise: AnyExercise,
  check: Check,
  session: Session,
  seed: string,
  { log = transcript(), numbers = freshNumbers, first }: Ways,
): Promise<{ passed: boolean; region?: string | undefined }> {
  const state = expectations(log, false);
  const rejectAtOnce = () => {
    if (state.failures > 0) throw REJECTED;
  };
  const expect = {
    tell() {},
    close(...comparison: Parameters<typeof state.close>) {
      state.close(...comparison);
      rejectAtOnce();
    },
    that(...claim: Parameters<typeof state.that>) {
      state.that(...claim);
      rejectAtOnce();
    },
  };
  session.allow({ seconds: DEFAULT_LIMITS.seconds, answer: answerSize(check) });
  const { random, regionOf } = watch(numbers(exercise, check, seed), first);
  try {
    const learner = learnerHandle(exercise.signatures, session, log);
    await check.run({ learner, random, expect } as never);
  } catch (error) {
    if (error === REJECTED || error instanceof LearnerError)
      return { passed: false, region: regionOf(lastInputs(exercise, log)) };
    throw error;
  }
  return { passed: state.failures === 0 };
}

/** Of the last call; of a method, after those of its object. */
function lastInputs({ signatures }: AnyExercise, { calls }: Transcript): readonly unknown[] {
  const last = calls.at(-1);
  if (!last) return [];
  const { target, inputs } = last;
  if ("export" in target) return inputs;
  // A place stands for the object that was given it last.
  const maker = calls.findLast(
    (call) =>
      "export" in call.target &&
      (signatures as Signatures)[call.target.export]?.returns.kind === "object" &&
      "value" in call.answer &&
      call.answer.value === target.object,
  );
  return [...(maker?.inputs ?? []), ...inputs];
}

/** The numbers, with the points of one region before the others, and what tells the region of a call. */
function watch(numbers: Random, first: string | undefined) {
  const lists: Drawn[][] = [];
  const { again } = numbers;
  const random: Random = again
    ? {
        ...numbers,
        again(what, draw) {
          const value = again(what, draw);
          if (!isDrawn(value)) return value;
          const list = first === undefined ? value : beginning(value, first);
          lists.push(list);
          return list as typeof value;
        },
      }
    : numbers;
  const regionOf = (inputs: readonly unknown[]): string | undefined => {
    for (const list of lists) {
      const call = list.find((drawn) => drawn.inputs.every((input, i) => Object.is(input, inputs[i])));
      if (call) return call.region;
    }
    return undefined;
  };
  return { random, regionOf };
}

/** By what was drawn, and by the region that comes first. */
const reordered = new WeakMap<Drawn[], Map<string, Drawn[]>>();

function beginning(drawn: Drawn[], first: string): Drawn[] {
  const known = reordered.get(drawn) ?? new Map<string, Drawn[]>();
  reordered.set(drawn, known);
  const list = known.get(first) ?? [
    ...drawn.filter(({ region }) => region === first),
    ...drawn.filter(({ region }) => region !== first),
  ];
  known.set(first, list);
  return list;
}

interface Drawn {
  readonly region: string;
  readonly inputs: readonly unknown[];
}

/** What `strata` draws. */
const isDrawn = (value: unknown): value is Drawn[] =>
  Array.isArray(value) && typeof value[0] === "object" && value[0] !== null && "region" in value[0];

/** The check that rejected an answer, and the region of the call at which it did, as far as there is one. */
export interface Rejection {
  readonly check: Check;
  readonly region?: string;
}

/**
 * The first check that rejects the session's answers; the one that did so before is asked first.
 *
 * @param before How the answer was rejected with another seed; where it says the region, its points are asked first.
 */
export async function rejecting(
  exercise: AnyExercise,
  open: () => Promise<Session>,
  seed: string,
  before: Rejection | undefined,
  numbers: Numbers = freshNumbers,
): Promise<Rejection | undefined> {
  const first = before?.check;
  const order = [...(first ? [first] : []), ...exercise.checks.filter((check) => check !== first)];
  const session = await open();
  for (const check of order) {
    const { passed, region } = await tryOut(exercise, check, session, seed, {
      numbers,
      ...(before?.region !== undefined && { first: before.region }),
    });
    if (!passed) return { check, ...(region !== undefined && { region }) };
  }
  return undefined;
}
