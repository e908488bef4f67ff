/**
 * A running sandbox: its channel, what it prints, and how it ends.
 */

import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { getDefaultHighWaterMark, type Readable, setDefaultHighWaterMark, type Writable } from "node:stream";
import { ownTurn } from "../grading/turn.ts";
import { bytesText } from "../harness/size.ts";
import { printable } from "./channel.ts";
import { stdio } from "./descriptors.ts";
import type { Launch } from "./launch.ts";
import { limit, type Resources } from "./resources.ts";
import { watch } from "./watchdog.ts";

/** Why a child is no more. `exit`: by itself. */
export type Ending =
  | { readonly cause: "memory" | "processes" | "output" | "stopped" }
  | { readonly cause: "exit"; readonly code: number | null; readonly signal: string | null };

export interface Child {
  readonly pid: number;
  readonly channel: Socket;
  /** The beginning of what it printed. */
  output(): string;
  /** How much it has printed, in bytes. */
  printedBytes(): number;
  /** For how long it may have had to wait until somebody listened to what it prints, in milliseconds. */
  waitTime(): number;
  /** The end of what it printed: where V8 says why it gave up. */
  lastWords(): string;
  /** Ends the child and everything it started; `ended` says when they are gone. */
  stop(): void;
  readonly ended: Promise<Ending>;
}

const KEPT_BYTES = 16 * 1024;
const MAX_PRINTED_BYTES = 64 * 1024 * 1024;
/** The sandbox's own two or three, and Node. */
const MAX_PROCESSES = 8;
/** How long the pipes of a dead child may stay open. */
const GRACE_MS = 2000;
/** A crumb is less than this; reading costs the same for one byte as for sixty thousand. */
const CRUMB_BYTES = 4096;
/** How long what follows a crumb may gather. */
const GATHER_MS = 4;
/** Some hundred thousand lines or single bytes: what then goes on is a loop. */
const MAX_HELD_MS = 10_000;
const WINDOWS = process.platform === "win32";

/** @throws Error if the program cannot be started at all. */
export async function startChild(
  launch: Launch,
  resources: Resources,
  onOutput?: (text: string) => void,
): Promise<Child> {
  const [file, ...rest] = [...limit(resources), launch.file, ...launch.arguments] as [string, ...string[]];
  // Starting a process copies this one's tables of memory: ten milliseconds and more.
  await ownTurn();
  const child = withoutReadAhead(() =>
    spawn(file, rest, {
      cwd: "/",
      env: { ...launch.environment },
      // An empty stdin, not /dev/null: a descriptor of a file outside could be used to change that file.
      stdio: stdio(4),
      // A session and process group of its own: no terminal, and one signal reaches all.
      detached: !WINDOWS,
      windowsHide: true,
    }),
  );
  await new Promise((started, failed) => child.once("spawn", started).once("error", failed));
  for (const [fd, stream] of child.stdio.entries()) if (fd > 3) stream?.destroy();
  (child.stdin as Writable).on("error", () => {}).end();
  return supervise(child, resources, onOutput);
}

/** Streams that read no further than they are asked to: by default a paused one goes on until it has 64 KB, byte by byte if need be. */
function withoutReadAhead<A>(create: () => A): A {
  const usual = getDefaultHighWaterMark(false);
  setDefaultHighWaterMark(false, 1);
  try {
    return create();
  } finally {
    setDefaultHighWaterMark(false, usual);
  }
}

function supervise(child: ChildProcess, { memoryMB }: Resources, onOutput?: (text: string) => void): Child {
  const channel = child.stdio[3] as Socket;
  let cause: Exclude<Ending["cause"], "exit"> | undefined;
  const end = (why: Exclude<Ending["cause"], "exit">): void => {
    cause ??= why;
    killGroup(child);
    channel.destroy();
  };
  const unwatch = watch(child.pid as number, { memoryMB, processes: MAX_PROCESSES }, end);
  const printed = collect(
    [child.stdout as Readable, child.stderr as Readable],
    () => end("output"),
    onOutput,
  );
  running.add(child);
  child.once("exit", () => {
    unwatch();
    // The group may outlive its first process, and so may a pipe that one of them holds.
    killGroup(child);
    setTimeout(() => {
      for (const stream of child.stdio) stream?.destroy();
    }, GRACE_MS).unref();
  });
  // A child that writes after it has been ended, or is ended while we write.
  channel.on("error", () => {});
  const ended = new Promise<Ending>((resolve) => {
    child.once("close", (code, signal) => {
      running.delete(child);
      resolve(cause ? { cause } : { cause: "exit", code, signal });
    });
  });
  return { pid: child.pid as number, channel, ...printed, stop: () => end("stopped"), ended };
}

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) killGroup(child);
});

function killGroup(child: ChildProcess): void {
  try {
    if (WINDOWS) child.kill("SIGKILL");
    else process.kill(-(child.pid as number), "SIGKILL");
  } catch {
    // ESRCH: nobody is left.
  }
}

/**
 * Keeps the first 16 KB and the last 2, counts the rest and lets it go.
 *
 * After a crumb it does not listen for a moment. A program that prints a byte at a time would otherwise keep the judge's thread
 * busy for as long as it runs; so it fills the kernel's buffer instead and waits there.
 */
function collect(streams: readonly Readable[], onExcess: () => void, onOutput?: (text: string) => void) {
  const kept: Buffer[] = [];
  let room = KEPT_BYTES;
  let total = 0;
  let tail: Buffer = Buffer.alloc(0);
  let held = 0;
  let heldUntil = 0;
  /** Both streams at the same time are one delay. */
  const hold = (stream: Readable): void => {
    const now = performance.now();
    held += now + GATHER_MS - Math.max(now, heldUntil);
    heldUntil = now + GATHER_MS;
    if (held > MAX_HELD_MS) onExcess();
    stream.pause();
    setTimeout(() => stream.resume(), GATHER_MS);
  };
  for (const stream of streams) {
    stream.on("data", (chunk: Buffer) => {
      total += chunk.length;
      if (total > MAX_PRINTED_BYTES) onExcess();
      if (chunk.length < CRUMB_BYTES) hold(stream);
      tail = (chunk.length >= 2048 ? chunk : Buffer.concat([tail, chunk])).subarray(-2048);
      if (room <= 0) return;
      const part = Buffer.from(chunk.subarray(0, room));
      room -= part.length;
      kept.push(part);
      onOutput?.(printable(part.toString("utf8")));
    });
  }
  return {
    output: () =>
      printable(Buffer.concat(kept).toString("utf8")) +
      (total > KEPT_BYTES ? `\n… (${bytesText(total)} printed)` : ""),
    printedBytes: () => total,
    waitTime: () => held,
    lastWords: () => tail.toString("utf8"),
  };
}
