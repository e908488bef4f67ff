import type { Misconception, Mutant } from "../../exercise.ts";
import { FIRST, LAST, type signatures } from "./log-density.domain.ts";

type Wrong = Misconception<typeof signatures>;

const BEFORE = "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) / exp(s(x1)))";
const SUM = "log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1)))) - log(exp(s(x1)))";

/** Recognised by a line between the ends, in whatever spacing. */
function slip(id: string, explanation: string, lines: string[], line: RegExp): Wrong {
  return {
    id,
    explanation,
    implementation: { logDensitySteps: () => lines },
    shows: (answers) =>
      answers.some(({ got = [] }) => got.slice(1).some((text) => line.test(text.replaceAll(/\s/g, "")))),
  };
}

export const misconceptions: readonly Wrong[] = [
  slip(
    "plus-s",
    "A line of yours ends with $+s$. That is the log-determinant from $z$ to $x$. The density is *divided* by that determinant, so its logarithm is taken away: where the coupling stretches, density falls.",
    [FIRST, BEFORE, "log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1)))) + s(x1)", LAST],
    /\)\+(s\(x1\)|log\(exp\(s\(x1\)\)\))$/,
  ),
  slip(
    "multiplied-on-the-way-back",
    "A line of yours multiplies $x_2 - t$ by $e^{+s}$. Dividing by $e^{s}$ is multiplying by $e^{-s}$.",
    [FIRST, BEFORE, SUM, "log(p(x1)) + log(p((x2 - t(x1)) * exp(s(x1)))) - s(x1)", LAST],
    /\)\*exp\(s\(x1\)\)/,
  ),
  slip(
    "logarithm-of-a-product",
    "A line of yours multiplies two logarithms. The logarithm of a product is the **sum** of the logarithms.",
    [FIRST, BEFORE, "log(p(x1)) * log(p((x2 - t(x1)) / exp(s(x1)))) - s(x1)", LAST],
    /\)\*log\(/,
  ),
  slip(
    "the-block-counts",
    "You keep $g$ in the determinant. It is $1 \\cdot e^{s} - 0 \\cdot g$: the block at the lower left meets the 0 at the upper right, so it plays no part.",
    [FIRST, "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) / abs(exp(s(x1)) - g))", BEFORE, SUM, LAST],
    /exp\(s\(x1\)\)[-+]g/,
  ),
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "no-steps", implementation: { logDensitySteps: () => [FIRST, LAST] } },
  { id: "one-line", implementation: { logDensitySteps: () => [LAST] } },
  { id: "backwards", implementation: { logDensitySteps: () => [LAST, SUM, BEFORE, FIRST] } },
  {
    id: "shift-lost",
    implementation: {
      logDensitySteps: () => [FIRST, BEFORE, "log(p(x1)) + log(p(x2 / exp(s(x1)))) - s(x1)", LAST],
    },
  },
];
