/**
 * Learners' TypeScript without its types, made once and outside of the room: what strips them takes longer to start than all else that
 * a room does.
 *
 * The text is a stranger's. It is parsed in a thread of its own, for a bounded time, and nothing comes back but a text or nothing. Where
 * nothing comes the room does it itself, as slowly as ever: so every message about a text that cannot be read is made in one place, and a
 * text that breaks the parser breaks it there.
 */

import { Worker } from "node:worker_threads";
import type { Program, ProgramModule } from "../../harness/program.ts";

/** To the thread. */
export interface Order {
  readonly number: number;
  readonly code: string;
}
/** From the thread, once for each order; without a script if there is none. */
export interface Stripped {
  readonly number: number;
  readonly script: string | undefined;
}

/** Longer ones are left to the room. Nobody writes so much by hand. */
const MOST_CHARACTERS = 256 * 1024;
/** A hundred times what a long answer takes on a busy machine. */
const PATIENCE_MS = 1000;
/** A class of a hundred hands in the same stubs and helpers a hundred times. */
const KEPT_CHARACTERS = 4 * 1024 * 1024;

/** The same program; modules whose types could be taken off have a `script`. */
export async function stripTypes(program: Program): Promise<Program> {
  return { ...program, modules: await Promise.all(program.modules.map(stripModule)) };
}

async function stripModule(module: ProgramModule): Promise<ProgramModule> {
  const script = module.code.length > MOST_CHARACTERS ? undefined : await scriptOf(module.code);
  return script === undefined ? module : { ...module, script };
}

const known = new Map<string, Promise<string | undefined>>();
let characters = 0;

function scriptOf(code: string): Promise<string | undefined> {
  const before = known.get(code);
  if (before) return before;
  const script = ask(code);
  known.set(code, script);
  characters += code.length;
  for (const oldest of known.keys()) {
    if (characters <= KEPT_CHARACTERS) break;
    known.delete(oldest);
    characters -= oldest.length;
  }
  return script;
}

interface Asked {
  readonly order: Order;
  readonly resolve: (script: string | undefined) => void;
}

/** One text is with the thread at a time, so that it is known which one it has failed on. */
const waiting: Asked[] = [];
let thread: Worker | undefined;
let last = 0;

function ask(code: string): Promise<string | undefined> {
  last += 1;
  const order = { number: last, code };
  return new Promise((resolve) => {
    waiting.push({ order, resolve });
    if (waiting.length === 1) next();
  });
}

function next(): void {
  const [asked] = waiting;
  if (!asked) return;
  const worker = thread ?? start();
  thread = worker;
  worker.ref();
  const patience = setTimeout(() => done(undefined, true), PATIENCE_MS);
  const listen = ({ number, script }: Stripped) => {
    if (number === asked.order.number) done(script, false);
  };
  const fail = () => done(undefined, true);
  worker.on("message", listen).on("error", fail).on("exit", fail);
  worker.postMessage(asked.order);

  function done(script: string | undefined, broken: boolean): void {
    clearTimeout(patience);
    worker.off("message", listen).off("exit", fail);
    worker.unref();
    if (broken) {
      thread = undefined;
      // An error that is still to come is no fault of the grader's.
      worker.on("error", () => {});
      void worker.terminate();
    }
    worker.off("error", fail);
    waiting.shift();
    asked?.resolve(script);
    next();
  }
}

/** Beside this file, as source or compiled: a notebook's check runs the compiled one. */
const THREAD = `./thread${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`;

function start(): Worker {
  return new Worker(new URL(THREAD, import.meta.url), {
    execArgv: ["--no-warnings"],
    stdin: false,
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  });
}
