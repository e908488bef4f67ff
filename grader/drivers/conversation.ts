/**
 * Questions to a child and its answers, one at a time, until something ends it: then why, in words for a learner.
 */

import { randomInt } from "node:crypto";
import type { Limits } from "../exercise.ts";
import { type Answer, encode, type Request } from "../harness/protocol.ts";
import { ChannelError, readAnswer, readLines } from "../sandbox/channel.ts";
import type { Child, Ending } from "../sandbox/child.ts";
import { LearnerError } from "../session.ts";

/** Processor time of a whole session. A limit for code that goes on between two calls; a check has its own, in wall time. */
export const SESSION_CPU_SECONDS = 600;

type Question = Request extends infer R ? (R extends Request ? Omit<R, "id"> : never) : never;

export interface Conversation {
  /** @throws LearnerError if the child ends, runs out of time or breaks the rules. */
  ask(question: Question, milliseconds: number, where: string): Promise<Answer>;
  readonly alive: boolean;
  close(): Promise<void>;
}

interface Pending {
  readonly id: number;
  readonly where: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: LearnerError) => void;
}

/** One question at a time, each with one answer, until something ends it. */
export function conversation(child: Child, limits: Limits, name: string): Conversation {
  let pending: Pending | undefined;
  let over: LearnerError | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  readLines(child.channel, {
    onLine(line) {
      try {
        if (!pending) throw new ChannelError("wrote to the grader's channel");
        const answer = readAnswer(line, pending.id);
        pending.resolve(answer);
      } catch (error) {
        if (!(error instanceof ChannelError)) throw error;
        finish(
          new LearnerError(
            "protocol",
            `${name} ${error.message}: an answer is what a function returns, nothing else counts`,
          ),
        );
      }
    },
    onExcess(error) {
      finish(
        new LearnerError(
          "protocol",
          `${name} ${error.message}: nothing else than what its functions return is read`,
        ),
      );
    },
  });
  const ended = child.ended.then((ending) => finish(endingError(ending, limits, child, pending?.where)));

  function finish(error: LearnerError): void {
    over ??= error;
    child.stop();
    pending?.reject(over);
  }

  async function exchange(question: Question, milliseconds: number, where: string): Promise<Answer> {
    if (over) throw over;
    // Not to be guessed: an answer that was written before it was asked for is never taken for one.
    const id = randomInt(2 ** 48 - 1);
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Answer>((resolve, reject) => {
        pending = { id, where, resolve, reject };
        timer = setTimeout(() => finish(timeError(limits, where)), Math.max(milliseconds, 0));
        child.channel.write(`${encode({ id, ...question })}\n`);
      });
    } finally {
      clearTimeout(timer);
      pending = undefined;
      // What ends a child while it is asked something is told once it is really gone.
      if (over) await ended;
    }
  }

  return {
    get alive() {
      return over === undefined;
    },
    ask(question, milliseconds, where) {
      const answer = queue.then(() => exchange(question, milliseconds, where));
      queue = answer.catch(() => {});
      return answer;
    },
    async close() {
      over ??= new LearnerError("exit", "the session has been closed");
      child.stop();
      await ended;
    },
  };
}

function timeError({ seconds }: Limits, where: string): LearnerError {
  return new LearnerError("time", `ran longer than ${seconds} s ${where}: is there a loop that never ends?`);
}

/** Exit codes above this are signals, as shells and bubblewrap pass them on. */
const SIGNALLED = 128;
const ABORTED = ["SIGABRT", "SIGTRAP", "SIGILL", SIGNALLED + 6, SIGNALLED + 5, SIGNALLED + 4];
const CPU_LIMIT = ["SIGXCPU", SIGNALLED + 24];

function endingError(
  ending: Ending,
  limits: Limits,
  child: Child,
  where = "between two calls",
): LearnerError {
  if (ending.cause === "memory") return memoryError(limits, where);
  if (ending.cause === "processes") return new LearnerError("exit", `started too many processes ${where}`);
  if (ending.cause === "output")
    return new LearnerError("output", `printed more than 64 MB ${where}: is there a console.log in a loop?`);
  if (ending.cause !== "exit") return new LearnerError("exit", "the session has been closed");
  const { code, signal } = ending;
  const how = signal ?? code ?? "unknown";
  if (CPU_LIMIT.includes(how)) return timeError({ ...limits, seconds: SESSION_CPU_SECONDS }, where);
  if (ABORTED.includes(how) && /FATAL ERROR|out of memory/i.test(child.lastWords()))
    return memoryError(limits, where);
  if (signal === null && code !== null && code < SIGNALLED) {
    return new LearnerError("exit", `ended its own process with code ${code} ${where}: remove process.exit`);
  }
  return new LearnerError(
    "exit",
    `its process was ended (${signal ?? `signal ${(code ?? 0) - SIGNALLED}`}) ${where}`,
  );
}

function memoryError({ memoryMB }: Limits, where: string): LearnerError {
  return new LearnerError("memory", `used more than ${memoryMB} MB of memory ${where}`);
}
