/**
 * Reads notebooks and scripts in a thread of its own. What people hand in may be made to keep a parser busy, or to fill its memory:
 * neither then costs the process that grades more than the one file.
 */

import { Worker } from "node:worker_threads";
import { askedNames } from "../../exercise.ts";
import { type Findings, type Listed, TooCostly, Unreadable } from "../submission.ts";
import type { ReaderAnswer, ReaderRequest } from "./reader-thread.ts";
import type { ScriptFacts } from "./script.ts";

/** Computing for one file. The largest that a person wrote takes a second. */
const MOST_SECONDS = 10;
/** However little of a busy machine the thread gets. */
const MOST_WAITING = 300;
const LOOK_MS = 200;
const MEMORY_MB = 256;
/** A file of this size leaves so much behind that the thread is not kept. */
const LARGE = 4 * 1024 * 1024;

/** Beside this file, as source or compiled: in a kit for learners the compiled one runs. */
const THREAD = `./reader-thread${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`;

let thread: Worker | undefined;
let queue: Promise<unknown> = Promise.resolve();

/** @throws Unreadable if this is no notebook, has no exercise, or takes more than a file may. */
export function readNotebookBytes(
  bytes: Uint8Array,
  origin: string,
  course: readonly Listed[],
): Promise<Findings> {
  const listed = course.map((exercise) => ({
    id: exercise.id,
    path: exercise.path,
    names: askedNames(exercise),
  }));
  return ask({ kind: "notebook", bytes, origin, course: listed }, origin, bytes.length) as Promise<Findings>;
}

/** @throws Unreadable if it takes more than a file may. */
export function readScriptText(code: string, origin: string, names: readonly string[]): Promise<ScriptFacts> {
  return ask({ kind: "script", code, names }, origin, code.length) as Promise<ScriptFacts>;
}

function ask(request: ReaderRequest, origin: string, size: number): Promise<unknown> {
  const answer = queue.then(() => exchange(request, origin, size));
  queue = answer.catch(() => {});
  return answer;
}

async function exchange(request: ReaderRequest, origin: string, size: number): Promise<unknown> {
  thread ??= start();
  const answer = await answerOf(thread, request, origin);
  if (size > LARGE) await end();
  if ("unreadable" in answer) throw new Unreadable(answer.unreadable);
  return answer.found;
}

async function answerOf(worker: Worker, request: ReaderRequest, origin: string): Promise<ReaderAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ReaderAnswer>();
  const takes = (what: string) =>
    reject(new TooCostly(`${origin} was not read: that takes ${what}, as no file written by hand does`));
  const onError = (error: NodeJS.ErrnoException) => {
    if (error.code === "ERR_WORKER_OUT_OF_MEMORY") takes(`more than ${MEMORY_MB} MB`);
    else reject(new Unreadable(`${origin} was not read, by a fault of the grader: ${error.message}`));
  };
  const timer = watch(worker, () => takes(`more than ${MOST_SECONDS} s`));
  worker.on("message", resolve).on("error", onError);
  worker.ref();
  worker.postMessage(request);
  try {
    return await promise;
  } catch (error) {
    await end();
    throw error;
  } finally {
    clearInterval(timer);
    worker.off("message", resolve).off("error", onError);
    worker.unref();
  }
}

/** Calls `over` once the thread has computed for longer than it may; what others compute meanwhile does not count. */
function watch(worker: Worker, over: () => void): NodeJS.Timeout {
  const started = performance.now();
  let before: NodeJS.CpuUsage | undefined;
  return setInterval(async () => {
    // A thread that has ended has nothing to tell.
    const used = await worker.cpuUsage().catch(() => undefined);
    before ??= used;
    const seconds = used && before ? (used.user + used.system - before.user - before.system) / 1e6 : 0;
    if (seconds > MOST_SECONDS || performance.now() - started > MOST_WAITING * 1000) over();
  }, LOOK_MS);
}

function start(): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: MEMORY_MB, stackSizeMb: 4 };
  return new Worker(new URL(THREAD, import.meta.url), { resourceLimits });
}

async function end(): Promise<void> {
  const ending = thread;
  thread = undefined;
  await ending?.terminate();
}
