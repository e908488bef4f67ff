/** What of the process a cell may not have to itself: its streams, its timers, its keyboard and its end. */
import { syncBuiltinESMExports } from "node:module";
import { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import timers from "node:timers";
import timersPromises from "node:timers/promises";
import { promisify } from "node:util";
import type { StreamName } from "../output/output.ts";
import { takePrintable } from "../output/print-limit.ts";
import { sinkOfRunningCode } from "../output/redirect.ts";
import { type Cell, ownerOfRunningCode } from "./cell.ts";
import { inOwnTurn } from "./turn.ts";

type Write = typeof process.stdout.write;

/**
 * Routes what is written to a standard stream to the cell it comes from. What no cell has caused, such as a
 * library's noise while it is loaded ahead of time, goes to the terminal that the kernel was started from.
 */
function routeStream(name: StreamName, cellOfRunningCode: () => Cell | undefined): void {
  const stream = process[name];
  const toTerminal: Write = stream.write.bind(stream);
  // A buffer may end in the middle of a character.
  const decoder = new StringDecoder("utf8");
  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const cell = cellOfRunningCode();
    if (cell === undefined) return Reflect.apply(toTerminal, stream, [chunk, ...rest]);
    const text = typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk));
    (sinkOfRunningCode() ?? cell.output).write(name, takePrintable(text));
    const done = rest.find((argument) => typeof argument === "function") as (() => void) | undefined;
    if (done !== undefined) process.nextTick(done);
    return true;
  };
  stream.write = write as Write;
}

/** Ending the process from a cell would take the kernel and every variable along. */
function refuseExit(): void {
  const exit = process.exit.bind(process);
  process.exit = (code) => {
    if (ownerOfRunningCode() === undefined) return exit(code);
    const call = `process.exit(${code ?? ""})`;
    throw new Error(
      `${call} would end the kernel with all variables. Use return or throw to leave a function.`,
    );
  };
}

const noKeyboard = () =>
  new Error("This kernel can't ask for input. Put the value into the cell, as a constant, and run it again.");

function refuseInput(): void {
  const stdin = new Readable({
    read() {
      this.destroy(noKeyboard());
    },
  });
  Object.defineProperty(process, "stdin", { configurable: true, get: () => stdin });
  Object.assign(globalThis, {
    prompt() {
      throw noKeyboard();
    },
  });
}

type Callback = (...args: unknown[]) => unknown;

/** The callback, unless the cell that set the timer has been stopped by then. */
function whileNotStopped(callback: unknown): unknown {
  const signal = ownerOfRunningCode()?.abort.signal;
  if (signal === undefined || typeof callback !== "function") return callback;
  return (...args: unknown[]) => (signal.aborted ? undefined : (callback as Callback)(...args));
}

/** Immediates are where a terminated callback does lasting harm, so that cells' own run elsewhere. */
function moveToOwnTurn(callback: Callback): Callback {
  return (...args) => inOwnTurn(() => void callback(...args));
}

/** The promise, which never settles if the cell that awaits it has been stopped. */
function unlessStopped<T>(promise: Promise<T>): Promise<T> {
  const signal = ownerOfRunningCode()?.abort.signal;
  if (signal === undefined) return promise;
  return promise.then((value) => (signal.aborted ? new Promise<T>(() => {}) : value));
}

/**
 * Makes timers end with an interrupted cell: a loop that sleeps between its steps never wakes again.
 * (Async hooks could follow timers too, but Node aborts when a hooked callback is terminated.)
 */
function guardTimers(): void {
  const { setTimeout: wait, setImmediate: turn } = timersPromises;
  const promised = {
    setTimeout: <T>(...args: Parameters<typeof wait<T>>) => unlessStopped(wait(...args)),
    setImmediate: <T>(...args: Parameters<typeof turn<T>>) => unlessStopped(turn(...args)),
  };
  for (const name of ["setTimeout", "setInterval", "setImmediate"] as const) {
    const original = timers[name] as Callback;
    const guard: Callback = (callback, ...rest) => {
      const whileRunning = whileNotStopped(callback);
      const isImmediate = name === "setImmediate" && typeof whileRunning === "function";
      return original(isImmediate ? moveToOwnTurn(whileRunning as Callback) : whileRunning, ...rest);
    };
    if (name !== "setInterval") Object.assign(guard, { [promisify.custom]: promised[name] });
    Object.assign(timers, { [name]: guard });
    Object.assign(globalThis, { [name]: guard });
  }
  Object.assign(timersPromises, promised);
  syncBuiltinESMExports();
}

/** Installs all of them. `cellOfRunningCode` tells to whom output belongs. */
export function guardProcess(cellOfRunningCode: () => Cell | undefined): void {
  routeStream("stdout", cellOfRunningCode);
  routeStream("stderr", cellOfRunningCode);
  guardTimers();
  refuseExit();
  refuseInput();
}
