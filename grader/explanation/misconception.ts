/**
 * Recognises a known wrong answer.
 *
 * Best is a program that answers every call of the check as the learner's code did. Where the reference says what is right, it is
 * enough that it gives the learner's *wrong* numbers, each of them: two slips at once, or the same slip with another support, still
 * are recognised. Where no program can do that (a bracket of any size), the misconception tells from the answers.
 */

import { features } from "../diagnosis/features.ts";
import type { Observation } from "../diagnosis/observation.ts";
import { relation } from "../diagnosis/relations.ts";
import { inProcessSession } from "../drivers/in-process.ts";
import type { AnyExercise, Misconception } from "../exercise.ts";
import { type Answered, nearly, numbersIn, type Pair, pairs, wrongOnes } from "../grading/answered.ts";
import { type Tolerance, within } from "../grading/expect.ts";
import type { Failure } from "../grading/result.ts";
import { answersOf } from "../grading/right-answers.ts";
import { LearnerError, type Session, type Target } from "../grading/session.ts";
import type { Call } from "../grading/transcript.ts";
import { breathe } from "../grading/turn.ts";
import { needsTensors } from "../harness/conversion.ts";
import type { FunctionKind } from "../harness/kinds.ts";

/** Answers that differ by less came from the same formula: another order of summation, in the arithmetic that was used. */
const SAME_DOUBLE: Required<Tolerance> = { absolute: 1e-12, relative: 1e-9 };
const SAME_FLOAT: Required<Tolerance> = { absolute: 1e-5, relative: 1e-4 };
/** A program explains a wrong number if this part of the error, or less, is left: rounding differs from code to code. */
const LEFT_OVER = 1e-5;
/** So many different wrong numbers do not agree by chance. */
const ENOUGH = 2;
const SAMPLE = 6;

/** What is known about it: one slip, two, or one and what is left besides. */
export interface Known extends Pick<Failure, "misconception" | "observation"> {
  /** It gives the wrong numbers, but where the others are right it would not be: it is not the whole of what happens. */
  readonly partly?: true;
}

export interface Evidence {
  /** The calls with the right answers. */
  readonly answers: readonly Answered[];
  /** Whether the check looks at this number. */
  isLookedAt(pair: Pair): boolean;
  /** Misconceptions that are tried first. */
  readonly earlier: ReadonlySet<string>;
  /** The function of which there was no usable answer, if that is what failed: a slip that leaves it out is not the cause. */
  readonly withoutAnswer?: string | undefined;
}

export async function recognise(
  exercise: AnyExercise,
  calls: readonly Call[],
  { answers, isLookedAt, earlier, withoutAnswer }: Evidence,
): Promise<Known | undefined> {
  if (calls.length === 0) return undefined;
  const misconceptions = exercise.misconceptions
    .filter((one) => withoutAnswer === undefined || programs(one).some((program) => withoutAnswer in program))
    .sort((a, b) => Number(earlier.has(b.id)) - Number(earlier.has(a.id)));
  const wrong = wrongExports(answers);
  for (const misconception of misconceptions) {
    for (const program of programs(misconception)) {
      if (withoutAnswer !== undefined && !(withoutAnswer in program)) continue;
      // Where it has nothing to say about what is wrong, being alike elsewhere is to be right there.
      if (wrong.size > 0 && !Object.keys(program).some((name) => wrong.has(name))) continue;
      if (await answersAlike(exercise, program, calls)) return nameMisconception(misconception);
    }
  }
  const shown = misconceptions.find(({ shows }) => shows?.(answers as never));
  if (shown) return nameMisconception(shown);
  return fromWrongNumbers({ ...exercise, misconceptions }, answers, isLookedAt);
}

/** The functions that gave a wrong number, or an answer of another shape, as far as it is known what is right. */
function wrongExports(answers: readonly Answered[]): ReadonlySet<string> {
  const known = answers.filter(({ want }) => want !== undefined);
  return new Set([
    ...wrongOnes(pairs(known)).map(({ call }) => call.export),
    ...known.filter((call) => !sameShape(call)).map((call) => call.export),
  ]);
}

const nameMisconception = (one: Misconception, other?: Misconception): Known => ({
  misconception: other
    ? {
        id: `${one.id} + ${other.id}`,
        explanation: `Two things at once.\n\n1. ${one.explanation}\n2. ${other.explanation}`,
      }
    : { id: one.id, explanation: one.explanation },
});

/** Elsewhere the code does something else, and that is right. */
const partly = (one: Misconception): Known => ({
  partly: true,
  misconception: {
    id: one.id,
    explanation: `Some of your values are right. The others are those that come out with this slip: ${one.explanation}`,
  },
});

const programs = ({ implementation, variants = [] }: Misconception) =>
  [implementation, ...variants] as Record<string, unknown>[];

