/** Whether a mutant's answers differ from the right ones by more than the statement allows: only then it has to be rejected. */

import { type Allowed, allowedErrors, numbersOf } from "../../domain/domain.ts";
import { DEFAULT_POINTS, type Region } from "../../domain/strata.ts";
import { LearnerError, type Session } from "../../grading/session.ts";
import { random } from "../../random.ts";
import {
  type AnyDomain,
  askSubject,
  type GenericMutant,
  NO_PAST,
  type Right,
  type Subject,
} from "../mutant.ts";

/** Calls looked at for each point that a check has in a region, and in one region at most. */
const PROBES_A_POINT = 4;
const MOST_PROBES = 96;
/** By how much more than allowed: what is hardly more may be a matter of rounding. */
const CLEARLY = 2;

/** A call with its right answer, and the errors allowed in it: the same for each of hundreds of mutants. */
interface Known {
  readonly inputs: readonly unknown[];
  readonly right: unknown;
  /** Undefined of an answer that is not all numbers: any other is wrong. */
  readonly want?: { readonly numbers: readonly number[]; readonly errors: Allowed };
}

/** Calls of one region in the order of their places, and their right answers. */
export interface Probed {
  readonly calls: readonly Known[];
  /** So many of them in a row are as long as two steps between a check's points: one of its points lies among them for sure. */
  readonly row: number;
}

/** Of a function or a method with a domain. */
export async function probes(session: Session, of: Subject): Promise<Probed[]> {
  const list: Probed[] = [];
  const { domain } = of;
  for (const [region, where] of Object.entries(domain?.regions ?? {}))
    list.push(await inRegion(session, of, domain as AnyDomain, region, where));
  return list;
}

async function inRegion(
  session: Session,
  of: Subject,
  domain: AnyDomain,
  region: string,
  { draw, points = DEFAULT_POINTS }: Region<readonly unknown[]>,
): Promise<Probed> {
  const numbers = random(`probes of ${of.name}, ${region}`);
  const n = Math.min(PROBES_A_POINT * points, MOST_PROBES);
  const calls = [];
  for (let i = 0; i < n; i++) {
    const inputs = draw(numbers, (i + numbers.uniform(0, 1)) / n);
    calls.push(knownCall(domain, inputs, await askSubject(session, of, inputs)));
  }
  return { calls, row: Math.min(n, Math.max(2, Math.ceil((2 * n) / points))) };
}

function knownCall(domain: AnyDomain, inputs: readonly unknown[], right: unknown): Known {
  const numbers = numbersOf(right);
  if (!numbers) return { inputs, right };
  return { inputs, right, want: { numbers, errors: allowedErrors(domain, numbers, ...inputs) } };
}

/**
 * Whether the checks must see it: it is wrong in so large a part of some region that one of their points lies there.
 *
 * @param float32 The mutant computes in float32, where that is fair.
 */
export async function differs(
  mutant: GenericMutant,
  { session, aside }: Right,
  domain: AnyDomain,
  regions: readonly Probed[],
  float32: boolean,
): Promise<boolean> {
  if (mutant.sure) return true;
  const alter = mutant.alter();
  const isKept = mutant.of.method === undefined ? () => true : madeFrom(mutant.of, regions);
  const ask = (inputs: readonly unknown[]) => askSubject(isKept(inputs) ? session : aside, mutant.of, inputs);
  if (mutant.forgets) {
    const [{ calls }] = regions;
    for (const [i, known] of calls.entries()) {
      const next = calls[(i + 1) % calls.length].inputs;
      const changed = known.inputs.map((input, j) => (mutant.forgets?.includes(j) ? next[j] : input));
      if (!domain.open?.(...changed) && apart(await answerOf(() => ask(changed)), known, float32))
        return true;
    }
    return false;
  }
  if (mutant.calls) {
    for (const inputs of mutant.calls) {
      const known = knownCall(domain, inputs, await ask(inputs));
      if (!known.want?.numbers.every(Number.isFinite)) continue;
      if (apart(await answerOf(() => alter(known.right, inputs, ask, NO_PAST)), known, float32)) return true;
    }
    return false;
  }
  for (const { calls, row } of regions) {
    let inARow = 0;
    for (const known of calls) {
      const wrong = await answerOf(() => alter(known.right, known.inputs, ask, NO_PAST));
      inARow = apart(wrong, known, float32) ? inARow + 1 : 0;
      if (inARow >= row) return true;
    }
  }
  return false;
}

/** Whether a call is to one of the objects that the probes have asked: it need not be made, or trained, once more. */
function madeFrom({ kind, method, methods }: Subject, regions: readonly Probed[]) {
  const given = kind.parameters.length - (methods[method ?? ""]?.parameters.length ?? 0);
  const made = new Map<unknown, (readonly unknown[])[]>();
  for (const { inputs } of regions.flatMap(({ calls }) => calls)) {
    const alike = made.get(inputs[0]) ?? [];
    made.set(inputs[0], alike);
    if (!alike.some((one) => begins(one, inputs, given))) alike.push(inputs);
  }
  return (inputs: readonly unknown[]): boolean =>
    (made.get(inputs[0]) ?? []).some((one) => begins(one, inputs, given));
}

function begins(one: readonly unknown[], other: readonly unknown[], given: number): boolean {
  for (let i = 0; i < given; i++) if (!Object.is(one[i], other[i])) return false;
  return true;
}

async function answerOf(run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof LearnerError) return undefined;
    throw error;
  }
}

function apart(wrong: unknown, { right, want }: Known, float32: boolean): boolean {
  // The same object: a mutant that is right here hands the answer on.
  if (wrong === right && want && !float32) return false;
  const got = numbersOf(wrong);
  if (!got || !want || got.length !== want.numbers.length) return true;
  const { absolute, float32: single } = want.errors;
  const most = float32 && single ? single : absolute;
  const rounded = float32 ? got.map(Math.fround) : got;
  return rounded.some(
    (value, i) =>
      !Object.is(value, want.numbers[i]) && !(Math.abs(value - want.numbers[i]) <= CLEARLY * most[i]),
  );
}
