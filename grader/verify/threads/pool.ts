/** Threads that do shares of verifications, and are not waited for when a program in them never ends. */

import { join } from "node:path";
import { Worker } from "node:worker_threads";
import pLimit from "p-limit";
import { BEGUN, type Job, type Told, UNDER_WAY } from "./job.ts";

export interface Pool {
  /**
   * @param seconds Of processor time, that one call of a program may take.
   * @throws Whatever the thread throws.
   */
  run(job: Job, seconds: number): Promise<Told | "no call">;
  close(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  readonly state: Int32Array;
}

/** Between two looks at a thread, in milliseconds. */
const LOOK = 250;
/** So many times as long as a call the thread may compute without making one: then it is not a program that never ends. */
const WITHOUT_CALL = 12;

export function pool(size: number): Pool {
  const turn = pLimit(size);
  const idle: Thread[] = [];
  const all = new Set<Worker>();

  async function run(job: Job, seconds: number): Promise<Told | "no call"> {
    const thread = idle.pop() ?? start();
    all.add(thread.worker);
    const told = await ask(thread, job, seconds);
    if (typeof told !== "number") {
      if ("seen" in told) idle.push(thread);
      else await thread.worker.terminate();
      return told;
    }
    await thread.worker.terminate();
    if (told === 0) return "no call";
    // The thread could not say which call that was. Asked again with the same seeds, one says it beforehand.
    return run({ ...job, tell: told }, seconds);
  }

  return {
    run: (job, seconds) => turn(() => run(job, seconds)),
    async close() {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

function start(): Thread {
  const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const worker = new Worker(join(import.meta.dirname, "worker.ts"), { workerData: shared });
  return { worker, state: new Int32Array(shared) };
}

/** @returns What the thread tells, or the number of the call from which it does not come back; 0 if it is none. */
function ask({ worker, state }: Thread, job: Job, seconds: number): Promise<Told | number> {
  return new Promise((resolve, reject) => {
    const look = setInterval(() => void lookAt(), LOOK);
    let [calls, since] = [-1, 0];
    const lookAt = async () => {
      const now = Atomics.load(state, BEGUN);
      const isUnderWay = Atomics.load(state, UNDER_WAY) === 1;
      const spent = await secondsOf(worker);
      if (spent === undefined) return;
      if (now !== calls) [calls, since] = [now, spent];
      else if (spent - since > seconds * (isUnderWay ? 1 : WITHOUT_CALL)) settle(isUnderWay ? now : 0);
    };
    const stop = () => {
      clearInterval(look);
      worker.off("message", settle).off("error", fail).off("exit", leave);
    };
    const settle = (told: Told | number) => {
      stop();
      resolve(told);
    };
    const fail = (error: unknown) => {
      stop();
      reject(error);
    };
    const leave = (code: number) => {
      if (code === 0 && Atomics.load(state, UNDER_WAY) === 1) settle(Atomics.load(state, BEGUN));
      else fail(new Error(`verifying ${job.id} ended with code ${code}`));
    };
    worker.on("message", settle).on("error", fail).on("exit", leave);
    worker.postMessage(job);
  });
}

/** Of processor time; undefined of a thread that has ended, which its own event tells. */
async function secondsOf(worker: Worker): Promise<number | undefined> {
  try {
    const { user, system } = await worker.cpuUsage();
    return (user + system) / 1e6;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ERR_WORKER_NOT_RUNNING") return undefined;
    throw error;
  }
}
