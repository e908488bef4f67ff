import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import {
  conditionerOf,
  generateOf,
  iafLogDensity,
  logNormal,
  mafLogDensity,
  type Parts,
  pushOf,
  RIGHT,
  recoverOf,
  type Steering,
  steer,
  sumOfAlphas,
} from "./autoregression.affine.ts";
import { type Drawn, sampleOf, type signatures } from "./iaf.domain.ts";

type Program = Implementation<typeof signatures>;
type Wrong = Misconception<typeof signatures>;

const sampleBy =
  (of: (parts: Parts, z: readonly number[]) => Drawn): Program["iafSample"] =>
  (A, a, M, m, z) =>
    of([A, a, M, m], z);
const densityBy =
  (of: (parts: Parts, x: readonly number[]) => number): Program["iafLogDensity"] =>
  (A, a, M, m, x) =>
    of([A, a, M, m], x);

/** Another steering in both, and in each alone. */
function steerBy(id: string, explanation: string, change: Partial<Steering>): Wrong {
  const steering = { ...RIGHT, ...change };
  const iafSample = sampleBy((parts, z) => ({
    x: pushOf(parts, z, steering),
    logDensity: iafLogDensity(parts, z, steering),
  }));
  const iafLogDensityWrongly = densityBy((parts, x) =>
    iafLogDensity(parts, recoverOf(parts, x, steering), steering),
  );
  return {
    id,
    explanation,
    implementation: { iafSample, iafLogDensity: iafLogDensityWrongly },
    variants: [{ iafSample }, { iafLogDensity: iafLogDensityWrongly }],
  };
}

/** Another log-density of what is drawn, in both, and in each alone. */
function scoreBy(
  id: string,
  explanation: string,
  score: (parts: Parts, z: readonly number[]) => number,
): Wrong {
  const iafSample = sampleBy((parts, z) => ({ x: pushOf(parts, z), logDensity: score(parts, z) }));
  const wrongly = densityBy((parts, x) => score(parts, recoverOf(parts, x)));
  return {
    id,
    explanation,
    implementation: { iafSample, iafLogDensity: wrongly },
    variants: [{ iafSample }, { iafLogDensity: wrongly }],
  };
}

/** Another step from z to x; the density follows the right one. */
const stepBy = (
  id: string,
  explanation: string,
  step: (v: number, alpha: number, mu: number) => number,
): Wrong => ({
  id,
  explanation,
  implementation: {
    iafSample: sampleBy((parts, z) => {
      const { alpha, mu } = conditionerOf(parts, z);
      return { x: z.map((v, i) => step(v, alpha[i], mu[i])), logDensity: iafLogDensity(parts, z) };
    }),
  },
});

