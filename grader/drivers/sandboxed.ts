/**
 * The learner's code in a sandboxed child: this side of the channel.
 *
 * The child answers questions and nothing else. Every answer is looked at as a stranger's; every way in which a child can end
 * becomes a `LearnerError` that says what to do about it.
 */

import type { AnyExercise, Limits } from "../exercise.ts";
import { DEFAULT_LIMITS } from "../exercise.ts";
import { type Allowance, LearnerError, SandboxError, type Session, type Target } from "../grading/session.ts";
import { callText } from "../grading/transcript.ts";
import { validatePlain } from "../grading/validate.ts";
import { needsTensors } from "../harness/conversion.ts";
import type { FunctionKind, Methods } from "../harness/kinds.ts";
import { type Program, singleModule } from "../harness/program.ts";
import type { Answer } from "../harness/protocol.ts";
import { DEFAULT_ANSWER } from "../harness/size.ts";
import { detectSandbox, type Sandbox } from "../sandbox/detect.ts";
import { inspectorPort } from "../sandbox/inspect.ts";
import { type Ahead, type Asked, askAhead } from "./ahead.ts";
import { terms } from "./conversation.ts";
import { type RetainedMethods, retain } from "./retained.ts";
import { beginRoom } from "./rooms/begin.ts";
import { isClosed } from "./rooms/closed.ts";
import type { Room, Rooms } from "./rooms/rooms.ts";
import { stripTypes } from "./types/strip.ts";
import { usable } from "./usable.ts";

/** A saved flow, as it was handed in. */
export interface FlowFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface SandboxedOptions {
  /** The learner's module as text, or several that belong together; or the flow that she has saved. */
  readonly source: string | Program | FlowFile;
  /** What messages call it. */
  readonly name?: string;
  readonly exercise: Pick<AnyExercise, "signatures" | "limits" | "forbiddenImports" | "path">;
  /** By default the best that this machine has. */
  readonly sandbox?: Sandbox;
  /** Instead of the exercise's. */
  readonly limits?: Partial<Limits>;
  /** Is given what the learner's code prints, up to 16 KB. */
  readonly onOutput?: (text: string) => void;
  /** Those of the person whose answer it is; by default it has a room for itself. */
  readonly rooms?: Rooms;
}

export interface SandboxedSession extends Session {
  /** What the learner's code has printed, cut after 16 KB. */
  output(): string;
}

