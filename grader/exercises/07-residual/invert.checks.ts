import { allowedErrors } from "../../domain/domain.ts";
import { drawOnce, strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import {
  type Asked,
  changeDomain,
  changeOf,
  exactOf,
  minus,
  norm,
  regions,
  type signatures,
  twoTolerances,
} from "./invert.domain.ts";

type Context = CheckContext<typeof signatures>;

/** What the arithmetic itself leaves: no error is held to be smaller. */
const rounding = ([, , , L, y]: Asked): number => (1e-14 * (1 + norm(y))) / (1 - L);

/** f(z) = −0.9 tanh(z) of one number: the iteration comes from one side, and each step leaves 0.9 of the distance. */
const STEEP: Asked = [[[1]], [0], [[-0.9]], 0.9, [0.002], 1e-5];
const EXACT = exactOf(STEEP)[0];

/** All questions of a run with their answers, which every wrong program is judged by. */
const questions = (context: Pick<Context, "random">) => drawOnce(context.random, drawQuestions);
const drawQuestions = (random: Context["random"]) =>
  [...strata(random, regions).map(({ inputs }) => inputs), ...twoTolerances(random)].map((inputs) => ({
    inputs,
    exact: exactOf(inputs),
  }));

const short = (v: number): string => String(Number(v.toPrecision(3)));

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "the change at which to stop",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({ got: await learner.allowedChange(0.01, 0.5), want: 0.01 }),
        text: "With $L = \\tfrac12$ each change is at most half of the one before, so that all that are to come are at most $\\tfrac12 + \\tfrac14 + \\dots = 1$ times the last one: an error of 0.01 allows a change of 0.01.",
      },
      {
        text: "With $L = \\tfrac12$ you are right. In general all changes that are to come add up to at most $L + L^2 + L^3 + \\dots = \\frac{L}{1 - L}$ times the last one.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, changeDomain.regions)) {
        const want = changeOf(inputs);
        expect.close(
          await learner.allowedChange(...inputs),
          want,
          allowedErrors(changeDomain, want, ...inputs),
        );
      }
    },
  },
  {
    name: "z is within ε of the solution",
    points: 3,
    hints: [
      {
        when: ["value", "not-finite", "shape"],
        test: async (learner) => ({
          got: Number(
            Math.abs(
              (await learner.invertBlock([[1]], [0], [[0.5]], 0.5, [1.2], 0.1)).z[0] -
                exactOf([[[1]], [0], [[0.5]], 0.5, [1.2], 0.1])[0],
            ) <= 0.1,
          ),
          want: 1,
        }),
        text: "One number, $f(z) = \\tfrac12\\tanh z$, $y = 1.2$: $z + \\tfrac12 \\tanh z = 1.2$ at $z = 0.849$, and yours is farther from it than $\\varepsilon = 0.1$. The iteration is $z \\leftarrow y - f(z)$, and may begin at $y$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: Number(Math.abs((await learner.invertBlock(...copy(STEEP))).z[0] - EXACT) <= 1.0001e-5),
          want: 1,
        }),
        text: "A gentle $f$ is right. With $f(z) = -0.9\\tanh z$ each step leaves 0.9 of the distance, so that there are *nine* times the last change still to come: yours stops too early. How small has the last change to be?",
      },
      {
        text: "One number is right. With many the change is a list: its size is the root of the sum of squares, and its largest number is up to $\\sqrt{D}$ times smaller.",
      },
    ],
    async run(context) {
      const { learner, expect } = context;
      for (const { inputs, exact } of questions(context)) {
        const { z } = await learner.invertBlock(...copy(inputs));
        const [, , , L, y, epsilon] = inputs;
        const input = `invertBlock with ${y.length === 1 ? "one number" : `${y.length} numbers`}, L = ${short(L)}, epsilon = ${short(epsilon)}`;
        if (z.length !== exact.length) {
          expect.that(false, `z is to have as many numbers as y, ${exact.length}`, { input, got: z });
          continue;
        }
        const error = norm(minus(z, exact));
        // A distance of NaN is none.
        expect.that(
          error <= epsilon * (1 + 1e-9) + rounding(inputs),
          `z is ${short(error)} away from the solution, which is more than epsilon`,
          {
            input,
            got: z,
            expected: exact,
          },
        );
      }
    },
  },
  {
    name: "the bound is one, and is within ε",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => {
          const { z, bound } = await learner.invertBlock(...copy(STEEP));
          return { got: Number(bound >= Math.abs(z[0] - EXACT) * (1 - 1e-9)), want: 1 };
        },
        text: "With $f(z) = -0.9\\tanh z$ your bound is *smaller* than the distance of your z from the solution: it proves nothing. From the last change $\\Delta$ the distance can be $\\frac{L}{1 - L}|\\Delta|$, here nine times that.",
      },
      {
        text: "The bound is true, and larger than $\\varepsilon$: that z is near enough is not proven. Stop only when the bound itself is $\\varepsilon$ or less.",
      },
    ],
    async run(context) {
      const { learner, expect } = context;
      for (const { inputs, exact } of questions(context)) {
        const { z, bound } = await learner.invertBlock(...copy(inputs));
        const [, , , L, y, epsilon] = inputs;
        const input = `invertBlock with ${y.length === 1 ? "one number" : `${y.length} numbers`}, L = ${short(L)}, epsilon = ${short(epsilon)}`;
        const error = norm(minus(z, exact));
        expect.that(
          bound * (1 + 1e-9) + rounding(inputs) >= error,
          `z is ${short(error)} away from the solution, and the bound says that it is not farther than ${short(bound)}`,
          { input, got: bound },
        );
        expect.that(bound <= epsilon * (1 + 1e-9), `the bound, ${short(bound)}, is larger than epsilon`, {
          input,
          got: bound,
        });
      }
    },
  },
];

function copy([W, c, V, L, y, epsilon]: Asked): [number[][], number[], number[][], number, number[], number] {
  return [W.map((row) => [...row]), [...c], V.map((row) => [...row]), L, [...y], epsilon];
}
