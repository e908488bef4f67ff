// node bench/flowlab.ts <job folders> <compiled | eager>: this library, on the backend that FLOWLAB_BACKEND names.
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { setImmediate as nextTurn } from "node:timers/promises";
import { engine, type Flow, flow, random, tf } from "flowlab";
import { compiledStep, eagerStep } from "../lib/training/step/step.ts";
import { trainer } from "../lib/training/step/trainer.ts";
import type { JobOptions, StoredTensor, StoredWorkload } from "./job.ts";
import type { ReportLine } from "./result.ts";
import { flowOf, type Measure } from "./workloads.ts";

const [folders, mode] = process.argv.slice(2);
type Job = JobOptions & { readonly workload: StoredWorkload };
/** The job that is being done, and its folder. */
let folder: string;
let job: Job;
const emit = (line: ReportLine) => process.stdout.write(`${JSON.stringify(line)}\n`);

function bytesOf({ file }: StoredTensor): ArrayBuffer {
  const bytes = readFileSync(join(folder, file));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

const tensorOf = (stored: StoredTensor) => tf.tensor(new Float32Array(bytesOf(stored)), [...stored.shape]);

/** The flow that the others start from too. Without a config it is never compiled. */
function startingFlow(workload: StoredWorkload): Flow {
  const made = flowOf(workload);
  tf.tidy(() => {
    made.variables.forEach((variable, i) => void variable.assign(tensorOf(workload.parameters[i])));
    const tensors = made.state.filter((variable) => variable.rank > 0);
    tensors.forEach((variable, i) => void variable.assign(tensorOf(workload.constants[i])));
  });
  if (mode === "compiled") return made;
  const { config, ...plain } = made.bijection;
  return flow(made.base, plain);
}

/** Milliseconds of each run, after one that does not count: at least two, and about so many seconds of them. */
function time(run: () => void, seconds: number): number[] {
  run();
  const times: number[] = [];
  const start = performance.now();
  while (times.length < 2 || (performance.now() - start < 1000 * seconds && times.length < 10_000)) {
    const before = performance.now();
    run();
    times.push(performance.now() - before);
  }
  return times;
}

const permits = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Ends this program's turn, and waits for the next: turns.ts says when it may work. */
async function turnOver(): Promise<void> {
  emit({ measure: "turn" });
  if ((await permits.next()).done === true) process.exit(1);
}

/** A step as `fit` takes it: the batch gathered, the loss read back. */
function stepper(own: Flow, events: tf.Tensor, { rows, rates }: StoredWorkload) {
  const all = new Int32Array(bytesOf(rows));
  const [count, size] = rows.shape;
  const step = mode === "compiled" ? compiledStep(own) : eagerStep(own, "for the comparison");
  const training = trainer(own, { events }, step, 0);
  let number = 0;
  const settings = { weightDecay: 0, clipNorm: Number.POSITIVE_INFINITY };
  return {
    training,
    step: () => {
      const k = number++ % count;
      const batch = Array.from(all.subarray(k * size, (k + 1) * size));
      return training.step(batch, { ...settings, number, learningRate: rates[k] });
    },
  };
}

async function measure(workload: StoredWorkload): Promise<void> {
  const { name, measures, count } = workload;
  const own = startingFlow(workload);
  const events = tensorOf(workload.data);
  const { training, step } = stepper(own, events, workload);
  const rounds = async (what: Measure, run: () => void) => {
    for (let round = 0; round < job.rounds; round++) {
      emit({ workload: name, measure: what, ms: time(run, job.seconds / job.rounds) });
      await turnOver();
    }
  };
  if (measures.includes("train")) {
    const before = performance.now();
    const losses = [step()];
    // The second step is the first that runs the graph, which libtensorflow prepares then.
    losses.push(step());
    const firstMs = performance.now() - before;
    for (let k = 0; k < 3; k++) losses.push(step());
    emit({ workload: name, measure: "train", firstMs, losses });
  }
  await turnOver();
  if (measures.includes("train")) await rounds("train", step);
  if (measures.includes("quality")) {
    const before = performance.now();
    for (let k = 0; k < workload.rates.length; k++) {
      step();
      if (k % 100 === 99) await nextTurn();
    }
    const seconds = (performance.now() - before) / 1000;
    training.publish();
    const held = tensorOf(workload.heldOut);
    const loss = tf.tidy(() => -tf.mean(own.logProb(held)).dataSync()[0]) as unknown as number;
    held.dispose();
    emit({ workload: name, measure: "quality", loss, seconds });
  }
  training.publish();
  if (measures.includes("logProb")) {
    const points = tf.slice(events, 0, Math.min(count, events.shape[0]));
    const run = () => tf.tidy(() => void own.logProb(points).dataSync());
    // The seventeenth call is recorded.
    for (let k = 0; k < 18; k++) run();
    await rounds("logProb", run);
    points.dispose();
  }
  if (measures.includes("sample")) {
    const stream = random(0);
    const run = () => tf.tidy(() => void own.sample(count, stream).dataSync());
    for (let k = 0; k < 18; k++) run();
    await rounds("sample", run);
  }
  training.dispose();
  tf.dispose([events, ...own.variables, ...own.state] as tf.Tensor[]);
}

const threads = engine.threads === 0 ? "libtensorflow's choice" : `${engine.threads} intra-op`;
emit({
  measure: "about",
  version: `${engine.backend} ${engine.version}${engine.xla ? " with XLA" : ""}`,
  threads: engine.backend === "tensorflow" ? threads : "1 (WebAssembly)",
});
for (folder of folders.split(delimiter)) {
  job = JSON.parse(readFileSync(join(folder, "job.json"), "utf8")) as Job;
  try {
    await measure(job.workload);
  } catch (error) {
    emit({ workload: job.workload.name, measure: "failed", reason: String(error).slice(0, 300) });
  }
}
process.stdin.destroy();
