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
import { type Child, startChild } from "../sandbox/child.ts";
import { detectSandbox, type Sandbox } from "../sandbox/detect.ts";
import { inspectorPort } from "../sandbox/inspect.ts";
import { type Conversation, conversation, SESSION_CPU_SECONDS, terms } from "./conversation.ts";
import { type RetainedMethods, retain } from "./retained.ts";
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
  // While the room starts.
  const script = stripTypes(program);
  const sandbox = options.sandbox ?? (await detectSandbox());
  const launch = await sandbox.launch({ heapMB: limits.memoryMB });
  const child = await startChild(
    launch,
    { memoryMB: limits.memoryMB, cpuSeconds: SESSION_CPU_SECONDS },
    onOutput,
  );
  const line = conversation(child, limits, name, sandbox.tier === "none" && inspectorPort() !== undefined);
  try {
    const flowlab =
      needsTensors(exercise.signatures) || program.modules.some(({ code }) => MENTIONS_FLOWLAB.test(code));
    line.allow(STARTING);
    await line.ask({ op: "start", signatures: exercise.signatures, flowlab }, () => "while starting");
  } catch (error) {
    await line.close();
    throw new SandboxError(
      `the sandbox ${sandbox.tier} does not start: ${child.lastWords().trim() || (error as Error).message}`,
    );
  }
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
  return session(line, child, exercise.signatures, limits, program);
}

const NO_PROGRAM: Program = { modules: [], entries: [] };

const programOf = (source: string | Program, name: string): Program =>
  typeof source === "string" ? singleModule(name, source) : source;

function session(
  line: Conversation,
  child: Child,
  signatures: Methods,
  { seconds }: Limits,
  program: Program,
): SandboxedSession {
  const objects: RetainedMethods = new Map();
  let size = DEFAULT_ANSWER;
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
      return line.alive;
    },
    allow({ seconds, answer }) {
      size = answer;
      line.allow(terms(seconds, answer));
    },
    async call(target, inputs) {
      const { returns } = kindOf(target);
      const where = () => `at ${callText({ target, inputs })}`;
      const answer = usable(await line.ask({ op: "call", target, inputs, size }, where), program);
      const name = "export" in target ? target.export : target.method;
      const value = validatePlain(returns, answer, `the result of ${name}`);
      retain(objects, returns, value);
      return value;
    },
    output: () => child.output(),
    close: () => line.close(),
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
