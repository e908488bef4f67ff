/**
 * A flow that was handed in as a file, as a program that answers questions about it.
 *
 * The file is data: it names layers of the library and gives their weights. No code of the learner's is in it, and none is run. What the
 * flow maps to is answered here; what that is worth, the judge works out itself.
 */

import { decodeFlow, decodeSafetensors, type Flow, tf } from "flowlab";
import { fn, type Implementation, number, parameter, record, tensor, text, vector } from "../kinds.ts";
import { checkArchitecture } from "./architecture.ts";

/** What can be asked of a saved flow: the signatures of an exercise that is answered by one. */
export const flowQuestions = {
  /** The type of the base distribution, the shape of an event, and how many weights there are. */
  describe: fn([], record({ base: text, eventShape: vector, weights: number })),
  /** z = f⁻¹(x) of events, one in each row, and log |det ∂z/∂x| in nats. */
  normalize: fn([parameter("events", tensor(2))], record({ z: tensor(2), logDet: vector })),
};

/**
 * @param name What messages call the file.
 * @throws Error whose message says what is wrong with the file and what to do.
 */
export function readSavedFlow(bytes: Uint8Array, name: string): Implementation<typeof flowQuestions> {
  const { base, bijection } = load(bytes, name);
  const { eventShape } = base;
  const { contextSize = 0 } = bijection;
  if (contextSize > 0)
    throw new Error(
      `${name} is a flow with a context of ${contextSize} numbers, and there is none here: hand in one without`,
    );
  return {
    describe: () => ({
      base: String(base.config?.type),
      eventShape: [...eventShape],
      weights: bijection.variables.reduce((sum, { size }) => sum + size, 0),
    }),
    normalize: (events) =>
      tf.tidy(() => {
        const [count] = events.shape;
        const { value, logDet } = bijection.inverse(tf.reshape(events, [count as number, ...eventShape]));
        const each = [count as number, -1];
        return {
          z: tf.reshape(value, each),
          // A map of single numbers has one for each: they add up.
          logDet: Array.from(tf.sum(tf.reshape(logDet, each), 1).dataSync()),
        };
      }),
  };
}

function load(bytes: Uint8Array, name: string): Flow {
  const about = decode(bytes, name);
  const { flow, format } = about.metadata;
  if (flow === undefined && format !== undefined)
    throw new Error(`${name} holds weights without a flow: save it with saveFlow, not with saveWeights`);
  if (flow !== undefined) explain(name, () => checkArchitecture(flow));
  for (const [place, { values }] of Object.entries(about.tensors)) {
    const bad = (values as Float32Array).find((value) => !Number.isFinite(value));
    if (bad !== undefined)
      throw new Error(
        `${name} cannot be used: a weight is ${bad} (${place.slice(0, 80)}). The training diverged: take a smaller learningRate, or more warmup, and train again`,
      );
  }
  return explain(name, () => decodeFlow(bytes, name));
}

function decode(bytes: Uint8Array, name: string) {
  return explain(name, () => decodeSafetensors(bytes));
}

/** What the library says of a damaged file names it; what it says of a layer does not. */
function explain<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const { message } = error as Error;
    throw new Error(message.includes(name) ? message : `${name} cannot be loaded: ${message}`, {
      cause: error,
    });
  }
}
