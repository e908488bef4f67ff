/**
 * Whether one small change of a learner's code would make a failed check pass, and where: the code is right but for that place.
 *
 * Nothing is known here of how the exercise is solved. Variants of the learner's own program run where that program may run, and
 * the check itself says which of them is right.
 */

import type { AnyExercise, Check } from "../exercise.ts";
import { answerSize } from "../exercise.ts";
import { expectations } from "../expect.ts";
import type { FunctionKind, Signatures } from "../harness/kinds.ts";
import type { Program } from "../harness/program.ts";
import { parseTree } from "../program/syntax.ts";
import type { Random } from "../random.ts";
import { type Answered, numbersIn, type Pair, pairs, wrongOnes } from "../right-answers.ts";
import { LearnerError, SandboxError, type Session } from "../session.ts";
import { learnerHandle, transcript } from "../transcript.ts";
import { breathe, ownTurn } from "../turn.ts";
import type { Edit } from "./edit.ts";
import { editsOf } from "./edits.ts";
import { CHOOSE, chooseVariant, type EditedModule, variantProgram } from "./variants.ts";

/** How a learner's program, or a variant of it, is run once more. */
export interface Rerun {
  readonly program: Program;
  open(program: Program, signatures: Signatures): Promise<Session>;
}

export interface Repair {
  /** One change, or two that are needed together. */
  readonly changes: readonly Mended[];
  /** One change elsewhere that would do as well. */
  readonly or?: Mended;
}

export interface Mended {
  readonly edit: Edit;
  readonly module: EditedModule["module"];
}

export interface Asked {
  readonly exercise: AnyExercise;
  /** The check that failed. */
  readonly check: Check;
  /** Checks that the code has passed: a change that breaks one is none. */
  readonly passed: readonly Check[];
  readonly random: (check: Check) => Random;
  /** What the check asked, with the right answers. */
  readonly answers: readonly Answered[];
}

/** A person's answer is shorter; a stranger's is not read at length in the judge's thread. */
const LONGEST_MODULE = 8000;
const MOST_VARIANTS = 2500;
/** Two slips at once are looked for among edits of at most this cost, and among this many. */
const SMALL = 1.2;
const MOST_IN_PAIRS = 150;
const MOST_PAIRS = 8000;
/** Processor time of a search, in seconds: only code that takes long for each answer needs it. */
const SECONDS = 4;
/** Turns of all loops of a variant: while it is probed, and while whole checks run. */
const PROBE_TURNS = 20_000;
const CHECK_TURNS = 10_000_000;
/** Calls by which a variant is judged before the checks are asked. */
const PROBES = 4;
/** They are taken from all over this many, those with the shortest inputs. */
const AMONG = 24;
/** Variants that pass the probes and are tried by the checks. */
const MOST_TRIED = 24;
/** So many different wrong numbers are not met by chance; with fewer, every check has to pass. */
const ENOUGH = 3;

/** Numbers of edits that are made together. */
type Variant = readonly number[];

interface Found {
  readonly first: Variant;
  readonly second?: Variant | undefined;
}

export interface Repairs {
  /** @returns undefined if no change that is tried here makes the check pass. */
  find(asked: Asked): Promise<Repair | undefined>;
  close(): Promise<void>;
}

