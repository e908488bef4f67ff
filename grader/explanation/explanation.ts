/**
 * The right words for a failed check: a known wrong answer if these are its answers, else what its numbers show, else a hint
 * that applies to what the code just did.
 */

import { diagnosis } from "../diagnosis/diagnose.ts";
import type { Observation } from "../diagnosis/observation.ts";
import type { AnyExercise, Check } from "../exercise.ts";
import { type Answered, fieldOf, type Pair, pairs, wrongOnes } from "../grading/answered.ts";
import type { FirstFailure } from "../grading/expect.ts";
import type { FailureKind } from "../grading/failure-kind.ts";
import type { Failure } from "../grading/result.ts";
import { answerBoth } from "../grading/right-answers.ts";
import { LearnerError, type Session, type Trouble } from "../grading/session.ts";
import { type Call, learnerHandle, transcript } from "../grading/transcript.ts";
import type { Random } from "../random.ts";
import type { Repairs } from "../repair/search.ts";
import { otherAnswer } from "./asked-again.ts";
import { fittingHint } from "./hint.ts";
import { recognise } from "./misconception.ts";

type Words = Pick<Failure, "misconception" | "observation" | "hint" | "plot">;

/** `hints`: a hint also where a misconception is recognised, as `verify` wants to see them all. */
export type WordsWanted = "all" | "hints" | "none";

export interface Asked {
  readonly exercise: AnyExercise;
  readonly check: Check;
  /** What the check asked and what the code answered. */
  readonly calls: readonly Call[];
  readonly wanted: WordsWanted;
  /** Misconceptions that earlier checks of this run have met: where several fit, it is the same one. */
  readonly earlier: ReadonlySet<string>;
  /** Checks that were passed before this one. */
  readonly passed: readonly Check[];
  /** The numbers that a check draws in this run. */
  readonly random: (check: Check) => Random;
  readonly repairs: Repairs | undefined;
}

/** @param ready A live session: the words may need more answers than the check has. */
export async function explanation(
  asked: Asked,
  { failure, kind, call, looked }: FirstFailure,
  ready: () => Promise<Session>,
): Promise<Words> {
  const { exercise, check, calls, wanted, earlier, repairs } = asked;
  const learner = async () => learnerHandle(exercise.signatures, await ready(), transcript());
  if (wanted === "none") return {};
  // A saved flow has no code in which anything could be looked for.
  if (wanted === "hints" || exercise.file) return findHint(kind);
  if (hasEnded(failure.trouble)) return kind === "time" ? endless() : {};
  const unsteady = failure.trouble ? undefined : await otherAnswer(exercise, call, calls, ready);
  if (unsteady !== undefined) return { observation: unsteady, ...(await findHint("unsteady")) };
  const plot = failure.trouble ? undefined : await illustration(exercise, ready);
  return { ...(await because()), ...(plot && { plot }) };

  async function because(): Promise<Words> {
    const answers = await answerBoth(exercise, calls);
    const relevant = relevance(answers, looked);
    const about = call && "export" in call.target ? call.target.export : undefined;
    const withoutAnswer = failure.trouble ? about : undefined;
    const known = await recognise(exercise, calls, { answers, isLookedAt: relevant, earlier, withoutAnswer });
    if (known && !known.partly) return known;
    if (failure.trouble === "threw" && call && isRefusal(call)) return { observation: REFUSED };
    if (failure.trouble || about === undefined) return known ?? findHint(kind);
    const shown = diagnosis(exercise, answers, about, relevant);
    const exactly = await shown.exactly();
    const place = await repairs?.find({ ...asked, answers });
    if (exactly || place) return { observation: join(exactly, place) };
    if (known) return known;
    const roughly = shown.roughly();
    return roughly ? { observation: roughly } : findHint(kind);
  }

  /** A call whose time ran out is the last one. */
  async function endless(): Promise<Words> {
    const last = call ?? calls.at(-1);
    const loop = last && "export" in last.target && (await repairs?.endless(asked, last));
    return loop ? { observation: loop } : findHint(kind);
  }

  async function findHint(of: FailureKind): Promise<Words> {
    const [failing] = call ? await answerBoth(exercise, [call]) : [];
    const hint = await fittingHint(check.hints ?? [], of, failing, learner as never);
    return hint === undefined ? {} : { hint };
  }
}

/** What the numbers show, and where in the code it comes from. */
function join(numbers: Observation | undefined, place: Observation | undefined): Observation {
  const [first, second] = [numbers, place].filter((one) => one !== undefined) as [Observation, Observation?];
  return { id: first.id, text: second ? `${first.text} ${second.text}` : first.text };
}

/** The numbers that the check compares, if it compares answers as they are; else all. */
function relevance(answers: readonly Answered[], looked: ReadonlySet<number>): (pair: Pair) => boolean {
  const all = pairs(answers);
  const isMet = ({ got }: Pair) => looked.has(got);
  const nameField = (pair: Pair) => `${pair.call.export} ${fieldOf(pair)}`;
  // NaN, an infinity or 0 is met in any field: those fields are looked at of which other numbers are met.
  const fields = new Set(
    all.filter((pair) => isMet(pair) && Number.isFinite(pair.got) && pair.got !== 0).map(nameField),
  );
  // Of what a check computes from answers, such as a mass, a 0 is met in answers, too.
  const onlyThose = ![...looked].some((number) => Number.isFinite(number) && number !== 0);
  const isCompared = (pair: Pair) =>
    isMet(pair) && (fields.size === 0 ? onlyThose : fields.has(nameField(pair)));
  return wrongOnes(all).some(isCompared) ? isCompared : () => true;
}

/**
 * Whether the code itself threw, as code does that does not want an input; a TypeError is a mistake and not a decision, and `product` is
 * a function that it was given, which says what it wants.
 */
const isRefusal = ({ answer }: Call): boolean =>
  "threw" in answer && /^(Error|RangeError): (?!Invalid|Maximum|product: )/.test(answer.threw.message);

const REFUSED: Observation = {
  id: "refused-an-input",
  text: "Your code throws an error for this input. But the input belongs to those that the function has to answer: the task asks for a value here as well, and an exception is none.",
};

async function illustration(exercise: AnyExercise, ready: () => Promise<Session>): Promise<Failure["plot"]> {
  if (!exercise.illustrate) return undefined;
  try {
    return await exercise.illustrate(learnerHandle(exercise.signatures, await ready(), transcript()));
  } catch (error) {
    if (error instanceof LearnerError) return undefined;
    throw error;
  }
}

/** Trouble after which the code can say no more about this check. */
const hasEnded = (trouble: Trouble | undefined): boolean =>
  trouble !== undefined &&
  ["load", "missing", "size", "time", "memory", "output", "exit", "protocol"].includes(trouble);

/** Which hints fit a code that gave no usable answer. */
export function troubleKind({ trouble, message }: LearnerError): FailureKind {
  if (trouble === "time") return "time";
  if (trouble === "changed") return "changed-input";
  if (trouble === "size") return "shape";
  if (trouble !== "kind") return "threw";
  return /^\S+ returned nothing \(undefined\)/.test(message) ? "no-return" : "shape";
}
