import type { Bijection, Mapped } from "../bijections/bijection.ts";
import { tf } from "../engine/tf.ts";
import { type Flow, trainingLogProb } from "../flow.ts";

/** The loss of a training, or its gradient, became infinite or not a number; the flow's variables are as they were at that step. */
export class NonFiniteLossError extends Error {
  override readonly name = "NonFiniteLossError";
  readonly step: number;

  /**
   * @param loss The value.
   * @param step Number of the step, from 1.
   * @param cause Where it came from, as {@link findFault} describes it.
   */
  constructor(loss: number, step: number, cause: string) {
    super(
      `the loss was ${loss} at step ${step}: ${cause}; ` +
        "look for such numbers in the data, or train with a smaller learningRate",
    );
    this.step = step;
  }
}

/**
 * Says in words where the first number that is not finite appears when these data are normalized: in the data, in a
 * layer's parameters, in what a layer makes of finite input, or in the base's log-density; or which layer is not
 * defined at the numbers that it gets.
 */
export function findFault(flow: Flow, events: tf.Tensor, context?: tf.Tensor): string {
  return tf.tidy(() => {
    if (!allFinite(events)) return "the data contain a number that is not finite";
    if (context && !allFinite(context)) return "the context contains a number that is not finite";
    let value = events;
    // Normalizing runs through the layers from the last to the first.
    for (const { layer, title } of layers(flow.bijection).reverse()) {
      if (!layer.variables.every(allFinite)) return `a parameter of ${title} is not finite`;
      const image = attempt(() => layer.trainingInverse?.(value, context) ?? layer.inverse(value, context));
      if (image instanceof Error) return `the inverse of ${title} is not defined there: ${image.message}`;
      if (!allFinite(image.value))
        return `the inverse of ${title} turns finite input into a value that is not`;
      if (!allFinite(image.logDet)) return `the log-determinant of ${title} is not finite`;
      value = image.value;
    }
    return "the base has no finite log-density at the normalized data, which are outside of its support";
  }) as unknown as string;
}

/** A graph cannot stop with an error; the layer by itself can. */
function attempt(inverse: () => Mapped): Mapped | Error {
  try {
    return inverse();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Says in words which layer's parameters have a gradient that is not finite, where the loss is. */
export function findGradientFault(flow: Flow, events: tf.Tensor, context?: tf.Tensor): string {
  return tf.tidy(() => {
    const { grads } = tf.variableGrads(
      () => tf.neg(tf.mean(trainingLogProb(flow, events, context).logProb)) as tf.Scalar,
      flow.variables as tf.Variable[],
    );
    const broken = (variable: tf.Variable) => grads[variable.name] && !allFinite(grads[variable.name]);
    const found = layers(flow.bijection).find(({ layer }) => layer.variables.some(broken));
    return `the gradient in the parameters of ${found?.title ?? "the flow"} is not finite`;
  }) as unknown as string;
}

/** The innermost parts, in the order of `forward`, with a title each. */
function layers(bijection: Bijection): { layer: Bijection; title: string }[] {
  const leaves = (one: Bijection): Bijection[] => (one.parts ? one.parts.flatMap(leaves) : [one]);
  return leaves(bijection).map((layer, i, { length }) => {
    return { layer, title: `layer ${i + 1} of ${length} (${layer.name ?? "unnamed"})` };
  });
}

function allFinite(tensor: tf.Tensor): boolean {
  return tf.tidy(() => tf.all(tf.isFinite(tensor)).dataSync()[0] === 1) as unknown as boolean;
}
