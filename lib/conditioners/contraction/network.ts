import { tf } from "../../engine/tf.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";
import type { Config } from "../../ground/config.ts";
import { nameVariables } from "../../ground/variable-names.ts";
import type { Contraction, Linearized, Scaled } from "./contraction.ts";
import type { LinearMap } from "./linear-map.ts";
import { normAlong, powerIteration, startDirection } from "./power-iteration.ts";
import { type SmoothActivationName, smoothActivation } from "./smooth-activation.ts";

/** What every contraction is told beside the sizes of its layers. */
export interface ContractionOptions {
  /** L, between 0 and 1; 0.9 if left out. Each of K layers is scaled down to L^(1/K), if it is above. */
  readonly lipschitz?: number;
  /** "lipSwish" if left out. */
  readonly activation?: SmoothActivationName;
  /** Steps of each layer's power iteration in a step of training; 1 if left out. */
  readonly powerIterations?: number;
  /** Determines the initial weights; 0 if left out. */
  readonly seed?: number;
}

/** The options with their defaults, in the order in which a config keeps them. */
export function completeContraction(options: ContractionOptions): Required<ContractionOptions> {
  return {
    lipschitz: options.lipschitz ?? 0.9,
    activation: options.activation ?? "lipSwish",
    powerIterations: options.powerIterations ?? 1,
    seed: options.seed ?? 0,
  };
}

/** @throws RangeError if an option makes no sense. */
export function checkContraction(
  who: string,
  { lipschitz, powerIterations }: Required<ContractionOptions>,
): void {
  if (!(lipschitz > 0 && lipschitz < 1)) {
    throw new RangeError(
      `${who}: expected 0 < lipschitz < 1, so that y = z + f(z) can be undone; got ${describe(lipschitz)}`,
    );
  }
  if (Number.isInteger(powerIterations) && powerIterations >= 1) return;
  throw new RangeError(
    `${who}: expected powerIterations ≥ 1, a whole number; got ${describe(powerIterations)}`,
  );
}

/** Linear maps with a nonlinearity between them, each scaled to L^(1/K). */
export function contractiveNetwork(
  config: Config & Required<ContractionOptions>,
  maps: readonly LinearMap[],
): Contraction {
  const { lipschitz, powerIterations, seed, type } = config;
  const { start, value, slope } = smoothActivation(config.activation);
  const [first] = maps;
  const last = maps.length - 1;
  const most = lipschitz ** (1 / maps.length);
  const directions = maps.map((map, k) => startDirection(map, `${type} ${seed} direction ${k}`));
  const sharpness = maps.map((_, k) =>
    start === undefined || k === last ? undefined : tf.tidy(() => tf.variable(tf.scalar(start))),
  );
  /** Of layer k: scaled weights, biases, and what its nonlinearity has of its own. */
  const numbersOf = (numbers: readonly tf.Tensor[], k: number) => numbers.slice(3 * k, 3 * k + 3);
  const linearize = (numbers: readonly tf.Tensor[], z: tf.Tensor): Linearized => {
    const before: tf.Tensor[] = [];
    let h = z;
    for (const [k, map] of maps.entries()) {
      const [weights, biases, own] = numbersOf(numbers, k);
      const sum = tf.add(map.multiply(weights, h), biases);
      before.push(sum);
      h = k === last ? sum : value(sum, own);
    }
    const slopes: tf.Tensor[] = [];
    const slopeAt = (k: number) => {
      slopes[k] ??= slope(before[k], numbersOf(numbers, k)[2]);
      return slopes[k];
    };
    return {
      value: h,
      push: (vectors) =>
        maps.reduce((v, map, k) => {
          const next = map.multiply(numbersOf(numbers, k)[0], v);
          return k === last ? next : tf.mul(next, slopeAt(k));
        }, vectors),
      pull: (vectors) =>
        maps.reduceRight(
          (u, map, k) => map.transpose(numbersOf(numbers, k)[0], k === last ? u : tf.mul(u, slopeAt(k))),
          vectors,
        ),
    };
  };
  return {
    event: first.event,
    variables: maps.flatMap(({ weights, biases }, k) => {
      const own = sharpness[k];
      return nameVariables({ weights, biases, ...(own && { sharpness: own }) });
    }),
    state: maps.flatMap((_, k) => nameVariables({ direction: directions[k] })),
    config,
    scale: (advance): Scaled => {
      const layers = maps.map((map, k) => {
        const { weights, biases } = map;
        const v = advance ? powerIteration(map, weights, directions[k], powerIterations) : directions[k];
        const excess = tf.maximum(1, tf.div(normAlong(map, weights, v), most));
        return { numbers: [tf.div(weights, excess), biases, sharpness[k] ?? biases], v };
      });
      return { numbers: layers.flatMap(({ numbers }) => numbers), state: layers.map(({ v }) => v) };
    },
    linearize,
    bound: (numbers) =>
      tf.tidy(() =>
        maps.reduce(
          (product: tf.Tensor, map, k) => tf.mul(product, map.bound(numbersOf(numbers, k)[0])),
          tf.scalar(1),
        ),
      ),
  };
}
