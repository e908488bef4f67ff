import { type CompileInfo, compile } from "../../engine/compile/compile.ts";
import { dropTape } from "../../engine/tape/drop-tape.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { type Flow, trainingLogProb } from "../../flows/flow.ts";
import { type AdamState, adamStep } from "./adam.ts";

/** Everything that a training step changes: vectors of all parameters, Adam's sums, and the bijection's state. */
export interface TrainingState extends AdamState {
  readonly state?: tf.Tensor;
}

/** What a step takes beside the state. */
export interface StepInputs {
  /** All events, [n, ...event]. */
  readonly events: tf.Tensor;
  /** Their contexts, [n, C]. */
  readonly context?: tf.Tensor;
  /** Row numbers of the batch, int32. */
  readonly rows: tf.Tensor;
  /** Of `adamNumbers`. */
  readonly numbers: tf.Tensor;
  /** Of the bijection's `noise`, one row for each event of the batch. */
  readonly drawn?: tf.Tensor;
}

/** The next state, and the batch's loss before the step with the norm of its gradient: [loss, norm]. */
export interface StepResult extends TrainingState {
  readonly measured: tf.Tensor;
}

/** A step of the optimizer, as a function of its arguments. */
export interface Step {
  (state: TrainingState, inputs: StepInputs): StepResult;
  info(): CompileInfo;
}

const compiledSteps = new WeakMap<Flow, Step>();

/** The training step of a flow, compiled; the same one for the same flow, so that a second training starts at once. */
export function compiledStep(flow: Flow): Step {
  const step = compiledSteps.get(flow) ?? compile(trainingStep(flow));
  compiledSteps.set(flow, step);
  return step;
}

/** The training step of a flow, operation by operation. */
export function eagerStep(flow: Flow, reason: string): Step {
  const info: CompileInfo = { mode: "eager", reason, traceMs: 0, loadMs: 0, nodes: 0 };
  return Object.assign(trainingStep(flow), { info: () => info });
}

/**
 * Forward pass, gradient, clipping and Adam's update of a flow's negative log-likelihood.
 *
 * The parameters come and go as one vector. While the step computes, the flow's variables stand for the parts of it;
 * afterwards they are what they were.
 */
function trainingStep(flow: Flow): (state: TrainingState, inputs: StepInputs) => StepResult {
  return (before, { events, context, rows, numbers, drawn }) =>
    tidy(() => {
      const batch = tf.gather(events, rows as tf.Tensor1D);
      const batchContext = context && tf.gather(context, rows as tf.Tensor1D);
      return descend(flow, before, numbers, () => {
        const { logProb, state } = trainingLogProb(flow, batch, batchContext, drawn);
        return { loss: tf.neg(tf.mean(logProb)) as tf.Scalar, state };
      });
    });
}

/** What a step minimizes, and the next value of each of the flow's state. */
export interface Objective {
  readonly loss: tf.Scalar;
  readonly state: readonly tf.Tensor[];
}

/** A step of the optimizer down the gradient of a function of the flow's variables. */
export function descend(
  flow: Flow,
  before: TrainingState,
  numbers: tf.Tensor,
  objective: () => Objective,
): StepResult {
  const { variables, state: stateVariables } = flow;
  return tidy(() => {
    const kept = [...variables, ...stateVariables].map((variable) => tf.clone(variable));
    writeVector(variables, before.parameters);
    if (before.state) writeVector(stateVariables, before.state);
    try {
      const { loss, gradient, state } = lossAndGradient(flow, objective);
      const { norm, ...next } = adamStep(before, gradient, numbers);
      return { ...next, ...(state && { state }), measured: tf.stack([loss, norm]) };
    } catch (error) {
      dropTape();
      throw error;
    } finally {
      [...variables, ...stateVariables].forEach((variable, i) => void variable.assign(kept[i]));
    }
  });
}

/** The loss, its gradient as one vector, and the next state as another. */
function lossAndGradient(flow: Flow, objective: () => Objective) {
  let state: tf.Tensor | undefined;
  const { value, grads } = tf.variableGrads(() => {
    const measured = objective();
    if (measured.state.length > 0) state = tf.keep(vectorOf(measured.state));
    return measured.loss;
  }, flow.variables as tf.Variable[]);
  // A copy that belongs to the scope around, as all else here does.
  const owned = state && tf.reshape(state, state.shape);
  state?.dispose();
  const gradient = vectorOf(flow.variables.map((one) => grads[one.name] ?? tf.zeros(one.shape)));
  return { loss: value, gradient, ...(owned && { state: owned }) };
}

/** Tensors as one vector, one after the other. */
export function vectorOf(tensors: readonly tf.Tensor[]): tf.Tensor {
  return tf.tidy(() => tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1]))));
}

/** Gives variables the parts of such a vector. */
export function writeVector(variables: readonly tf.Variable[], vector: tf.Tensor): void {
  if (variables.length === 0) return;
  tf.tidy(() => {
    const parts = tf.split(
      vector,
      variables.map((variable) => variable.size),
    );
    variables.forEach((variable, i) => void variable.assign(tf.reshape(parts[i], variable.shape)));
  });
}
