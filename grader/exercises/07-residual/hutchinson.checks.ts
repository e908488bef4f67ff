import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { valueText } from "../../grading/transcript.ts";
import type { Random } from "../../random.ts";
import {
  domains,
  estimateOf,
  estimating,
  gaussianOf,
  meanOf,
  productOf,
  rademacherOf,
  type signatures,
  signsOf,
  spreading,
  traceOf,
  uniforms,
} from "./hutchinson.domain.ts";

/** Deviations of the mean's own: of a right answer, more comes once in 1.7 million runs. */
const MOST_DEVIATIONS = 5;
const SAMPLES = 400;

/** A matrix whose entries below the diagonal are a quarter of those above: ΣA_ij² beside it is 1.36 times that of the symmetric part. */
function unevenMatrix(random: Random, n: number): number[][] {
  const entry = () => (random.integer(2) === 0 ? -1 : 1) * random.uniform(0.5, 1.5);
  const upper = Array.from({ length: n }, () => Array.from({ length: n }, entry));
  return upper.map((row, i) => row.map((v, j) => (j < i ? upper[j][i] / 4 : v)));
}

/** One vector, [1, 1], and the matrix [[1, 2], [3, 4]], of which it sees the sum of all entries. */
const simple = (noise: number[][]) =>
  productOf(
    [
      [1, 2],
      [3, 4],
    ],
    noise,
  );

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "estimates from products alone",
    points: 2,
    hints: [
      {
        when: "threw",
        text: "`product(v)` takes one list with a number for each dimension, and may be asked once for each vector of the noise. Take the rows of `noise` one after the other, and keep what `product` gives.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.estimateTrace(simple([[1, 1]]), [[1, 1]]),
          want: 10,
        }),
        text: "For $A = \\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}$ and $\\epsilon = (1, 1)$: $A\\epsilon = (3, 7)$, and $\\epsilon^\\top A \\epsilon = 10$. The trace is 5: a single estimate may be far off.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.estimateTrace(simple([[1], [1]]), [
            [1, 1],
            [1, -1],
          ]),
          want: 5,
        }),
        text: "One vector is right. With a second one, $(1, -1)$, whose estimate is 0, the mean is 5.",
      },
      {
        when: ["value", "not-finite"],
        text: "Vectors of ±1 are right. With other numbers, is each entry of $A\\epsilon$ multiplied by the entry of $\\epsilon$ itself, size and all?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, estimating)) {
        const want = estimateOf(inputs);
        expect.close(
          await learner.estimateTrace(...inputs),
          want,
          allowedErrors(domains.estimateTrace, want, ...inputs),
        );
      }
    },
  },
  {
    name: "the noise: signs, each as likely as the other",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.drawSigns([0.2, 0.7]), want: [-1, 1] }),
        text: "0.2 is below ½, so it gives −1, and 0.7 gives 1: one sign for each number, in the same order.",
      },
      {
        text: "Is exactly ½ below ½? And does a list of any length, also an empty one, have one sign for each number?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, uniforms)) {
        const want = signsOf(inputs[0]);
        expect.close(
          await learner.drawSigns(...inputs),
          want,
          allowedErrors(domains.drawSigns, want, ...inputs),
        );
      }
    },
  },
  {
    name: "the variance with normal noise",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.gaussianVariance([[3]], 1), want: 18 }),
        text: "One dimension: the estimate is $3\\epsilon^2$. For a standard normal $\\epsilon$, $\\text{Var}[\\epsilon^2] = \\mathbb{E}[\\epsilon^4] - 1 = 2$, so the variance is $9 \\cdot 2 = 18$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.gaussianVariance(
            [
              [1, 2],
              [2, 1],
            ],
            1,
          ),
          want: 20,
        }),
        text: "A symmetric matrix: $2 \\sum_{ij} A_{ij}^2 = 2 (1 + 4 + 4 + 1) = 20$ for $\\begin{bmatrix}1&2\\\\2&1\\end{bmatrix}$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.gaussianVariance(
            [
              [1, 4],
              [0, 1],
            ],
            1,
          ),
          want: 20,
        }),
        text: "Symmetric matrices are right. $\\epsilon^\\top A \\epsilon$ cannot tell $\\begin{bmatrix}1&4\\\\0&1\\end{bmatrix}$ from $\\begin{bmatrix}1&2\\\\2&1\\end{bmatrix}$: both are $\\epsilon_1^2 + 4\\epsilon_1\\epsilon_2 + \\epsilon_2^2$. So both have the variance 20.",
      },
      {
        when: ["value", "not-finite"],
        text: "One sample is right. The mean of so many independent estimates has so many times less variance.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, spreading)) {
        const want = gaussianOf(inputs);
        expect.close(
          await learner.gaussianVariance(...inputs),
          want,
          allowedErrors(domains.gaussianVariance, want, ...inputs),
        );
      }
    },
  },
  {
    name: "the variance with signs",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.rademacherVariance([[3]], 1), want: 0 }),
        text: "One dimension: $3\\epsilon^2$ is 3 whichever sign $\\epsilon$ has. What never varies has the variance 0.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.rademacherVariance(
            [
              [1, 2],
              [2, 1],
            ],
            1,
          ),
          want: 16,
        }),
        text: "For $\\begin{bmatrix}1&2\\\\2&1\\end{bmatrix}$ the estimate is $2 + 4\\epsilon_1\\epsilon_2$: 6 or −2, each half of the time. Its variance is 16.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await learner.rademacherVariance(
            [
              [1, 4],
              [0, 1],
            ],
            1,
          ),
          want: 16,
        }),
        text: "Symmetric matrices are right. $\\begin{bmatrix}1&4\\\\0&1\\end{bmatrix}$ gives $2 + 4\\epsilon_1\\epsilon_2$ as well, so 16 again. Which symmetric matrix has the same $\\epsilon^\\top A \\epsilon$?",
      },
      {
        when: ["value", "not-finite"],
        text: "One sample is right. The mean of so many independent estimates has so many times less variance.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, spreading)) {
        const want = rademacherOf(inputs);
        expect.close(
          await learner.rademacherVariance(...inputs),
          want,
          allowedErrors(domains.rademacherVariance, want, ...inputs),
        );
      }
    },
  },
  {
    name: "together: unbiased, and with the variance that you say",
    points: 1,
    hints: [
      {
        text: `The mean of ${SAMPLES} estimates with your own signs is further from the trace than ${MOST_DEVIATIONS} of its deviations, or they vary otherwise than you say. Get the checks above right first: if each of them passes, this one does.`,
      },
    ],
    async run({ learner, random, expect }) {
      const n = 4;
      // A trace far from every small number, which says nothing of the variance with signs.
      const shift = (random.integer(2) === 0 ? -1 : 1) * random.uniform(10, 20);
      const A = unevenMatrix(random, n).map((row, i) => row.with(i, row[i] + shift));
      const u = Array.from({ length: n * SAMPLES }, () => random.uniform(0, 1));
      const drawn = await learner.drawSigns(u);
      expect.that(drawn.length === u.length, "one sign for each number", {
        input: `drawSigns of ${u.length} numbers`,
      });
      const noise = Array.from({ length: SAMPLES }, (_, i) => drawn.slice(n * i, n * (i + 1)));
      const estimate = await learner.estimateTrace(productOf(A, noise), noise);
      const variance = await learner.rademacherVariance(A, SAMPLES);
      const off = (estimate - traceOf(A)) / Math.sqrt(variance);
      expect.that(
        Math.abs(off) <= MOST_DEVIATIONS,
        `with ${SAMPLES} vectors of your signs the estimate is ${valueText(estimate)}, which is ${valueText(Math.abs(off))} of the deviations that your variance says away from the trace ${valueText(traceOf(A))}`,
        {
          input: `estimateTrace with ${SAMPLES} vectors of drawSigns`,
          got: estimate,
          expected: valueText(traceOf(A)),
        },
      );
      // Every pattern of signs once: the mean of the squares is the variance itself, with no chance in it.
      const single: number[] = [];
      for (let pattern = 0; pattern < 2 ** n; pattern++) {
        const places = Array.from({ length: n }, (_, i) => ((pattern >> i) % 2 === 0 ? 0.25 : 0.75));
        const e = await learner.drawSigns(places);
        single.push(await learner.estimateTrace(productOf(A, [e]), [e]));
      }
      const spread = meanOf(single.map((v) => (v - traceOf(A)) ** 2));
      const said = await learner.rademacherVariance(A, 1);
      // Float32 moves either by less than a ten-thousandth; the squares of A's own entries are a third too large.
      expect.that(
        Math.abs(said - spread) <= 0.01 * spread,
        `over all ${2 ** n} vectors of ${n} signs your estimates lie ${valueText(spread)} from the trace in the mean of squares; your variance says ${valueText(said)}`,
        { input: `rademacherVariance of a matrix of ${n} rows, for one vector`, got: said },
      );
    },
  },
];
