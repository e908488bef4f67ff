import { setImmediate as nextTurn } from "node:timers/promises";
import { tf } from "../engine/tf.ts";
import { asEvents, type Flow } from "../flow.ts";
import { random } from "../random/random.ts";
import { adam, type Optimizer } from "./adam.ts";
import { findFault, NonFiniteLossError } from "./fault.ts";

/** How {@link fit} trains. Everything has a default. */
export interface FitOptions {
  /** Steps of the optimizer; 500 if left out. */
  readonly steps?: number;
  /** Events per step, drawn without replacement until all have been seen; 256 if left out. */
  readonly batchSize?: number;
  /** Highest learning rate, from which it falls to 0 along half a cosine; 0.05 if left out. */
  readonly learningRate?: number;
  /** Determines the batches; 0 if left out. */
  readonly seed?: number;
  /** Held-out events, of the same form as the data; evaluated 20 times during the training and after it. */
  readonly validation?: tf.Tensor | tf.TensorLike;
  /** Called after the first step, then at most ten times per second, and after the last step. */
  readonly onProgress?: (progress: FitProgress) => void;
  /** Ends the training after the current step when it is aborted. */
  readonly signal?: AbortSignal;
}

/** Where a training stands. Losses are negative log-likelihoods per event, in nats. */
export interface FitProgress {
  /** Steps done. */
  readonly step: number;
  /** Steps to do in all. */
  readonly steps: number;
  /** Loss of the last batch, before its step. */
  readonly loss: number;
  /** Latest loss of the held-out events, if there are any. */
  readonly validation?: number;
  /** Seconds since the start. */
  readonly seconds: number;
}

/** What a training did. Losses are negative log-likelihoods per event, in nats. */
export interface FitHistory {
  /** Loss of each step's batch, before the step. */
  readonly loss: readonly number[];
  /** Losses of the held-out events after so many steps. */
  readonly validation: readonly { readonly step: number; readonly loss: number }[];
  readonly seconds: number;
  /** "aborted" if the signal ended it early: the flow is then as far as it got. */
  readonly outcome: "finished" | "aborted";
}

const DEFAULTS = { steps: 500, batchSize: 256, learningRate: 0.05, seed: 0 };
/** The longest that other work of the process waits, and the shortest time between two reports; milliseconds. */
const [YIELD_AFTER, REPORT_AFTER] = [25, 100];
const VALIDATIONS = 20;

/**
 * Fits a flow to data by maximum likelihood with Adam: minimizes −(1/n) Σ_i log p(x_i).
 *
 * Gives way to other work of the process every 25 ms, so that a notebook shows progress and can be interrupted. The
 * same seed, data and backend give the same result to the last bit.
 *
 * @param flow Changed in place.
 * @param data Events, shape [n, ...event].
 * @throws ShapeError if the data do not have the shape of the flow's events.
 * @throws RangeError if an option makes no sense, there are no data, or the flow has nothing to train.
 * @throws NonFiniteLossError if the loss is not a finite number; it names the step and the layer.
 * @see Textbook, equation 16.2 (with the sign of its third line corrected).
 */
export async function fit(
  flow: Flow,
  data: tf.Tensor | tf.TensorLike,
  options: FitOptions = {},
): Promise<FitHistory> {
  const settings = { ...DEFAULTS, ...options };
  checkSettings(settings, flow);
  const events = ownEvents(data, flow);
  const heldOut = options.validation === undefined ? undefined : ownEvents(options.validation, flow);
  const optimizer = adam(flow.variables);
  try {
    return await train({ flow, events, optimizer, ...(heldOut && { heldOut }) }, settings);
  } finally {
    optimizer.dispose();
    tf.dispose(heldOut ? [events, heldOut] : [events]);
  }
}

interface Setup {
  readonly flow: Flow;
  readonly events: tf.Tensor;
  readonly heldOut?: tf.Tensor;
  readonly optimizer: Optimizer;
}

type Settings = typeof DEFAULTS & FitOptions;