/** Loaded before the learner's time begins. TensorFlow.js by its own name is flowlab's too. */
const MENTIONS_FLOWLAB = /["'](flowlab|@tensorflow\/tfjs)["'/]/;
/**
 * Starts a sandboxed child and loads the learner's module into it.
 *
 * @throws LearnerError if the module cannot be loaded.
 * @throws SandboxError if the sandbox cannot be started.
 */
export async function openSandboxedSession(options: SandboxedOptions): Promise<SandboxedSession> {
  const { source, exercise, onOutput, name = `${exercise.path.split("/").at(-1)}.ts` } = options;
  const file = typeof source === "object" && "bytes" in source ? source : undefined;
  const program = file ? NO_PROGRAM : programOf(source as string | Program, name);
  const limits = { ...DEFAULT_LIMITS, ...exercise.limits, ...options.limits };
  const flowlab =
    needsTensors(exercise.signatures) || program.modules.some(({ code }) => MENTIONS_FLOWLAB.test(code));
  // While the room starts.
  const script = stripTypes(program);
  const sandbox = options.sandbox ?? (await detectSandbox());
  const isDebugged = sandbox.tier === "none" && inspectorPort() !== undefined;
  // What the library keeps of what was done with it is not looked at.
  const isPassedOn = !file && !flowlab && isClosed(program);
  const wanted = { sandbox, limits, name, onOutput, isDebugged };
  const start = { op: "start" as const, signatures: exercise.signatures, flowlab, shared: !!options.rooms };
  const open = async (): Promise<Room> => {
    const room = await beginRoom(wanted, start, options.rooms);
    const { line } = room;
    try {
      const forbidden = exercise.forbiddenImports ?? [];
      line.allow(terms(limits.seconds));
      const loading = file
        ? { op: "file" as const, name: file.name, base64: Buffer.from(file.bytes).toString("base64") }
        : { op: "load" as const, program: await script, forbidden };
      usable(await line.ask(loading, () => "while it was loaded"), program);
      return room;
    } catch (error) {
      await line.close();
      throw error;
    }
  };
  const leave = async (room: Room): Promise<boolean> => {
    if (isPassedOn && options.rooms) return options.rooms.giveBack(room);
    await room.line.close();
    return false;
  };
  const opened = { signatures: exercise.signatures, seconds: limits.seconds, program, open, leave };
  // What waits for a turn of the event loop, or prints, would do so at another time.
  return session(await open(), { ...opened, isAskedAhead: isPassedOn });
}

const NO_PROGRAM: Program = { modules: [], entries: [] };

const programOf = (source: string | Program, name: string): Program =>
  typeof source === "string" ? singleModule(name, source) : source;

interface Opened {
  readonly signatures: Methods;
  readonly seconds: number;
  readonly program: Program;
  readonly isAskedAhead: boolean;
  /** Once more, from the beginning. */
  open(): Promise<Room>;
  /** @returns Whether the room is another exercise's now. */
  leave(room: Room): Promise<boolean>;
}

function session(first: Room, { signatures, seconds, program, isAskedAhead, open, leave }: Opened) {
  let room = first;
  const objects: RetainedMethods = new Map();
  let allowed: Allowance = { seconds, answer: DEFAULT_ANSWER };
  let ahead: Ahead | undefined;
  let isForeseen = isAskedAhead;
  let queue: Promise<unknown> = Promise.resolve();
  let closing: Promise<boolean> | undefined;
  /** Somebody else's by now: what is printed in it, too. */
  let passedOn = false;
  const allow = (): void => room.line.allow(terms(allowed.seconds, allowed.answer));
  allow();

  function kindOf(target: Target): FunctionKind {
    const [methods, name] =
      "export" in target ? [signatures, target.export] : [objects.get(target.object) ?? {}, target.method];
    const kind = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!kind)
      throw new LearnerError("missing", `${callText({ target, inputs: [] })} is not part of this exercise`);
    return kind;
  }

  function refuseIfClosed(): void {
    if (closing) throw new LearnerError("exit", "the session has been closed");
  }

  const askOne = ({ target, inputs }: Asked): Promise<Answer> => {
    const where = () => `at ${callText({ target, inputs })}`;
    return room.line.ask({ op: "call", target, inputs, size: allowed.answer }, where);
  };

  /** As if nothing had been asked ahead: a room in which these calls have been made, and no others. */
  async function makeAgain(calls: readonly Asked[]): Promise<void> {
    await room.line.close();
    refuseIfClosed();
    room = await open().catch((error) => {
      // A busy machine may fail to start a process.
      if (error instanceof SandboxError) return open();
      throw error;
    });
    if (closing) await room.line.close();
    refuseIfClosed();
    objects.clear();
    allow();
    for (const call of calls) await askOne(call);
  }

  /** Only what was foreseen has been asked by then; the check gets each answer for the very call that it makes. */
  async function askedAhead(call: Asked): Promise<Answer | undefined> {
    if (!ahead) return undefined;
    const answer = await ahead.take(call);
    if (answer) return answer;
    const { extra, taken, broken } = ahead;
    ahead = undefined;
    if (broken) isForeseen = false;
    if (broken || extra) await makeAgain(taken);
    else allow();
    return undefined;
  }

  async function answerTo(call: Asked): Promise<unknown> {
    refuseIfClosed();
    const { returns } = kindOf(call.target);
    const answer = (await askedAhead(call)) ?? (await askOne(call));
    const name = "export" in call.target ? call.target.export : call.target.method;
    const value = validatePlain(returns, usable(answer, program), `the result of ${name}`);
    ahead?.keep(value);
    retain(objects, returns, value);
    return value;
  }

  const opened: SandboxedSession = {
    get alive() {
      return room.line.alive && !closing;
    },
    allow(next) {
      allowed = next;
      allow();
      ahead = next.ahead && isForeseen ? askAhead(() => room.line, next.ahead, next.answer) : undefined;
    },
    call(target, inputs) {
      const value = queue.then(() => answerTo({ target, inputs }));
      queue = value.catch(() => {});
      return value;
    },
    output: () => (passedOn ? "" : room.child.output()),
    async close() {
      closing ??= leave(room);
      passedOn = await closing;
    },
  };
  return opened;
}
