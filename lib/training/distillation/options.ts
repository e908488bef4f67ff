import { checkOptions, dropAbsent } from "../../ground/arguments/check-options.ts";
import { aFlag, aFunction, aNumber, aSeed, aSignal, oneOf } from "../../ground/arguments/kinds.ts";
import type { Schedule } from "../step/schedule.ts";

/** How {@link distill} trains. Everything has a default. */
export interface DistillOptions {
  /** Steps of the optimizer; 500 if left out. */
  readonly steps?: number;
  /** Events that the student draws for each step; 256 if left out. */
  readonly batchSize?: number;
  /** Highest learning rate; 0.001 if left out. */
  readonly learningRate?: number;
  /** How the learning rate falls: to 0 along half a cosine (the default), to a hundredth exponentially, or not. */
  readonly schedule?: Schedule;
  /** Steps over which the learning rate rises from 0 first; 0 if left out. */
  readonly warmup?: number;
  /** Longest gradient: a longer one is shortened to this; no limit if left out. */
  readonly clipNorm?: number;
  /** Determines what the student draws; 0 if left out. */
  readonly seed?: number;
  /** Whether to compile the step where that is possible; true if left out. */
  readonly compile?: boolean;
  /** Called after the first step, then at most ten times per second, and after the last. */
  readonly onProgress?: (progress: DistillProgress) => void;
  /** Ends the training after the current step when it is aborted. An interrupted notebook cell ends it, too. */
  readonly signal?: AbortSignal;
}

/** Where a distillation stands. */
export interface DistillProgress {
  /** Steps done, of so many. */
  readonly step: number;
  readonly steps: number;
  /** Divergence that the last step has estimated, before it, in nats. */
  readonly divergence: number;
  /** Seconds since the start. */
  readonly seconds: number;
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
export type DistillSettings = DistillOptions & typeof DEFAULTS;

/**
 * Fills in the defaults.
 *
 * @throws RangeError if an option makes no sense.
 */
export function distillSettings(options: DistillOptions): DistillSettings {
  checkOptions("distill", options, "distill(teacher, student, { steps: 2000 })", {
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
  });
  const settings: DistillSettings = { ...DEFAULTS, ...dropAbsent(options) };
  const { steps, batchSize, learningRate, schedule, warmup, clipNorm } = settings;
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

function expect(condition: boolean, what: string, value: unknown): void {
  if (!condition) throw new RangeError(`distill: expected ${what}; got ${value}`);
}
