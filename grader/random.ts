/** The random numbers of checks: flowlab's counter-based generator, one number at a time. */

import { random as stream } from "flowlab";

export interface Random {
  /** Uniform on [low, high). */
  uniform(low: number, high: number): number;
  normal(): number;
  /** A whole number from 0 to below − 1. */
  integer(below: number): number;
  /** A stream of its own: what one check draws does not move another's numbers. */
  fork(name: string): Random;
  /**
   * What `draw` makes of the next numbers. Where the same run is repeated many times (domain/same-numbers.ts) it is there, and kept
   * by `what` it is drawn for: `draw` must depend on nothing else.
   */
  again?<A>(what: object, draw: (random: Random) => A): A;
}

export function random(seed: string): Random {
  return scalar(stream(seed));
}

function scalar(numbers: ReturnType<typeof stream>): Random {
  return {
    uniform: (low, high) => numbers.uniform(1, low, high)[0],
    normal: () => numbers.normal(1)[0],
    integer: (below) => numbers.integers(1, 0, below)[0],
    fork: (name) => scalar(numbers.fork(name)),
  };
}

export const normals = (random: Random, n: number, scale = 1): number[] =>
  Array.from({ length: n }, () => scale * random.normal());
