/** Does shares of verifications in a thread of its own, one after another, as they are asked for. */

import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type { AnyExercise } from "../../exercise.ts";
import { callText } from "../../grading/transcript.ts";
import { verifyShare } from "../exercise.ts";
import { BEGUN, type Job, type Told, UNDER_WAY } from "./job.ts";
import { type Notes, watchPrograms } from "./watched.ts";

const port = parentPort as NonNullable<typeof parentPort>;
const state = new Int32Array(workerData as SharedArrayBuffer);
port.on("message", async (job: Job) => {
  // What waits for nothing that could still happen ends the thread, instead of standing still with it.
  port.unref();
  const began = process.threadCpuUsage();
  const { exercise, modules } = await load(job);
  const seen = await verifyShare(exercise, modules, job.seeds, job.share);
  const { user, system } = process.threadCpuUsage(began);
  port.ref();
  tell({ seen, seconds: (user + system) / 1e6 });
});

const tell = (told: Told): void => port.postMessage(told);

async function load({ root, id, path, tell: number }: Job) {
  const read = (folder: string) =>
    import(join(root, folder, `${path}.ts`)) as Promise<Record<string, unknown>>;
  const exercise = Object.values(await read("grader/exercises")).find(
    (value): value is AnyExercise => (value as AnyExercise | null)?.id === id,
  );
  if (!exercise) throw new Error(`grader/exercises/${path}.ts exports no exercise with the id "${id}"`);
  const variants = exercise.variants && (await import(join(root, "solutions", `${path}.variants.ts`)));
  const modules = {
    solution: await read("solutions"),
    stub: await read("exercises"),
    ...(variants && { solved: variants.solved }),
  };
  return watchPrograms(exercise, modules, notes(number));
}

/** Programs may ask each other: only the outermost call counts. */
function notes(told: number | undefined): Notes {
  let depth = 0;
  state.fill(0);
  return {
    begin({ program, part, name, inputs }) {
      depth += 1;
      if (depth > 1) return;
      Atomics.add(state, BEGUN, 1);
      Atomics.store(state, UNDER_WAY, 1);
      if (Atomics.load(state, BEGUN) !== told) return;
      const call = callText({ target: { export: name }, inputs });
      tell({ endless: { program, ...(part && { part }), call } });
    },
    end() {
      depth -= 1;
      if (depth === 0) Atomics.store(state, UNDER_WAY, 0);
    },
  };
}
