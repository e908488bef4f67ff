import { checkOptions, dropAbsent } from "../../ground/arguments/check-options.ts";
import { aFlag, aFunction, aNumber, aSeed, aSignal, type Kind, oneOf } from "../../ground/arguments/kinds.ts";
import type { Schedule } from "../step/schedule.ts";

/** How a flow is trained by what it draws itself. Everything has a default. */
export interface DrawOptions {
  /** Steps of the optimizer; 500 if left out. */
  readonly steps?: number;
  /** Events that the flow draws for each step; 256 if left out. */
  readonly batchSize?: number;
  /** Highest learning rate; 0.001 if left out. */
  readonly learningRate?: number;
  /** How the learning rate falls: to 0 along half a cosine (the default), to a hundredth exponentially, or not. */
  readonly schedule?: Schedule;
  /** Steps over which the learning rate rises from 0 first; 0 if left out. */
  readonly warmup?: number;
  /** Longest gradient: a longer one is shortened to this; no limit if left out. */
  readonly clipNorm?: number;
  /** Determines what the flow draws; 0 if left out. */
  readonly seed?: number;
  /** Whether to compile the step where that is possible; true if left out. */
  readonly compile?: boolean;
  /** Ends the training after the current step when it is aborted. An interrupted notebook cell ends it, too. */
  readonly signal?: AbortSignal;
}

/** How {@link distill} trains. Everything has a default. */
export interface DistillOptions extends DrawOptions {
  /** Draws of each, by which the student is compared with its teacher at the end; 1000 if left out, 0 for no comparison. */
  readonly draws?: number;
  /** Gets each warning; if left out, they are written to the console. */
  readonly onWarning?: (warning: string) => void;
  /** Called after the first step, then at most ten times per second, and after the last. */
  readonly onProgress?: (progress: DistillProgress) => void;
}

/** How {@link fitToDensity} trains. Everything has a default. */
export interface FitToDensityOptions extends DrawOptions {
  /** Called after the first step, then at most ten times per second, and after the last. */
  readonly onProgress?: (progress: FitToDensityProgress) => void;
}

/** Where a training by draws stands. */
interface DrawProgress {
  /** Steps done, of so many. */
  readonly step: number;
  readonly steps: number;
  /** Seconds since the start. */
  readonly seconds: number;
}

/** Where a distillation stands. */
export interface DistillProgress extends DrawProgress {
  /** Divergence that the last step has estimated, before it, in nats. */
  readonly divergence: number;
}

/** Where a fit to a density stands. */
export interface FitToDensityProgress extends DrawProgress {
  /** Loss that the last step has estimated, before it, in nats: the divergence minus log Z. */
  readonly loss: number;
}

const DEFAULTS = {
  steps: 500,
  batchSize: 256,
  learningRate: 1e-3,
  schedule: "cosine" as Schedule,
  warmup: 0,
  clipNorm: Number.POSITIVE_INFINITY,
  seed: 0,
  compile: true,
};

/** Options with their defaults. */
export type DrawSettings = DrawOptions & typeof DEFAULTS;

/**
 * Fills in the defaults.
 *
 * @param who The function that they are options of.
 * @param call A right call of it, for messages.
 * @param more Kinds of the options that only this function has.
 * @throws RangeError if an option makes no sense.
 */
export function drawSettings<O extends DrawOptions>(
  who: string,
  call: string,
  options: O,
  more: Record<string, Kind> = {},
): O & typeof DEFAULTS {
  checkOptions<DrawOptions & { readonly onProgress?: unknown }>(who, options, call, {
    steps: aNumber,
    batchSize: aNumber,
    learningRate: aNumber,
    schedule: oneOf("cosine", "constant", "exponential"),
    warmup: aNumber,
    clipNorm: aNumber,
    seed: aSeed,
    compile: aFlag,
    onProgress: aFunction,
    signal: aSignal,
    ...more,
  });
  const settings: O & typeof DEFAULTS = { ...DEFAULTS, ...dropAbsent(options) };
  const { steps, batchSize, learningRate, schedule, warmup, clipNorm } = settings;
  const expect = (condition: boolean, what: string, value: unknown): void => {
    if (!condition) throw new RangeError(`${who}: expected ${what}; got ${value}`);
  };
  for (const [name, value] of Object.entries({ steps, batchSize })) {
    expect(Number.isInteger(value) && value >= 1, `${name} ≥ 1, a whole number`, value);
  }
  expect(learningRate > 0 && learningRate < Infinity, "a positive learningRate", learningRate);
  expect(
    ["cosine", "constant", "exponential"].includes(schedule),
    "schedule to be one of cosine, constant, exponential",
    schedule,
  );
  expect(Number.isInteger(warmup) && warmup >= 0 && warmup < steps, "warmup from 0 to steps − 1", warmup);
  expect(clipNorm > 0, "a positive clipNorm", clipNorm);
  return settings;
}
