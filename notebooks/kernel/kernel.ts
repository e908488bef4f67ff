import { createBounds } from "./cells/bounds.ts";
import { ownerOfRunningCode } from "./cells/cell.ts";
import { createExecution } from "./cells/execution.ts";
import { guardProcess } from "./cells/guards.ts";
import { createInterpreter, type Interpreter } from "./cells/interpreter.ts";
import { reportStrayErrors } from "./cells/stray-errors.ts";
import { type Comms, createComms } from "./comms/comms.ts";
import { takeNext } from "./comms/take-next.ts";
import type { Deadline } from "./deadline.ts";
import { installHost } from "./host.ts";
import { awaitCut, type InterruptFlag, setPatience } from "./interrupt-flag.ts";
import { kernelInfo, notSupported } from "./protocol/info.ts";
import type { Request, Wire } from "./protocol/request.ts";
import type { FromSockets, ToSockets } from "./protocol/sockets.ts";
import type { Content, Message } from "./protocol/wire.ts";
import { complete, inspectAt, isComplete } from "./tslab/editor.ts";
import { requireFromNotebook, type Tslab } from "./tslab/tslab.ts";

/** The kernel's main thread, which runs the cells. */
export interface Kernel {
  receive(message: FromSockets): void;
  readonly isBusy: boolean;
  /** Steps of loading ahead of time what a first cell is likely to need. Each may fail without harm. */
  readonly warmUp: readonly (() => void)[];
}

/** How a notebook of the course begins. */
const courseImports = `import { tf } from "flowlab";\nimport { figure } from "flowlab/figure";\nimport { check, predict } from "flowlab-grader";`;

/** Content of the reply to a request that only asks; undefined if it is none of these. */
function answer({ header, content }: Message, tslab: Tslab): Content | undefined {
  const code = String(content.code ?? "");
  const cursor = Number(content.cursor_pos ?? code.length);
  switch (header.msg_type) {
    case "kernel_info_request":
      return { ...kernelInfo };
    case "complete_request":
      return complete(tslab, code, cursor);
    case "inspect_request":
      return inspectAt(tslab, code, cursor);
    case "is_complete_request":
      return isComplete(tslab, code);
    case "history_request":
      return { status: "ok", history: [] };
    default:
      return undefined;
  }
}

/** Takes requests one after another, each between `busy` and `idle`. */
function createShell(
  interpreter: Interpreter,
  wire: Wire,
  comms: Comms,
  execute: (request: Request) => Promise<void>,
) {
  const queue: Request[] = [];
  let busy = false;

  async function handle(request: Request): Promise<void> {
    const { message } = request;
    const { content, header } = message;
    if (header.msg_type === "execute_request") return execute(request);
    if (/^comm_(open|msg|close)$/.test(header.msg_type)) return comms.receive(request);
    if (header.msg_type === "comm_info_request") return wire.reply(message, comms.info(content.target_name));
    if (!header.msg_type.endsWith("_request")) return;
    wire.reply(message, answer(message, interpreter.tslab) ?? notSupported(header.msg_type));
  }

  const handleOrSay = (request: Request) =>
    handle(request).catch((error) =>
      wire.reply(request.message, { status: "error", ...interpreter.describe(error) }),
    );

  async function takeAll(onHandled: () => void): Promise<void> {
    if (busy) return;
    busy = true;
    for (let next = takeNext(queue); next !== undefined; next = takeNext(queue)) {
      for (const request of [...next.superseded, next.request]) {
        const { message } = request;
        wire.publish("status", message.header, { execution_state: "busy" });
        if (request === next.request) await handleOrSay(request);
        wire.publish("status", message.header, { execution_state: "idle" });
        onHandled();
      }
    }
    busy = false;
  }

  return {
    queue,
    takeAll,
    get isBusy() {
      return busy;
    },
  };
}

export function createKernel(
  send: (message: ToSockets) => void,
  flag: InterruptFlag,
  deadline: Deadline,
): Kernel {
  const bounds = createBounds(flag, deadline, () => send({ type: "watch" }));
  const interpreter = createInterpreter(flag, bounds);
  const wire: Wire = {
    publish: (msgType, parent, content, metadata = {}) =>
      send({ type: "publish", msgType, parent, content, metadata }),
    busy: (parent, busy) => send({ type: "busy", parent, busy }),
    reply: (request, content, metadata = {}) => send({ type: "reply", request, content, metadata }),
  };
  // Output belongs to the cell whose code makes it, else to the one that is running.
  const cellOfRunningCode = () => ownerOfRunningCode() ?? interpreter.running;
  const comms = createComms(wire, interpreter.call, cellOfRunningCode);
  const execution = createExecution(interpreter, wire, comms);
  const shell = createShell(interpreter, wire, comms, execution.execute);
  guardProcess(cellOfRunningCode);
  installHost(
    () => cellOfRunningCode() ?? execution.latest,
    interpreter,
    bounds.runBounded,
    (ms) => setPatience(flag, ms),
    // The first line of a traceback is the message.
    (stack) => interpreter.describe(Object.assign(new Error(), { stack })).traceback.slice(1),
    comms,
  );
  reportStrayErrors(interpreter, () => execution.latest);
  const onSigint = () => interpreter.stop();
  process.on("SIGINT", onSigint);

  // Node takes the listener away while a script runs, and a terminated one does not give it back.
  const mendSigint = () => {
    if (!process.listeners("SIGINT").includes(onSigint)) process.on("SIGINT", onSigint);
  };

  function handle(message: FromSockets): void {
    if (message.type === "interrupt") interpreter.stop();
    else if (message.type === "terminated") {
      interpreter.finishTerminated();
      mendSigint();
    } else if (message.type === "cut") {
      interpreter.finishCut();
      mendSigint();
    } else if (message.type === "shutdown") process.exit(0);
    else {
      shell.queue.push(message);
      void shell.takeAll(() => send({ type: "handled" }));
    }
  }

  /** A blow that is on its way to a part of a cell may hit here: what has arrived is not lost. */
  const inbox: FromSockets[] = [];

  return {
    get isBusy() {
      return shell.isBusy;
    },
    receive(message) {
      inbox.push(message);
      awaitCut(flag);
      for (let next = inbox.shift(); next !== undefined; next = inbox.shift()) handle(next);
    },
    warmUp: [
      () => interpreter.tslab.warmUp(courseImports),
      () => requireFromNotebook("flowlab"),
      () => requireFromNotebook("flowlab-grader"),
      // What the first figure and the first tensor would wait for.
      () => requireFromNotebook("flowlab/figure").plotlyCarrier(),
      () => requireFromNotebook("flowlab").engine.backend,
    ],
  };
}
