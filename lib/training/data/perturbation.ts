import { tf } from "../../engine/tf.ts";
import { ShapeError } from "../../ground/errors.ts";
import { type Random, random } from "../../random/random.ts";
import type { Data } from "./data.ts";

/**
 * What a batch is turned into before its step, with random numbers that are new at each step: [n, ...event] →
 * [n, ...event].
 */
export type Perturb = (events: tf.Tensor, random: Random) => tf.Tensor;

/** What the step of this number, from 1, is to see of a batch. */
export type Perturbation = (batch: Data, step: number) => Data;

/**
 * Applies `perturb` with a stream of its own for each step, which the seed and the step's number determine: a
 * training that goes on from step 100 draws there what it would have drawn.
 *
 * It runs outside of the step, which takes the batch as an input: a graph repeats what it has recorded, and noise
 * drawn inside would be the same at each run.
 */
export function perturbation(perturb: Perturb | undefined, seed: number): Perturbation | undefined {
  if (!perturb) return undefined;
  const streams = random(seed).fork("perturb");
  return (batch, step) =>
    tf.tidy(() => {
      const events = perturb(batch.events, streams.fork(`step ${step}`));
      return { ...batch, events: checkEvents(events, batch.events.shape) };
    });
}

/** @throws TypeError if it is no tensor. @throws ShapeError if it has another shape. */
function checkEvents(events: unknown, shape: readonly number[]): tf.Tensor {
  if (!(events instanceof tf.Tensor)) {
    const found = events instanceof Promise ? "a promise: it must not be async" : String(events);
    throw new TypeError(`fit: expected perturb to return a tensor of shape [${shape}]; got ${found}`);
  }
  if (String(events.shape) === String(shape)) return events;
  throw new ShapeError(
    `fit: expected perturb to return as many events, of the same shape, [${shape}]; got [${events.shape}]`,
  );
}
