/**
 * What runs in the sandbox: reads questions from the channel, asks the learner's code, writes the answers.
 *
 * Nobody relies on it. A learner's code shares this process and may do what it likes to it; the parent looks at every answer
 * as if it came from a stranger.
 */

import { Socket } from "node:net";
import { addressOf } from "./address.ts";
import { callAhead } from "./ahead/call-ahead.ts";
import { decode, encode } from "./encoding.ts";
import type { Signatures } from "./kinds.ts";
import { surveyLanguage } from "./loading/language.ts";
import { loadSubmission } from "./loading/load.ts";
import { failure, type LearnerModule, learnerModule } from "./module.ts";
import { apply } from "./pristine.ts";
import { type Answer, CHANNEL_FD, type Request } from "./protocol.ts";

type Outcome = { ok: true; value: unknown } | Omit<Extract<Answer, { ok: false }>, "id">;

const { replaceAll } = String.prototype;
const exit = process.exit.bind(process, 0);
const socket = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });
const write = socket.write.bind(socket);

const turn = setImmediate;
let isAsBefore: ((mostMB: number) => boolean) | undefined;

let signatures: Signatures = {};
let learner: LearnerModule | undefined;
/** Of the exercises that this room has seen, the latest: the first is 1. */
let exercise = 0;
/** The question that has no answer yet. */
let pending: number | undefined;

// Printing waits for the reader, so nothing that was printed is lost when the process is ended, and it cannot pile up in memory.
printAtOnce(process.stdout);
printAtOnce(process.stderr);
socket.setEncoding("utf8");
socket.on("end", exit);
socket.on("error", exit);
listen();

// An exception out of a timer, or a rejection that nobody handles: it ends the call that is under way.
process.on("uncaughtException", (error) => {
  if (pending !== undefined) answer(pending, withAddress(failure(error)));
});

function listen(): void {
  let rest = "";
  socket.on("data", (text: string) => {
    rest += text;
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      const request = decode(rest.slice(0, end)) as Request;
      rest = rest.slice(end + 1);
      void respond(request);
    }
  });
}

async function respond(request: Request): Promise<void> {
  pending = request.id;
  answer(request.id, withAddress(await outcome(request)));
}

async function outcome(request: Request): Promise<Outcome> {
  switch (request.op) {
    case "start":
      exercise += 1;
      if (request.shared) isAsBefore ??= surveyLanguage();
      signatures = request.signatures;
      if (request.flowlab) await import("flowlab");
      return { ok: true, value: null };
    case "load": {
      const loaded = await loadSubmission(
        request.program,
        Object.keys(signatures),
        request.forbidden,
        addressOf(exercise),
      );
      if (!loaded.ok) return loaded;
      learner = await learnerModule(loaded.provided, signatures);
      return { ok: true, value: null };
    }
    case "leave":
      learner = undefined;
      // What was under way, and needs nothing but a turn, has had it.
      await new Promise<void>((next) => void turn(next));
      return { ok: true, value: isAsBefore?.(request.mostMB) === true };
    case "file":
      return readFile(request.name, request.base64);
    case "calls": {
      if (!learner) return { ok: false, trouble: "load", message: "nothing has been loaded" };
      const { answers, failed } = await callAhead(learner, request.plan, request.size);
      return { ok: true, value: { answers, failed: failed && withAddress(failed) } };
    }
    case "call":
      if (!learner) return { ok: false, trouble: "load", message: "nothing has been loaded" };
      return learner.call(request.target, request.inputs, request.size);
  }
}

/** Whichever exercise of the room it is, its modules are told of by the address that one alone would have. */
function withAddress<O extends Outcome>(outcome: O): O {
  if (outcome.ok || exercise === 1) return outcome;
  const { message, trace } = outcome;
  const own = (text: string): string => apply(replaceAll, text, [addressOf(exercise), addressOf(1)]);
  return { ...outcome, message: own(message), ...(trace !== undefined && { trace: own(trace) }) };
}

/** What is wrong with a file is told in a sentence; where in our code it was found says nothing to whoever saved it. */
async function readFile(name: string, base64: string): Promise<Outcome> {
  const { readSavedFlow } = await import("./saved-flow/read.ts");
  try {
    const provided = readSavedFlow(Buffer.from(base64, "base64"), name);
    learner = await learnerModule({ ...provided }, signatures);
    return { ok: true, value: null };
  } catch (error) {
    return { ok: false, trouble: "load", message: String((error as Error).message).slice(0, 2000) };
  }
}

/** Answers a question, once. */
function answer(id: number, outcome: Outcome): void {
  if (pending !== id) return;
  pending = undefined;
  write(`${encode({ id, ...outcome })}\n`);
}

function printAtOnce(stream: unknown): void {
  (stream as { _handle?: { setBlocking?: (on: boolean) => void } })._handle?.setBlocking?.(true);
}
