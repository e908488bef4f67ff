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

type Move = (v: number, alpha: number, mu: number) => number;

/** Another step from z to x, or back; the density follows the right one. */
function stepBy(id: string, explanation: string, step: Move, back: Move): Wrong {
  const iafSample = sampleBy((parts, z) => {
    const { alpha, mu } = conditionerOf(parts, z);
    return { x: z.map((v, i) => step(v, alpha[i], mu[i])), logDensity: iafLogDensity(parts, z) };
  });
  const backWrongly = densityBy((parts, x) => {
    const z: number[] = [];
    for (const [i, v] of x.entries()) {
      const { alpha, mu } = steer(parts, i, z);
      z.push(back(v, alpha, mu));
    }
    return iafLogDensity(parts, z);
  });
  return {
    id,
    explanation,
    implementation: { iafSample, iafLogDensity: backWrongly },
    variants: [{ iafSample }, { iafLogDensity: backWrongly }],
  };
}

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
  steerBy(
    "columns-for-rows",
    "You take columns of $A$ and $M$, `A[j][i]`. What steers number $i$ stands in *row* $i$: `A[i][j]`.",
    { turned: true },
  ),
  steerBy(
    "bias-outside-the-tanh",
    "You add $a_i$ after the tanh. It belongs inside: $\\tanh\\big(a_i + \\sum_j \\dots\\big)$.",
    { biasOutside: true },
  ),
  steerBy(
    "tanh-around-the-shift",
    "Your shifts go through a tanh, too. Only the log-scales do: $\\mu_i$ may be any number.",
    { bend: Math.tanh },
  ),
  scoreBy(
    "log-scales-of-x",
    "For the log-density you compute the $\\alpha_i$ anew, from $x$. What belongs there are the log-scales by which $x$ was made, and those came from $z$.",
    (parts, z) => logNormal(z) - sumOfAlphas(parts, pushOf(parts, z)),
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
    "log-two-pi-not-halved",
    "You take away the whole of $\\log 2\\pi$ for each number. It is half of it: the density of one standard normal number is divided by the *root* of $2\\pi$.",
    (parts, z) => iafLogDensity(parts, z) - (z.length / 2) * Math.log(2 * Math.PI),
  ),
  scoreBy(
    "square-not-halved",
    "You take away the whole of $z_i^2$. It is half of it, $-\\tfrac12 z_i^2$.",
    (parts, z) => iafLogDensity(parts, z) - z.reduce((sum, v) => sum + (v * v) / 2, 0),
  ),
  scoreBy(
    "size-of-alpha",
    "You take away the *sizes* $|\\alpha_i|$. $\\alpha_i$ is the logarithm of a scale, and its sign counts: a scale below 1 makes the density larger.",
    (parts, z) => logNormal(z) - z.reduce((sum, _, i) => sum + Math.abs(steer(parts, i, z).alpha), 0),
  ),
  scoreBy(
    "logarithm-of-alpha",
    "You take the logarithm of $\\alpha_i$. It is a logarithm already: the scale is $e^{\\alpha_i}$.",
    (parts, z) =>
      logNormal(z) - z.reduce((sum, _, i) => sum + Math.log(Math.abs(steer(parts, i, z).alpha)), 0),
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
    (v, alpha, mu) => (v - mu) / alpha,
  ),
  stepBy(
    "shift-first",
    "Scale and shift have changed places. $x_i = z_i e^{\\alpha_i} + \\mu_i$ scales first, and the shift is not scaled; going back the shift is undone first: $z_i = (x_i - \\mu_i)\\,e^{-\\alpha_i}$.",
    (v, alpha, mu) => (v + mu) * Math.exp(alpha),
    (v, alpha, mu) => v * Math.exp(-alpha) - mu,
  ),
  stepBy(
    "scale-the-wrong-way",
    "Your scale goes the wrong way. From $z$ to $x$ one multiplies by $e^{\\alpha_i}$, from $x$ to $z$ one divides by it.",
    (v, alpha, mu) => v * Math.exp(-alpha) + mu,
    (v, alpha, mu) => (v - mu) * Math.exp(alpha),
  ),
  stepBy(
    "shift-the-wrong-way",
    "Your shift has the wrong sign. From $z$ to $x$ it is added, from $x$ to $z$ taken away.",
    (v, alpha, mu) => v * Math.exp(alpha) - mu,
    (v, alpha, mu) => (v + mu) * Math.exp(-alpha),
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
