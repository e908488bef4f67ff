import type { Check } from "../../exercise.ts";
import { derivationCheck } from "../../oracle/derivation-check.ts";
import { type signatures, task } from "./log-density.domain.ts";

export const checks: readonly Check<typeof signatures>[] = [
  derivationCheck({
    of: "logDensitySteps",
    name: "every line equals the one before, from the change of variables to the sum",
    points: 3,
    hint: "Do one thing in each line: the product with 0, the bars around a positive number, the logarithm of a product and of a quotient, the logarithm of an exponential, and a division written as a multiplication.",
    task,
  }),
];