async function answersAlike(
  exercise: AnyExercise,
  program: Record<string, unknown>,
  calls: readonly Call[],
): Promise<boolean> {
  const session = await inProcessSession(program, exercise.signatures);
  const same = needsTensors(exercise.signatures) ? SAME_FLOAT : SAME_DOUBLE;
  // The program's objects by those of the learner's, whose session has seen other checks before this one.
  const objects = new Map<unknown, number>();
  let compared = 0;
  for (const call of calls) {
    const target = "export" in call.target ? call.target : inProgram(call.target, objects);
    // An export that the misconception leaves out is right in it, so it has nothing to say about this call, nor about what came of it.
    if (!target || ("export" in target && !(target.export in program))) continue;
    const makesObject = "export" in target && exercise.signatures[target.export]?.returns.kind === "object";
    // Thousands of calls, and of numbers in each, are compared; nobody else is to wait for that.
    await breathe();
    if (!(await answersAs(session, { ...call, target }, same, makesObject ? objects : undefined)))
      return false;
    if (!makesObject) compared += 1;
  }
  return compared > 0;
}

type ObjectTarget = Extract<Target, { readonly object: number }>;

function inProgram(target: ObjectTarget, objects: ReadonlyMap<unknown, number>): ObjectTarget | undefined {
  const object = objects.get(target.object);
  return object === undefined ? undefined : { ...target, object };
}

/** @param objects Where the answer is an object: two of them are compared by what their methods answer. */
async function answersAs(
  session: Session,
  { target, inputs, answer }: Call,
  same: Tolerance,
  objects?: Map<unknown, number>,
): Promise<boolean> {
  try {
    const value = await session.call(target, inputs);
    if (objects && "value" in answer) {
      objects.set(answer.value, value as number);
      return true;
    }
    return "value" in answer && alike(value, answer.value, same);
  } catch (error) {
    if (!(error instanceof LearnerError)) throw error;
    return (
      "threw" in answer &&
      answer.threw.trouble === error.trouble &&
      complaintOf(answer.threw.message) === complaintOf(error.message)
    );
  }
}

/** What the `product` that code was given has refused: something that is no vector, or one product too many; undefined if neither. */
const complaintOf = (message: string): string | undefined =>
  /^Error: product: (expected|asked)/.exec(message)?.[1];

function alike(a: unknown, b: unknown, same: Tolerance): boolean {
  if (typeof a === "number" && typeof b === "number")
    return (Number.isNaN(a) && Number.isNaN(b)) || (within(a, b, same) && comparable(a, b));
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => alike(item, b[i], same));
  if (a !== null && b !== null && typeof a === "object" && typeof b === "object") {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((n) => alike((a as never)[n], (b as never)[n], same))
    );
  }
  return a === b;
}

/** Beyond rounding, two small numbers are not the same only because both are small. */
const NOISE = 1e-15;
const comparable = (a: number, b: number): boolean => {
  const size = Math.max(Math.abs(a), Math.abs(b));
  return !(size > NOISE && size < 1e-9) || Math.abs(a - b) <= 1e-3 * size;
};

interface Candidate {
  readonly misconception: Misconception;
  readonly explained: ReadonlySet<Pair>;
  /** Numbers that are right and would not be in the program. */
  readonly contradicted: number;
}

/** One or two misconceptions that between them give every wrong number, or one that gives them but for a factor. */
async function fromWrongNumbers(
  exercise: AnyExercise,
  answers: readonly Answered[],
  looked: (pair: Pair) => boolean,
): Promise<Known | undefined> {
  const all = pairs(answers).filter(looked);
  const wrong = wrongOnes(all);
  // An answer of another shape, or none at all, is not a wrong number: nothing is explained while it is not.
  if (wrong.length === 0 || answers.some((call) => call.want !== undefined && !sameShape(call)))
    return undefined;
  const sample = takeSample(answers, wrong);
  const candidates: Candidate[] = [];
  const scaled: Known[] = [];
  for (const misconception of exercise.misconceptions) {
    for (const program of programs(misconception)) {
      if (!(await promising(exercise, program, sample, looked))) continue;
      const given = pairs(await answerBy(exercise, program, answers)).filter(looked);
      candidates.push(...candidate(misconception, given, wrong));
      const factor = scaled.length === 0 && relationBesides(exercise, given);
      if (factor) scaled.push({ ...nameMisconception(misconception), observation: factor });
    }
  }
  candidates.sort((a, b) => a.contradicted - b.contradicted);
  const alone = candidates.find(({ explained }) => explained.size === wrong.length);
  if (alone)
    return alone.contradicted === 0 ? nameMisconception(alone.misconception) : partly(alone.misconception);
  const own = all.filter(({ call }) => call.export === wrong[0]?.call.export);
  return two(candidates, wrong) ?? (besideRight(exercise, own) ? undefined : scaled[0]);
}

