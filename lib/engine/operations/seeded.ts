import type { TensorFlow } from "../../ground/tensorflow.ts";
import type { Operation, Operations } from "./operation.ts";

/** Where the seed stands among the arguments. */
const PLACES = { randomNormal: 4, randomStandardNormal: 2, truncatedNormal: 4, randomGamma: 4 } as const;

/**
 * Random numbers with the seed 0, which the library takes for no seed at all.
 *
 * The text "0" is a seed to it, and gives the generator what the number would have given. `multinomial` wants
 * a number other than 0: it gets one that nobody chooses.
 */
export function seededOperations(tf: TensorFlow): Operations {
  const generators = Object.entries(PLACES).map(([name, place]) => {
    const operation = tf[name as keyof typeof PLACES] as Operation;
    const own = (...values: unknown[]) =>
      operation(...values.map((value, i) => (i === place && value === 0 ? "0" : value)));
    return [name, own] as const;
  });
  const { multinomial } = tf;
  const { prototype } = tf.data.Dataset as unknown as { prototype: { shuffle: Operation } };
  const { shuffle } = prototype;
  prototype.shuffle = function (size, seed, ...rest) {
    return shuffle.call(this, size, seed === 0 ? "0" : seed, ...rest);
  };
  return {
    ...Object.fromEntries(generators),
    multinomial: (logits: never, count: number, seed?: number, normalized?: boolean) =>
      multinomial(logits, count, seed === 0 ? 2 ** 31 - 1 : seed, normalized),
    initializers: initializers(tf),
  };
}

/** Of the layers: those whose seed goes to the generators above. */
function initializers(tf: TensorFlow): Record<string, Operation> {
  const own = Object.entries(tf.initializers).map(([name, make]) => {
    const withSeed: Operation = (options, ...rest) =>
      (make as Operation)(options?.seed === 0 ? { ...options, seed: "0" } : options, ...rest);
    return [name, withSeed] as const;
  });
  return Object.fromEntries(own);
}
