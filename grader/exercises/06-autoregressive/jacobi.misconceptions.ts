import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { generateOf, latentOf, type Parts, RIGHT, type Steering, steer } from "./autoregression.affine.ts";
import { longestChain } from "./jacobi.chains.ts";
import { residualOf, type Solved, type signatures, solveOf, stepOf } from "./jacobi.domain.ts";

type Program = Implementation<typeof signatures>;
type Wrong = Misconception<typeof signatures>;
type Step = (parts: Parts, z: readonly number[], x: readonly number[]) => number[];

const stepBy =
  (step: Step): Program["jacobiStep"] =>
  (A, a, M, m, z, x) =>
    step([A, a, M, m], z, x);
const solveBy =
  (solve: (parts: Parts, z: readonly number[], tolerance: number) => Solved): Program["jacobiSolve"] =>
  (A, a, M, m, z, tolerance) =>
    solve([A, a, M, m], z, tolerance);

interface Loop {
  readonly step: Step;
  readonly start: (z: readonly number[]) => number[];
  readonly residual: (parts: Parts, z: readonly number[], x: readonly number[]) => number;
  readonly most: (n: number) => number;
}
const LOOP: Loop = { step: stepOf, start: (z) => [...z], residual: residualOf, most: (n) => n };

const loopBy = (change: Partial<Loop>) => {
  const { step, start, residual, most } = { ...LOOP, ...change };
  return solveBy((parts, z, tolerance) => {
    let x = start(z);
    let steps = 0;
    while (residual(parts, z, x) > tolerance && steps < most(z.length)) {
      x = step(parts, z, x);
      steps++;
    }
    return { x, steps, residual: residual(parts, z, x) };
  });
};

/** Another step, alone and in the loop. */
const slip = (id: string, explanation: string, step: Step): Wrong => ({
  id,
  explanation,
  implementation: { jacobiStep: stepBy(step), jacobiSolve: loopBy({ step }) },
  variants: [{ jacobiStep: stepBy(step) }],
});

const solveSo = (id: string, explanation: string, jacobiSolve: Program["jacobiSolve"]): Wrong => ({
  id,
  explanation,
  implementation: { jacobiSolve },
});
const countSo = (id: string, explanation: string, stepsNeeded: Program["stepsNeeded"]): Wrong => ({
  id,
  explanation,
  implementation: { stepsNeeded },
});

const under =
  (change: Partial<Steering>): Step =>
  (parts, z, x) =>
    stepOf(parts, z, x, { ...RIGHT, ...change });

const edges = (depends: readonly (readonly number[])[]): number =>
  depends.flat().reduce((sum, v) => sum + v, 0);

