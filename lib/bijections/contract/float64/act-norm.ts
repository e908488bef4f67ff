import type { Reference } from "../case.ts";
import type { Weights } from "./weights.ts";

/** ActNorm, at each position: x = exp(s) ⊙ z + b. */
export function exactActNorm(read: Weights): Reference {
  const [scales, shifts] = [read.variable().map(Math.exp), read.variable()];
  // Whether it has been initialized.
  read.state();
  const channelOf = (i: number) => i % shifts.length;
  return {
    forward: (z) => z.map((v, i) => scales[channelOf(i)] * v + shifts[channelOf(i)]),
    inverse: (x) => x.map((v, i) => (v - shifts[channelOf(i)]) / scales[channelOf(i)]),
  };
}
