import type { NamedTensorMap, Optimizer, Tensor, Variable } from "@tensorflow/tfjs";
import type { TensorFlow } from "../ground/tensorflow.ts";

interface Slot {
  readonly name: string;
  readonly variable: Variable;
}

interface Named {
  readonly name: string;
  readonly tensor: Tensor | null;
}

type Gradients = NamedTensorMap | readonly Named[];

/** What the library's optimizers are inside. */
interface OptimizerClass {
  readonly prototype: Optimizer & { applyGradients(gradients: Gradients): void };
}

const CLASSES = [
  ...["AdadeltaOptimizer", "AdagradOptimizer", "AdamOptimizer", "AdamaxOptimizer"],
  ...["MomentumOptimizer", "RMSPropOptimizer"],
] as const;

/**
 * Lets the optimizers with a memory (`tf.train.adam` and its like) keep it by variable.
 *
 * The library keeps it by the variable's place in the list of one step: two lists by turns, as of the two players of a
 * game, mix their moments, and a variable that is missing for one step gets its neighbour's. The number of steps, which
 * Adam corrects its moments by, still counts those of all lists together, as in Keras.
 */
export function repairOptimizers(tf: TensorFlow): void {
  for (const name of CLASSES) {
    const { prototype } = tf[name as "AdamOptimizer"] as unknown as OptimizerClass;
    const { applyGradients, setWeights } = prototype;
    prototype.applyGradients = function (gradients) {
      return applyGradients.call(this, inPlace(tf, slotsOf(this), gradients));
    };
    // Weights are put back by their places, so that these are dealt out anew.
    prototype.setWeights = function (weights) {
      slots.delete(this);
      return setWeights.call(this, weights);
    };
  }
}

/** The variables of each optimizer, at the places of what it remembers of them. */
const slots = new WeakMap<Optimizer, Slot[]>();

function slotsOf(optimizer: Optimizer): Slot[] {
  const own = slots.get(optimizer) ?? [];
  slots.set(optimizer, own);
  return own;
}

/** A gradient for each variable that was ever seen, in the order in which they came; null where there is none now. */
function inPlace(tf: TensorFlow, known: Slot[], gradients: Gradients): Named[] {
  const list = Array.isArray(gradients)
    ? (gradients as readonly Named[])
    : Object.entries(gradients as NamedTensorMap).map(([name, tensor]) => ({ name, tensor }));
  const variables = tf.engine().registeredVariables;
  const given = new Map<Slot, Tensor | null>();
  for (const { name, tensor } of list) {
    const variable = variables[name];
    let slot = known.find((one) => one.variable === variable);
    if (!slot) {
      slot = { name, variable };
      known.push(slot);
    }
    given.set(slot, tensor);
  }
  return known.map((slot) => ({ name: slot.name, tensor: given.get(slot) ?? null }));
}
