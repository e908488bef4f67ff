import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { normals } from "../../random.ts";
import { normalMatrix, spectralNorm } from "./contraction.draws.ts";
import { boundsOf, limitedOf } from "./spectral.bounds.ts";
import { domains, type signatures } from "./spectral.domain.ts";
import { normOf, stepOf } from "./spectral.iteration.ts";

const TALL = [[3], [4]];
const WIDE = [[3, 4]];
const SHEAR = [
  [1, 2],
  [0, 1],
];

/** Steps after which the norm has settled: where it has not, another singular value is within 1% of the largest, and the norm too. */
const SETTLED = 300;
/** Of the norm: what singular values so close to each other leave. */
const CLOSE = 5e-3;

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "one step, for wide and tall matrices",
    points: 2,
    hints: [
      {
        test: async (learner) => {
          const { v } = await learner.powerStep(TALL, [1, 0]);
          return { got: v, want: [1] };
        },
        when: ["value", "threw", "shape", "not-finite"],
        text: "$W$ has `weights.length` rows. For the tall matrix $W = \\begin{bmatrix}3\\\\4\\end{bmatrix}$, $u$ has two numbers and $v$ has one: $v$ comes from $W^\\top u$, a sum over the *rows* of $W$.",
      },
      {
        test: async (learner) => {
          const { u, v, norm } = await learner.powerStep(TALL, [1, 0]);
          return { got: [...u, ...v, norm], want: [0.6, 0.8, 1, 5] };
        },
        when: ["value", "threw", "shape", "not-finite"],
        text: "With $u = (1, 0)$: $W^\\top u = (3)$, so $v = (1)$. $Wv = (3, 4)$ has the length 5, which is the norm, and $u$ becomes $(0.6, 0.8)$.",
      },
      {
        test: async (learner) => {
          const { u, v, norm } = await learner.powerStep(WIDE, [-2]);
          return { got: [...u, ...v, norm], want: [-1, -0.6, -0.8, 5] };
        },
        when: ["value", "threw", "shape", "not-finite"],
        text: "The tall one is right. For the wide $W = (3\\;4)$ and $u = (-2)$: $W^\\top u = (-6, -8)$ becomes $v = (-0.6, -0.8)$, and $Wv = -5$ has the norm 5.",
      },
      {
        when: ["value", "threw", "shape", "not-finite"],
        text: "One row and one column are right. In a matrix with both, look at the first number shown that is not what was asked for: is it one of $u$, of $v$, or the norm?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.powerStep.regions)) {
        const want = stepOf(inputs);
        const got = await learner.powerStep(...inputs);
        const numbers = [...want.u, ...want.v, want.norm];
        expect.close(
          [...got.u, ...got.v, got.norm],
          numbers,
          allowedErrors(domains.powerStep, numbers, ...inputs),
        );
      }
    },
  },
  {
    name: "so many steps: the spectral norm",
    points: 2,
    hints: [
      {
        when: ["value", "threw", "not-finite"],
        test: async (learner) => ({ got: await learner.spectralNorm(TALL, [1, 0], 1), want: 5 }),
        text: "One step for $W = \\begin{bmatrix}3\\\\4\\end{bmatrix}$ from $u = (1, 0)$ has the norm 5.",
      },
      {
        when: ["value", "threw", "not-finite"],
        test: async (learner) => ({
          got: await learner.spectralNorm(SHEAR, [1, 0], 3),
          want: normOf([SHEAR, [1, 0], 3]),
        }),
        text: "One step is right. For $W = \\begin{bmatrix}1&2\\\\0&1\\end{bmatrix}$ from $u = (1, 0)$ the norms are 2.40832, 2.41420 and 2.41421 after one, two and three steps ($1 + \\sqrt 2$ in the end): each step begins with the $u$ of the one before. (The eigenvalues of $W$ are both 1. They do not say how much a vector may grow.)",
      },
      {
        when: ["value", "threw", "not-finite"],
        text: "Small cases are right. Do you take exactly `steps` steps, even if two norms in a row are nearly equal?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.spectralNorm.regions)) {
        const want = normOf(inputs);
        expect.close(
          await learner.spectralNorm(...inputs),
          want,
          allowedErrors(domains.spectralNorm, want, ...inputs),
        );
      }
    },
  },
  {
    name: "the crude bounds",
    points: 1,
    hints: [
      {
        when: ["value", "threw", "not-finite"],
        test: async (learner) => {
          const { frobenius, rowsAndColumns } = await learner.crudeBounds(TALL);
          return { got: [frobenius, rowsAndColumns], want: [5, Math.sqrt(28)] };
        },
        text: "For $W = \\begin{bmatrix}3\\\\4\\end{bmatrix}$: $\\sqrt{9 + 16} = 5$. Its column has the sum 7 and its largest row the sum 4, so the other bound is $\\sqrt{7 \\cdot 4} = 5.2915$.",
      },
      {
        when: ["value", "threw", "not-finite"],
        test: async (learner) => {
          const { frobenius, rowsAndColumns } = await learner.crudeBounds([[3, -4]]);
          return { got: [frobenius, rowsAndColumns], want: [5, Math.sqrt(28)] };
        },
        text: "One column is right. In $(3\\;-4)$ the *sizes* of the entries are added: the row has 7, the columns 3 and 4.",
      },
      {
        when: ["value", "threw", "not-finite"],
        text: "Rows and columns alone are right. With both, take the *largest* sum among the rows, and the largest among the columns.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.crudeBounds.regions)) {
        const want = boundsOf(inputs);
        const got = await learner.crudeBounds(...inputs);
        const numbers = [want.frobenius, want.rowsAndColumns];
        expect.close(
          [got.frobenius, got.rowsAndColumns],
          numbers,
          allowedErrors(domains.crudeBounds, numbers, ...inputs),
        );
      }
    },
  },
  {
    name: "weights within the limit",
    points: 1,
    hints: [
      {
        when: ["value", "threw", "not-finite"],
        test: async (learner) => ({
          got: (await learner.limitNorm([[3, 4]], 5, 1)).flat(),
          want: [0.6, 0.8],
        }),
        text: "$(3\\;4)$ has the norm 5. For the limit 1 all of its entries are multiplied by $\\tfrac15$.",
      },
      {
        when: ["value", "threw", "not-finite"],
        text: "A norm above the limit is right. Where the norm is at or below the limit already, the weights stay as they are.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.limitNorm.regions)) {
        const want = limitedOf(inputs);
        const got = await learner.limitNorm(...inputs);
        expect.that(
          got.length === want.length && got.every((row, i) => row.length === want[i].length),
          "the result has as many rows and columns as the weights",
          { got },
        );
        expect.close(got.flat(), want.flat(), allowedErrors(domains.limitNorm, want.flat(), ...inputs));
      }
    },
  },
  {
    name: "together: u kept from step to step of a training",
    points: 1,
    hints: [
      {
        text: "Steps of your own, each from the $u$ of the one before, do not come to the spectral norm, or lose it when the weights change a little. Get the checks above right first: if each of them passes, this one does.",
      },
    ],
    async run({ learner, random, expect }) {
      const shape = random.integer(2) === 0 ? [3, 5] : [5, 3];
      let weights = normalMatrix(random, shape[0], shape[1]);
      let u = normals(random, shape[0]);
      u = (await learner.powerStep(weights, u)).u;
      const settled = await learner.spectralNorm(weights, u, SETTLED);
      const truth = spectralNorm(weights);
      expect.close(settled, truth, { relative: CLOSE, message: "the spectral norm, by all singular values" });
      for (let k = 0; k < 40; k++) u = (await learner.powerStep(weights, u)).u;
      for (let k = 0; k < 5; k++) {
        const change = normalMatrix(random, shape[0], shape[1]);
        weights = weights.map((row, i) => row.map((v, j) => v + 0.002 * change[i][j]));
        const step = await learner.powerStep(weights, u);
        u = step.u;
        expect.close(step.norm, spectralNorm(weights), {
          relative: CLOSE,
          message: "one step from the kept u is as good, after a small step of a training",
        });
      }
      const limited = await learner.limitNorm(weights, settled, 0.9);
      const crude = await learner.crudeBounds(limited);
      const norm = spectralNorm(limited);
      expect.that(
        norm <= Math.min(crude.frobenius, crude.rowsAndColumns) * (1 + 1e-6) && norm < 0.95,
        "the limited weights have a norm of about the limit, and both crude bounds are above it",
        { input: "crudeBounds of limitNorm", got: [norm, crude.frobenius, crude.rowsAndColumns] },
      );
    },
  },
];