export const misconceptions: readonly Wrong[] = [
  {
    id: "x-steers",
    explanation:
      "Your numbers are steered by the $x$ that are made already. That is the *masked* autoregressive flow of the exercise before: it has to wait for each number. Here $z$ steers, and all of $z$ is known when a sample is drawn.",
    implementation: {
      iafSample: sampleBy((parts, z) => {
        const x = generateOf(parts, z);
        return { x, logDensity: mafLogDensity(parts, x) };
      }),
    },
  },
  {
    id: "x-steers-on-the-way-back",
    explanation:
      "Going back from $x$ you take scales and shifts from $x$, in one pass. The flow that made $x$ took them from $z$. So $z_1$ has to be found first, then $z_2$ from it, and so on: for points of others this flow is the slow one.",
    implementation: { iafLogDensity: densityBy((parts, x) => mafLogDensity(parts, x)) },
  },
  steerBy(
    "no-mask",
    "You multiply whole rows of $A$ and $M$. Only what stands *left of the diagonal* may count: number $i$ looks at $z_1, \\dots, z_{i-1}$.",
    { sees: () => true },
  ),
  steerBy(
    "own-number-steers",
    "Your number $i$ is steered by itself, too: `j <= i`. Then its slope is not $e^{\\alpha_i}$ any more. It has to be `j < i`.",
    { sees: (i, j) => j <= i },
  ),
  steerBy(
    "later-numbers-steer",
    "You look at the numbers *after* $i$; asked for is $z_1, \\dots, z_{i-1}$.",
    { sees: (i, j) => j > i },
  ),
  steerBy("no-tanh", "Your log-scale is without the tanh around it.", { squash: (u) => u }),
  steerBy(
    "no-bias",
    "Your log-scales and shifts are without $a$ and $m$: nothing is added to the products.",
    { biases: false },
  ),
  scoreBy(
    "plus-alpha",
    "You *add* $\\sum_i \\alpha_i$. That is the log-determinant from $z$ to $x$. Where the map stretches, density falls: it has to be taken away.",
    (parts, z) => logNormal(z) + sumOfAlphas(parts, z),
  ),
  scoreBy(
    "no-determinant",
    "That is the log-density of $z$ under the base. What is asked for is that of $x$: scaling by $e^{\\alpha_i}$ spreads the density, $-\\sum_i \\alpha_i$.",
    (_parts, z) => logNormal(z),
  ),
  scoreBy(
    "base-at-x",
    "You ask the base about $x$. The base is the density of $z$.",
    (parts, z) => logNormal(pushOf(parts, z)) - sumOfAlphas(parts, z),
  ),
  scoreBy(
    "constant-once",
    "The constant $-\\tfrac12 \\log 2\\pi$ belongs to *every* number; yours stands there once.",
    (parts, z) => iafLogDensity(parts, z) + ((z.length - 1) / 2) * Math.log(2 * Math.PI),
  ),
  scoreBy(
    "no-constant",
    "The constant $-\\tfrac12 \\log 2\\pi$ of each number is missing: without it the density does not integrate to 1.",
    (parts, z) => iafLogDensity(parts, z) + (z.length / 2) * Math.log(2 * Math.PI),
  ),
  scoreBy(
    "density-without-logarithm",
    "That is the density itself. Asked for is its logarithm, in nats.",
    (parts, z) => Math.exp(iafLogDensity(parts, z)),
  ),
  scoreBy(
    "sum-of-scales",
    "You take away the *scales* $e^{\\alpha_i}$. A determinant multiplies them, so their logarithms add up: $\\sum_i \\alpha_i$.",
    (parts, z) => logNormal(z) - z.reduce((sum, _, i) => sum + Math.exp(steer(parts, i, z).alpha), 0),
  ),
  stepBy(
    "scale-is-alpha-itself",
    "You multiply by $\\alpha_i$ where $e^{\\alpha_i}$ was asked for.",
    (v, alpha, mu) => v * alpha + mu,
  ),
  stepBy(
    "shift-first",
    "You shift first and scale the sum. Asked for is $z_i e^{\\alpha_i} + \\mu_i$: the shift is not scaled.",
    (v, alpha, mu) => (v + mu) * Math.exp(alpha),
  ),
  stepBy(
    "scale-the-wrong-way",
    "You multiply by $e^{-\\alpha_i}$: that is the way back.",
    (v, alpha, mu) => v * Math.exp(-alpha) + mu,
  ),
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "identity",
    implementation: { iafSample: sampleBy((_parts, z) => ({ x: [...z], logDensity: logNormal(z) })) },
  },
  {
    id: "two-numbers-steer-at-most",
    implementation: {
      iafLogDensity: densityBy((parts, x) => {
        const steering = { ...RIGHT, sees: (i: number, j: number) => j < i && j >= i - 2 };
        return iafLogDensity(parts, recoverOf(parts, x, steering), steering);
      }),
    },
  },
  {
    id: "mean-instead-of-sum",
    implementation: {
      iafSample: sampleBy((parts, z) => {
        const { x, logDensity } = sampleOf(parts, z);
        return { x, logDensity: logDensity / z.length };
      }),
    },
  },
];
