import type { Misconception, Mutant } from "../../exercise.ts";
import { STEPS_OF_A, STEPS_OF_B, type signatures, slopeOfA, slopeOfB } from "./loss-slopes.derivation.ts";

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "jumps-to-the-end",
    explanation:
      "Between first and last line nothing has been shown: that both are equal is what is asked. Take the derivative of the sum apart, then that of the square.",
    implementation: {
      slopeOfA: () => [slopeOfA.first, slopeOfA.last],
      slopeOfB: () => [slopeOfB.first, slopeOfB.last],
    },
    variants: [
      { slopeOfA: () => [slopeOfA.first, slopeOfA.last] },
      { slopeOfB: () => [slopeOfB.first, slopeOfB.last] },
    ],
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "half-kept-in-a-line",
    implementation: {
      slopeOfA: () => [slopeOfA.first, STEPS_OF_A[1], "1 - ((x - b)*exp(-a))^2/2", slopeOfA.last],
    },
  },
  {
    id: "inner-derivative-missing-in-a-line",
    implementation: {
      slopeOfB: () => [slopeOfB.first, "(x - b)*exp(-a)", STEPS_OF_B[2], slopeOfB.last],
    },
  },
  {
    id: "one-line-between",
    implementation: { slopeOfB: () => [slopeOfB.first, STEPS_OF_B[2], slopeOfB.last] },
  },
];
