import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { valueText } from "../../grading/transcript.ts";
import { signs, symmetric } from "./contraction.draws.ts";
import {
  domains,
  estimateOf,
  exactOf,
  jacobian,
  largestBound,
  leastBound,
  middleBound,
  productOf,
  seriesMatrix,
  seriesOf,
  type signatures,
} from "./series.domain.ts";

/** Of a right answer, more deviations come once in 1.7 million runs. */
const MOST_DEVIATIONS = 5;
const SAMPLES = 200;
const TERMS = 6;

const HALF = [[0.5]];
const PAIR = [
  [0.5, 0.25],
  [0, 0.25],
];

/** Var εᵀBε of signs. */
const varianceOf = (b: number[][]): number =>
  2 * symmetric(b).reduce((sum, row, i) => sum + row.reduce((s, v, j) => (i === j ? s : s + v * v), 0), 0);

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "the series, from products with unit vectors",
    points: 2,
    hints: [
      {
        when: "threw",
        text: "$A^k e_i$ is one product away from $A^{k-1} e_i$. Keep the last vector: for each unit vector that makes `terms` products, and `dimensions` times `terms` together. `product` takes one list with a number for each dimension.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.seriesLogDet(productOf(HALF, 1, 1), 1, 1),
          want: 0.5,
        }),
        text: "One dimension, $A = 0.5$, one term: $0.5$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.seriesLogDet(productOf(HALF, 1, 3), 1, 3),
          want: 0.5 - 0.125 + 0.125 / 3,
        }),
        text: "One term is right. Three terms for $A = 0.5$ are $0.5 - \\tfrac12 0.5^2 + \\tfrac13 0.5^3 = 0.41667$, and $\\log 1.5 = 0.40547$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.seriesLogDet(productOf(PAIR, 2, 2), 2, 2),
          want: 0.75 - 0.3125 / 2,
        }),
        text: "One dimension is right. $A = \\begin{bmatrix}0.5&0.25\\\\0&0.25\\end{bmatrix}$ has the trace 0.75, and $A^2$ the trace $0.25 + 0.0625$: two terms are $0.75 - 0.15625$.",
      },
      {
        when: ["value", "not-finite"],
        text: "Triangular matrices are right, whose powers have powers on their diagonals. Others have not: $\\text{tr}\\,A^k$ needs $A$ applied $k$ times to a whole vector.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.seriesLogDet.regions)) {
        const want = seriesOf(inputs);
        expect.close(
          await learner.seriesLogDet(...inputs),
          want,
          allowedErrors(domains.seriesLogDet, want, ...inputs),
        );
      }
    },
  },
  {
    name: "the same, estimated with noise",
    points: 2,
    hints: [
      {
        when: "threw",
        text: "One vector of noise needs one product for each term: $A^k\\epsilon$ is one product away from $A^{k-1}\\epsilon$, which you have. `product` takes one list with a number for each dimension: a vector of `noise`, or what it gave before.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.estimateLogDet(productOf(HALF, 1, 3), [[2]], 3),
          want: 4 * (0.5 - 0.125 + 0.125 / 3),
        }),
        text: "One dimension, $A = 0.5$ and $\\epsilon = 2$: $\\epsilon A^k\\epsilon = 4 \\cdot 0.5^k$, so three terms are $4(0.5 - \\tfrac12 0.25 + \\tfrac13 0.125) = 1.66667$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.estimateLogDet(
            productOf(PAIR, 2, 1),
            [
              [1, 1],
              [1, -1],
            ],
            1,
          ),
          want: 0.75,
        }),
        text: "One vector in one dimension is right. For $A = \\begin{bmatrix}0.5&0.25\\\\0&0.25\\end{bmatrix}$ and one term $\\epsilon = (1, 1)$ gives 1 and $\\epsilon = (1, -1)$ gives 0.5: their mean is 0.75.",
      },
      {
        when: ["value", "not-finite"],
        text: "One term is right. In each further term the *same* $\\epsilon$ stands on the left, and the vector on the right is multiplied by $A$ once more.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.estimateLogDet.regions)) {
        const want = estimateOf(inputs);
        expect.close(
          await learner.estimateLogDet(...inputs),
          want,
          allowedErrors(domains.estimateLogDet, want, ...inputs),
        );
      }
    },
  },
  {
    name: "a bound of what is left out",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.remainderBound(0, 3, 2), want: 0 }),
        text: "A norm of 0 leaves nothing out: the bound is 0.",
      },
      {
        where: ({ inputs, got }) => Number(got) < leastBound(inputs as [number, number, number]),
        text: "Your bound is too small: $A = -L\\,I$ is off by more. All of its terms have the same sign, $D L^k/k$ each; so nothing cancels in the tail, and it is longer than its first term.",
      },
      {
        text: "Your bound is larger than what was allowed. $|\\text{tr}\\,A^k| \\le D L^k$, and every $k$ that is left out is at least $n + 1$: $\\sum_{k>n} \\tfrac{L^k}{k} \\le \\tfrac{1}{n+1}\\sum_{k>n} L^k$.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.remainderBound.regions)) {
        const want = middleBound(inputs);
        expect.close(await learner.remainderBound(...inputs), want, {
          ...allowedErrors(domains.remainderBound, want, ...inputs),
          message: `a bound that holds for every matrix lies at ${valueText(leastBound(inputs))} or above, and at most ${valueText(largestBound(inputs))} was asked for`,
        });
      }
    },
  },
  {
    name: "together: within the bound, and without bias beyond it",
    points: 1,
    hints: [
      {
        text: "For a fresh matrix your series is further from $\\log\\det(I + A)$ than your own bound allows, or the mean of your estimates is not your series. Get the checks above right first: if each of them passes, this one does.",
      },
    ],
    async run({ learner, random, expect }) {
      const n = 3;
      const norm = random.uniform(0.5, 0.8);
      const worst = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? -norm : 0)));
      const A = jacobian(random, n, norm);
      const bound = await learner.remainderBound(norm, n, TERMS);
      let series = 0;
      for (const matrix of [worst, A]) {
        series = await learner.seriesLogDet(productOf(matrix, n, TERMS), n, TERMS);
        const error = Math.abs(series - exactOf(matrix));
        expect.that(
          error <= bound * (1 + 1e-6) + 1e-5,
          `${TERMS} terms are off by ${valueText(error)}, and your bound says at most ${valueText(bound)}`,
          {
            input: `the error of seriesLogDet for a matrix of norm ${valueText(norm)}`,
            got: error,
          },
        );
      }
      const noise = Array.from({ length: SAMPLES }, () => signs(random, n));
      const estimate = await learner.estimateLogDet(productOf(A, SAMPLES, TERMS), noise, TERMS);
      const deviation = Math.sqrt(varianceOf(seriesMatrix(A, TERMS)) / SAMPLES);
      expect.that(
        Math.abs(estimate - series) <= MOST_DEVIATIONS * deviation,
        `the mean of ${SAMPLES} estimates is ${valueText(estimate)}, and your series ${valueText(series)}: that is ${valueText(Math.abs(estimate - series) / deviation)} deviations of such a mean`,
        {
          input: `estimateLogDet with ${SAMPLES} vectors of signs`,
          got: estimate,
        },
      );
    },
  },
];
