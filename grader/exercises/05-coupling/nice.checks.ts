import { allowedErrors } from "../../domain/domain.ts";
import { drawOnce, strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { judgeInTurn } from "../../grading/in-turn.ts";
import { valueText } from "../../grading/transcript.ts";
import type { Plain } from "../../harness/kinds.ts";
import { determinant } from "../../oracle/matrices.ts";
import {
  type Asked,
  domains,
  jacobianOf,
  jacobianSizes,
  logDensityOf,
  type Made,
  partsOf,
  type signatures,
  twoFlows,
} from "./nice.domain.ts";

const short = (list: readonly number[]): string => list.map((v) => Number(v.toPrecision(4))).join(", ");
const describeCall = (method: string, [W, , , sigma, point]: Asked): string =>
  `${method}([${short(point)}]) where ${W[0].length} of ${point.length} numbers stay, sigma = [${short(sigma)}]`;

/** x = (z₁, z₂ + 3 tanh(2 z₁)): at z₁ = 0 the shift has the slope 6. */
const SHEAR: Made = [[[2]], [0], [[3]], [0, 0]];
/** The same, and then each number is doubled. */
const DOUBLING: Made = [[[2]], [0], [[3]], [Math.LN2, Math.LN2]];
const STANDARD = -Math.log(2 * Math.PI);

type Flow = Plain<(typeof signatures)["niceFlow"]["returns"]>;
type Method = keyof Flow;
type Judge = (asked: Asked, flow: Flow, when?: string) => Promise<void>;

/** Flows of all regions at a point each, and one beside others, asked by its other method too. */
async function askAll(
  { learner, random }: CheckContext<typeof signatures>,
  method: Method,
  judgeAt: Judge,
): Promise<void> {
  for (const { inputs } of strata(random, domains[method].regions))
    await judgeAt(inputs, await learner.niceFlow(...partsOf(inputs)));
  await judgeInTurn<Made, Flow, number[]>({
    ...drawOnce(random, twoFlows),
    make: (made) => learner.niceFlow(...made),
    others: [(flow, point) => (method === "jacobian" ? flow.logDensity(point) : flow.jacobian(point))],
    judge: (flow, made, point, when) => judgeAt([...made, point], flow, when),
  });
}

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "the Jacobian is that of the map from z to x",
    points: 2,
    hints: [
      {
        test: async (learner) => {
          const flow = await learner.niceFlow(...SHEAR);
          return { got: (await flow.jacobian([0, 5])).flat(), want: [1, 0, 6, 1] };
        },
        text: "With one number in each part, $W = 2$, $c = 0$, $V = 3$ and no scale, $x = (z_1,\\ z_2 + 3\\tanh 2 z_1)$. Differentiate both numbers by $z_1$ and by $z_2$, at $z = (0, 5)$. Which of the four is 0?",
      },
      {
        test: async (learner) => {
          const flow = await learner.niceFlow(...SHEAR);
          const slope = 6 * (1 - Math.tanh(1) ** 2);
          return { got: (await flow.jacobian([0.5, 5])).flat(), want: [1, 0, slope, 1] };
        },
        text: "At $z_1 = 0$ your four numbers are right, elsewhere they are not. What is the derivative of $\\tanh u$, and where has it to be taken?",
      },
      {
        test: async (learner) => {
          const flow = await learner.niceFlow(...DOUBLING);
          return { got: (await flow.jacobian([0, 5])).flat(), want: [2, 0, 12, 2] };
        },
        text: "Without a scale you are right. If $x_i$ is $e^{\\sigma_i}$ times as large, which of its derivatives are, too?",
      },
      {
        text: "With one number in each part you are right. With more, entry $(i, j)$ of the block at the lower left is $\\sum_k V_{ik}(1 - h_k^2) W_{kj}$: one sum over the hidden numbers.",
      },
    ],
    async run(context) {
      const { expect } = context;
      await askAll(context, "jacobian", async (inputs, { jacobian }, when = "") => {
        const want = jacobianOf(partsOf(inputs), inputs[4]);
        const got = await jacobian(inputs[4]);
        if (got.length !== want.length || got.some((row) => row.length !== want.length)) {
          expect.that(false, `a Jacobian of ${want.length} numbers by ${want.length} numbers is asked for`, {
            got,
          });
          return;
        }
        const n = want.length;
        const at = got
          .flat()
          .findIndex((v, k) => !(Math.abs(v - want.flat()[k]) <= 1e-4 * (1e-3 + Math.abs(want.flat()[k]))));
        expect.close(got.flat(), want.flat(), {
          ...allowedErrors(domains.jacobian, want.flat(), ...inputs),
          ...(at >= 0 && {
            message: `row ${Math.floor(at / n) + 1}, column ${(at % n) + 1}, is ${valueText(got.flat()[at])} and should be ${valueText(want.flat()[at])}`,
          }),
          input: () => describeCall("jacobian", inputs) + when,
        });
      });
    },
  },
  {
    name: "the log-density knows what the coupling costs and what the scale costs",
    points: 2,
    hints: [
      {
        test: async (learner) => {
          const flow = await learner.niceFlow(...SHEAR);
          return { got: await flow.logDensity([0, 0]), want: STANDARD };
        },
        text: "With $W = 2$, $c = 0$, $V = 3$ and no scale $x = (0, 0)$ comes from $z = (0, 0)$, where the standard normal in the plane has the log-density $-\\log 2\\pi$. By how much does the coupling change areas?",
      },
      {
        test: async (learner) => {
          const flow = await learner.niceFlow(...DOUBLING);
          return { got: await flow.logDensity([0, 0]), want: STANDARD - Math.log(4) };
        },
        text: "Without a scale you are right at the origin. If both numbers are doubled, areas grow by 4: is there more or less density at $x = (0, 0)$?",
      },
      {
        test: async (learner) => {
          const flow = await learner.niceFlow(...SHEAR);
          return {
            got: await flow.logDensity([0.5, 1]),
            want: STANDARD - (0.25 + (1 - 3 * Math.tanh(1)) ** 2) / 2,
          };
        },
        text: "At the origin you are right. Away from it you need the $z$ from which $x$ comes: what is taken away from the second number of $(0.5, 1)$?",
      },
      {
        text: "With one number in each part and without a scale you are right. Going back from $x$, which is undone first: the scale or the shift? And which first part does the shift see?",
      },
    ],
    async run(context) {
      const { expect } = context;
      await askAll(context, "logDensity", async (inputs, { logDensity }, when = "") => {
        const want = logDensityOf(partsOf(inputs), inputs[4]);
        expect.close(await logDensity(inputs[4]), want, {
          ...allowedErrors(domains.logDensity, want, ...inputs),
          input: () => describeCall("logDensity", inputs) + when,
        });
      });
    },
  },
  {
    name: "the volume of the Jacobian is that which the log-density charges",
    points: 1,
    hints: [
      {
        text: "The determinant of your Jacobian is not $e^{\\sum_i \\sigma_i}$. The block at the lower left plays no part in it: look at the diagonal, and at what stands above it.",
      },
    ],
    async run(context) {
      const { expect } = context;
      await askAll(context, "jacobian", async (inputs, { jacobian }) => {
        const want = inputs[3].reduce((product, v) => product * Math.exp(v), 1);
        const got = await jacobian(inputs[4]);
        if (got.some((row) => row.length !== got.length)) {
          expect.that(false, "a Jacobian is square", { got });
          return;
        }
        // What elimination by rows leaves of float32 numbers, with the block for its largest multiplier.
        const sizes = jacobianSizes(partsOf(inputs), inputs[4]);
        const block = Math.max(...sizes.map((row, i) => Math.max(...row) / Math.exp(inputs[3][i])));
        expect.close(determinant(got), want, {
          ...allowedErrors({ allows: () => 1e-9 * want, float32: () => 4 * (1 + block) * want }, want),
          input: `the determinant of ${describeCall("jacobian", inputs)}`,
        });
      });
    },
  },
];
