import type { Flow } from "../../flows/flow.ts";
import type { Data } from "../data/data.ts";
import type { CheckpointOptions, Settings } from "../options.ts";
import type { Trainer } from "../step/trainer.ts";
import type { Judge } from "../validation.ts";
import {
  checkWritable,
  fingerprint,
  readCheckpoint,
  readVectors,
  stateFrom,
  writeCheckpoint,
} from "./checkpoint.ts";

/** A training's losses and its file. */
export interface Memory {
  /** Whether there was a file to go on from. */
  readonly resumed: boolean;
  /** Loss of each step so far. */
  readonly losses: number[];
  /** Seconds of training so far. */
  seconds(): number;
  /** Brings the training to where the file was written. */
  recall(training: Trainer, judging: Judge): void;
  /** Writes the file if it is time, or in any case. */
  save(training: Trainer, judging: Judge, now: boolean): void;
}

/** The events that a training sees. */
export interface TrainingData {
  readonly own: Data;
  /** Held out. */
  readonly held?: Data | undefined;
}

/**
 * Opens the file, if one is wanted.
 *
 * @throws CheckpointError if it is of another training, damaged, or no checkpoint, or cannot be written.
 */
export function memory(
  data: TrainingData,
  options: CheckpointOptions | undefined,
  settings: Settings,
  flow: Flow,
): Memory {
  const identity = options ? identityOf(data, settings, flow) : {};
  const found = options && readCheckpoint(options.path, identity);
  if (options && (found?.losses.length ?? 0) < settings.steps) checkWritable(options.path);
  const losses = [...(found?.losses ?? [])];
  const start = performance.now() - 1000 * (found?.seconds ?? 0);
  const seconds = () => (performance.now() - start) / 1000;
  let [savedAt, savedStep] = [performance.now(), losses.length];
  const due = ({ everySteps, everySeconds }: CheckpointOptions) => {
    if (everySteps !== undefined && losses.length - savedStep >= everySteps) return true;
    if (everySteps !== undefined && everySeconds === undefined) return false;
    return performance.now() - savedAt >= 1000 * (everySeconds ?? 30);
  };
  return {
    resumed: found !== undefined,
    losses,
    seconds,
    recall(training, judging) {
      if (!found) return;
      training.restore(stateFrom(found.vectors));
      judging.recall(found.validation, found.best);
    },
    save(training, judging, now) {
      if (!options || losses.length === savedStep || !(now || due(options))) return;
      training.publish();
      const { best } = judging;
      writeCheckpoint(options.path, {
        identity,
        losses,
        validation: judging.losses,
        vectors: readVectors(training.state),
        ...(best && { best }),
        seconds: seconds(),
      });
      [savedAt, savedStep] = [performance.now(), losses.length];
    },
  };
}

/** All that the losses depend on, in words, but for the number of steps: a training may be made longer. */
function identityOf({ own, held }: TrainingData, settings: Settings, flow: Flow): Record<string, string> {
  const { batchSize, learningRate, schedule, warmup, weightDecay, clipNorm, seed } = settings;
  const options = { batchSize, learningRate, schedule, warmup, weightDecay, clipNorm, seed };
  const shapes = (list: Flow["variables"]) => list.map(({ shape }) => `[${shape}]`).join(" ");
  const architecture = (config: object | undefined) =>
    config ? JSON.stringify(config) : "one without config";
  return {
    ...Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)])),
    patience: String(settings.patience),
    validateEvery: String(settings.validateEvery),
    perturb: settings.perturb ? "a function" : "none",
    data: fingerprint(own.events),
    context: fingerprint(own.context),
    validation: fingerprint(held?.events),
    validationContext: fingerprint(held?.context),
    base: architecture(flow.base.config),
    bijection: architecture(flow.bijection.config),
    "parameters of the flow": shapes(flow.variables),
    "state of the flow": shapes(flow.state),
  };
}
