import type { tf } from "../engine/tf.ts";
import type { Flow } from "../flows/flow.ts";
import { checkHas, checkOptions, dropAbsent } from "../ground/arguments/check-options.ts";
import { checkColumnNames } from "../ground/arguments/column-names.ts";
import {
  aFlag,
  aFunction,
  aNumber,
  anObject,
  anything,
  aSeed,
  aSignal,
  aText,
  demand,
  either,
  numbers,
  oneOf,
} from "../ground/arguments/kinds.ts";
import type { Perturb } from "./data/perturbation.ts";
import type { Schedule } from "./step/schedule.ts";

/** How `fit` trains. Everything has a default. */
export interface FitOptions {
  /** Steps of the optimizer; 500 if left out. */
  readonly steps?: number;
  /** Events per step, drawn without replacement until all have been seen; 256 if left out. */
  readonly batchSize?: number;
  /** Highest learning rate; 0.001 if left out, which suits networks: a flow of a few parameters may take 0.05. */
  readonly learningRate?: number;
  /** How the learning rate falls: to 0 along half a cosine (the default), to a hundredth exponentially, or not. */
  readonly schedule?: Schedule;
  /** Steps over which the learning rate rises from 0 first; 0 if left out. */
  readonly warmup?: number;
  /** Decoupled weight decay λ (AdamW): each step takes away η·λ of each parameter; 0 if left out. */
  readonly weightDecay?: number;
  /** Longest gradient: a longer one, over all parameters, is shortened to this; no limit if left out. */
  readonly clipNorm?: number;
  /** Determines the batches, and the random numbers of `perturb`; 0 if left out. */
  readonly seed?: number;
  /**
   * What each batch is turned into before its step, with random numbers that are new at each step: noise, mirrored
   * images. For images with noise that is never seen twice, give the whole numbers from 0 to 255 as data, and
   *
   *     perturb: (images, random) => dequantize(images, { bits: 5, random })
   *
   * [n, ...event] → [n, ...event]. It must draw from `random` alone: then the same seed gives the same losses, also
   * after going on from a checkpoint. Held-out events are taken as they are given.
   */
  readonly perturb?: Perturb;
  /** Names of the columns, one for each number of an event with one axis, for what is said of them. */
  readonly columns?: readonly string[];
  /** What the events are conditioned on, shape [n, C]: row i belongs to event i. */
  readonly context?: tf.Tensor | tf.TensorLike;
  /** Held-out events, of the same form as the data; evaluated 20 times during the training and after it. */
  readonly validation?: tf.Tensor | tf.TensorLike;
  /** What the held-out events are conditioned on. */
  readonly validationContext?: tf.Tensor | tf.TensorLike;
  /** Steps between two evaluations of the held-out events, if 20 of them are not what is wanted. */
  readonly validateEvery?: number;
  /** Ends the training when so many evaluations of the held-out events in a row were no better than the best before. */
  readonly patience?: number;
  /**
   * Which parameters the flow has at the end, however it comes, an abort or an error too. "best", the default: those
   * with the lowest loss of the held-out events, if there are any. "last": those after the last step.
   */
  readonly keep?: "best" | "last";
  /** A file that keeps the training's progress, to go on from after a crash or an abort. */
  readonly checkpoint?: CheckpointOptions | string;
  /** Whether to compile the training step where that is possible; true if left out. */
  readonly compile?: boolean;
  /** Called after the first step, then at most ten times per second, and at the end, however it comes. */
  readonly onProgress?: (progress: FitProgress) => void;
  /**
   * Called with each doubt about the data, in words: see {@link fit}. If left out, it is written to the console, which
   * notebooks and terminals show.
   */
  readonly onWarning?: (warning: string) => void;
  /** Ends the training after the current step when it is aborted. An interrupted notebook cell ends it, too. */
  readonly signal?: AbortSignal;
}

/** Where and how often progress is saved. */
export interface CheckpointOptions {
  /**
   * The file. If it exists, the training goes on from there; it must have been written by the same training, which may
   * have had other `steps`: one of 200 goes on to 300. Its schedule is then that of 300, from step 201 on.
   */
  readonly path: string;
  /** Steps between two writes, if time shall not decide. */
  readonly everySteps?: number;
  /** Seconds between two writes; 30 if left out. */
  readonly everySeconds?: number;
}

/** How `fit` says what it doubts, if not otherwise. */
export function writeWarning(warning: string): void {
  console.warn(`fit: ${warning}`);
}

/** Where a training stands. Losses are negative log-likelihoods per event, in nats. */
export interface FitProgress {
  /** Steps done. */
  readonly step: number;
  /** Steps to do in all. */
  readonly steps: number;
  /** Loss of the last batch, before its step; NaN if there has been no step. */
  readonly loss: number;
  /** Latest loss of the held-out events, if there are any. */
  readonly validation?: number;
  /** What has come to the losses since the last report; to the first report, all from before a resumption too. */
  readonly recent: {
    /** Losses of the latest steps; the last one is that of the step `step`. */
    readonly loss: readonly number[];
    readonly validation: readonly HeldOutLoss[];
  };
  /** Seconds since the start. */
  readonly seconds: number;
  /** In the last report: how it ended; "failed" if `fit` is about to throw an error. */
  readonly outcome?: Outcome | "failed";
}

