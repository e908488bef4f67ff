import { allowedErrors } from "../../domain/domain.ts";
import { drawOnce, strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { judgeInTurn } from "../../grading/in-turn.ts";
import { valueText } from "../../grading/transcript.ts";
import type { Plain } from "../../harness/kinds.ts";
import { apply, logNormal, multiply, transpose } from "../../oracle/matrices.ts";
import {
  ALLOWED,
  type Asked,
  dataSets,
  domains,
  meanOf,
  momentsOf,
  scatterAbout,
  type signatures,
  twoSets,
} from "./whitening.domain.ts";

const describe = (data: readonly number[][]): string => `${data.length} rows of ${data[0].length} numbers`;

type Flow = Plain<(typeof signatures)["fitWhitening"]["returns"]>;
type Method = keyof Flow;

/** One flow beside another, asked by its other methods too. */
async function askInTurn(
  { learner, random }: CheckContext<typeof signatures>,
  others: readonly Method[],
  judge: (flow: Flow, asked: Asked, when: string) => Promise<void>,
): Promise<void> {
  await judgeInTurn<[number[][]], Flow, number[]>({
    ...drawOnce(random, twoSets),
    make: ([data]) => learner.fitWhitening(data),
    others: others.map((method) => (flow, point) => flow[method](point)),
    judge: (flow, [data], point, when) => judge(flow, [data, point], when),
  });
}

/** Four rows with mean (1, 2) and covariance [[4, 0], [0, 9]]. */
const CROSS = [
  [3, 5],
  [3, -1],
  [-1, 5],
  [-1, -1],
];

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "the whitened data have mean 0 and the identity as covariance",
    points: 2,
    hints: [
      {
        test: async (learner) => {
          const { inverse } = await learner.fitWhitening(CROSS);
          return { got: (await inverse([1, 2])).map(Math.abs), want: [0, 0] };
        },
        text: "The four rows $(3, 5)$, $(3, -1)$, $(-1, 5)$, $(-1, -1)$ have the mean $(1, 2)$. It has to be whitened to the origin: $z = \\Omega^{-1}(x - \\beta)$.",
      },
      {
        text: "The mean arrives at the origin. The covariance of $\\Omega^{-1}(x - \\beta)$ is $\\Omega^{-1} \\Sigma\\, \\Omega^{-\\top}$ with the covariance $\\Sigma$ of the data (divided by $I$, the number of rows). For which $\\Omega$ is that the identity?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, dataSets)) {
        const [data] = inputs;
        const { inverse } = await learner.fitWhitening(data);
        const z: number[][] = [];
        for (const row of data) z.push(await inverse(row));
        const n = data[0].length;
        if (z.some(({ length }) => length !== n)) {
          expect.that(false, `each z has ${n} numbers, as each x has`, {
            got: z.find(({ length }) => length !== n),
          });
          continue;
        }
        const input = `the mean of inverse(x) over ${describe(data)}`;
        expect.close(meanOf(z), new Array<number>(n).fill(0), { absolute: ALLOWED, input });
        expect.close(
          scatterAbout(z, meanOf(z)).flat(),
          Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)),
          { absolute: ALLOWED, input: `the covariance of inverse(x) over ${describe(data)}, row by row` },
        );
      }
    },
  },
  {
    name: "forward undoes inverse",
    points: 1,
    hints: [
      {
        text: "If $z = \\Omega^{-1}(x - \\beta)$, how does one get back to $x$? The shift that was taken away first is added last, and the matrix is the same in both directions.",
      },
    ],
    async run(context) {
      const { learner, random, expect } = context;
      const judge = async (flow: Flow, [data, x]: Asked, when = "") =>
        expect.close(await flow.forward(await flow.inverse(x)), x, {
          absolute: momentsOf(data).scales.map((scale) => ALLOWED * scale),
          input: () => `forward(inverse(${valueText(x)}))${when}`,
        });
      for (const { inputs } of strata(random, domains.inverse.regions))
        await judge(await learner.fitWhitening(inputs[0]), inputs);
      await askInTurn(context, ["logDensity"], judge);
    },
  },
  {
    name: "generates data of the same mean and covariance",
    points: 1,
    hints: [
      {
        test: async (learner) => {
          const { forward } = await learner.fitWhitening(CROSS);
          return { got: await forward([0, 0]), want: [1, 2] };
        },
        text: "The middle of the base is $z = 0$. It has to go to the mean of the data: $x = \\beta + \\Omega z$.",
      },
      {
        text: "The middle is right. A standard normal $z$ becomes an $x$ of covariance $\\Omega\\,\\Omega^\\top$, and that has to be the covariance of the data. Is your $\\Omega$ a *root* of it, and transposed where it should not be?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domains.forward.regions)) {
        const [data, z] = inputs;
        const n = data[0].length;
        const { forward } = await learner.fitWhitening(data);
        const origin = await forward(new Array<number>(n).fill(0));
        const { mean, covariance, scales } = momentsOf(data);
        expect.close(origin, mean, {
          absolute: scales.map((scale) => ALLOWED * scale),
          input: `forward of the origin, for ${describe(data)}`,
        });
        const columns: number[][] = [];
        for (let j = 0; j < n; j++) {
          const unit = new Array<number>(n).fill(0).with(j, 1);
          columns.push((await forward(unit)).map((v, i) => v - origin[i]));
        }
        if (columns.some(({ length }) => length !== n)) continue;
        expect.close(multiply(transpose(columns), columns).flat(), covariance.flat(), {
          absolute: scales.flatMap((a) => scales.map((b) => 2 * ALLOWED * a * b)),
          input: `Ω Ωᵀ, row by row, with forward(e_j) − forward(0) as the columns of Ω, for ${describe(data)}`,
        });
        // A z further out: a map that is no linear one agrees at the unit vectors only by chance.
        const straight = apply(transpose(columns), z).map((v, i) => v + origin[i]);
        expect.close(await forward(z), straight, {
          absolute: scales.map((scale) => 4 * ALLOWED * scale),
          input: `forward(${valueText(z)})`,
          beside: "your own values at the origin and the unit vectors make of it",
          message: "this is not β + Ω z with the β and Ω that the unit vectors show: the flow is not linear",
        });
      }
    },
  },
  {
    name: "the log-density is that of the best linear flow",
    points: 2,
    hints: [
      {
        test: async (learner) => {
          const { logDensity } = await learner.fitWhitening([[2], [-2]]);
          return { got: await logDensity([0]), want: -0.5 * Math.log(2 * Math.PI) - Math.log(2) };
        },
        text: "The rows $(2)$ and $(-2)$ have mean 0 and variance 4, so that the flow stretches by 2. At 0 the log-density of the base is $-\\tfrac12 \\log 2\\pi$: by how much, and in which direction, does the stretching change it?",
      },
      {
        test: async (learner) => {
          const { logDensity } = await learner.fitWhitening(CROSS);
          return { got: await logDensity([1, 2]), want: -Math.log(2 * Math.PI) - Math.log(6) };
        },
        text: "At the mean of one column you are right. The rows $(3, 5)$, $(3, -1)$, $(-1, 5)$, $(-1, -1)$ have the variances 4 and 9: the flow stretches areas by 6, and the base has its $\\tfrac12 \\log 2\\pi$ once for each dimension.",
      },
      {
        test: async (learner) => {
          const { logDensity } = await learner.fitWhitening(CROSS);
          return { got: await logDensity([3, 5]), want: -Math.log(2 * Math.PI) - Math.log(6) - 1 };
        },
        text: "At the mean you are right. The row $(3, 5)$ of the same four lies one deviation away from it in each direction, at $z = (\\pm1, \\pm1)$: by $\\tfrac12 z^\\top z = 1$ its log-density is lower.",
      },
      {
        text: "With uncorrelated columns you are right at test points. With correlated ones $|\\det \\Omega|$ is not the product of the columns' deviations: take it from the $\\Omega$ that you use.",
      },
    ],
    async run(context) {
      const { learner, random, expect } = context;
      const judge = async ({ logDensity }: Flow, asked: Asked, when = "") => {
        const [data, x] = asked;
        const { mean, covariance } = momentsOf(data);
        expect.close(await logDensity(x), logNormal(x, mean, covariance), {
          ...allowedErrors(domains.logDensity, logNormal(x, mean, covariance), ...asked),
          input: () => `logDensity(${valueText(x)}) after ${describe(data)}${when}`,
        });
      };
      for (const { inputs } of strata(random, domains.logDensity.regions))
        await judge(await learner.fitWhitening(inputs[0]), inputs);
      await askInTurn(context, ["forward", "inverse"], judge);
    },
  },
];
