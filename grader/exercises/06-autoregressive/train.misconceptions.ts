import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import type { Parts } from "./autoregression.affine.ts";
import { type Density, type Fitted, flowOf, linear, startOf, steersOf, train } from "./train.descent.ts";
import type { signatures } from "./train.domain.ts";
import type { Steers } from "./train.source.ts";

type Program = Implementation<typeof signatures>;
type Wrong = Misconception<typeof signatures>;
type Rows = readonly (readonly number[])[];

const fitting = (of: (data: Rows, steers: Steers) => Fitted): Program => ({
  fitAutoregressive: (data, _steps, steeredBy) => of(data, steersOf(steeredBy)),
});
/** Other weights, with the log-density that they have. */
const weighing = (of: (data: Rows, steers: Steers) => Parts): Program =>
  fitting((data, steers) => flowOf(of(data, steers), steers));
/** The right weights with another log-density. */
const dense = (density: Density): Program =>
  fitting((data, steers) => flowOf(train(data, steers), steers, density));

const LOG_2PI = Math.log(2 * Math.PI);

export const misconceptions: readonly Wrong[] = [
  {
    id: "x-steers-where-z-was-asked",
    explanation:
      'With "z" your flow is a MAF nevertheless: $x$ steers. The $z$ that have been found so far are to steer the next number.',
    implementation: fitting((data) => flowOf(train(data, "x"), "x")),
    variants: [fitting((data, steers) => flowOf(train(data, "x"), steers))],
  },
  {
    id: "z-steers-where-x-was-asked",
    explanation: 'With "x" your flow is an IAF: $z$ steers. In a MAF the data are to steer.',
    implementation: fitting((data) => flowOf(train(data, "z"), "z")),
    variants: [fitting((data, steers) => flowOf(train(data, "z"), steers))],
  },
  {
    id: "untrained",
    explanation:
      "Your weights are those of the start: each number has its own mean and deviation, and nothing steers. Does the gradient reach them?",
    implementation: weighing(startOf),
  },
  {
    id: "only-shifts-are-steered",
    explanation:
      "In your flow only the shifts are steered; all weights in $A$ are 0, so that each scale is one number. That is the best *linear* flow. The gradient by $\\alpha_i$ goes on through tanh to row $i$ of $A$.",
    implementation: weighing(linear),
  },
  {
    id: "only-scales-are-steered",
    explanation:
      "In your flow only the scales are steered; all weights in $M$ are 0. The gradient by $\\mu_i$ goes on to row $i$ of $M$.",
    implementation: weighing((data, steers) => {
      const [A, a, M] = train(data, steers);
      return [A, a, M.map((row) => row.map(() => 0)), startOf(data)[3]];
    }),
  },
  {
    id: "sum-of-alphas-left-out-of-the-loss",
    explanation:
      "Your scales have all gone up to $e$, the most that tanh allows. A large scale makes $z$ small, and the loss rewards that if $\\sum_i \\alpha_i$ is not in it: the log-determinant is what a scale has to pay.",
    implementation: weighing((data, steers) => {
      const [A, a, M, m] = linear(data, steers);
      return [A, a.map(() => 6), M, m];
    }),
  },
  {
    id: "weights-above-the-diagonal",
    explanation:
      "Your weights are turned: row $i$ of $A$ and $M$ holds what *steers* number $i$, so they stand below the diagonal. Above it nothing counts.",
    implementation: weighing((data, steers) => {
      const [A, a, M, m] = train(data, steers);
      const turn = (rows: Rows): number[][] => rows.map((_, i) => rows.map((row) => row[i]));
      return [turn(A), a, turn(M), m];
    }),
  },
  {
    id: "log-determinant-left-out",
    explanation: "Your log-density is that of $z$ alone. The scales belong to it: minus $\\sum_i \\alpha_i$.",
    implementation: dense((base) => base),
  },
  {
    id: "sign-of-the-log-determinant",
    explanation:
      "The $\\alpha_i$ count with the wrong sign in your log-density. They stretch from $z$ to $x$, and density is divided by that: minus $\\sum_i \\alpha_i$.",
    implementation: dense((base, alphas) => base + alphas),
  },
  {
    id: "constant-forgotten",
    explanation:
      "Your log-density lacks the constants of the base, $-\\tfrac12 \\log 2\\pi$ for each number. The training does not notice; a density does.",
    implementation: dense((base, alphas, size) => base - alphas + (size / 2) * LOG_2PI),
    variants: [dense((base, alphas, size) => base - alphas + ((size - 1) / 2) * LOG_2PI)],
  },
  {
    id: "density-without-logarithm",
    explanation: "That is the density. Asked for is its logarithm, in nats.",
    implementation: dense((base, alphas) => Math.exp(base - alphas)),
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "exchanged",
    implementation: fitting((data, steers) => {
      const other = steers === "x" ? "z" : "x";
      return flowOf(train(data, other), other);
    }),
  },
  {
    id: "first-two-numbers-only",
    implementation: weighing((data, steers) => {
      const [A, a, M, m] = train(data, steers);
      const none = (rows: Rows): number[][] => rows.map((row, i) => (i === 2 ? row.map(() => 0) : [...row]));
      return [none(A), a, none(M), m];
    }),
  },
  {
    id: "log-density-in-reverse",
    implementation: fitting((data, steers) => {
      const flow = flowOf(train(data, steers), steers);
      return { ...flow, logDensity: async (points) => [...(await flow.logDensity(points))].reverse() };
    }),
  },
  {
    id: "log-density-of-the-start",
    implementation: fitting((data, steers) => ({
      ...flowOf(train(data, steers), steers),
      logDensity: flowOf(startOf(data), steers).logDensity,
    })),
  },
  {
    id: "says-all-is-likely",
    implementation: fitting((data, steers) => ({
      ...flowOf(train(data, steers), steers),
      logDensity: (points) => points.map(() => 3),
    })),
  },
  {
    id: "true-deviations-doubled",
    implementation: weighing((data, steers) => {
      const [A, a, M, m] = train(data, steers);
      return [A, a.map((v) => v + 0.7), M, m];
    }),
  },
];
