import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import {
  bitsOf,
  type Density,
  dequantizeOf,
  logitLogDet,
  type Noised,
  STEPS,
  type signatures,
  task,
  unitLogDensity,
} from "./bits.domain.ts";

type Program = Implementation<typeof signatures>;
type Wrong = Misconception<typeof signatures>;

const noise =
  (of: (n: number, u: number, levels: number) => number): Program["addNoise"] =>
  (pixels, u, levels) =>
    pixels.map((n, i) => of(n, u[i] ?? 0, levels));

const bits =
  (of: (...asked: Density) => number): Program["bitsPerNumber"] =>
  (logDensity, y, ...rest) =>
    of(logDensity, [...y], ...rest);

/** Bits from another log-density of the unit cells. */
const from = (unit: (...asked: Density) => number): Program["bitsPerNumber"] =>
  bits((...asked) => -unit(...asked) / (asked[1].length * Math.LN2));

function slip(id: string, explanation: string, lines: string[], is: (line: string) => boolean): Wrong {
  return {
    id,
    explanation,
    implementation: { bitsSteps: () => lines },
    shows: (answers) =>
      answers.some(
        ({ got }) =>
          Array.isArray(got) &&
          got.slice(1).some((line) => typeof line === "string" && is(line.replaceAll(/\s/g, ""))),
      ),
  };
}

const P = "log(p(log(t/(1 - t))))";