/** A few calls with wrong answers, from all over the check: a program that explains none of them is not asked the rest. */
function takeSample(answers: readonly Answered[], wrong: readonly Pair[]): Answered[] {
  const places = [...new Set(wrong.filter(({ got }) => Number.isFinite(got)).map(({ at }) => at))];
  const step = Math.max(1, places.length / SAMPLE);
  const chosen = Array.from(
    { length: Math.min(SAMPLE, places.length) },
    (_, i) => places[Math.floor(i * step)],
  );
  return chosen.map((at) => answers[at as number] as Answered);
}

async function promising(
  exercise: AnyExercise,
  program: Record<string, unknown>,
  sample: readonly Answered[],
  looked: (pair: Pair) => boolean,
): Promise<boolean> {
  const given = pairs(await answerBy(exercise, program, sample)).filter(looked);
  const wrong = pairs(sample).filter((pair) => looked(pair) && !near(pair));
  const value = new Map(given.map((pair) => [key(pair), pair.want]));
  return (
    wrong.some((pair) => explains(value.get(key(pair)), pair)) ||
    relationBesides(exercise, given) !== undefined
  );
}

function candidate(
  misconception: Misconception,
  given: readonly Pair[],
  wrong: readonly Pair[],
): Candidate[] {
  const value = new Map(given.map((pair) => [key(pair), pair.want]));
  const explained = wrong.filter((pair) => explains(value.get(key(pair)), pair));
  if (distinct(explained) < ENOUGH) return [];
  const wrongKeys = new Set(wrong.map(key));
  const contradicted = given.filter((pair) => !wrongKeys.has(key(pair)) && !near(pair)).length;
  return [{ misconception, explained: new Set(explained), contradicted }];
}

function two(candidates: readonly Candidate[], wrong: readonly Pair[]): Known | undefined {
  for (const one of candidates) {
    const rest = wrong.filter((pair) => !one.explained.has(pair));
    if (distinct(rest) < ENOUGH) continue;
    const other = candidates.find(
      ({ misconception, explained }) =>
        misconception !== one.misconception && rest.every((pair) => explained.has(pair)),
    );
    if (other) return nameMisconception(one.misconception, other.misconception);
  }
  return undefined;
}

/** Whether a function's answers are the right ones but for a factor: then no slip is needed to explain them. */
function besideRight(exercise: AnyExercise, own: readonly Pair[]): boolean {
  const kind = kindOf(exercise, own);
  return kind !== undefined && relation(own, features(kind), "") !== undefined;
}

/** What is left to say about answers that are a program's but for a factor: only such as nobody meets by chance. */
function relationBesides(exercise: AnyExercise, given: readonly Pair[]): Observation | undefined {
  const kind = kindOf(exercise, given);
  if (!kind || given.some(({ place }) => place !== "")) return undefined;
  // How many numbers there are, and nothing stranger: a sum for an average, or the other way round.
  const counts = features(kind).filter(({ where }) => where);
  const found = relation(given, counts, "Besides, each of your values");
  return found && ["negated", "another-logarithm", "factor"].includes(found.id)
    ? { ...found, text: found.text.replace("what was asked for", "what that alone would give") }
    : undefined;
}

/** The function whose answers all of these are: no argument of one says anything about another's. */
function kindOf({ signatures }: AnyExercise, list: readonly Pair[]): FunctionKind | undefined {
  const names = new Set(list.map(({ call }) => call.export));
  const [name] = names;
  return names.size === 1 ? (signatures[name as string] as FunctionKind) : undefined;
}

const sameShape = ({ got, want }: Answered): boolean =>
  got !== undefined && numbersIn(got).shape === numbersIn(want).shape;

/** The answers with the program's in place of the right ones; calls that it has nothing to say about have none. */
async function answerBy(
  exercise: AnyExercise,
  program: Record<string, unknown>,
  answers: readonly Answered[],
): Promise<Answered[]> {
  const calls = answers.map(({ export: name, inputs }) => ({ target: { export: name }, inputs }));
  const given = await answersOf(exercise, program, calls);
  return answers.map((call, i) => ({ ...call, want: given[i] }) as Answered);
}

/** The same number of the same call, whatever stands beside it. */
const key = ({ at, place }: Pair): string => `${at}${place}`;

const near = ({ got, want }: Pair): boolean => nearly(want, got, 1e-6, 1e-12);

function explains(given: number | undefined, { got, want }: Pair): boolean {
  if (given === undefined) return false;
  if (![got, want, given].every(Number.isFinite)) return Object.is(got, given);
  return (
    comparable(got, given) &&
    (Math.abs(got - given) <= LEFT_OVER * Math.abs(got - want) || within(given, got, SAME_DOUBLE))
  );
}

/** How many different numbers that nobody meets by chance. */
const distinct = (explained: readonly Pair[]): number =>
  new Set(explained.map(({ got }) => got).filter((got) => got !== 0 && Number.isFinite(got))).size;
