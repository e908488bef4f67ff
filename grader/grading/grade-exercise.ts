/**
 * Grades one exercise: asks a learner's session what the checks want to know and judges the answers.
 *
 * The verdict is made here, in the grader's process; the session may be a sandbox on the other side of a socket.
 */

import type { AnyExercise, Check } from "../exercise.ts";
import { answerSize, DEFAULT_LIMITS, maxPoints } from "../exercise.ts";
import { explanation, troubleKind, type WordsWanted } from "../explanation/explanation.ts";
import type { Plan } from "../harness/ahead/plan.ts";
import { DEFAULT_ANSWER } from "../harness/size.ts";
import { type Random, random } from "../random.ts";
import { type Repairs, type Rerun, repairs } from "../repair/search.ts";
import { type Expectations, expectations, type FirstFailure } from "./expect.ts";
import type { Foresight } from "./foresight/foresee.ts";
import type { CheckResult, ExerciseResult, Failure } from "./result.ts";
import { LearnerError, type Session } from "./session.ts";
import { type Call, callText, learnerHandle, type Transcript, transcript } from "./transcript.ts";

export interface GradeOptions {
  /** Decides every random number of the run. */
  readonly seed: string;
  /** Is told each result, and what the check had asked and was answered. */
  readonly onCheck?: (result: CheckResult, calls: readonly Call[]) => void;
  /** What is said about a failed check: all that is known (by default), its hint in any case, or nothing but what was found. */
  readonly words?: WordsWanted;
  /** The code once more, to see which place of it is wrong; without it nothing is said about that. */
  readonly rerun?: Rerun | undefined;
  /** The numbers that a check draws, from their beginning, where they are kept from run to run; by default those of the seed. */
  readonly numbers?: (check: Check) => Random;
  /** What is known of the calls that the checks make with these numbers. */
  readonly foresight?: Foresight | undefined;
}

/**
 * @param open Starts the learner's code; called again after a crash, so that the checks after it still count.
 * @throws Whatever a check of ours throws by mistake: a defect of the grader is never a learner's mistake.
 */
export async function gradeExercise(
  exercise: AnyExercise,
  open: () => Promise<Session>,
  { seed, onCheck, words = "all", rerun, numbers = numbersOf(exercise, seed), foresight }: GradeOptions,
): Promise<ExerciseResult> {
  const run = new Run(exercise, open, numbers, words, rerun, foresight);
  const checks: CheckResult[] = [];
  try {
    for (const check of exercise.checks) {
      const log = transcript();
      const result = await run.check(check, log);
      checks.push(result);
      onCheck?.(result, log.calls);
    }
    const manual = await run.manual();
    return summary(exercise, seed, checks, manual);
  } finally {
    await run.close();
  }
}

const numbersOf =
  ({ id }: AnyExercise, seed: string) =>
  ({ name }: Check): Random =>
    random(seed).fork(`${id}/${name}`);

interface Passed {
  readonly passed: true;
  /** What was measured, if anything was told of it. */
  readonly found: string | undefined;
}

class Run {
  readonly #exercise: AnyExercise;
  readonly #open: () => Promise<Session>;
  readonly #numbers: (check: Check) => Random;
  readonly #words: WordsWanted;
  readonly #repairs: Repairs | undefined;
  readonly #foresight: Foresight | undefined;
  readonly #passed: Check[] = [];
  #session: Session | undefined;
  /** Misconceptions that earlier checks have met. */
  readonly #recognised = new Set<string>();
  /** Set once the code cannot be loaded: no check after that can say anything else. */
  #unloadable: Failure | undefined;

  constructor(
    exercise: AnyExercise,
    open: () => Promise<Session>,
    numbers: (check: Check) => Random,
    words: WordsWanted,
    rerun: Rerun | undefined,
    foresight: Foresight | undefined,
  ) {
    this.#foresight = foresight;
    this.#exercise = exercise;
    this.#open = open;
    this.#numbers = numbers;
    this.#words = words;
    this.#repairs = rerun && repairs(rerun);
  }

