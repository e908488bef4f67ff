/** A few calls tell most variants from a right answer, before whole checks are asked. */

import { type Answered, nearly, numbersIn, type Pair } from "../grading/answered.ts";
import { LearnerError, type Session } from "../grading/session.ts";
import type { Variant } from "./candidates.ts";
import { CHOOSE } from "./variants.ts";

/** Turns of all loops of a variant: while it is probed, and while whole checks run. */
const PROBE_TURNS = 20_000;

/** Calls by which a variant is judged before the checks are asked. */
const PROBES = 4;

/** They are taken from all over this many, those with the shortest inputs. */
const AMONG = 24;

/** Variants that pass the probes and are tried by the checks. */
const MOST_TRIED = 24;

/** A few calls with wrong answers: those that few programs answer by chance, and that are soon asked. */
export function probesOf(wrong: readonly Pair[]): (readonly Pair[])[] {
  const calls = [...Map.groupBy(wrong, ({ at }) => at).values()];
  const isPlain = (list: readonly Pair[]) =>
    list.every(({ want }) => Number.isInteger(want) || !Number.isFinite(want)) ? 1 : 0;
  const size = ([first]: readonly Pair[]) => JSON.stringify(first?.call.inputs ?? []).length;
  const telling = calls
    .map((list) => ({ list, plain: isPlain(list), size: size(list) }))
    .sort((a, b) => a.plain - b.plain || a.size - b.size)
    .slice(0, AMONG)
    .map(({ list }) => list);
  const step = Math.max(1, Math.floor(telling.length / PROBES));
  return telling.filter((_, i) => i % step === 0).slice(0, PROBES);
}

/** Numbers of the variants that answer the probes as is right. */
export async function probeAll(
  session: Session,
  variants: readonly Variant[],
  probes: readonly (readonly Pair[])[],
): Promise<Variant[]> {
  const found: Variant[] = [];
  for (const variant of variants) {
    if (found.length === MOST_TRIED) break;
    await choose(session, variant, PROBE_TURNS);
    if (await answersAll(session, probes)) found.push(variant);
  }
  return found;
}

export const choose = (session: Session, [first, second = -1]: Variant, turns: number): Promise<unknown> =>
  session.call({ export: CHOOSE }, [first, second, turns]);

async function answersAll(session: Session, probes: readonly (readonly Pair[])[]): Promise<boolean> {
  for (const probe of probes) {
    const [{ call }] = probe as [Pair];
    const value = await answerOf(session, call);
    const { numbers, places } = numbersIn(value);
    const right = probe.every(({ place, want }) => {
      const got = numbers[places.indexOf(place)];
      return got !== undefined && nearly(got, want, 1e-5, 1e-9);
    });
    if (!right) return false;
  }
  return true;
}

/** Undefined where this variant has no answer. */
async function answerOf(session: Session, { export: name, inputs }: Answered): Promise<unknown> {
  try {
    return await session.call({ export: name }, inputs);
  } catch (error) {
    if (error instanceof LearnerError && session.alive) return undefined;
    throw error;
  }
}
