import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import {
  conditionerOf,
  generateOf,
  latentOf,
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
import type { signatures } from "./maf.domain.ts";

type Program = Implementation<typeof signatures>;
type Wrong = Misconception<typeof signatures>;

const latentBy =
  (of: (parts: Parts, x: readonly number[]) => number[]): Program["latents"] =>
  (A, a, M, m, x) =>
    of([A, a, M, m], x);
const densityBy =
  (of: (parts: Parts, x: readonly number[]) => number): Program["logDensity"] =>
  (A, a, M, m, x) =>
    of([A, a, M, m], x);

const density = (parts: Parts, x: readonly number[], steering: Steering) => mafLogDensity(parts, x, steering);

/** Another steering in all three, and in each alone. */
function steerBy(id: string, explanation: string, change: Partial<Steering>): Wrong {
  const steering = { ...RIGHT, ...change };
  const latents = latentBy((parts, x) => latentOf(parts, x, steering));
  const logDensity = densityBy((parts, x) => density(parts, x, steering));
  const generate = latentBy((parts, z) => generateOf(parts, z, steering));
  const conditioner: Program["conditioner"] = (A, a, M, m, x) => conditionerOf([A, a, M, m], x, steering);
  return {
    id,
    explanation,
    implementation: { conditioner, latents, logDensity, generate },
    variants: [{ conditioner }, { latents, logDensity }, { latents }, { logDensity }, { generate }],
  };
}

/** Another step from z to x and back. */
function moveBy(
  id: string,
  explanation: string,
  onward: (v: number, alpha: number, mu: number) => number,
  back: (v: number, alpha: number, mu: number) => number,
): Wrong {
  const latentWrongly = (parts: Parts, x: readonly number[]) =>
    x.map((v, i) => {
      const { alpha, mu } = steer(parts, i, x);
      return back(v, alpha, mu);
    });
  const latents = latentBy(latentWrongly);
  const logDensity = densityBy((parts, x) => logNormal(latentWrongly(parts, x)) - sumOfAlphas(parts, x));
  const generate = latentBy((parts, z) => {
    const x: number[] = [];
    for (const [i, v] of z.entries()) {
      const { alpha, mu } = steer(parts, i, x);
      x.push(onward(v, alpha, mu));
    }
    return x;
  });
  return {
    id,
    explanation,
    implementation: { latents, logDensity, generate },
    variants: [{ latents, logDensity }, { latents }, { generate }],
  };
}

const onlyDensity = (
  id: string,
  explanation: string,
  of: (parts: Parts, x: readonly number[]) => number,
  ...variants: ((parts: Parts, x: readonly number[]) => number)[]
): Wrong => ({
  id,
  explanation,
  implementation: { logDensity: densityBy(of) },
  ...(variants.length > 0 && { variants: variants.map((other) => ({ logDensity: densityBy(other) })) }),
});

export const misconceptions: readonly Wrong[] = [
  steerBy(
    "no-mask",
    "You multiply whole rows of $A$ and $M$. Only what stands *left of the diagonal* may count: number $i$ looks at $x_1, \\dots, x_{i-1}$. Without that mask the Jacobian is no triangle, and your sum is not its log-determinant.",
    { sees: () => true },
  ),
  steerBy(
    "own-number-steers",
    "Your number $i$ is steered by itself, too: `j <= i`. Then its slope is not $e^{\\alpha_i}$ any more, as $\\alpha_i$ and $\\mu_i$ move with it. It has to be `j < i`. (One lecture on the web prints the same slip.)",
    { sees: (i, j) => j <= i },
  ),
  steerBy(
    "later-numbers-steer",
    "You look at the numbers *after* $i$. That is an autoregressive flow, too, in the opposite order; asked for is $x_1, \\dots, x_{i-1}$.",
    { sees: (i, j) => j > i },
  ),
  steerBy(
    "only-the-last-number-steers",
    "Your number $i$ is steered by its direct neighbour $x_{i-1}$ alone. That is a Markov chain. All numbers before it count.",
    { sees: (i, j) => j === i - 1 },
  ),
  steerBy(
    "no-tanh",
    "Your log-scale is without the tanh around it. The tanh holds scales between $1/e$ and $e$.",
    { squash: (u) => u },
  ),
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
  {
    id: "z-steers",
    explanation:
      "Your numbers are steered by $z$. That is the *inverse* autoregressive flow, which comes later in this chapter. Here $x$ steers: so `latents` knows all it needs at once, and `generate` has to wait for each number.",
    implementation: {
      latents: latentBy(recoverOf),
      logDensity: densityBy((parts, x) => {
        const z = recoverOf(parts, x);
        return logNormal(z) - sumOfAlphas(parts, z);
      }),
      generate: latentBy(pushOf),
    },
    variants: [{ generate: latentBy(pushOf) }, { latents: latentBy(recoverOf) }],
  },
  moveBy(
    "scale-is-alpha-itself",
    "You multiply by $\\alpha_i$ where $e^{\\alpha_i}$ was asked for. The exponential keeps the scale positive.",
    (v, alpha, mu) => v * alpha + mu,
    (v, alpha, mu) => (v - mu) / alpha,
  ),
  moveBy(
    "scale-is-a-variance",
    "Your scale is $e^{\\alpha_i/2}$, as if $\\alpha_i$ were the logarithm of a *variance*. Here it is that of the deviation: $e^{\\alpha_i}$.",
    (v, alpha, mu) => v * Math.exp(alpha / 2) + mu,
    (v, alpha, mu) => (v - mu) * Math.exp(-alpha / 2),
  ),
  moveBy(
    "scale-the-wrong-way",
    "Your scale goes the wrong way. From $z$ to $x$ one multiplies by $e^{\\alpha_i}$, so from $x$ to $z$ one divides: $z_i = (x_i - \\mu_i)\\,e^{-\\alpha_i}$.",
    (v, alpha, mu) => v * Math.exp(-alpha) + mu,
    (v, alpha, mu) => (v - mu) * Math.exp(alpha),
  ),
  moveBy(
    "shift-undone-last",
    "Your bracket is missing. $x_i = z_i e^{\\alpha_i} + \\mu_i$ scales first and shifts last; going back the shift is undone first: $(x_i - \\mu_i)\\,e^{-\\alpha_i}$.",
    (v, alpha, mu) => (v + mu) * Math.exp(alpha),
    (v, alpha, mu) => v * Math.exp(-alpha) - mu,
  ),
  onlyDensity(
    "plus-alpha",
    "You *add* $\\sum_i \\alpha_i$. That is the log-determinant from $z$ to $x$. Where the map stretches, density falls: it has to be taken away.",
    (parts, x) => logNormal(latentOf(parts, x)) + sumOfAlphas(parts, x),
  ),
  onlyDensity(
    "no-determinant",
    "That is the log-density of $z$ under the base. The change of variables is missing: scaling by $e^{\\alpha_i}$ spreads the density, $-\\sum_i \\alpha_i$.",
    (parts, x) => logNormal(latentOf(parts, x)),
  ),
  onlyDensity(
    "base-at-x",
    "You ask the base about $x$. The base is the density of $z$: take $x$ to its $z$ first.",
    (parts, x) => logNormal(x) - sumOfAlphas(parts, x),
  ),
  onlyDensity(
    "constant-once",
    "The constant $-\\tfrac12 \\log 2\\pi$ belongs to *every* number; yours stands there once, or not at all.",
    (parts, x) => mafLogDensity(parts, x) + ((x.length - 1) / 2) * Math.log(2 * Math.PI),
    (parts, x) => mafLogDensity(parts, x) + (x.length / 2) * Math.log(2 * Math.PI),
  ),
  onlyDensity(
    "density-without-logarithm",
    "That is the density itself. Asked for is its logarithm, in nats.",
    (parts, x) => Math.exp(mafLogDensity(parts, x)),
  ),
  onlyDensity(
    "log-two-pi-not-halved",
    "You take away the whole of $\\log 2\\pi$ for each number. It is half of it: the density of one standard normal number is divided by the *root* of $2\\pi$.",
    (parts, x) => mafLogDensity(parts, x) - (x.length / 2) * Math.log(2 * Math.PI),
  ),
  onlyDensity(
    "square-not-halved",
    "You take away the whole of $z_i^2$. It is half of it, $-\\tfrac12 z_i^2$.",
    (parts, x) => {
      const z = latentOf(parts, x);
      return mafLogDensity(parts, x) - z.reduce((sum, v) => sum + (v * v) / 2, 0);
    },
  ),
  onlyDensity(
    "size-of-alpha",
    "You take away the *sizes* $|\\alpha_i|$, or their logarithms. $\\alpha_i$ is a logarithm already, of a scale that is positive, and its sign counts: a scale below 1 makes the density larger.",
    (parts, x) =>
      logNormal(latentOf(parts, x)) - x.reduce((sum, _, i) => sum + Math.abs(steer(parts, i, x).alpha), 0),
    (parts, x) =>
      logNormal(latentOf(parts, x)) -
      x.reduce((sum, _, i) => sum + Math.log(Math.abs(steer(parts, i, x).alpha)), 0),
  ),
  onlyDensity(
    "sum-of-scales",
    "You take away the *scales* $e^{\\alpha_i}$. A determinant multiplies them, so their logarithms add up: $\\sum_i \\alpha_i$.",
    (parts, x) =>
      logNormal(latentOf(parts, x)) - x.reduce((sum, _, i) => sum + Math.exp(steer(parts, i, x).alpha), 0),
  ),
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "alpha-and-mu-exchanged",
    implementation: {
      conditioner: (A, a, M, m, x) => {
        const { alpha, mu } = conditionerOf([A, a, M, m], x);
        return { alpha: mu, mu: alpha };
      },
    },
  },
  { id: "identity", implementation: { latents: (_A, _a, _M, _m, x) => x } },
  { id: "identity-generates", implementation: { generate: (_A, _a, _M, _m, z) => z } },
  {
    id: "first-two-numbers-only",
    implementation: { latents: latentBy((parts, x) => latentOf(parts, x).map((v, i) => (i < 2 ? v : x[i]))) },
  },
  {
    id: "two-numbers-steer-at-most",
    implementation: {
      generate: latentBy((parts, z) =>
        generateOf(parts, z, { ...RIGHT, sees: (i, j) => j < i && j >= i - 2 }),
      ),
    },
  },
  {
    id: "first-number-is-not-moved",
    implementation: {
      latents: latentBy((parts, x) => latentOf(parts, x).with(0, x[0])),
      generate: latentBy((parts, z) => generateOf(parts, z).with(0, z[0])),
    },
  },
  {
    id: "mean-instead-of-sum",
    implementation: { logDensity: densityBy((parts, x) => mafLogDensity(parts, x) / x.length) },
  },
];
