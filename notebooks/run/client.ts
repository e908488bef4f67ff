import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Dealer, Request, Subscriber } from "zeromq";
import type { Content, Message } from "../kernel/protocol/wire.ts";
import { createMailbox, type Mailbox } from "./mailbox.ts";
import { collectOutputs, type Output } from "./outputs.ts";
import { type KernelProcess, type ProcessOptions, spawnKernel } from "./process.ts";

export interface KernelOptions extends ProcessOptions {
  /** How long the kernel may take to answer for the first time, ms. */
  startTimeout?: number;
  /** How long it may take to end by itself when it is told to, ms; then it is killed. 3000 if left out. */
  shutdownGrace?: number;
}

export interface ExecuteOptions {
  silent?: boolean;
  storeHistory?: boolean;
  /** Abort the requests that wait behind this one if it fails. */
  stopOnError?: boolean;
  userExpressions?: Record<string, string>;
  /** Metadata of the request; JupyterLab sends the cell's id as `cellId`. */
  metadata?: Content;
  /** Called with each message that belongs to this cell, as it arrives. */
  onMessage?: (message: Message) => void;
}

export interface Execution {
  status: "ok" | "error" | "aborted";
  reply: Content;
  /** Published messages that belong to this cell, in order. */
  messages: Message[];
  /** The same as a notebook stores them. */
  outputs: Output[];
}

/** A running kernel. */
export interface Kernel {
  readonly pid: number;
  execute(code: string, options?: ExecuteOptions): Promise<Execution>;
  /** Any other request on the shell channel, by its type without `_request`. Resolves to the reply's content. */
  request(type: string, content?: Content): Promise<Content>;
  /** A message of a comm, on the shell channel. Resolves to what is published for it, once the kernel is idle again. */
  tell(type: "comm_open" | "comm_msg" | "comm_close", content: Content): Promise<Message[]>;
  /** Interrupts the running cell, as Jupyter's stop button does. */
  interrupt(): Promise<Content>;
  ping(): Promise<string>;
  /** Published messages, also those that belong to no request of this client any more. */
  onPublished(listener: (message: Message) => void): () => void;
  /** Ends the kernel, if need be by force. */
  shutdown(): Promise<void>;
  /** What the process itself has written: nothing of it is a cell's. */
  log(): string;
  readonly exited: Promise<number | null>;
}

function connect({ connection }: KernelProcess, mailbox: Mailbox) {
  const address = (port: number) => `tcp://${connection.ip}:${port}`;
  const unlimited = { linger: 0, receiveHighWaterMark: 0 };
  const shell = new Dealer(unlimited);
  const control = new Dealer(unlimited);
  const iopub = new Subscriber(unlimited);
  const heartbeat = new Request({ linger: 0, receiveTimeout: 5000 });
  iopub.connect(address(connection.iopub_port));
  iopub.subscribe();
  shell.connect(address(connection.shell_port));
  control.connect(address(connection.control_port));
  heartbeat.connect(address(connection.hb_port));
  for (const socket of [shell, control, iopub]) mailbox.listen(socket);
  const close = () => {
    for (const socket of [shell, control, iopub, heartbeat]) socket.close();
  };
  return { shell, control, heartbeat, close };
}

/** Whether it answers. A subscriber misses what is published before it is connected, so ask until an answer comes back whole. */
async function firstAnswer(
  control: Dealer,
  mailbox: Mailbox,
  process: KernelProcess,
  startTimeout: number,
): Promise<"answers" | "ended" | "silent"> {
  const deadline = performance.now() + startTimeout;
  let hasEnded = false;
  void process.exited.then(() => {
    hasEnded = true;
  });
  for (;;) {
    const answered = mailbox.send(control, "kernel_info", {}).then(
      () => true,
      () => false,
    );
    if (await Promise.race([answered, delay(100, false)])) return "answers";
    if (hasEnded) return "ended";
    if (performance.now() >= deadline) return "silent";
  }
}

/** Starts, at most: a port that was free when it was chosen may be another program's when the kernel wants it. */
const MOST_STARTS = 3;

async function startAnswering(options: KernelOptions, startsLeft = MOST_STARTS) {
  const process = await spawnKernel(options);
  const mailbox = createMailbox(process.connection, randomUUID());
  const { shell, control, heartbeat, close } = connect(process, mailbox);
  void process.exited.then(() => {
    mailbox.close(() => `The kernel has ended. ${process.log()}`);
    close();
  });
  const found = await firstAnswer(control, mailbox, process, options.startTimeout ?? 60_000);
  if (found === "answers") return { process, mailbox, shell, control, heartbeat };
  if (found === "ended" && startsLeft > 1) return startAnswering(options, startsLeft - 1);
  process.kill();
  throw new Error(`The kernel did not answer. It wrote: ${process.log() || "nothing"}`);
}

/**
 * Starts a kernel through its kernel spec and waits until it answers; again on other ports if it ends before it has.
 * @throws Error with what the process wrote, if it ends each time or stays silent
 */
export async function startKernel(options: KernelOptions = {}): Promise<Kernel> {
  const { process, mailbox, shell, control, heartbeat } = await startAnswering(options);
  await mailbox.send(shell, "kernel_info", {}); // Each socket connects in its own time.
  return {
    pid: process.pid as number,
    log: process.log,
    exited: process.exited,
    async execute(code, more = {}) {
      const { silent = false, storeHistory = !silent, stopOnError = true, userExpressions = {} } = more;
      const flags = { silent, store_history: storeHistory, stop_on_error: stopOnError, allow_stdin: false };
      const content = { code, ...flags, user_expressions: userExpressions };
      const { reply, messages } = await mailbox.send(
        shell,
        "execute",
        content,
        more.metadata,
        more.onMessage,
      );
      const status = reply.content.status as Execution["status"];
      return { status, reply: reply.content, messages, outputs: collectOutputs(messages) };
    },
    request: async (type, content = {}) => (await mailbox.send(shell, type, content)).reply.content,
    tell: (type, content) => mailbox.tell(shell, type, content),
    interrupt: async () => (await mailbox.send(control, "interrupt", {})).reply.content,
    async ping() {
      await heartbeat.send("ping");
      const [answer] = await heartbeat.receive();
      return String(answer);
    },
    onPublished(listener) {
      mailbox.listeners.add(listener);
      return () => mailbox.listeners.delete(listener);
    },
    async shutdown() {
      mailbox.send(control, "shutdown", { restart: false }).catch(() => {});
      const killer = setTimeout(process.kill, options.shutdownGrace ?? 3000);
      await process.exited;
      clearTimeout(killer);
    },
  };
}
