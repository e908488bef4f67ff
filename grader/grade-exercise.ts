/**
 * Grades one exercise: asks a learner's session what the checks want to know and judges the answers.
 *
 * The verdict is made here, in the grader's process; the session may be a sandbox on the other side of a socket.
 */

import type { AnyExercise, Check } from "./exercise.ts";
import { DEFAULT_LIMITS, maxPoints } from "./exercise.ts";
import { type Expectations, expectations } from "./expect.ts";
import { recognise } from "./misconception.ts";
import { random } from "./random.ts";
import type { CheckResult, ExerciseResult, Failure } from "./result.ts";
import { LearnerError, type Session, type Trouble } from "./session.ts";
import { learnerHandle, type Transcript, transcript } from "./transcript.ts";

export interface GradeOptions {
  /** Decides every random number of the run. */
  readonly seed: string;
  readonly onCheck?: (result: CheckResult) => void;
}

/**
 * @param open Starts the learner's code; called again after a crash, so that the checks after it still count.
 * @throws Whatever a check of ours throws by mistake: a defect of the grader is never a learner's mistake.
 */
export async function gradeExercise(
  exercise: AnyExercise,
  open: () => Promise<Session>,
  { seed, onCheck }: GradeOptions,
): Promise<ExerciseResult> {
  const run = new Run(exercise, open, seed);
  const checks: CheckResult[] = [];
  try {
    for (const check of exercise.checks) {
      const result = await run.check(check);
      checks.push(result);
      onCheck?.(result);
    }
    const manual = await run.manual();
    return summary(exercise, seed, checks, manual);
  } finally {
    await run.close();
  }
}

class Run {
  readonly #exercise: AnyExercise;
  readonly #open: () => Promise<Session>;
  readonly #seed: string;
  #session: Session | undefined;
  /** Set once the code cannot be loaded: no check after that can say anything else. */
  #unloadable: Failure | undefined;

  constructor(exercise: AnyExercise, open: () => Promise<Session>, seed: string) {
    this.#exercise = exercise;
    this.#open = open;
    this.#seed = seed;
  }

  async check(check: Check): Promise<CheckResult> {
    const started = performance.now();
    const log = transcript();
    const outcome = await this.#outcome(check, log);
    const milliseconds = performance.now() - started;
    const base = { name: check.name, points: check.points, milliseconds };
    if (outcome === "passed") return { ...base, status: "passed", earned: check.points };
    if (outcome.trouble === "unsolved") return { ...base, status: "unsolved", earned: 0 };
    if (outcome === this.#unloadable) return { ...base, status: "skipped", earned: 0, failure: outcome };
    const failure = await this.#explained(outcome, check, log);
    return { ...base, status: "failed", earned: 0, failure };
  }

  async #outcome(check: Check, log: Transcript): Promise<"passed" | Failure> {
    if (this.#unloadable) return this.#unloadable;
    const expect = expectations(log);
    try {
      const session = await this.#ready();
      const learner = learnerHandle(this.#exercise.signatures, session, log);
      const numbers = random(this.#seed).fork(`${this.#exercise.id}/${check.name}`);
      await check.run({ learner, random: numbers, expect } as never);
    } catch (error) {
      if (!(error instanceof LearnerError)) throw error;
      const failure = troubleFailure(error, log);
      if (!this.#session) this.#unloadable = failure;
      return (error.trouble !== "unsolved" && counted(expect)) || failure;
    }
    if (expect.tried === 0)
      throw new Error(`${this.#exercise.id}: the check "${check.name}" expects nothing`);
    return counted(expect) ?? "passed";
  }

  /** A live session with the check's full time. */
  async #ready(): Promise<Session> {
    const seconds = this.#exercise.limits?.seconds ?? DEFAULT_LIMITS.seconds;
    if (!this.#session?.alive) {
      await this.#session?.close();
      this.#session = undefined;
      this.#session = await this.#open();
    }
    this.#session.limit(seconds * 1000);
    return this.#session;
  }

  async #explained(failure: Failure, check: Check, log: Transcript): Promise<Failure> {
    const misconception = ended(failure.trouble) ? undefined : await recognise(this.#exercise, log.calls);
    const plot = failure.trouble ? undefined : await this.#illustration();
    const hint = misconception || ended(failure.trouble) ? undefined : check.hint;
    return {
      ...failure,
      ...(misconception && {
        misconception: { id: misconception.id, explanation: misconception.explanation },
      }),
      ...(hint && { hint }),
      ...(plot && { plot }),
    };
  }

  async #illustration(): Promise<Failure["plot"]> {
    if (!this.#exercise.illustrate) return undefined;
    try {
      return await this.#exercise.illustrate(
        learnerHandle(this.#exercise.signatures, await this.#ready(), transcript()),
      );
    } catch (error) {
      if (error instanceof LearnerError) return undefined;
      throw error;
    }
  }

  async manual(): Promise<ExerciseResult["manual"]> {
    const { rubric } = this.#exercise;
    if (!rubric) return undefined;
    const grading = { maxPoints: rubric.points, criteria: rubric.criteria };
    try {
      const session = await this.#ready();
      return { answer: String(await session.call({ export: rubric.export }, [])), ...grading };
    } catch (error) {
      if (error instanceof LearnerError) return { answer: "", ...grading };
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#session?.close();
  }
}

/** The first failure, and on how many of the questions it was so. */
function counted({ first, failed, tried }: Expectations): Failure | undefined {
  if (!first || tried === 1) return first;
  return { ...first, message: `${first.message} (${failed} of ${tried} tests of this check fail)` };
}

const ended = (trouble: Trouble | undefined): boolean =>
  trouble !== undefined &&
  ["load", "missing", "time", "memory", "output", "exit", "protocol"].includes(trouble);

function troubleFailure(error: LearnerError, log: Transcript): Failure {
  const input = error.trouble === "load" ? undefined : log.last();
  return {
    message: error.message,
    trouble: error.trouble,
    ...(input && { input }),
    ...(error.trace && { trace: error.trace }),
  };
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
