/** A function of one number. */
export type ScalarFunction = (value: number) => number;

/** A one-dimensional flow x = f(z) in double precision. */
export interface ScalarMap {
  /** x = f(z), strictly monotone on `zRange`. */
  readonly forward: ScalarFunction;
  /** ∂f/∂z; by default a fourth-order central difference of `forward`. */
  readonly derivative?: ScalarFunction;
  /** Pr(z); by default the standard normal density. */
  readonly base?: ScalarFunction;
  /** The part of the z axis that is shown; by default [−3, 3]. */
  readonly zRange?: readonly [number, number];
}
