import type { Bijection, Mapped } from "../../bijections/bijection.ts";
import { contextFor } from "../../bijections/building/context.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { type Flow, trainingLogProb } from "../../flows/flow.ts";
import { columnNames } from "../../ground/arguments/column-names.ts";
import { DomainError } from "../../ground/errors.ts";
import { findNotFinite } from "../../ground/functions/column-statistics.ts";
import { SingularMatrixError } from "../../linear-algebra/singular-matrix.ts";
import type { Data } from "../data/data.ts";
import { innermostOf, layersOf } from "./layers.ts";

/**
 * The loss of a training, or its gradient, became infinite or not a number, or a step could not be computed because a
 * matrix had become singular. The flow has the parameters of the lowest held-out loss; without held-out events, those
 * of the last step whose loss was finite.
 */
export class NonFiniteLossError extends Error {
  override readonly name = "NonFiniteLossError";
  /** Number of the step, from 1. */
  readonly step: number;

  /**
   * @param step Number of the step, from 1.
   * @param happened What happened at it: "the loss was NaN".
   * @param where Where it came from, as {@link findFault} describes it.
   * @param options.remedy What to try first, if something is known.
   */
  constructor(
    step: number,
    happened: string,
    where: string,
    { remedy, ...options }: ErrorOptions & { readonly remedy?: string | undefined } = {},
  ) {
    super(
      `${happened} at step ${step}: ${where}; ${remedy ? `${remedy}; or ` : ""}` +
        "look for such numbers in the data, or train with a smaller learningRate",
      options,
    );
    this.step = step;
  }
}

/** The error for a step whose loss, or else its gradient, is not finite: names the layer. */
export function lossError(flow: Flow, { events, context }: Data, step: number, loss: number): Error {
  const where = Number.isFinite(loss)
    ? findGradientFault(flow, events, context)
    : (findFault(flow, events, context) ?? "the log-densities are too large to be added up");
  return new NonFiniteLossError(step, `the loss was ${loss}`, where, {
    remedy: findScale(flow, events, context),
  });
}

/**
 * The error to throw for one that a step has thrown, or the initialization before the first.
 *
 * An error that is about numbers says neither step nor layer, and another one may come from numbers that are not
 * finite by then. Where this is not so, as with a missing context, it is thrown as it is.
 */
export function stepError(flow: Flow, { events, context }: Data, step: number, error: unknown): unknown {
  const numeric = error instanceof SingularMatrixError || error instanceof DomainError;
  const perhaps = error instanceof RangeError || (error instanceof Error && error.constructor === Error);
  const fault = perhaps ? tidy(() => faultOfLayers(flow, events, context).fault) : undefined;
  if (!perhaps || !fault) return error;
  const known = fault.includes(error.message);
  // The same error once more, by the layer alone, says nothing of numbers.
  if (known && !numeric) return error;
  const why = numeric && !known ? ` (${error.message})` : "";
  const remedy = findScale(flow, events, context);
  return new NonFiniteLossError(step, "the loss could not be computed", fault + why, {
    cause: error,
    remedy,
  });
}

/**
 * Says in words where the first number that is not finite appears when these data are normalized: in the data, in a
 * layer's parameters, in what a layer makes of finite input, or in the base's log-density; or which layer is not
 * defined at the numbers that it gets.
 */
export function findFault(flow: Flow, events: tf.Tensor, context?: tf.Tensor): string | undefined {
  return tidy(() => {
    const { fault, value } = faultOfLayers(flow, events, context);
    if (fault || allFinite(flow.base.logProb(value))) return fault;
    return "the base has no finite log-density at the normalized data, which are outside of its support or too far out";
  });
}

/** Numbers of a larger size than this are far from what networks and bases are made for. */
const LARGE = 100;

/**
 * Says in words that the data are too large, if they are where the first layer that learns gets them, and what to do. A
 * layer that measures them itself, such as actNorm, is made for any size.
 */
export function findScale(flow: Flow, events: tf.Tensor, context?: tf.Tensor): string | undefined {
  return tidy(() => {
    let value = events;
    for (const { layer, title } of layersOf(flow.bijection).reverse()) {
      if (layer.initialize || layer.trainingInverse) return undefined;
      if (layer.variables.length > 0) break;
      const image = imageOf(layer, title, value, context);
      if (typeof image === "string") break;
      value = image.value;
    }
    const largest = tf.max(tf.abs(value)).dataSync()[0];
    if (!(largest > LARGE && largest < Infinity)) return undefined;
    const size = Number(largest.toPrecision(3));
    return `the data reach as far as ±${size}: bring them to a size of about 1, by standardize(data) at the end of the chain`;
  });
}

/** What data become on the way to the base, up to a fault. */
interface Followed {
  readonly value: tf.Tensor;
  readonly fault?: string;
}

function faultOfLayers(flow: Flow, events: tf.Tensor, context?: tf.Tensor): Followed {
  for (const [what, tensor] of [
    ["data contain", events],
    ["context contains", context],
  ] as const) {
    if (!tensor || allFinite(tensor)) continue;
    const [count, ...shape] = tensor.shape;
    const found = findNotFinite(tensor.dataSync(), tensor.size / count, columnNames(shape));
    return { value: events, fault: `the ${what} a number that is not finite, ${found}, of the step's batch` };
  }
  return follow(flow.bijection, events, context);
}

/** Normalizes, through the layers from the last to the first. */
function follow(bijection: Bijection, input: tf.Tensor, context?: tf.Tensor, around = ""): Followed {
  let value = input;
  for (const { layer, title } of layersOf(bijection, around).reverse()) {
    const { inside } = layer;
    const deep = inside && follow(inside.bijection, inside.part(value), context, ` in ${title}`).fault;
    const image = deep ?? imageOf(layer, title, value, context);
    if (typeof image === "string") return { fault: image, value };
    value = image.value;
  }
  return { value };
}

function imageOf(layer: Bijection, title: string, value: tf.Tensor, context?: tf.Tensor): Mapped | string {
  if (!layer.variables.every(allFinite)) return `a parameter of ${title} is not finite`;
  const own = contextFor(layer, context);
  const image = attempt(() => layer.trainingInverse?.(value, own) ?? layer.inverse(value, own));
  if (image instanceof Error) return `the inverse of ${title} is not defined there: ${image.message}`;
  if (!allFinite(image.value)) return `the inverse of ${title} turns finite input into a value that is not`;
  if (!allFinite(image.logDet)) return `the log-determinant of ${title} is not finite`;
  return image;
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
  return tidy(() => {
    const { grads } = tf.variableGrads(
      () => tf.neg(tf.mean(trainingLogProb(flow, events, context).logProb)) as tf.Scalar,
      flow.variables as tf.Variable[],
    );
    const isBroken = (variable: tf.Variable) => grads[variable.name] && !allFinite(grads[variable.name]);
    const found = innermostOf(flow.bijection).find(({ layer }) => layer.variables.some(isBroken));
    return `the gradient in the parameters of ${found?.title ?? "the flow"} is not finite`;
  });
}

function allFinite(tensor: tf.Tensor): boolean {
  return tidy(() => tf.all(tf.isFinite(tensor)).dataSync()[0] === 1);
}
