/**
 * The learner's code in a sandboxed child: this side of the channel.
 *
 * The child answers questions and nothing else. Every answer is looked at as a stranger's; every way in which a child can end
 * becomes a `LearnerError` that says what to do about it.
 */

import type { AnyExercise, Limits } from "../exercise.ts";
import { DEFAULT_LIMITS } from "../exercise.ts";
import { LearnerError, SandboxError, type Session, type Target } from "../grading/session.ts";
import { callText } from "../grading/transcript.ts";
import { validatePlain } from "../grading/validate.ts";
import { SUBMISSION } from "../harness/address.ts";
import { needsTensors } from "../harness/conversion.ts";
import { frame } from "../harness/frame.ts";
import type { FunctionKind, Methods } from "../harness/kinds.ts";
import { type Program, singleModule, withShownNames } from "../harness/program.ts";
import type { Answer } from "../harness/protocol.ts";
import { DEFAULT_ANSWER } from "../harness/size.ts";
import { detectSandbox, type Sandbox } from "../sandbox/detect.ts";
import { inspectorPort } from "../sandbox/inspect.ts";
import { terms } from "./conversation.ts";
import { type RetainedMethods, retain } from "./retained.ts";
import { isClosed } from "./rooms/closed.ts";
import { type Room, type Rooms, type RoomWanted, startRoom } from "./rooms/rooms.ts";
import { stripTypes } from "./types/strip.ts";

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
/** Starting Node and TensorFlow.js, from a slow disk; the learner's own time begins after it. */
const STARTING = { computing: 60, waiting: 60, answer: DEFAULT_ANSWER };

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
  const room = await begunRoom(wanted, start, options.rooms);
  const { line } = room;
  try {
    const forbidden = exercise.forbiddenImports ?? [];
    line.allow(terms(limits.seconds));
    const loading = file
      ? { op: "file" as const, name: file.name, base64: Buffer.from(file.bytes).toString("base64") }
      : { op: "load" as const, program: await script, forbidden };
    usable(await line.ask(loading, () => "while it was loaded"), program);
  } catch (error) {
    await line.close();
    throw error;
  }
  const leave = async (): Promise<boolean> => {
    if (isPassedOn && options.rooms) return options.rooms.giveBack(room);
    await line.close();
    return false;
  };
  return session(room, leave, exercise.signatures, limits, program);
}

type Start = Extract<Parameters<Room["line"]["ask"]>[0], { op: "start" }>;

/** A room that is ready to load an answer. One that an earlier exercise has left and that does not answer says nothing of the sandbox. */
async function begunRoom(wanted: RoomWanted, start: Start, rooms: Rooms | undefined): Promise<Room> {
  for (let left = rooms?.take(wanted); left; left = rooms?.take(wanted)) {
    left.line.allow(terms(1));
    const answer = await left.line.ask(start, () => "while starting").catch(() => undefined);
    if (answer?.ok) return left;
    await left.line.close();
  }
  const room = await startRoom(wanted);
  try {
    room.line.allow(STARTING);
    await room.line.ask(start, () => "while starting");
    return room;
  } catch (error) {
    await room.line.close();
    throw new SandboxError(
      `the sandbox ${wanted.sandbox.tier} does not start: ${room.child.lastWords().trim() || (error as Error).message}`,
    );
  }
}

const NO_PROGRAM: Program = { modules: [], entries: [] };

const programOf = (source: string | Program, name: string): Program =>
  typeof source === "string" ? singleModule(name, source) : source;

function session(
  { line, child }: Room,
  leave: () => Promise<boolean>,
  signatures: Methods,
  { seconds }: Limits,
  program: Program,
): SandboxedSession {
  const objects: RetainedMethods = new Map();
  let size = DEFAULT_ANSWER;
  let closing: Promise<boolean> | undefined;
  /** Somebody else's by now: what is printed in it, too. */
  let passedOn = false;
  line.allow(terms(seconds));

  function kindOf(target: Target): FunctionKind {
    const [methods, name] =
      "export" in target ? [signatures, target.export] : [objects.get(target.object) ?? {}, target.method];
    const kind = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!kind)
      throw new LearnerError("missing", `${callText({ target, inputs: [] })} is not part of this exercise`);
    return kind;
  }

  return {
    get alive() {
      return line.alive && !closing;
    },
    allow({ seconds, answer }) {
      size = answer;
      line.allow(terms(seconds, answer));
    },
    async call(target, inputs) {
      if (closing) throw new LearnerError("exit", "the session has been closed");
      const { returns } = kindOf(target);
      const where = () => `at ${callText({ target, inputs })}`;
      const answer = usable(await line.ask({ op: "call", target, inputs, size }, where), program);
      const name = "export" in target ? target.export : target.method;
      const value = validatePlain(returns, answer, `the result of ${name}`);
      retain(objects, returns, value);
      return value;
    },
    output: () => (passedOn ? "" : child.output()),
    async close() {
      closing ??= leave();
      passedOn = await closing;
    },
  };
}

function usable(answer: Answer, program: Program): unknown {
  if (answer.ok) return answer.value;
  const { trouble, message, trace } = answer;
  // What a typed array says when the kernel refuses it memory.
  if (/^RangeError: (Array buffer allocation failed|WebAssembly\.Memory)/.test(message)) {
    throw new LearnerError(
      "memory",
      `asked for more memory than an exercise may use (${message})`,
      trim(trace, program),
    );
  }
  // In the notebook another cell may have declared it.
  const alone = /^ReferenceError: .* is not defined$/.test(message)
    ? "; nothing that could be carried along declares it: put it into this cell or file"
    : "";
  throw new LearnerError(trouble, `${message}${alone}`, trim(trace, program));
}

/** Frames of a stack that are shown: an endless recursion has ten thousand. */
const MOST_FRAMES = 8;

/** The line of the learner's code that a stack begins with, and her own frames, with the file by its name. */
function trim(trace: string | undefined, { modules }: Program): string | undefined {
  const own = trace?.split("\n").filter((line) => line.includes(SUBMISSION));
  if (!own || own.length === 0) return undefined;
  const place = new RegExp(`${SUBMISSION}([^\\s:()]+):(\\d+):(\\d+)`).exec(own[0] as string);
  const module = modules.find(({ path }) => path === place?.[1]);
  const excerpt =
    module && place ? [frame(module.code, { line: Number(place[2]), column: Number(place[3]) })] : [];
  return [...excerpt, ...own.slice(0, MOST_FRAMES).map((line) => withShownNames(line).trim())].join("\n");
}
