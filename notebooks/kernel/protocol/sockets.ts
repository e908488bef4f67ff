/**
 * The thread that owns the kernel's sockets. It never runs a learner's code, so that heartbeat, interrupt and
 * shutdown are answered, and output is shown, while a cell keeps the main thread busy.
 */
import { Session } from "node:inspector";
import { setTimeout as delay } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { Publisher, Reply, Router } from "zeromq";
import { type Deadline, watchDeadline } from "../deadline.ts";
import { advance, type InterruptFlag, patienceOf, phase } from "../interrupt-flag.ts";
import { type Busy, createBusyDisplays } from "./busy-display.ts";
import { kernelInfo, notSupported } from "./info.ts";
import { createStreamBatch, type StreamText } from "./stream-batch.ts";
import {
  type Connection,
  type Content,
  createHeader,
  decode,
  encode,
  type Header,
  type Message,
} from "./wire.ts";

/** What the main thread is told. `arrived` is the monotonic clock in ns, the same in both threads. */
export type FromSockets =
  | { type: "request"; message: Message; arrived: bigint }
  | { type: "interrupt" }
  | { type: "terminated" }
  | { type: "cut" }
  | { type: "shutdown" };

/** What the main thread asks for. `handled` says that a forwarded request is done with, `watch` that there is a deadline. */
export type ToSockets =
  | { type: "publish"; msgType: string; parent: Message["parent"]; content: Content; metadata: Content }
  | { type: "reply"; request: Message; content: Content; metadata: Content }
  | { type: "busy"; parent: Header; busy: Busy }
  | { type: "watch" }
  | { type: "handled" };

export interface SocketsData {
  connection: Connection;
  flag: InterruptFlag;
  deadline: Deadline;
  session: string;
}

/** Time for the last messages to leave, then for the main thread to end by itself. */
const lingerTime = 60;
const exitGrace = 400;

const { connection, flag, deadline, session } = workerData as SocketsData;
const main = parentPort;
if (main === null) throw new Error("sockets.ts runs as a worker of main.ts");
const tell = (message: FromSockets) => main.postMessage(message);

// No limit on what waits to be sent: a slow reader must not lose a learner's output.
const unlimited = { sendHighWaterMark: 0, linger: 1000 };
const iopub = new Publisher(unlimited);
const shell = new Router(unlimited);
const control = new Router(unlimited);
const stdin = new Router(unlimited);
const heartbeat = new Reply({ linger: 0 });

type Frames = (string | Uint8Array)[];

/** Sends one message after another: a zeromq socket refuses a second one while it is busy with the first. */
function createOutlet(socket: { send(frames: Frames): Promise<void> }) {
  const queue: Frames[] = [];
  let isSending = false;
  async function sendAll(): Promise<void> {
    isSending = true;
    for (let frames = queue.shift(); frames !== undefined; frames = queue.shift()) {
      await socket.send(frames).catch(() => {}); // Closed, or the client has gone.
    }
    isSending = false;
  }
  return {
    send(frames: Frames): void {
      queue.push(frames);
      if (!isSending) void sendAll();
    },
    get isEmpty() {
      return queue.length === 0 && !isSending;
    },
  };
}

interface Channel {
  socket: Router;
  outlet: ReturnType<typeof createOutlet>;
}

const iopubOutlet = createOutlet(iopub);
const shellChannel: Channel = { socket: shell, outlet: createOutlet(shell) };
const controlChannel: Channel = { socket: control, outlet: createOutlet(control) };

/** Requests that were forwarded to the main thread, and those of them that it is done with. */
let arrived = 0;
let handled = 0;

const streams = createStreamBatch(({ parent, name, text }) => publishNow("stream", parent, { name, text }));

function publishNow(
  msgType: string,
  parent: Message["parent"],
  content: Content,
  metadata: Content = {},
): void {
  const topic = Buffer.from(`kernel.${msgType}`);
  const header = createHeader(msgType, session);
  iopubOutlet.send(encode({ identities: [topic], header, parent, metadata, content }, connection.key));
}

function publish(msgType: string, parent: Message["parent"], content: Content, metadata: Content = {}): void {
  if (msgType === "stream") {
    streams.add({ parent, ...content } as StreamText);
    return;
  }
  streams.flush();
  publishNow(msgType, parent, content, metadata);
}

const busyDisplays = createBusyDisplays(publish);

function reply(channel: Channel, request: Message, content: Content, metadata: Content = {}): void {
  streams.flush();
  busyDisplays.endAllOf(request.header);
  const header = createHeader(request.header.msg_type.replace(/_request$/, "_reply"), session);
  const { identities, header: parent } = request;
  channel.outlet.send(encode({ identities, header, parent, metadata, content }, connection.key));
}

