/** Grades answers in sandboxed processes: one for each, or one for several of the same person. */

import { freshNumbers, sameNumbers } from "../domain/same-numbers.ts";
import { openRooms, type Rooms } from "../drivers/rooms/rooms.ts";
import { openSandboxedSession, type SandboxedOptions } from "../drivers/sandboxed.ts";
import { flowFileOf } from "../drivers/saved-flow.ts";
import type { AnyExercise, Check } from "../exercise.ts";
import { foresight } from "../grading/foresight/foresee.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";
import { SandboxError, type Session } from "../grading/session.ts";
import type { Call } from "../grading/transcript.ts";
import { singleModule } from "../harness/program.ts";
import type { Rerun } from "../repair/search.ts";
import type { Sandbox } from "../sandbox/detect.ts";
import { withOtherKit } from "../variants/other-kit.ts";
import { withNumbers } from "../variants/varied.ts";
import type { ClassNumbers } from "../variants/whose.ts";
import type { GradeOne } from "./run.ts";

export interface SandboxedGrading {
  readonly seed: string;
  readonly sandbox: Sandbox;
  /** The learner's own time for one check, in place of what the exercise says. */
  readonly seconds?: number;
  /** Of the class, where learners have numbers of their own. */
  readonly numbers?: ClassNumbers;
}

/** A busy machine may fail to start a process; nothing of the learner's has run by then, so it is tried once more. */
async function start(options: SandboxedOptions): ReturnType<typeof openSandboxedSession> {
  try {
    return await openSandboxedSession(options);
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    return openSandboxedSession(options);
  }
}

/** The learner's output that a report keeps, in characters. */
const OUTPUT_KEPT = 16 * 1024;

export function sandboxedGrading({
  seed,
  sandbox,
  seconds,
  numbers: ofClass = {},
}: SandboxedGrading): GradeOne {
  const numbers = sameNumbers();
  const foreseen = foresight();
  const roomsOf = new Map<object, Rooms>();
  const grade: GradeOne = async (course, source, signal, whose) => {
    const asked = source.numbers ? withNumbers(course, source.numbers.values) : course;
    const rooms = whose && (roomsOf.get(whose) ?? openRooms());
    if (whose && rooms) roomsOf.set(whose, rooms);
    const exercise: AnyExercise =
      seconds === undefined ? asked : { ...asked, limits: { ...asked.limits, seconds } };
    let session: (Session & { output(): string }) | undefined;
    let output = "";
    const end = () => void session?.close();
    const open = async (): Promise<Session> => {
      signal.throwIfAborted();
      output += session?.output() ?? "";
      const answer = asked.file ? flowFileOf(asked.file, source) : (source.program ?? source.code);
      session = await start({ source: answer, exercise, sandbox, ...(rooms && { rooms }) });
      if (signal.aborted) await session.close();
      return session;
    };
    signal.addEventListener("abort", end);
    try {
      const program = source.program ?? singleModule(`${exercise.path.split("/").at(-1)}.ts`, source.code);
      const rerun: Rerun = {
        program,
        open(changed, signatures) {
          signal.throwIfAborted();
          return start({ source: changed, exercise: { ...exercise, signatures }, sandbox });
        },
      };
      const calls: Call[] = [];
      // What is drawn and foreseen is kept for the next learner, who has the same checks; not where each has her own.
      const random = (check: Check) => (source.numbers ? freshNumbers : numbers)(asked, check, seed);
      const graded = await gradeExercise(exercise, open, {
        seed,
        numbers: random,
        ...(source.numbers ? { onCheck: (_, asked) => void calls.push(...asked) } : { foresight: foreseen }),
        ...(!asked.file && { rerun }),
      });
      const result = source.numbers
        ? await withOtherKit(asked, graded, source.numbers, calls, ofClass[asked.id] ?? [], random)
        : graded;
      output = (output + (session?.output() ?? "")).slice(0, OUTPUT_KEPT);
      return output === "" ? result : { ...result, output };
    } finally {
      signal.removeEventListener("abort", end);
      await session?.close();
    }
  };
  const finished = async (whose: object): Promise<void> => {
    const rooms = roomsOf.get(whose);
    roomsOf.delete(whose);
    await rooms?.close();
  };
  return Object.assign(grade, { finished });
}