  async check(check: Check, log: Transcript): Promise<CheckResult> {
    const started = performance.now();
    const outcome = await this.#outcome(check, log);
    const milliseconds = performance.now() - started;
    const base = { name: check.name, points: check.points, milliseconds };
    if ("passed" in outcome) {
      this.#passed.push(check);
      await this.#foresight?.learn(check, this.#exercise.signatures, log.calls, () => this.#numbers(check));
      const { found } = outcome;
      return { ...base, status: "passed", earned: check.points, ...(found !== undefined && { found }) };
    }
    const { failure } = outcome;
    if (failure.trouble === "unsolved") return { ...base, status: "unsolved", earned: 0 };
    if (failure === this.#unloadable) return { ...base, status: "skipped", earned: 0, failure };
    const asked = {
      exercise: this.#exercise,
      check,
      calls: log.calls,
      wanted: this.#words,
      earlier: this.#recognised,
      passed: this.#passed,
      random: this.#numbers,
      repairs: this.#repairs,
    };
    const words = await explanation(asked, outcome, () => this.#ready());
    if (words.misconception) this.#recognised.add(words.misconception.id);
    return { ...base, status: "failed", earned: 0, failure: { ...failure, ...words } };
  }

  async #outcome(check: Check, log: Transcript): Promise<Passed | FirstFailure> {
    if (this.#unloadable)
      return { failure: this.#unloadable, kind: "threw", call: undefined, looked: new Set() };
    const expect = expectations(log);
    try {
      const session = await this.#ready(answerSize(check), this.#foresight?.of(check));
      const learner = learnerHandle(this.#exercise.signatures, session, log);
      await check.run({ learner, random: this.#numbers(check), expect } as never);
    } catch (error) {
      if (!(error instanceof LearnerError)) throw error;
      const trouble = troubleFailure(error, log);
      if (!this.#session) this.#unloadable = trouble.failure;
      return (error.trouble !== "unsolved" && countedFailure(expect)) || trouble;
    }
    if (expect.tries === 0)
      throw new Error(`${this.#exercise.id}: the check "${check.name}" expects nothing`);
    return countedFailure(expect) ?? { passed: true, found: expect.told };
  }

  /** A live session with the check's full time and room. */
  async #ready(answer = DEFAULT_ANSWER, ahead?: Plan): Promise<Session> {
    const seconds = this.#exercise.limits?.seconds ?? DEFAULT_LIMITS.seconds;
    if (!this.#session?.alive) {
      await this.#session?.close();
      this.#session = undefined;
      this.#session = await this.#open();
    }
    this.#session.allow({ seconds, answer, ahead });
    return this.#session;
  }

  async manual(): Promise<ExerciseResult["manual"]> {
    const { rubric } = this.#exercise;
    if (!rubric) return undefined;
    const grading = { maxPoints: rubric.points, criteria: rubric.criteria };
    try {
      const session = await this.#ready();
      return { answer: String(await session.call({ export: rubric.export }, [])), ...grading };
    } catch (error) {
      if (!(error instanceof LearnerError)) throw error;
      // What is to do, or cannot be loaded, each check says already.
      const known = error.trouble === "unsolved" || error.trouble === "load";
      return { answer: "", ...grading, ...(!known && { missing: error.message }) };
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#session?.close(), this.#repairs?.close()]);
  }
}

/** The first failure, and on how many of the questions it was so; of what is measured once there is nothing to count. */
function countedFailure({ first, failures, tries, alike }: Expectations): FirstFailure | undefined {
  if (!first || alike === 1) return first;
  const message = `${first.failure.message} (${failures} of ${tries} tests of this check fail)`;
  return { ...first, failure: { ...first.failure, message } };
}

function troubleFailure(error: LearnerError, log: Transcript): FirstFailure {
  const call = callOf(error, log);
  const input = error.trouble === "load" || !call ? undefined : callText(call);
  const failure: Failure = {
    message: error.message,
    trouble: error.trouble,
    ...(input && { input }),
    ...(error.trace && { trace: error.trace }),
  };
  return { failure, kind: troubleKind(error), call, looked: new Set() };
}

/** The call in which it happened. Of several that were asked at once all end with it: it is the one that the message names, or the first. */
function callOf(error: LearnerError, { calls }: Transcript): Call | undefined {
  const ended = calls.filter(({ answer }) => "threw" in answer && answer.threw === error);
  return ended.find((call) => error.message.includes(callText(call))) ?? ended[0] ?? calls.at(-1);
}

function summary(
  exercise: AnyExercise,
  seed: string,
  checks: CheckResult[],
  manual: ExerciseResult["manual"],
): ExerciseResult {
  const points = checks.reduce((sum, check) => sum + check.earned, 0);
  const status = checks.every((c) => c.status === "passed")
    ? "passed"
    : checks.every((c) => c.status === "unsolved")
      ? "unsolved"
      : points > 0
        ? "partial"
        : "failed";
  return {
    exercise: exercise.id,
    title: exercise.title,
    status,
    points,
    maxPoints: maxPoints(exercise),
    seed,
    checks,
    ...(manual && { manual }),
  };
}
