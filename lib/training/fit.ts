import { setImmediate as nextTurn } from "node:timers/promises";
import type { CompileInfo } from "../compile/compile.ts";
import { tf } from "../engine/tf.ts";
import type { Flow } from "../flow.ts";
import { batches } from "./batches.ts";
import { type Data, disposeData, ownData, rowsOf } from "./data.ts";
import { type Memory, memory } from "./memory.ts";
import { checkpointOf, type FitOptions, type Settings, settingsOf } from "./options.ts";
import { type Perturbation, perturbation } from "./perturbation.ts";
import { learningRateAfter } from "./schedule.ts";
import { compiledStep, eagerStep } from "./step.ts";
import { type Trainer, trainer } from "./trainer.ts";
import { type Judge, judge } from "./validation.ts";

export type { CheckpointOptions, FitOptions, FitProgress } from "./options.ts";
export type { Perturb } from "./perturbation.ts";

/** What a training did. Losses are negative log-likelihoods per event, in nats. */
export interface FitHistory {
  /** Loss of each step's batch, before the step. */
  readonly loss: readonly number[];
  /** Losses of the held-out events after so many steps. */
  readonly validation: readonly { readonly step: number; readonly loss: number }[];
  /** Seconds of training, those before a resumption included. */
  readonly seconds: number;
  /**
   * "stopped" if the held-out loss had not improved for long: the flow has its best parameters. "aborted" if the
   * signal ended it early: the flow is as far as it got.
   */
  readonly outcome: "finished" | "stopped" | "aborted";
  /** How the steps were computed. */
  readonly compiled: CompileInfo;
}

/** The longest that other work of the process waits, and the shortest time between two reports; milliseconds. */
const [YIELD_AFTER, REPORT_AFTER] = [25, 100];

/**
 * Fits a flow to data by maximum likelihood with Adam: minimizes −(1/n) Σ_i log p(x_i), in nats.
 *
 * On the backend tensorflow, a step is one graph after the first ({@link compile}), with the same losses to the last
 * bit; what the flow sees beside tensors and variables, such as numbers that its author changes meanwhile, then stays
 * as it was in the first step, unless `compile` is false. The flow's variables follow the training whenever it
 * reports, validates or saves, and at its end.
 *
 * A bijection that is initialized from data is, with the first batch, before the first step. Gives way to other work
 * of the process every 25 ms, so that a notebook shows progress and can be interrupted. The same seed, data and
 * backend give the same result to the last bit, also when it was killed and went on from a checkpoint. For random
 * numbers that are new at each step, such as the noise of images, there is the option `perturb`.
 *
 * @param flow Changed in place.
 * @param data Events, shape [n, ...event].
 * @throws ShapeError if the data do not have the shape of the flow's events.
 * @throws RangeError if an option makes no sense, there are no data, or the flow has nothing to train.
 * @throws NonFiniteLossError if the loss or its gradient is not finite, as where a layer is not defined at its data; it
 *   names the step and the layer.
 * @throws CheckpointError if the checkpoint is of another training, or is none.
 * @see Prince, Understanding Deep Learning, equations 16.2 (with the sign of its third line corrected) and 16.8.
 */
export async function fit(
  flow: Flow,
  data: tf.Tensor | tf.TensorLike,
  options: FitOptions = {},
): Promise<FitHistory> {
  const settings = settingsOf(options, flow);
  const own = ownData(flow, data, settings.context);
  const step = settings.compile ? compiledStep(flow) : eagerStep(flow, "compile is false");
  const perturb = perturbation(settings.perturb, settings.seed);
  const progress = memory(own, checkpointOf(settings), settings, flow);
  let held: Data | undefined;
  let training: Trainer | undefined;
  try {
    held =
      settings.validation === undefined
        ? undefined
        : ownData(flow, settings.validation, settings.validationContext);
    if (!progress.resumed) initialize(flow, own, settings, perturb);
    training = trainer(flow, own, step, perturb);
    const judging = judge(flow, held, settings);
    progress.recall(training, judging);
    const outcome = await train({ training, judging, progress, rows: own.events.shape[0] }, settings);
    return { loss: progress.losses, validation: judging.losses, ...outcome, compiled: step.info() };
  } finally {
    training?.dispose();
    disposeData(own);
    if (held) disposeData(held);
  }
}

interface Work {
  readonly training: Trainer;
  readonly judging: Judge;
  readonly progress: Memory;
  readonly rows: number;
}

async function train(work: Work, settings: Settings): Promise<Pick<FitHistory, "seconds" | "outcome">> {
  const { training, judging, progress } = work;
  const { losses } = progress;
  const { steps, signal } = settings;
  const order = batches(work.rows, settings.batchSize, settings.seed);
  order.skip(losses.length);
  const report = reporter(work, settings);
  let yielded = performance.now();
  let outcome: FitHistory["outcome"] = losses.length === steps ? "finished" : "aborted";
  if (judging.exhausted()) outcome = "stopped";
  while (outcome === "aborted" && !signal?.aborted) {
    const learningRate = learningRateAfter(losses.length, settings);
    losses.push(training.step(order.next(), { ...settings, number: losses.length + 1, learningRate }));
    if (judging.due(losses.length)) judging.evaluate(losses.length, training);
    if (judging.exhausted()) outcome = "stopped";
    else if (losses.length === steps) outcome = "finished";
    report(outcome !== "aborted");
    progress.save(training, judging, outcome !== "aborted");
    if (performance.now() - yielded >= YIELD_AFTER) {
      await nextTurn();
      yielded = performance.now();
    }
  }
  if (outcome === "aborted") progress.save(training, judging, true);
  judging.settle(training);
  training.publish();
  return { seconds: progress.seconds(), outcome };
}

/** Tells of the progress, not too often. */
function reporter({ training, judging, progress }: Work, { steps, onProgress }: Settings) {
  let reported = Number.NEGATIVE_INFINITY;
  return (last: boolean) => {
    if (!onProgress || (!last && performance.now() - reported < REPORT_AFTER)) return;
    training.publish();
    const { losses } = progress;
    const latest = judging.losses.at(-1)?.loss;
    onProgress({
      step: losses.length,
      steps,
      loss: losses[losses.length - 1],
      ...(latest !== undefined && { validation: latest }),
      seconds: progress.seconds(),
    });
    reported = performance.now();
  };
}

/** Lets the bijection set its parameters from the first batch, as the first step will see it. */
function initialize(flow: Flow, data: Data, { batchSize, seed }: Settings, perturb?: Perturbation): void {
  if (!flow.bijection.initialize) return;
  tf.tidy(() => {
    const rows = rowsOf(data, batches(data.events.shape[0], batchSize, seed).next());
    const batch = perturb ? perturb(rows, 1) : rows;
    flow.bijection.initialize?.(batch.events, batch.context);
  });
}
