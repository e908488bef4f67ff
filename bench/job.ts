import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Flow, tf } from "flowlab";
import { batches } from "../lib/training/data/batches.ts";
import { learningRateAfter } from "../lib/training/step/schedule.ts";
import { dataOf, flowOf, type Workload } from "./workloads.ts";

/** How long is measured. */
export interface JobOptions {
  /** Seconds for each figure, all rounds together. */
  readonly seconds: number;
  /** How often each figure is taken, in turn with the other engines. */
  readonly rounds: number;
  /** Steps of a training whose quality is judged. */
  readonly qualitySteps: number;
}

/** A tensor in a file of raw little-endian numbers. */
export interface StoredTensor {
  readonly file: string;
  readonly shape: readonly number[];
}

/** A workload with all numbers that the engines must share. */
export interface StoredWorkload extends Workload {
  readonly data: StoredTensor;
  readonly heldOut: StoredTensor;
  /** Row numbers of each batch, int32. */
  readonly rows: StoredTensor;
  /** Learning rate of each step. */
  readonly rates: readonly number[];
  /** Initial values of the flow's variables, initialized from the first batches where the flow asks for it. */
  readonly parameters: readonly StoredTensor[];
  /** What the peers need of the flow's state: permutations and signs of 1×1 convolutions. */
  readonly constants: readonly StoredTensor[];
}

/** Rows of training data, and batches that are named; longer trainings begin again. */
const [ROWS, BATCHES] = [10_240, 40];
const LEARNING_RATE = 1e-3;

/**
 * Writes what every engine starts from into a new folder: the same data, batches, learning rates and initial weights.
 *
 * @returns The folder, and what removes it.
 */
export function writeJob(workload: Workload, options: JobOptions): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "flowlab-bench-"));
  const stored = tf.tidy(() => store(workload, options, folder) as never);
  writeFileSync(join(folder, "job.json"), JSON.stringify({ ...options, workload: stored }));
  if (left.size === 0) process.once("exit", clear);
  left.add(folder);
  return {
    folder,
    remove: () => {
      left.delete(folder);
      if (left.size === 0) process.off("exit", clear);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Folders that are not removed yet. */
const left = new Set<string>();
function clear(): void {
  for (const folder of left) rmSync(folder, { recursive: true, force: true });
}

function store(workload: Workload, options: JobOptions, folder: string): StoredWorkload {
  const write = (name: string, shape: readonly number[], values: Float32Array | Int32Array): StoredTensor => {
    const file = `${name}.bin`;
    writeFileSync(join(folder, file), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return { file, shape };
  };
  const tensor = (name: string, value: tf.Tensor) =>
    write(name, value.shape, value.dataSync() as Float32Array);
  const rowCount = workload.kind === "glow" ? 1024 : ROWS;
  const steps = workload.measures.includes("quality") ? options.qualitySteps : BATCHES;
  const data = dataOf(workload, rowCount, "training");
  const order = batches(rowCount, workload.batch, 0);
  const rows = Array.from({ length: steps }, () => order.next());
  const schedule = workload.measures.includes("quality") ? "cosine" : "constant";
  const rates = rows.map((_, done) =>
    learningRateAfter(done, { steps, learningRate: LEARNING_RATE, schedule, warmup: 0 }),
  );
  const flow = flowOf(workload);
  // Not the first batch alone: on it, the gradients of ActNorm's offsets would be 0, and Adam would go a full step in the
  // direction that each engine's rounding has chosen.
  flow.bijection.initialize?.(tf.gather(data, tf.tensor1d(rows.slice(0, 4).flat(), "int32")));
  const result: StoredWorkload = {
    ...workload,
    data: tensor("data", data),
    heldOut: tensor("held-out", dataOf(workload, Math.min(rowCount, 10_000), "held-out")),
    rows: write("rows", [steps, workload.batch], Int32Array.from(rows.flat())),
    rates,
    parameters: flow.variables.map((variable, i) => tensor(`parameter-${i}`, variable)),
    constants: constantsOf(flow).map((value, i) => tensor(`constant-${i}`, value)),
  };
  tf.dispose([...flow.variables, ...flow.state] as tf.Tensor[]);
  return result;
}

/** State that is no flag or count. */
function constantsOf(flow: Flow): tf.Tensor[] {
  return flow.state.filter((variable) => variable.rank > 0);
}
