/** Whether a mutant's answers differ from the right ones by more than the statement allows: only then it has to be rejected. */

import { allowedErrors, type Domain, numbersOf } from "../../domain/domain.ts";
import { DEFAULT_POINTS, type Region } from "../../domain/strata.ts";
import { LearnerError, type Session } from "../../grading/session.ts";
import { random } from "../../random.ts";
import { askSubject, type GenericMutant, NO_PAST, type Right, type Subject } from "../mutant.ts";

/** Calls looked at for each point that a check has in a region, and in one region at most. */
const PROBES_A_POINT = 4;
const MOST_PROBES = 96;
/** By how much more than allowed: what is hardly more may be a matter of rounding. */
const CLEARLY = 2;

/** Calls of one region in the order of their places, and their right answers. */
export interface Probed {
  readonly calls: readonly { readonly inputs: readonly unknown[]; readonly right: unknown }[];
  /** So many of them in a row are as long as two steps between a check's points: one of its points lies among them for sure. */
  readonly row: number;
}

/** Of a function or a method with a domain. */
export async function probes(session: Session, of: Subject): Promise<Probed[]> {
  const list: Probed[] = [];
  for (const [region, where] of Object.entries(of.domain?.regions ?? {}))
    list.push(await inRegion(session, of, region, where));
  return list;
}

async function inRegion(
  session: Session,
  of: Subject,
  region: string,
  { draw, points = DEFAULT_POINTS }: Region<readonly unknown[]>,
): Promise<Probed> {
  const numbers = random(`probes of ${of.name}, ${region}`);
  const n = Math.min(PROBES_A_POINT * points, MOST_PROBES);
  const calls = [];
  for (let i = 0; i < n; i++) {
    const inputs = draw(numbers, (i + numbers.uniform(0, 1)) / n);
    calls.push({ inputs, right: await askSubject(session, of, inputs) });
  }
  return { calls, row: Math.min(n, Math.max(2, Math.ceil((2 * n) / points))) };
}

/**
 * Whether the checks must see it: it is wrong in so large a part of some region that one of their points lies there.
 *
 * @param float32 The mutant computes in float32, where that is fair.
 */
export async function differs(
  mutant: GenericMutant,
  { session, aside }: Right,
  domain: Domain<readonly unknown[]>,
  regions: readonly Probed[],
  float32: boolean,
): Promise<boolean> {
  if (mutant.sure) return true;
  const alter = mutant.alter();
  const ask = (inputs: readonly unknown[]) =>
    askSubject(mutant.of.method === undefined ? session : aside, mutant.of, inputs);
  if (mutant.forgets) {
    const [{ calls }] = regions;
    for (const [i, { inputs, right }] of calls.entries()) {
      const next = calls[(i + 1) % calls.length].inputs;
      const changed = inputs.map((input, j) => (mutant.forgets?.includes(j) ? next[j] : input));
      if (
        !domain.open?.(...changed) &&
        apart(await answerOf(() => ask(changed)), right, domain, inputs, float32)
      )
        return true;
    }
    return false;
  }
  if (mutant.calls) {
    for (const inputs of mutant.calls) {
      const right = await ask(inputs);
      const known = numbersOf(right)?.every(Number.isFinite);
      if (
        known &&
        apart(await answerOf(() => alter(right, inputs, ask, NO_PAST)), right, domain, inputs, float32)
      )
        return true;
    }
    return false;
  }
  for (const { calls, row } of regions) {
    let inARow = 0;
    for (const { inputs, right } of calls) {
      const wrong = await answerOf(() => alter(right, inputs, ask, NO_PAST));
      inARow = apart(wrong, right, domain, inputs, float32) ? inARow + 1 : 0;
      if (inARow >= row) return true;
    }
  }
  return false;
}

async function answerOf(run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof LearnerError) return undefined;
    throw error;
  }
}

function apart(
  wrong: unknown,
  right: unknown,
  domain: Domain<readonly unknown[]>,
  inputs: readonly unknown[],
  float32: boolean,
): boolean {
  const [got, want] = [numbersOf(wrong), numbersOf(right)];
  if (!got || !want || got.length !== want.length) return true;
  const errors = allowedErrors(domain, want, ...inputs);
  const most = float32 && errors.float32 ? errors.float32 : errors.absolute;
  const rounded = float32 ? got.map(Math.fround) : got;
  return rounded.some(
    (value, i) => !Object.is(value, want[i]) && !(Math.abs(value - want[i]) <= CLEARLY * most[i]),
  );
}