/** One for all checks of a run: what has mended one check is tried first at the next. */
export function repairs({ program, open }: Rerun): Repairs {
  let known: Promise<Variants> | undefined;
  let session: Session | undefined;
  let mended: Found | undefined;

  async function found(asked: Asked, wrong: readonly Pair[]): Promise<Repair | undefined> {
    known ??= variantsOf(program);
    const { modules, all } = await known;
    if (all.length === 0 || session?.alive === false) return undefined;
    await ownTurn();
    const signatures = { ...asked.exercise.signatures, [CHOOSE]: chooseVariant };
    session ??= await open(variantProgram(program, modules), signatures);
    session.allow({ seconds: SECONDS, answer: answerSize(asked.check) });
    mended = await mending(session, asked, wrong, all, mended);
    return mended && repairOf(mended, all);
  }

  return {
    async find(asked) {
      const wrong = wrongOnes(pairs(asked.answers));
      if (wrong.length === 0) return undefined;
      try {
        return await found(asked, wrong);
      } catch (error) {
        // The code has ended, its variants have used up what they have together, or no process can be had: then nothing is known.
        if (error instanceof LearnerError || error instanceof SandboxError) return undefined;
        throw error;
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
  all: readonly Mended[],
  before: Found | undefined,
): Promise<Found | undefined> {
  const enough = new Set(wrong.map(({ want }) => want)).size >= ENOUGH;
  const isElsewhere = ([i]: Variant, [j]: Variant) =>
    apart(all[i as number] as Mended, all[j as number] as Mended);
  const tried = (variants: readonly Variant[]) => confirmed(session, variants, asked, enough, isElsewhere);
  if (before && (await tried([before.first]))) return before;
  const probes = probesOf(wrong);
  const singles = all.map((_, i) => [i]);
  const single = await tried(await probed(session, singles, probes));
  if (single || wrong.every(isNear)) return single;
  await ownTurn();
  const together = (await probed(session, pairsOf(all), probes)).slice(0, 1);
  // Two changes can meet one check's numbers by chance: they have to make everything right.
  return confirmed(session, together, asked, false, isElsewhere);
}

function repairOf({ first, second }: Found, all: readonly Mended[]): Repair {
  const changes = first.map((i) => all[i] as Mended);
  const [other] = second ?? [];
  return other === undefined ? { changes } : { changes, or: all[other] as Mended };
}

/**
 * Of the smallest edits, any two that touch different places. With two other names, or other comparisons, one way to compute can become
 * another by chance.
 */
function pairsOf(all: readonly Mended[]): Variant[] {
  const isSmall = ({ edit: { cost, kind } }: Mended) =>
    cost <= SMALL && kind !== "name" && kind !== "comparison";
  const small = all.flatMap((one, i) => (isSmall(one) ? [i] : []));
  const cost = (variant: Variant) => variant.reduce((sum, i) => sum + (all[i] as Mended).edit.cost, 0);
  return small
    .slice(0, MOST_IN_PAIRS)
    .flatMap((i, k) =>
      small.slice(k + 1).flatMap((j) => (apart(all[i] as Mended, all[j] as Mended) ? [[i, j]] : [])),
    )
    .map((variant) => ({ variant, cost: cost(variant) }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST_PAIRS)
    .map(({ variant }) => variant);
}

function apart(one: Mended, other: Mended): boolean {
  if (one.module !== other.module) return true;
  return one.edit.places.every(({ node: a }) =>
    other.edit.places.every(({ node: b }) => a.range[1] <= b.range[0] || b.range[1] <= a.range[0]),
  );
}

interface Variants {
  readonly modules: readonly EditedModule[];
  readonly all: readonly Mended[];
}

/** What can be changed in a program. Reading a text takes milliseconds, and has a turn of its own. */
export async function variantsOf({ modules }: Program): Promise<Variants> {
  let left = MOST_VARIANTS;
  const edited: EditedModule[] = [];
  for (const module of modules) {
    if (module.code.length > LONGEST_MODULE || module.code.includes("flowlabVariant")) continue;
    await ownTurn();
    const tree = parseTree(module.code);
    if (!tree) continue;
    await ownTurn();
    const edits = (await editsOf(module.code, tree)).slice(0, left);
    left -= edits.length;
    if (edits.length > 0) edited.push({ module, tree, edits });
  }
  return {
    modules: edited,
    all: edited.flatMap(({ edits, module }) => edits.map((edit) => ({ edit, module }))),
  };
}

/** So near to what is right only the exactness is wanting; which two numbers of an approximation could be others says nothing. */
const isNear = ({ got, want }: Pair): boolean => Math.abs(got - want) <= 0.1 * Math.abs(want);

/** A few calls with wrong answers: those that few programs answer by chance, and that are soon asked. */
function probesOf(wrong: readonly Pair[]): (readonly Pair[])[] {
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
async function probed(
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

const choose = (session: Session, [first, second = -1]: Variant, turns: number): Promise<unknown> =>
  session.call({ export: CHOOSE }, [first, second, turns]);

async function answersAll(session: Session, probes: readonly (readonly Pair[])[]): Promise<boolean> {
  for (const probe of probes) {
    const [{ call }] = probe as [Pair];
    const value = await answerOf(session, call);
    const { numbers, places } = numbersIn(value);
    const right = probe.every(({ place, want }) => {
      const got = numbers[places.indexOf(place)];
      return (
        got !== undefined && (Object.is(got, want) || Math.abs(got - want) <= 1e-5 * Math.abs(want) + 1e-9)
      );
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

/**
 * The first variant with which every check passes, and the next one elsewhere; or else one with which this check passes and none fails
 * that has passed before.
 *
 * @param enough So many different numbers were wrong that none is mended by chance.
 */
async function confirmed(
  session: Session,
  variants: readonly Variant[],
  asked: Asked,
  enough: boolean,
  isElsewhere: (one: Variant, other: Variant) => boolean,
): Promise<Found | undefined> {
  const { exercise, check, passed } = asked;
  let first: Variant | undefined;
  let partly: Variant | undefined;
  for (const variant of variants) {
    await breathe();
    if (first && !isElsewhere(first, variant)) continue;
    await choose(session, variant, CHECK_TURNS);
    const needed = [check, ...passed];
    if (!(await passesAll(session, needed, asked))) continue;
    const others = exercise.checks.filter((one) => !needed.includes(one));
    if (await passesAll(session, others, asked)) {
      if (first) return { first, second: variant };
      first = variant;
    } else if (enough) partly ??= variant;
  }
  const best = first ?? partly;
  return best && { first: best };
}

async function passesAll(
  session: Session,
  checks: readonly Check[],
  { exercise, random }: Asked,
): Promise<boolean> {
  for (const check of checks) {
    const log = transcript();
    const expect = expectations(log);
    const learner = learnerHandle(exercise.signatures as Record<string, FunctionKind>, session, log);
    try {
      await check.run({ learner, random: random(check), expect } as never);
    } catch (error) {
      if (error instanceof LearnerError && session.alive) return false;
      throw error;
    }
    if (expect.first) return false;
  }
  return true;
}