/** Loss of the held-out events after so many steps. */
export interface HeldOutLoss {
  readonly step: number;
  /** Infinite or not a number where the flow has no finite density for one of them. */
  readonly loss: number;
}

/** How a training ended: all steps done, the patience exhausted, or by its signal or an interrupt of its cell. */
export type Outcome = "finished" | "stopped" | "aborted";

/** Options with their defaults. */
export type Settings = FitOptions & typeof DEFAULTS;

const DEFAULTS = {
  steps: 500,
  batchSize: 256,
  learningRate: 1e-3,
  schedule: "cosine" as Schedule,
  warmup: 0,
  weightDecay: 0,
  clipNorm: Number.POSITIVE_INFINITY,
  keep: "best" as "best" | "last",
  seed: 0,
  compile: true,
  onWarning: writeWarning as (warning: string) => void,
};

const KEPT: readonly Settings["keep"][] = ["best", "last"];
const SCHEDULES: readonly Schedule[] = ["cosine", "constant", "exponential"];

/**
 * Fills in the defaults.
 *
 * @throws RangeError if an option makes no sense, or the flow has nothing to train.
 */
export function settingsOf(options: FitOptions, flow: Flow): Settings {
  checkHas("fit", flow, ["base", "bijection", "variables"], "a flow, flow(base, bijection)");
  checkOptions("fit", options, "fit(model, data, { steps: 2000 })", {
    steps: aNumber,
    batchSize: aNumber,
    learningRate: aNumber,
    schedule: oneOf("cosine", "constant", "exponential"),
    warmup: aNumber,
    weightDecay: aNumber,
    clipNorm: aNumber,
    seed: aSeed,
    perturb: aFunction,
    columns: anything,
    context: numbers,
    validation: numbers,
    validationContext: numbers,
    validateEvery: aNumber,
    patience: aNumber,
    keep: oneOf("best", "last"),
    checkpoint: either(aText, anObject),
    compile: aFlag,
    onProgress: aFunction,
    onWarning: aFunction,
    signal: aSignal,
  });
  const given = dropAbsent(options);
  const settings: Settings = { ...DEFAULTS, ...given };
  const { steps, batchSize, learningRate, schedule, warmup, weightDecay, clipNorm } = settings;
  const { everySteps, everySeconds } = checkpointOf(settings) ?? {};
  const whole = {
    steps,
    batchSize,
    validateEvery: settings.validateEvery,
    patience: settings.patience,
    everySteps,
  };
  for (const [name, value] of Object.entries(whole)) {
    expect(
      value === undefined || (Number.isInteger(value) && value >= 1),
      `${name} ≥ 1, a whole number`,
      value,
    );
  }
  expect(learningRate > 0 && learningRate < Infinity, "a positive learningRate", learningRate);
  expect(KEPT.includes(settings.keep), `keep to be one of ${KEPT.join(", ")}`, settings.keep);
  expect(SCHEDULES.includes(schedule), `schedule to be one of ${SCHEDULES.join(", ")}`, schedule);
  expect(Number.isInteger(warmup) && warmup >= 0 && warmup < steps, "warmup from 0 to steps − 1", warmup);
  expect(weightDecay >= 0 && weightDecay < Infinity, "weightDecay ≥ 0", weightDecay);
  expect(clipNorm > 0, "a positive clipNorm", clipNorm);
  expect(everySeconds === undefined || everySeconds >= 0, "everySeconds ≥ 0", everySeconds);
  expect(
    settings.patience === undefined || settings.validation !== undefined,
    "validation data for patience",
    "none",
  );
  expect(
    settings.validationContext === undefined || settings.validation !== undefined,
    "validation data for validationContext",
    "none",
  );
  checkColumnNames("fit", flow.eventShape, settings.columns);
  if (flow.variables.length === 0)
    throw new RangeError("fit: expected a flow with variables; it has none, and there is nothing to train");
  return settings;
}

/** Where progress is saved, if anywhere. */
export function checkpointOf({ checkpoint }: FitOptions): CheckpointOptions | undefined {
  if (typeof checkpoint === "object") {
    checkOptions(
      "fit, checkpoint",
      checkpoint,
      'fit(model, data, { checkpoint: { path: "training.ckpt" } })',
      {
        path: demand(aText),
        everySteps: aNumber,
        everySeconds: aNumber,
      },
    );
  }
  return typeof checkpoint === "string" ? { path: checkpoint } : checkpoint;
}

function expect(condition: boolean, what: string, value: unknown): void {
  if (!condition) throw new RangeError(`fit: expected ${what}; got ${value}`);
}
