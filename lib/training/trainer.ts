import { tf } from "../engine/tf.ts";
import type { Flow } from "../flow.ts";
import { adamNumbers } from "./adam.ts";
import { type Data, disposeData, rowsOf } from "./data.ts";
import { findFault, findGradientFault, NonFiniteLossError } from "./fault.ts";
import type { Perturbation } from "./perturbation.ts";
import { type Step, type StepResult, type TrainingState, vectorOf, writeVector } from "./step.ts";

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
  /** Takes a step on these rows of the data; returns the loss before it. */
  step(rows: readonly number[], settings: StepSettings): number;
  /** Goes on from another state, which then belongs to the trainer. */
  restore(state: TrainingState): void;
  /** Gives the flow's variables the values that they have in the training. */
  publish(): void;
  dispose(): void;
}

/**
 * Starts from the flow's variables.
 *
 * They change when they are published, and not at each step: this would take longer than a step that is a graph.
 *
 * @param perturb What is made of each batch first, if anything.
 */
export function trainer(flow: Flow, data: Data, step: Step, perturb?: Perturbation): Trainer {
  let state = startOf(flow);
  const restore = (next: TrainingState) => {
    disposeState(state);
    state = next;
  };
  const publish = () => {
    writeVector(flow.variables, state.parameters);
    if (state.state) writeVector(flow.state, state.state);
  };
  const batchOf = (rows: readonly number[], number: number): Data =>
    tf.tidy(() => {
      const batch = rowsOf(data, rows);
      return (perturb ? perturb(batch, number) : batch) as unknown as tf.TensorContainer;
    }) as unknown as Data;
  // A step takes its rows out of all data itself, unless something is made of them first.
  const seen = (rows: readonly number[], number: number) =>
    perturb ? { ...batchOf(rows, number), rows: rows.map((_, i) => i) } : { ...data, rows };
  const taken = ({ number, learningRate, weightDecay, clipNorm }: StepSettings, rows: readonly number[]) =>
    tf.tidy(() => {
      const numbers = adamNumbers(number, learningRate, weightDecay, clipNorm);
      const { rows: chosen, ...events } = seen(rows, number);
      const inputs = { ...events, rows: tf.tensor1d([...chosen], "int32"), numbers };
      return step(state, inputs) as unknown as tf.TensorContainer;
    }) as unknown as StepResult;
  return {
    get state() {
      return state;
    },
    step(rows, settings) {
      const { measured, ...next } = taken(settings, rows);
      const [loss, norm] = measured.dataSync();
      measured.dispose();
      if (!Number.isFinite(loss + norm)) {
        disposeState(next);
        publish();
        throw fault(flow, batchOf(rows, settings.number), loss, settings.number);
      }
      restore(next);
      return loss;
    },
    restore,
    publish,
    dispose: () => disposeState(state),
  };
}

function startOf(flow: Flow): TrainingState {
  return tf.tidy(() => {
    const parameters = vectorOf(flow.variables);
    return {
      parameters,
      mean: tf.zerosLike(parameters),
      square: tf.zerosLike(parameters),
      ...(flow.state.length > 0 && { state: vectorOf(flow.state) }),
    };
  });
}

function disposeState({ parameters, mean, square, state }: TrainingState): void {
  tf.dispose(state ? [parameters, mean, square, state] : [parameters, mean, square]);
}

function fault(flow: Flow, batch: Data, loss: number, step: number): NonFiniteLossError {
  const find = Number.isFinite(loss) ? findGradientFault : findFault;
  try {
    return new NonFiniteLossError(loss, step, find(flow, batch.events, batch.context));
  } finally {
    disposeData(batch);
  }
}
