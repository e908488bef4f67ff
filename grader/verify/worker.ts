/** Half of one exercise's verification in a thread of its own; `workerData` says which. */

import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type { AnyExercise } from "../exercise.ts";
import { type Half, type Seeds, verifyHalf } from "./exercise.ts";

export interface Job {
  readonly root: string;
  readonly id: string;
  readonly path: string;
  readonly seeds: Seeds;
  readonly half: Half;
}

const { root, id, path, seeds, half } = workerData as Job;
const load = (folder: string) => import(join(root, folder, `${path}.ts`)) as Promise<Record<string, unknown>>;

const specification = Object.values(await load("grader/exercises")).find(
  (value): value is AnyExercise => (value as AnyExercise | null)?.id === id,
);
if (!specification) throw new Error(`grader/exercises/${path}.ts exports no exercise with the id "${id}"`);
const modules = { solution: await load("solutions"), stub: await load("exercises") };
parentPort?.postMessage(await verifyHalf(specification, modules, seeds, half));
