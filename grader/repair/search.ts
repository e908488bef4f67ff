/**
 * Whether one small change of a learner's code would make a failed check pass, and where: the code is right but for that place.
 *
 * Nothing is known here of how the exercise is solved. Variants of the learner's own program run where that program may run, and
 * the check itself says which of them is right.
 */

import type { Observation } from "../diagnosis/observation.ts";
import { answerSize } from "../exercise.ts";
import { type Pair, pairs, wrongOnes } from "../grading/answered.ts";
import { LearnerError, SandboxError, type Session } from "../grading/session.ts";
import type { Call } from "../grading/transcript.ts";
import { ownTurn } from "../grading/turn.ts";
import type { Signatures } from "../harness/kinds.ts";
import type { Program } from "../harness/program.ts";
import {
  apart,
  fewerPlaces,
  type Mended,
  pairsOf,
  type Variant,
  type Variants,
  variantsOf,
} from "./candidates.ts";
import { endlessLoop } from "./endless.ts";
import { probeAll, probesOf } from "./probes.ts";
import { type Asked, confirm, type Found } from "./trial.ts";
import { CHOOSE, chooseVariant, variantProgram } from "./variants.ts";
import { type Repair, repairObservation } from "./words.ts";

/** How a learner's program, or a variant of it, is run once more. */
export interface Rerun {
  readonly program: Program;
  open(program: Program, signatures: Signatures): Promise<Session>;
}

export interface Repairs {
  /** @returns Where the place is, in words; undefined if no change that is tried here makes the check pass. */
  find(asked: Asked): Promise<Observation | undefined>;
  /** @returns Which loop does not end, in words, for a call that took too long; undefined if none is seen. */
  endless(asked: Pick<Asked, "exercise">, call: Call): Promise<Observation | undefined>;
  close(): Promise<void>;
}

/** Processor time of a search, in seconds: only code that takes long for each answer needs it. */
const SECONDS = 4;

/** So many different wrong numbers are not met by chance; with fewer, every check has to pass. */
const ENOUGH = 3;

/** One for all checks of a run: what has mended one check is tried first at the next. */
export function repairs({ program, open }: Rerun): Repairs {
  let known: Promise<Variants> | undefined;
  let session: Session | undefined;
  let mended: Found | undefined;
  /** Something else than a loop takes so long: it is not looked for again. */
  let otherwise = false;

  async function search(asked: Asked, wrong: readonly Pair[]): Promise<Observation | undefined> {
    known ??= variantsOf(program);
    const { modules, all, iterates } = await known;
    if (all.length === 0 || session?.alive === false) return undefined;
    await ownTurn();
    const signatures = { ...asked.exercise.signatures, [CHOOSE]: chooseVariant };
    session ??= await open(variantProgram(program, modules), signatures);
    session.allow({ seconds: SECONDS, answer: answerSize(asked.check) });
    mended = await mending(session, asked, wrong, { all, iterates }, mended);
    // A line of one text needs no file's name.
    return mended && repairObservation(repairOf(mended, all), program.modules.length === 1);
  }

  return {
    async find(asked) {
      const wrong = wrongOnes(pairs(asked.answers));
      if (wrong.length === 0) return undefined;
      try {
        return await search(asked, wrong);
      } catch (error) {
        // The code has ended, its variants have used up what they have together, or no process can be had: then nothing is known.
        if (error instanceof LearnerError || error instanceof SandboxError) return undefined;
        throw error;
      }
    },
    async endless({ exercise }, call) {
      known ??= variantsOf(program);
      const { modules } = await known;
      if (modules.length === 0 || otherwise) return undefined;
      // The one before may have ended, and a loop without an end is no variant.
      const alone = await open(variantProgram(program, modules), {
        ...exercise.signatures,
        [CHOOSE]: chooseVariant,
      });
      try {
        const loop = await endlessLoop(alone, call, modules, program.modules.length === 1);
        otherwise = loop === undefined;
        return loop;
      } catch (error) {
        if (error instanceof LearnerError || error instanceof SandboxError) return undefined;
        throw error;
      } finally {
        await alone.close();
      }
    },
    async close() {
      await session?.close();
    },
  };
}

/** @param before What has mended an earlier check. */
async function mending(
  session: Session,
  asked: Asked,
  wrong: readonly Pair[],
  { all, iterates }: Pick<Variants, "all" | "iterates">,
  before: Found | undefined,
): Promise<Found | undefined> {
  const enough = !iterates && new Set(wrong.map(({ want }) => want)).size >= ENOUGH;
  const isElsewhere = ([i]: Variant, [j]: Variant) =>
    apart(all[i as number] as Mended, all[j as number] as Mended);
  const confirmAny = (variants: readonly Variant[]) => confirm(session, variants, asked, enough, isElsewhere);
  if (before && (await confirmAny([before.first]))) return before;
  const probes = probesOf(wrong);
  const singles = all.map((_, i) => [i]);
  /** A change in many places may be needed in two of them only, and be wrong in the others. */
  const fewest = async (found: Found | undefined): Promise<Found | undefined> => {
    const one = found && (all[found.first[0] as number] as Mended);
    if (!one || one.edit.places.length < 3) return found;
    return (await confirm(session, fewerPlaces(one, all), asked, false, () => false)) ?? found;
  };
  const single = await fewest(await confirmAny(await probeAll(session, singles, probes)));
  if (single || wrong.every(isNear)) return single;
  await ownTurn();
  const together = (await probeAll(session, pairsOf(all), probes)).slice(0, 1);
  // Two changes can meet one check's numbers by chance: they have to make everything right.
  return confirm(session, together, asked, false, isElsewhere);
}

function repairOf({ first, second }: Found, all: readonly Mended[]): Repair {
  const changes = first.map((i) => all[i] as Mended);
  const [other] = second ?? [];
  return other === undefined ? { changes } : { changes, or: all[other] as Mended };
}

/** So near to what is right only the exactness is wanting; which two numbers of an approximation could be others says nothing. */
const isNear = ({ got, want }: Pair): boolean => Math.abs(got - want) <= 0.1 * Math.abs(want);