async function train(setup: Setup, settings: Settings): Promise<FitHistory> {
  const { steps, learningRate, signal, onProgress } = settings;
  const batches = batchIndices(setup.events.shape[0], settings);
  const losses: number[] = [];
  const validation: { step: number; loss: number }[] = [];
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  let [yielded, reported] = [start, Number.NEGATIVE_INFINITY];
  while (losses.length < steps && !signal?.aborted) {
    const rate = (learningRate / 2) * (1 + Math.cos((Math.PI * losses.length) / steps));
    losses.push(step(setup, batches(), rate, losses.length + 1));
    const done = losses.length;
    const last = done === steps;
    if (setup.heldOut && (last || done % Math.ceil(steps / VALIDATIONS) === 0)) {
      validation.push({ step: done, loss: meanLoss(setup.flow, setup.heldOut) });
    }
    const now = performance.now();
    if (onProgress && (last || now - reported >= REPORT_AFTER)) {
      const latest = validation.at(-1)?.loss;
      const known = latest === undefined ? {} : { validation: latest };
      onProgress({ step: done, steps, loss: losses[done - 1], ...known, seconds: seconds() });
      reported = now;
    }
    if (now - yielded >= YIELD_AFTER) {
      await nextTurn();
      yielded = performance.now();
    }
  }
  return {
    loss: losses,
    validation,
    seconds: seconds(),
    outcome: losses.length === steps ? "finished" : "aborted",
  };
}

/** One step of the optimizer; returns the loss before it. */
function step({ flow, events, optimizer }: Setup, indices: number[], rate: number, number: number): number {
  return tf.tidy(() => {
    const batch = tf.gather(events, tf.tensor1d(indices, "int32"));
    const { value, grads } = tf.variableGrads(
      () => tf.neg(tf.mean(flow.logProb(batch))) as tf.Scalar,
      flow.variables as tf.Variable[],
    );
    const loss = value.dataSync()[0];
    if (!Number.isFinite(loss)) throw new NonFiniteLossError(loss, number, findFault(flow, batch));
    optimizer.step(
      flow.variables.map((variable) => grads[variable.name]),
      rate,
    );
    return loss;
  }) as unknown as number;
}

function meanLoss(flow: Flow, events: tf.Tensor): number {
  return tf.tidy(() => -tf.mean(flow.logProb(events)).dataSync()[0]) as unknown as number;
}

/** The next batch's row numbers: passes over all rows, each in a new order. */
function batchIndices(rows: number, { batchSize, seed }: Settings): () => number[] {
  const stream = random(seed).fork("batches");
  const all = Array.from({ length: rows }, (_, i) => i);
  const size = Math.min(batchSize, rows);
  let queue: number[] = [];
  return () => {
    // A rest that is too small for a batch is left for a later pass, so that every step has the same shape.
    if (queue.length < size) queue = stream.shuffle(all);
    return queue.splice(0, size);
  };
}

/** A tensor of the events that belongs to the training alone. */
function ownEvents(data: tf.Tensor | tf.TensorLike, flow: Flow): tf.Tensor {
  const events = tf.tidy(() => tf.clone(asEvents(data, flow.base.eventShape)));
  const batchAxes = events.rank - flow.base.eventShape.length;
  if (batchAxes === 1 && events.shape[0] > 0) return events;
  events.dispose();
  const wanted = ["n", ...flow.base.eventShape].join(", ");
  throw new RangeError(`expected data of shape [${wanted}] with n ≥ 1; got shape [${events.shape}]`);
}

function checkSettings({ steps, batchSize, learningRate }: Settings, flow: Flow): void {
  for (const [name, value] of Object.entries({ steps, batchSize })) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`expected ${name} ≥ 1, a whole number; got ${value}`);
  }
  if (!(learningRate > 0 && learningRate < Infinity)) {
    throw new RangeError(`expected a positive learningRate; got ${learningRate}`);
  }
  if (flow.variables.length === 0)
    throw new RangeError("the flow has no variables: there is nothing to train");
}
