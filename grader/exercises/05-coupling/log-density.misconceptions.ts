import type { Misconception, Mutant } from "../../exercise.ts";
import { FIRST, LAST, type signatures } from "./log-density.domain.ts";

type Wrong = Misconception<typeof signatures>;

const BEFORE = "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) / exp(s(x1)))";
const SUM = "log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1)))) - log(exp(s(x1)))";

/** What a line says of x2 within p, and all around it; without spaces and factors 1. */
interface Line {
  readonly inside: string;
  readonly around: string;
}

/** Recognised by a line between the ends, in whatever spacing. */
function slip(id: string, explanation: string, lines: string[], is: (line: Line) => boolean): Wrong {
  return {
    id,
    explanation,
    implementation: { logDensitySteps: () => lines },
    shows: (answers) => answers.some(({ got = [] }) => got.slice(1).some((text) => is(readLine(text)))),
  };
}

/** What stands in the brackets of the first p( with x2 in them is taken out: what multiplies x2 - t there is not what multiplies the density. */
function readLine(text: string): Line {
  const line = text.replaceAll(/\s/g, "").replaceAll(/(?<![\w.)])1\*/g, "");
  for (const { index } of line.matchAll(/\bp\(/g)) {
    const from = index + 2;
    const to = closing(line, from);
    const inside = line.slice(from, to);
    if (inside.includes("x2")) return { inside, around: `${line.slice(0, from)}Z${line.slice(to)}` };
  }
  return { inside: "", around: line };
}

/** Where the bracket ends that is open at this place. */
function closing(line: string, from: number): number {
  for (let at = from, depth = 1; at < line.length; at++) {
    if (line[at] === "(") depth++;
    if (line[at] === ")" && --depth === 0) return at;
  }
  return line.length;
}

/** e^s, bare or in brackets or bars, as a factor: before or after another, or as a division by e^-s. */
const TIMES_EXP_S =
  /\*(abs)?\(*exp\(s\(x1\)\)|(?<![\w/])(?<!\/(abs)?\(+)exp\(s\(x1\)\)\)*\*|\/(abs)?\(*exp\(-s\(x1\)\)/;
/** s as a term. */
const PLUS_S = /\+(log\((abs)?\(*exp\()?s\(x1\)|(?<=^|log\()s\(x1\)\+|^log\((abs\()?exp\(s\(x1\)\)\)+\+/;

export const misconceptions: readonly Wrong[] = [
  slip(
    "plus-s",
    "A line of yours has the density *multiplied* by the determinant: by $e^{s}$, which is $+s$ in the logarithm. That is the log-determinant from $z$ to $x$. The density is *divided* by that determinant, so its logarithm is taken away: where the coupling stretches, density falls.",
    [FIRST, BEFORE, "log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1)))) + s(x1)", LAST],
    ({ around }) => PLUS_S.test(around) || TIMES_EXP_S.test(around),
  ),
  slip(
    "multiplied-on-the-way-back",
    "A line of yours multiplies $x_2 - t$ by $e^{+s}$. Dividing by $e^{s}$ is multiplying by $e^{-s}$.",
    [FIRST, BEFORE, SUM, "log(p(x1)) + log(p((x2 - t(x1)) * exp(s(x1)))) - s(x1)", LAST],
    ({ inside }) => TIMES_EXP_S.test(inside),
  ),
  slip(
    "logarithm-of-a-product",
    "A line of yours multiplies two logarithms. The logarithm of a product is the **sum** of the logarithms.",
    [FIRST, BEFORE, "log(p(x1)) * log(p((x2 - t(x1)) / exp(s(x1)))) - s(x1)", LAST],
    ({ around }) => /log\(p\((x1|Z)\)\)\*log\(p\(/.test(around),
  ),
  slip(
    "the-block-counts",
    "You keep $g$ in the determinant. It is $1 \\cdot e^{s} - 0 \\cdot g$: the block at the lower left meets the 0 at the upper right, so it plays no part.",
    [FIRST, "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) / abs(exp(s(x1)) - g))", BEFORE, SUM, LAST],
    ({ around }) => /exp\(s\(x1\)\)\)*[-+]g(?!\*0)/.test(around),
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
