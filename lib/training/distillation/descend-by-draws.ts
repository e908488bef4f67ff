/** What {@link distill} and {@link fitToDensity} have in common: each step of the training draws anew from the flow that is trained. */

import { type CompileInfo, compile } from "../../engine/compile/compile.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import type { Flow } from "../../flows/flow.ts";
import { random } from "../../random/random.ts";
import { interruption } from "../interruption.ts";
import { REPORT_AFTER } from "../report.ts";
import { adamNumbers } from "../step/adam.ts";
import { learningRateAfter } from "../step/schedule.ts";
import { statesFrom } from "../step/states.ts";
import { descend, type Objective, type StepResult, type TrainingState } from "../step/step.ts";
import { startOf, writeState } from "../step/trainer.ts";
import type { DrawSettings } from "./options.ts";

/** What a training by draws did. */
export interface DrawHistory {
  /** Of each step, before it. */
  readonly losses: readonly number[];
  readonly seconds: number;
  readonly outcome: "finished" | "aborted";
  readonly compiled: CompileInfo;
}

export interface DrawTask {
  /** Changed in place. */
  readonly model: Flow;
  readonly settings: DrawSettings;
  /** What the base's random numbers are drawn for. */
  readonly stream: string;
  /** What a step minimizes, of base points [n, ...event]. */
  objective(z: tf.Tensor): Objective;
  /** The error of a step whose loss, or gradient, is not finite. */
  notFinite(step: number, loss: number, z: tf.Tensor): Error;
  report(progress: { step: number; steps: number; loss: number; seconds: number }): void;
}

/**
 * Adam down an objective of what the model draws. The noise is drawn outside of the step, from a stream of the step's number.
 *
 * @throws What `notFinite` gives; the model then has the parameters of the last step at which the loss was finite.
 */
export async function descendByDraws(task: DrawTask): Promise<DrawHistory> {
  const { model, settings } = task;
  const { steps, batchSize, seed } = settings;
  const take = (state: TrainingState, z: tf.Tensor, numbers: tf.Tensor): StepResult =>
    descend(model, state, numbers, () => task.objective(z));
  const compiled = settings.compile ? compile(take) : undefined;
  const step = compiled ?? take;
  const streams = random(seed).fork(task.stream);
  const draw = (number: number) => model.base.sample(batchSize, streams.fork(`step ${number}`));
  const interrupt = interruption(settings.signal);
  const losses: number[] = [];
  const start = performance.now();
  const states = statesFrom(startOf(model));
  let reported = -Infinity;
  const report = (now: number) => {
    if (losses.length > 1 && losses.length < steps && now - reported < REPORT_AFTER) return;
    reported = now;
    const loss = losses[losses.length - 1] as number;
    task.report({ step: losses.length, steps, loss, seconds: (now - start) / 1000 });
  };
  const failure = (number: number, loss: number): Error => {
    writeState(model, states.latest);
    try {
      return tidy(() => ({ error: task.notFinite(number, loss, draw(number)) })).error;
    } finally {
      states.goBack();
    }
  };
  try {
    while (losses.length < steps && !interrupt.isAsked()) {
      const number = losses.length + 1;
      const { measured, ...next } = tidy(() =>
        step(states.latest, draw(number), numbersOf(number, settings)),
      );
      const [found, norm] = measured.dataSync();
      measured.dispose();
      if (!Number.isFinite(found + norm)) {
        tf.dispose(Object.values(next));
        throw failure(number, found);
      }
      states.goOn(next);
      losses.push(found);
      report(performance.now());
      await interrupt.giveWay();
    }
  } finally {
    writeState(model, states.latest);
    states.dispose();
    interrupt.release();
    compiled?.dispose();
  }
  return {
    losses,
    seconds: (performance.now() - start) / 1000,
    outcome: losses.length < steps ? "aborted" : "finished",
    compiled: compiled?.info() ?? EAGER,
  };
}

const EAGER: CompileInfo = { mode: "eager", reason: "compile is false", traceMs: 0, loadMs: 0, nodes: 0 };

function numbersOf(number: number, settings: DrawSettings): tf.Tensor {
  return adamNumbers(number, learningRateAfter(number - 1, settings), 0, settings.clipNorm);
}
