import type { CompileInfo } from "../engine/compile/compile.ts";
import { tf } from "../engine/tf.ts";
import type { Flow } from "../flows/flow.ts";
import { type Memory, memory } from "./checkpoint/memory.ts";
import { batches } from "./data/batches.ts";
import { columnWarnings } from "./data/column-warnings.ts";
import { checkFinite, type Data, disposeData, ownData, rowsOf } from "./data/data.ts";
import { type Perturbation, perturbation } from "./data/perturbation.ts";
import { type Interruption, interruption } from "./interruption.ts";
import {
  checkpointOf,
  type FitOptions,
  type HeldOutLoss,
  type Outcome,
  type Settings,
  settingsOf,
} from "./options.ts";
import { type Reporter, reporter } from "./report.ts";
import { contextWarning, farWarning } from "./step/far-warning.ts";
import { stepError } from "./step/fault.ts";
import { layerWarnings } from "./step/layer-warnings.ts";
import { learningRateAfter } from "./step/schedule.ts";
import { compiledStep, eagerStep } from "./step/step.ts";
import { type Trainer, trainer } from "./step/trainer.ts";
import { type Judge, judge } from "./validation.ts";

export type { Perturb } from "./data/perturbation.ts";
export type { CheckpointOptions, FitOptions, FitProgress, HeldOutLoss, Outcome } from "./options.ts";

/** What a training did. Losses are negative log-likelihoods per event, in nats. */
export interface FitHistory {
  /** Loss of each step's batch, before the step. */
  readonly loss: readonly number[];
  /** Losses of the held-out events after so many steps. */
  readonly validation: readonly HeldOutLoss[];
  /** Steps after which the training had the parameters that the flow has now: see the option `keep`. */
  readonly kept: number;
  /** Seconds of training, those before a resumption included. */
  readonly seconds: number;
  /**
   * "stopped" if the held-out loss had not improved for long, "aborted" if the signal or an interrupt of the notebook's
   * cell ended it early.
   */
  readonly outcome: Outcome;
  /** What was to be said of the data, in words: see {@link fit}. */
  readonly warnings: readonly string[];
  /** How the steps were computed. */
  readonly compiled: CompileInfo;
}

/** Events that a look at the data takes through the layers: enough to tell what holds for most. */
const LARGEST_LOOK = 256;

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
 * When its notebook cell is interrupted, it ends after the current step as if by its signal: it returns the history so
 * far, and the flow has what it has learned. The cell then goes on to its end, and fails as interrupted.
 *
 * With held-out events (`validation`), the flow has at the end the parameters that had the lowest held-out loss, also
 * after an abort or an error; `keep: "last"` gives it the last ones. Without them it has the last ones, after a loss
 * that was not finite those of the last step whose loss was.
 *
 * Before the first step it warns (`onWarning`, and `warnings` of the history) of a column that is constant or repeats
 * another one, of whole numbers beyond 2²⁴ and others of which float32 has lost what matters, of splines that most of the
 * data lie outside of, of channels that did not vary in the first batch, of data so far from where the flow begins that
 * their scale is all that could be learned, and of contexts far from order one: with these a training ends, but has learned
 * something else than was meant. Data that `perturb` changes at each step are not judged.
 *
 * @param flow Changed in place.
 * @param data Events, shape [n, ...event].
 * @throws ShapeError if the data do not have the shape of the flow's events, or the contexts are not those that it takes.
 * @throws RangeError if an option makes no sense, there are no data, or the flow has nothing to train; from a layer
 *   that cannot be initialized or trained on so small a batch, or is not defined at a held-out event; if a number
 *   of the held-out data is not finite, or of the data, where nothing perturbs them.
 * @throws TypeError if `perturb` returns something else than a tensor, a promise for instance.
 * @throws ShapeError if `perturb` returns another number of events, or of another shape. What it throws itself ends
 *   the training, too.
 * @throws NonFiniteLossError if the loss or its gradient is not finite, as where a layer is not defined at its data,
 *   or a matrix has become singular; it names the step and the layer.
 * @throws CheckpointError if the checkpoint is of another training, damaged, or none, or cannot be written; this is
 *   tried before the first step.
 * @see Prince, Understanding Deep Learning, equations 16.2 (with the sign of its third line corrected) and 16.8.
 */
