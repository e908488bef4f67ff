/**
 * Questions to a child and its answers, one at a time, until something ends it: then why, in words for a learner.
 */

import { randomInt } from "node:crypto";
import type { Limits } from "../exercise.ts";
import { LearnerError } from "../grading/session.ts";
import { ownTurn } from "../grading/turn.ts";
import { encode } from "../harness/encoding.ts";
import type { Answer, Request } from "../harness/protocol.ts";
import { type AnswerSize, bytesText, DEFAULT_ANSWER } from "../harness/size.ts";
import { ChannelError, type Line, OversizeError, readAnswer, readLines } from "../sandbox/channel.ts";
import type { Child, Ending } from "../sandbox/child.ts";
import { answersTogether, withoutMessage } from "./answers-together.ts";
import { computingError, waitingError } from "./out-of-time.ts";
import { type OwnTime, ownClock } from "./own-time.ts";

/** Processor time of a whole session: a limit for code that goes on between two calls, which no check's deadline sees. */
export const SESSION_CPU_SECONDS = 600;

type Question = (Request extends infer R ? (R extends Request ? Omit<R, "id"> : never) : never) & {
  /** Its text, if that is there already. */
  readonly prepared?: string;
};

/** What a child may take for the next questions together. */
export interface Terms {
  /** Of its own time, in seconds: see own-time.ts. */
  readonly computing: number;
  readonly waiting: number;
  readonly answer: AnswerSize;
}

/** Code has no reason to wait; what has one (a timer that yields) may wait for twice as long as it may compute. */
export function terms(seconds: number, answer: AnswerSize = DEFAULT_ANSWER): Terms {
  return { computing: seconds, waiting: 2 * seconds, answer };
}

export interface Conversation {
  /** From now on it is about another answer. */
  enter(limits: Limits, name: string): void;
  /** From now on, until the next time; what has been used before does not count. */
  allow(terms: Terms): void;
  /**
   * @param where Where in the check it is, for messages: "at f(2)".
   * @throws LearnerError if the child ends, runs out of time or breaks the rules.
   */
  ask(question: Question, where: () => string): Promise<Answer>;
  readonly alive: boolean;
  /** It owes an answer. */
  readonly busy: boolean;
  close(): Promise<void>;
}

interface Pending {
  readonly id: number;
  readonly where: () => string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: LearnerError) => void;
  /** Its line is here and waits to be read: nothing else may come. */
  arrived: boolean;
}

/** Lines below this are read at once; what is larger takes milliseconds, and waits until the thread has a turn for it. */
const READ_AT_ONCE_BYTES = 16 * 1024;
/** The least time between two looks at a child's own time. */
const LOOK_MS = 100;

/**
 * One question at a time, each with one answer, until something ends it.
 *
 * @param isDebugged Somebody reads along at a breakpoint: then no time is too long.
 */
export function conversation(
  child: Child,
  firstLimits: Limits,
  firstName: string,
  isDebugged = false,
): Conversation {
  let limits = firstLimits;
  let name = firstName;
  const clock = ownClock(child.pid, child.waitTime);
  let allowed = terms(limits.seconds);
  const answers = answersTogether();
  answers.restart(allowed.answer);
  let pending: Pending | undefined;
  let over: LearnerError | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  readLines(child.channel, {
    expects: () => (pending && !pending.arrived ? allowed.answer : undefined),
    onLine: (line) => void receive(line),
    onExcess: breach,
  });
  const ended = child.ended.then((ending) =>
    finish(endingError(ending, limits, child, pending?.where() ?? "between two calls")),
  );

  async function receive(line: Line): Promise<void> {
    const asked = pending as Pending;
    asked.arrived = true;
    clock.stopClock();
    if (line.text.length > READ_AT_ONCE_BYTES) await ownTurn();
    answers.took(withoutMessage(line.size, asked.id));
    try {
      asked.resolve(readAnswer(line, asked.id, allowed.answer));
    } catch (error) {
      breach(error);
    }
  }

  function breach(error: unknown): void {
    if (!(error instanceof ChannelError)) throw error;
    const trouble = error instanceof OversizeError ? "size" : "protocol";
    const rule =
      trouble === "size"
        ? "return only what is asked for"
        : "an answer is what a function returns, nothing else is read";
    finish(new LearnerError(trouble, `${name} ${error.message}: ${rule}`));
  }

  function finish(error: LearnerError): void {
    over ??= error;
    child.stop();
    pending?.reject(over);
  }

  /** Looks at the child's own time until the answer is there, as seldom as it can be used up. */
  function deadline(): () => void {
    if (isDebugged) return () => {};
    let timer: NodeJS.Timeout;
    const look = () => {
      const { computed, waited } = clock.read();
      const error = timeError(allowed, { computed, waited }, pending?.where() ?? "");
      if (error) return finish(error);
      const rest = Math.min(allowed.computing * 1000 - computed, allowed.waiting * 1000 - waited);
      timer = setTimeout(look, Math.max(rest, LOOK_MS));
    };
    timer = setTimeout(look, Math.max(allowed.computing * 1000 - clock.wallTime(), LOOK_MS));
    return () => clearTimeout(timer);
  }

  async function exchange(question: Question, where: () => string): Promise<Answer> {
    if (over) throw over;
    answers.refuseIfFull();
    // Not to be guessed: an answer that was written before it was asked for is never taken for one.
    const id = randomInt(2 ** 48 - 1);
    const release = deadline();
    try {
      return await new Promise<Answer>((resolve, reject) => {
        pending = { id, where, resolve, reject, arrived: false };
        clock.startClock();
        child.channel.write(`{"id":${id},${(question.prepared ?? encode(question)).slice(1)}\n`);
      });
    } finally {
      release();
      clock.stopClock();
      pending = undefined;
      // What ends a child while it is asked something is told once it is really gone.
      if (over) await ended;
    }
  }

  return {
    enter(nextLimits, nextName) {
      limits = nextLimits;
      name = nextName;
    },
    get alive() {
      return over === undefined;
    },
    get busy() {
      return pending !== undefined;
    },
    allow(next) {
      allowed = next;
      answers.restart(next.answer);
      clock.restart();
    },
    ask(question, where) {
      const answer = queue.then(() => exchange(question, where));
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

/** Undefined while there is time left. */
function timeError(allowed: Terms, { computed, waited }: OwnTime, where: string): LearnerError | undefined {
  if (computed >= allowed.computing * 1000) return computingError(allowed.computing, where);
  if (waited < allowed.waiting * 1000) return undefined;
  return waitingError(allowed.waiting, where);
}

/** Exit codes above this are signals, as shells and bubblewrap pass them on. */
const SIGNALLED = 128;
const ABORTED = ["SIGABRT", "SIGTRAP", "SIGILL", SIGNALLED + 6, SIGNALLED + 5, SIGNALLED + 4];
const CPU_LIMIT = ["SIGXCPU", SIGNALLED + 24];

function endingError(ending: Ending, limits: Limits, child: Child, where: string): LearnerError {
  if (ending.cause === "memory") return memoryError(limits, where);
  if (ending.cause === "processes") return new LearnerError("exit", `started too many processes ${where}`);
  if (ending.cause === "output")
    return new LearnerError(
      "output",
      `printed ${bytesText(child.printedBytes())} and went on ${where}: is there a console.log in a loop?`,
    );
  if (ending.cause !== "exit") return new LearnerError("exit", "the session has been closed");
  const { code, signal } = ending;
  const how = signal ?? code ?? "unknown";
  if (CPU_LIMIT.includes(how)) return computingError(SESSION_CPU_SECONDS, where);
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