export const misconceptions: readonly Wrong[] = [
  slip(
    "new-numbers-at-once",
    "You use the new $x_1$ for $x_2$ already, and so on. Then one step does all the work, and it is the sequential way: each number waits for the one before it. In Jacobi's iteration all numbers are steered by the **old** ones, so that all can be computed at the same time.",
    (parts, z) => generateOf(parts, z),
  ),
  slip(
    "x-is-scaled-again",
    "You scale and shift the old $x_i$. What is scaled is always $z_i$, the noise; the old $x$ only *steers*.",
    (parts, _z, x) => stepOf(parts, x, x),
  ),
  slip(
    "z-steers",
    "Your numbers are steered by $z$ instead of the old $x$: then nothing changes after the first step.",
    (parts, z) => stepOf(parts, z, z),
  ),
  slip(
    "the-way-back",
    "Your step computes latents, $(x_i - \\mu_i)\\,e^{-\\alpha_i}$. That is the residual's part. A step makes a new $x_i = z_i\\,e^{\\alpha_i} + \\mu_i$.",
    (parts, _z, x) => latentOf(parts, x),
  ),
  slip(
    "own-number-steers",
    "Your number $i$ is steered by itself, too: `j <= i`. It has to be `j < i`, else nothing is exact after finitely many steps.",
    under({ sees: (i, j) => j <= i }),
  ),
  slip(
    "no-mask",
    "You multiply whole rows of $A$ and $M$. Only `j < i` counts.",
    under({ sees: () => true }),
  ),
  slip(
    "columns-for-rows",
    "You take columns of $A$ and $M$, `A[j][i]`. What steers number $i$ stands in *row* $i$: `A[i][j]`.",
    under({ turned: true }),
  ),
  slip("no-tanh", "Your log-scale is without the tanh around it.", under({ squash: (u) => u })),
  solveSo(
    "starts-at-zeros",
    "You begin with zeros. The iteration is to begin at $x = z$; from elsewhere it may take another number of steps.",
    loopBy({ start: (z) => z.map(() => 0) }),
  ),
  solveSo(
    "residual-in-x",
    "Your residual is how far $x$ has moved in the last step, or would move in the next. Asked for is a distance in $z$: the latents of $x$ against $z$. (The two differ by the scales $e^{\\alpha_i}$.)",
    loopBy({
      residual: (parts, z, x) => Math.max(...stepOf(parts, z, x).map((v, i) => Math.abs(v - x[i]))),
    }),
  ),
  solveSo(
    "mean-residual",
    "Your residual is a mean. One number that is far off disappears in it; take the largest.",
    loopBy({
      residual: (parts, z, x) =>
        latentOf(parts, x).reduce((sum, v, i) => sum + Math.abs(v - z[i]), 0) / z.length,
    }),
  ),
  solveSo(
    "sum-of-residuals",
    "Your residual is the sum of all differences. Asked for is the largest of them.",
    loopBy({
      residual: (parts, z, x) => latentOf(parts, x).reduce((sum, v, i) => sum + Math.abs(v - z[i]), 0),
    }),
  ),
  solveSo(
    "euclidean-residual",
    "Your residual is a Euclidean length. Asked for is the largest of the differences.",
    loopBy({ residual: (parts, z, x) => Math.hypot(...latentOf(parts, x).map((v, i) => v - z[i])) }),
  ),
  solveSo(
    "residual-with-its-sign",
    "Your residual is the largest of the differences *with their signs*: one that is far too small counts for nothing. Take sizes, $|z_i(x) - z_i|$.",
    loopBy({ residual: (parts, z, x) => Math.max(...latentOf(parts, x).map((v, i) => v - z[i])) }),
  ),
  solveSo(
    "residual-against-x",
    "You compare the latents of $x$ with $x$. They are to be compared with the $z$ that was asked for.",
    loopBy({ residual: (parts, _z, x) => Math.max(...latentOf(parts, x).map((v, i) => Math.abs(v - x[i]))) }),
  ),
  {
    id: "more-steps-than-numbers",
    explanation:
      "You make more steps than there are numbers. With a tolerance of 0 rounding may keep the residual above it for ever; after $D$ steps every number is exact, and nothing changes any more: stop there. (`steps < z.length` *before* a step.)",
    implementation: { jacobiSolve: loopBy({ most: (n) => n + 1 }) },
    variants: [20, 50, 100, 1000].map((most) => ({ jacobiSolve: loopBy({ most: () => most }) })),
  },
  solveSo(
    "one-step-too-many",
    "You make a step before you look at the residual. Look first: $x = z$ may be near enough.",
    solveBy((parts, z, tolerance) => {
      let [x, steps] = [[...z], 0];
      do {
        x = stepOf(parts, z, x);
        steps++;
      } while (residualOf(parts, z, x) > tolerance && steps < z.length);
      return { x, steps, residual: residualOf(parts, z, x) };
    }),
  ),
  solveSo(
    "counts-residuals",
    "You count how often the residual is computed. Asked for is how many *steps* have been made: none, where $x = z$ is near enough. (This library's `iterations` counts passes through the network as you do.)",
    solveBy((parts, z, tolerance) => {
      const right = solveOf(parts, z, tolerance);
      return { ...right, steps: right.steps + 1 };
    }),
  ),
  countSo(
    "always-all-numbers",
    "You say $D$. That is always enough; but numbers that look at few others are exact sooner.",
    (depends) => depends.length,
  ),
  countSo(
    "one-too-few",
    "You count the links of the chain. The first number of it needs a step as well, before anybody can look at it.",
    (depends) => longestChain(depends) - 1,
  ),
  countSo(
    "most-looked-at",
    "You count at how many numbers one looks, and add 1. Looking at many at once takes no longer than looking at one: what counts is how *long* a chain of numbers is of which each looks at the one before.",
    (depends) => 1 + Math.max(...depends.map((row) => row.reduce((sum, v) => sum + v, 0))),
  ),
  countSo(
    "counts-all-links",
    "You count all who look at somebody. Many of them are exact at the same time.",
    (depends) => 1 + edges(depends),
  ),
  countSo(
    "natural-order-only",
    "You go through the numbers once, in the order of the matrix. That is right only if each looks at earlier ones; numbers may come in any order.",
    (depends) => {
      const exact = depends.map(() => 1);
      for (const [i, row] of depends.entries())
        for (const [j, v] of row.entries()) if (v === 1) exact[i] = Math.max(exact[i], exact[j] + 1);
      return Math.max(...exact);
    },
  ),
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "never-moves", implementation: { jacobiStep: (_A, _a, _M, _m, _z, x) => x } },
  { id: "three-steps-at-most", implementation: { jacobiSolve: loopBy({ most: () => 3 }) } },
  { id: "one-step-fewer-at-most", implementation: { jacobiSolve: loopBy({ most: (n) => n - 1 }) } },
  {
    id: "sequential",
    implementation: {
      jacobiSolve: solveBy((parts, z) => {
        const x = generateOf(parts, z);
        return { x, steps: z.length, residual: residualOf(parts, z, x) };
      }),
    },
  },
  {
    id: "scale-of-one-number",
    implementation: {
      jacobiStep: stepBy((parts, z, x) =>
        z.map((v, i) => v * Math.exp(steer(parts, 0, x).alpha) + steer(parts, i, x).mu),
      ),
    },
  },
  { id: "four-at-most", implementation: { stepsNeeded: (depends) => Math.min(4, longestChain(depends)) } },
];