export async function fit(
  flow: Flow,
  data: tf.Tensor | tf.TensorLike,
  options: FitOptions = {},
): Promise<FitHistory> {
  const settings = settingsOf(options, flow);
  const own = ownData(flow, data, settings.context, "context");
  const interrupt = interruption(settings.signal);
  const warnings: string[] = [];
  const warn = (warning: string) => {
    warnings.push(warning);
    settings.onWarning(warning);
  };
  let held: Data | undefined;
  let training: Trainer | undefined;
  try {
    // A perturbation may put numbers where none are: what is not finite after it ends the training, at the step that sees it.
    if (!settings.perturb)
      checkFinite(own, { events: data, context: settings.context }, false, settings.columns);
    if (settings.validation !== undefined) {
      held = ownData(flow, settings.validation, settings.validationContext, "validationContext");
      const given = { events: settings.validation, context: settings.validationContext };
      checkFinite(held, given, true, settings.columns);
    }
    const step = settings.compile ? compiledStep(flow) : eagerStep(flow, "compile is false");
    const perturb = perturbation(settings.perturb, settings.seed);
    const progress = memory({ own, held }, checkpointOf(settings), settings, flow);
    if (!progress.resumed) {
      initialize(flow, own, settings, perturb);
      if (!perturb) for (const warning of dataWarnings(flow, own, settings)) warn(warning);
    }
    training = trainer(flow, own, step, settings.seed, perturb);
    const judging = judge(flow, held, settings, warn);
    progress.recall(training, judging);
    const rows = own.events.shape[0];
    const ended = await train({ training, judging, progress, rows, interrupt }, settings);
    return { loss: progress.losses, validation: judging.losses, ...ended, warnings, compiled: step.info() };
  } finally {
    interrupt.release();
    training?.dispose();
    disposeData(own);
    if (held) disposeData(held);
  }
}

/** What takes part in a training. */
interface Work {
  readonly training: Trainer;
  readonly judging: Judge;
  readonly progress: Memory;
  /** Number of events. */
  readonly rows: number;
  readonly interrupt: Interruption;
}

/** Trains to an end, whichever it is, and then gives the flow the parameters that it is to keep. */
async function train(
  work: Work,
  settings: Settings,
): Promise<Pick<FitHistory, "seconds" | "outcome" | "kept">> {
  const { training, judging, progress } = work;
  const report = reporter(work, settings);
  let outcome: Outcome;
  try {
    outcome = await takeSteps(work, settings, report);
    progress.save(training, judging, true);
  } catch (error) {
    judging.settle(training, progress.losses.length);
    report.fail();
    throw error;
  }
  const kept = judging.settle(training, progress.losses.length);
  report.last(outcome);
  return { seconds: progress.seconds(), outcome, kept };
}

async function takeSteps(work: Work, settings: Settings, report: Reporter): Promise<Outcome> {
  const { training, judging, progress, interrupt } = work;
  const { losses } = progress;
  const order = batches(work.rows, settings.batchSize, settings.seed);
  order.skip(losses.length);
  const outcomeSoFar = (): Outcome | undefined => {
    if (judging.isExhausted()) return "stopped";
    if (losses.length >= settings.steps) return "finished";
    return interrupt.isAsked() ? "aborted" : undefined;
  };
  for (;;) {
    const outcome = outcomeSoFar();
    if (outcome) return outcome;
    const learningRate = learningRateAfter(losses.length, settings);
    losses.push(training.step(order.next(), { ...settings, number: losses.length + 1, learningRate }));
    if (judging.due(losses.length)) judging.evaluate(losses.length, training);
    if (!outcomeSoFar()) {
      report.now();
      progress.save(training, judging, false);
    }
    await interrupt.giveWay();
  }
}

/** What a training should be told of before it begins. */
function dataWarnings(flow: Flow, data: Data, { batchSize, seed, columns }: Settings): string[] {
  const rows = data.events.shape[0];
  const values = data.events.dataSync();
  const batch = rowsOf(data, batches(rows, Math.min(batchSize, LARGEST_LOOK), seed).next());
  try {
    const ofLayers = layerWarnings(flow, batch, columns);
    // A layer that has found the data out of its reach has said more.
    const far = ofLayers.length > 0 ? [] : farWarning(flow, batch);
    return [
      ...columnWarnings(values, flow.eventShape, columns),
      ...ofLayers,
      ...far,
      ...contextWarning(batch),
    ];
  } finally {
    disposeData(batch);
  }
}

/**
 * Lets the bijection set its parameters from the first batch, as the first step will see it.
 *
 * @throws NonFiniteLossError if a layer cannot, because the batch or what another layer makes of it is not finite.
 */
function initialize(flow: Flow, data: Data, { batchSize, seed }: Settings, perturb?: Perturbation): void {
  if (!flow.bijection.initialize) return;
  tf.tidy(() => {
    const rows = rowsOf(data, batches(data.events.shape[0], batchSize, seed).next());
    const batch = perturb ? perturb(rows, 1) : rows;
    try {
      flow.bijection.initialize?.(batch.events, batch.context);
    } catch (error) {
      throw stepError(flow, batch, 1, error);
    }
  });
}
