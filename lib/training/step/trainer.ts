import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import type { Flow } from "../../flows/flow.ts";
import { random } from "../../random/random.ts";
import { type Data, disposeData, rowsOf } from "../data/data.ts";
import type { Perturbation } from "../data/perturbation.ts";
import { adamNumbers } from "./adam.ts";
import { lossError, stepError } from "./fault.ts";
import { type FlowState, statesFrom } from "./states.ts";
import { type Step, type TrainingState, vectorOf, writeVector } from "./step.ts";

/** How one step goes beyond its batch. */
export interface StepSettings {
  /** Number of the step, from 1. */
  readonly number: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly clipNorm: number;
}

/** The parameters in training, and how they change. */
export interface Trainer {
  /** What the next step starts from. */
  readonly state: TrainingState;
  /**
   * Takes a step on these rows of the data; returns the loss before it.
   *
   * After an error, the parameters are those of the last step whose loss was finite.
   */
  step(rows: readonly number[], settings: StepSettings): number;
  /** Goes on from another state, which then belongs to the trainer. */
  restore(state: TrainingState): void;
  /** Gives the flow's variables the values that they have in the training, or others. */
  publish(state?: FlowState): void;
  dispose(): void;
}

/**
 * Starts from the flow's variables.
 *
 * They change when they are published, and not at each step: this would take longer than a step that is a graph.
 *
 * @param seed Determines the random numbers of steps that estimate: those of step 100 are the same after a resumption.
 * @param perturb What is made of each batch first, if anything.
 */
export function trainer(flow: Flow, data: Data, step: Step, seed: number, perturb?: Perturbation): Trainer {
  const { noise } = flow.bijection;
  const streams = random(seed).fork("noise");
  const states = statesFrom(startOf(flow));
  const publish = (own: FlowState = states.latest) => writeState(flow, own);
  const batchOf = (rows: readonly number[], number: number): Data =>
    tidy(() => {
      const batch = rowsOf(data, rows);
      return perturb ? perturb(batch, number) : batch;
    });
  // A step takes its rows out of all data itself, unless something is made of them first.
  const prepare = (rows: readonly number[], number: number) =>
    perturb ? { ...batchOf(rows, number), rows: rows.map((_, i) => i) } : { ...data, rows };
  const takeStep = ({ number, learningRate, weightDecay, clipNorm }: StepSettings, rows: readonly number[]) =>
    tidy(() => {
      const numbers = adamNumbers(number, learningRate, weightDecay, clipNorm);
      const { rows: chosen, ...events } = prepare(rows, number);
      const drawn = noise?.draw(chosen.length, streams.fork(`step ${number}`));
      const rowNumbers = tf.tensor1d(new Int32Array(chosen), "int32");
      const inputs = { ...events, rows: rowNumbers, numbers, ...(drawn && { drawn }) };
      try {
        return step(states.latest, inputs);
      } catch (error) {
        throw failure(rows, number, (batch) => stepError(flow, batch, number, error));
      }
    });
  const failure = (rows: readonly number[], number: number, explain: (batch: Data) => unknown): unknown => {
    publish();
    const batch = batchOf(rows, number);
    try {
      return explain(batch);
    } finally {
      disposeData(batch);
      states.goBack();
    }
  };
  return {
    get state() {
      return states.latest;
    },
    step(rows, settings) {
      const { measured, ...next } = takeStep(settings, rows);
      const [loss, norm] = measured.dataSync();
      measured.dispose();
      if (!Number.isFinite(loss + norm)) {
        tf.dispose(Object.values(next));
        throw failure(rows, settings.number, (batch) => lossError(flow, batch, settings.number, loss));
      }
      states.goOn(next);
      return loss;
    },
    restore: states.restore,
    publish,
    dispose: states.dispose,
  };
}

/** Gives a flow's variables the values that they have in a training. */
export function writeState(flow: Flow, { parameters, state }: FlowState): void {
  writeVector(flow.variables, parameters);
  if (state) writeVector(flow.state, state);
}

/** What a training of a flow begins with. */
export function startOf(flow: Flow): TrainingState {
  return tf.tidy(() => {
    const parameters = vectorOf(flow.variables);
    return {
      parameters,
      sum: tf.zerosLike(parameters),
      squareSum: tf.zerosLike(parameters),
      ...(flow.state.length > 0 && { state: vectorOf(flow.state) }),
    };
  });
}