/** Answers a request that needs nothing from the main thread. */
function answer(channel: Channel, request: Message, content: Content): void {
  publish("status", request.header, { execution_state: "busy" });
  reply(channel, request, content);
  publish("status", request.header, { execution_state: "idle" });
}

function terminateMainThread(): Promise<void> {
  return new Promise((resolve) => {
    const inspector = new Session();
    inspector.connectToMainThread();
    inspector.post("Runtime.terminateExecution", () => {
      inspector.disconnect();
      resolve();
    });
  });
}

/**
 * Marks the running cell, or the one about to begin: the compiler may still be loading when it is sent.
 * False if there is none, or none any more, that has to be stopped in its course.
 */
async function markCell(): Promise<boolean> {
  const latest = arrived;
  do {
    if (advance(flag, phase.compiling, phase.stopped)) return false; // It will not be started.
    if (advance(flag, phase.running, phase.asked)) return true;
    await delay(5);
  } while (handled < latest);
  return false;
}

async function interrupt(): Promise<void> {
  if (!(await markCell())) return;
  tell({ type: "interrupt" });
  const asked = performance.now();
  while (Atomics.load(flag, 0) === phase.asked && performance.now() - asked < patienceOf(flag))
    await delay(10);
  if (!advance(flag, phase.asked, phase.terminating)) return;
  await terminateMainThread();
  tell({ type: "terminated" });
}

async function shutDown(): Promise<void> {
  const deadline = performance.now() + exitGrace;
  await delay(lingerTime);
  while (!iopubOutlet.isEmpty && performance.now() < deadline) await delay(5);
  // Closed by hand: zeromq aborts the process if it ends while a socket is being read.
  for (const socket of [shell, control, stdin, iopub, heartbeat]) socket.close();
  await delay(0);
  tell({ type: "shutdown" });
  await delay(exitGrace);
  process.kill(process.pid, "SIGKILL"); // The main thread is in a loop and can't end by itself.
}

function onControl(request: Message): void {
  const type = request.header.msg_type;
  if (type === "kernel_info_request") answer(controlChannel, request, { ...kernelInfo });
  else if (type === "interrupt_request") {
    answer(controlChannel, request, { status: "ok" });
    void interrupt();
  } else if (type === "shutdown_request") {
    answer(controlChannel, request, { status: "ok", restart: request.content.restart === true });
    void shutDown();
  } else answer(controlChannel, request, notSupported(type));
}

function onShell(request: Message): void {
  const isIdle = arrived === handled;
  if (isIdle && request.header.msg_type === "kernel_info_request") {
    // Answered here, also while the main thread is still loading the compiler.
    answer(shellChannel, request, { ...kernelInfo });
    return;
  }
  arrived += 1;
  tell({ type: "request", message: request, arrived: process.hrtime.bigint() });
}

async function listen(channel: Channel, handle: (request: Message) => void): Promise<void> {
  for await (const frames of channel.socket) {
    try {
      handle(decode(frames, connection.key));
    } catch (error) {
      console.error(`flowlab kernel: ${error instanceof Error ? error.message : error}`);
    }
  }
}

main.on("message", (message: ToSockets) => {
  if (message.type === "publish") publish(message.msgType, message.parent, message.content, message.metadata);
  else if (message.type === "reply") reply(shellChannel, message.request, message.content, message.metadata);
  else if (message.type === "busy") busyDisplays.change(message.parent, message.busy);
  else if (message.type === "watch")
    void watchDeadline(deadline, flag, terminateMainThread, () => tell({ type: "cut" }));
  else handled += 1;
});

/** Jupyter names itself as parent; if it dies without a word, a kernel in an endless loop must not stay. */
function followParent(): void {
  if (process.env.JPY_PARENT_PID === undefined || process.platform === "win32") return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.kill(process.pid, "SIGKILL"), 1000).unref();
}

const address = (port: number) =>
  connection.transport === "ipc" ? `ipc://${connection.ip}-${port}` : `tcp://${connection.ip}:${port}`;
await Promise.all([
  iopub.bind(address(connection.iopub_port)),
  shell.bind(address(connection.shell_port)),
  control.bind(address(connection.control_port)),
  stdin.bind(address(connection.stdin_port)),
  heartbeat.bind(address(connection.hb_port)),
]);
publish("status", {}, { execution_state: "starting" });
followParent();
void listen(shellChannel, onShell);
void listen(controlChannel, onControl);
for await (const frames of heartbeat) await heartbeat.send(frames);
