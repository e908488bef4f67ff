import type { Check } from "../../exercise.ts";
import { derivationCheck } from "../../oracle/derivation-check.ts";
import { LEAST_LINES, type signatures, slopeOfA, slopeOfB } from "./loss-slopes.derivation.ts";

export const checks: readonly Check<typeof signatures>[] = [
  derivationCheck<typeof signatures>({
    of: "slopeOfA",
    name: "the derivative by a: every line equals the one before",
    points: 2,
    hint: "Do one thing in each line: the derivative of a sum; that of a square, which leaves da( ) around what is squared; the derivative of the exponential.",
    task: slopeOfA,
    leastLines: LEAST_LINES,
  }),
  derivationCheck<typeof signatures>({
    of: "slopeOfB",
    name: "the derivative by b: every line equals the one before",
    points: 2,
    hint: "Do one thing in each line: what does not change with b has the derivative 0; the derivative of a square leaves db( ) around what is squared; then that of the bracket.",
    task: slopeOfB,
    leastLines: LEAST_LINES,
  }),
];