export const misconceptions: readonly Wrong[] = [
  {
    id: "noise-as-wide-as-everything",
    explanation:
      "Your noise is as wide as the whole interval. It may only fill the gap up to the next level: add it to the whole number *first*, and divide the sum, $(n + u)/\\text{levels}$.",
    implementation: { addNoise: noise((n, u, levels) => n / levels + u) },
  },
  {
    id: "divided-by-the-largest",
    explanation:
      "You divide by levels − 1. That is right for a picture on the screen, where the largest number is white. Here each level gets a cell of its own, and 256 cells of equal width have the width 1/256; with noise, yours reach beyond 1.",
    implementation: { addNoise: noise((n, u, levels) => (n + u) / (levels - 1)) },
  },
  {
    id: "noise-around-the-number",
    explanation:
      "Your noise lies around the whole number, $n + u - \\tfrac12$. Then black pixels become negative. Here the cell of $n$ reaches from $n$ to $n + 1$.",
    implementation: { addNoise: noise((n, u, levels) => (n + u - 0.5) / levels) },
  },
  {
    id: "no-noise",
    explanation:
      "Your numbers have no noise. Then they lie on a lattice without volume, on which a flow's density can become as large as it likes.",
    implementation: { addNoise: noise((n, _u, levels) => n / levels) },
  },
  {
    id: "not-divided",
    explanation: "Your numbers reach from 0 to the number of levels. Asked for is $y$ from 0 to 1: divide.",
    implementation: { addNoise: noise((n, u) => n + u) },
  },
  {
    id: "levels-with-the-wrong-sign",
    explanation:
      "The number of levels counts with the wrong sign. A cell of $y$ has the width 1/levels, so its probability is the density *divided* by the number of levels, and it takes $\\log_2(\\text{levels})$ bits *more*. Check: a uniform density on $[0, 1)$ is the code that writes each of 256 levels in 8 bits.",
    implementation: {
      bitsPerNumber: from(
        (logDensity, y, levels, scaling, alpha) =>
          logDensity +
          (scaling === 2 ? logitLogDet(y, alpha) : 0) +
          (scaling === 0 ? 0 : y.length * Math.log(levels)),
      ),
    },
  },
  {
    id: "levels-left-out",
    explanation:
      "Your bits are those of a *density* of $y$, which can be negative and tells nothing about pixels. A cell has the width 1/levels: its probability is the density divided by the number of levels.",
    implementation: {
      bitsPerNumber: from(
        (logDensity, y, _levels, scaling, alpha) => logDensity + (scaling === 2 ? logitLogDet(y, alpha) : 0),
      ),
    },
  },
  {
    id: "levels-once",
    explanation:
      "You count the number of levels once for the whole image. Each of its $D$ numbers has a cell of that width, so it is $D \\log(\\text{levels})$ before you divide by $D$.",
    implementation: {
      bitsPerNumber: from(
        (logDensity, y, levels, scaling, alpha) =>
          logDensity + (scaling === 2 ? logitLogDet(y, alpha) : 0) - (scaling === 0 ? 0 : Math.log(levels)),
      ),
    },
  },
  {
    id: "levels-in-every-scaling",
    explanation:
      "You count the number of levels with scaling 0, too. There the density is that of $x = \\text{levels} \\cdot y$, whose cells have the width 1: nothing is to be added.",
    implementation: {
      bitsPerNumber: from(
        (logDensity, y, levels, scaling, alpha) =>
          logDensity + (scaling === 2 ? logitLogDet(y, alpha) : 0) - y.length * Math.log(levels),
      ),
    },
  },
  {
    id: "always-8-bits",
    explanation:
      "You add 8 whatever the number of levels is. It is $\\log_2$ of the levels: 8 for 256, 5 for 32.",
    implementation: {
      bitsPerNumber: bits((logDensity, y, levels, scaling, alpha) =>
        bitsOf(logDensity, y, scaling === 0 ? levels : 256, scaling, alpha),
      ),
    },
  },
  {
    id: "logit-left-out",
    explanation:
      "You take the density of the logit $v$ for that of $y$. The logit stretches, most near 0 and 1, and a density changes with its variable: times $\\frac{1 - 2\\alpha}{t(1 - t)}$ for each number. Without it, one could make the bits as few as one likes by scaling $v$ down.",
    implementation: {
      bitsPerNumber: bits((logDensity, y, levels, scaling, alpha) =>
        bitsOf(logDensity, y, levels, Math.min(1, scaling), alpha),
      ),
    },
  },
  {
    id: "logit-with-the-wrong-sign",
    explanation:
      "The logit's determinant counts with the wrong sign. From $y$ to $v$ the logit *stretches*, $\\frac{dv}{dy} > 1$; the density of $y$ is that of $v$ **times** this slope, as in $Pr(x) = Pr(z)\\,|dz/dx|$.",
    implementation: {
      bitsPerNumber: from(
        (logDensity, y, levels, scaling, alpha) =>
          logDensity -
          (scaling === 2 ? logitLogDet(y, alpha) : 0) -
          (scaling === 0 ? 0 : y.length * Math.log(levels)),
      ),
    },
  },
  {
    id: "slope-of-the-squashing-left-out",
    explanation:
      "The factor $1 - 2\\alpha$ is missing. The logit is taken of $t = \\alpha + (1 - 2\\alpha)y$, and going from $y$ to $t$ shrinks: $\\frac{dv}{dy} = \\frac{1 - 2\\alpha}{t(1 - t)}$.",
    implementation: {
      bitsPerNumber: from((...asked) => {
        const [, y, , scaling, alpha] = asked;
        return unitLogDensity(...asked) - (scaling === 2 ? y.length * Math.log(1 - 2 * alpha) : 0);
      }),
    },
  },
  {
    id: "logit-of-y-itself",
    explanation:
      "Your slope is that of $\\log\\frac{y}{1 - y}$, without $\\alpha$. The logit is taken of $t = \\alpha + (1 - 2\\alpha)y$, so that black and white do not go to infinity: $\\frac{1 - 2\\alpha}{t(1 - t)}$.",
    implementation: {
      bitsPerNumber: bits((logDensity, y, levels, scaling) => bitsOf(logDensity, y, levels, scaling, 0)),
    },
  },
  {
    id: "nats",
    explanation: "Those are nats. A bit is $\\log 2 = 0.693$ nats: divide by $\\log 2$.",
    implementation: { bitsPerNumber: bits((...asked) => Math.LN2 * bitsOf(...asked)) },
  },
  {
    id: "bits-of-the-image",
    explanation: "Those are the bits of the whole image. *Per dimension* means divided by its $D$ numbers.",
    implementation: { bitsPerNumber: bits((...asked) => asked[1].length * bitsOf(...asked)) },
  },
  {
    id: "minus-left-out",
    explanation:
      "Your sign is that of a log-likelihood. Bits are the length of a code, $-\\log_2$ of a probability: likely images are short.",
    implementation: { bitsPerNumber: bits((...asked) => -bitsOf(...asked)) },
  },
  slip(
    "sum-of-reciprocals",
    "A line of yours has $1/t + 1/(1 - t) = 1$ or $2/\\dots$. On a common denominator it is $\\frac{(1 - t) + t}{t(1 - t)} = \\frac{1}{t(1 - t)}$.",
    [STEPS[0], "-log(p(log(t/(1 - t)))*2/(t*(1 - t))*(1 - 2*a)/256)/log(2)", ...STEPS.slice(2)],
    (line) => /\*2\/\(?t\*/.test(line) || /2\/\(t\*\(1-t\)\)/.test(line),
  ),
  slip(
    "signs-not-turned",
    "A line of yours has $-\\log t - \\log(1 - t)$ without a minus in front of the bracket. The density has $-\\log t$, and bits are *minus* its logarithm: $+\\log t$.",
    [...STEPS.slice(0, 3), `8 + (-log(t) - log(1 - t) + log(1 - 2*a) - ${P})/log(2)`, task.last],
    (line) => /^(8|log\(256\)\/log\(2\))\+\(-log\(t\)/.test(line) || /^\(-log\(t\)-log\(1-t\)/.test(line),
  ),
  slip(
    "logarithm-of-a-product",
    "A line of yours multiplies logarithms. The logarithm of a product is the **sum** of the logarithms.",
    [...STEPS.slice(0, 2), `-(${P}*log(1/(t*(1 - t)))*log(1 - 2*a) - log(256))/log(2)`, ...STEPS.slice(3)],
    (line) => /log\([^*/]*\)\*log\(/.test(line) || /\)\)\)\*log\(/.test(line),
  ),
];

const noised =
  (of: (...asked: Noised) => number[]): Program["addNoise"] =>
  (pixels, u, levels) =>
    of([...pixels], [...u], levels);

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "no-steps", implementation: { bitsSteps: () => [task.first, task.last] } },
  { id: "backwards", implementation: { bitsSteps: () => [...STEPS].reverse() } },
  {
    id: "one-noise-for-all",
    implementation: {
      addNoise: noised((pixels, u, levels) => dequantizeOf([pixels, pixels.map(() => u[0]), levels])),
    },
  },
  {
    id: "256-levels-of-noise",
    implementation: { addNoise: noised((pixels, u) => dequantizeOf([pixels, u, 256])) },
  },
];
