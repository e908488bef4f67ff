import { tf } from "../../engine/tf.ts";
import { random } from "../../random/random.ts";
import type { Bijection } from "../bijection.ts";

/**
 * What the contract test needs to know about a bijection.
 *
 * To put a bijection under the contract, add a {@link BijectionCase} to the `*.cases.ts` file of its family (or a new
 * file, which then gets its line in `families.ts`):
 *
 *     "my map": {
 *       create: () => scatter(myMap({ dimensions: 3 })),
 *       reference: ([scale]) => ({ forward: (z) => …, inverse: (x) => … }),
 *       event: [3],
 *       z: points(3),
 *       extremeZ: FAR,
 *       extremeX: FAR,
 *     }
 *
 * Every case is tested on every backend: accuracy.ts (values, log-determinants, round trips, stretching, zero patterns),
 * gradients.ts, edges.ts (bins), shapes.ts (batches, types, leaks, context), robustness.ts (extreme and singular inputs) and
 * config.ts (made again from its config). That a compiled one gives the same bits is tested in lib/engine/compile.
 *
 * What is right is said by the `reference`: the same map once more, written down in double precision in plain
 * TypeScript. float64/ holds the parts to put one together from. They share no code with what they judge, except for
 * lib/linear-algebra/lu.ts, which has tests of its own.
 */
export interface BijectionCase {
  /** A fresh bijection with parameters far from the identity: see {@link scatter}. */
  create(): Bijection;
  /** Shape of a base point; [] if left out: an elementwise map. */
  readonly event?: readonly number[];
  /** Flattened base points away from kinks. */
  readonly z: readonly (readonly number[])[];
  /** Numbers that the round trips draw from; [−3, 3] on both sides if left out. */
  readonly domain?: Partial<Record<"z" | "x", readonly [number, number]>>;
  /** How many numbers a context has, if the bijection takes one. */
  readonly context?: number;
  /** Zeros that the form promises in the Jacobian of `forward`; `inverse` must have them too. */
  readonly jacobian?: "diagonal" | "lower triangular" | "upper triangular" | Pattern;
  /** Numbers at the ends of the domains, at kinks and bin edges, or ±1e4; each fills an event of its own. */
  readonly extremeZ: readonly number[];
  readonly extremeX: readonly number[];
  /** Extreme inputs need not come back, because the map is flat there in float32. */
  readonly saturates?: boolean;
  /** The same map, written down a second time in double precision, for given parameters, one context, and state. */
  reference(parameters: number[][], context: number[], state: number[][]): Reference;
  /** Where the map changes its formula, between the ends of its domains: tried float by float. */
  edges?(parameters: number[][]): Record<"z" | "x", number[]>;
  /**
   * Whole events at which a formula may divide by 0 or have no slope. The contract tries 0 and every event among the variables by itself
   * (singular.ts).
   */
  singular?(parameters: number[][]): Partial<Record<"z" | "x", number[][]>>;
  /** Errors of what is solved for go on into the rest, nobody knows how far. */
  readonly unboundedError?: boolean;
  /** Largest residual of what is solved for, in whole events; 1e-10 if left out: of what is solved in double precision. */
  readonly residual?: number;
  /** Largest bound of its error, likewise. */
  readonly errorBound?: number;
  /** It is made of something that no factory of ours has made, and cannot be made again from a config. */
  readonly withoutConfig?: boolean;
  /** Largest error, absolute or relative to numbers above 1; 5e-6 if left out. Say why where it is larger. */
  readonly tolerance?: number;
}

/** A map of one event and its inverse in double precision, events being flattened. */
export interface Reference {
  forward(z: number[]): number[];
  inverse(x: number[]): number[];
  /**
   * Of a map whose logDet is an estimate: the same estimate, with the same random numbers, which are fixed. The contract holds the map to
   * this, and not to the Jacobian's determinant, from which it is known to be off; how far, tests of the estimator say.
   */
  readonly estimate?: Readonly<Record<Direction, (input: number[]) => number>>;
}

/** Whether entry ∂output_i/∂input_j of a flattened event may differ from 0. */
export type Pattern = (i: number, j: number) => boolean;

export const DIRECTIONS = ["forward", "inverse"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Extreme inputs for a map of the whole real line. */
export const FAR: readonly number[] = [-1e4, 0, 1e4];
/** Extreme angles: whole turns of them are taken off. */
export const ANGLES: readonly number[] = [-1e4, -Math.fround(Math.PI), 0, Math.fround(Math.PI), 1e4];
/** Points for an elementwise map, away from 0, where many have a kink. */
export const LINE: readonly number[][] = [-2.3, -1.1, -0.4, 0.3, 0.9, 2.1].map((v) => [v]);

/** Five normal events of so many numbers. */
export function points(size: number, seed = 5): number[][] {
  const noise = random(seed).fork("points");
  return Array.from({ length: 5 }, () => noise.normal(size).map(Math.fround));
}

/** The bijection with noise added to all of its variables: at the identity, most mistakes are invisible. */
export function scatter(bijection: Bijection, deviation = 0.5, seed = 21): Bijection {
  const noise = random(seed);
  for (const variable of bijection.variables) {
    tf.tidy(() => variable.assign(tf.add(variable, noise.normalTensor(variable.shape, 0, deviation))));
  }
  return bijection;
}
