import { allowedErrors, type Domain } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { valueText } from "../../grading/transcript.ts";
import type { Matrix } from "../../oracle/matrices.ts";
import {
  denseDomain,
  denseOf,
  densePattern,
  elementwiseDomain,
  elementwiseOf,
  elementwisePattern,
  type Halves,
  type signatures,
} from "./16-10-structure.domain.ts";
import { drawnPattern, judgePattern } from "./16-10-structure.figures.ts";

type Context = CheckContext<typeof signatures>;

function judgeMatrix<I extends readonly unknown[]>(
  { expect }: Pick<Context, "expect">,
  { got, want, domain, inputs }: { got: number[][]; want: number[][]; domain: Domain<I>; inputs: I },
): void {
  const n = want.length;
  if (got.length !== n || got.some((row) => row.length !== n)) {
    expect.that(false, `a Jacobian of ${n} numbers by ${n} numbers is asked for`, { got });
    return;
  }
  const wanted = want.flat();
  const at = got
    .flat()
    .findIndex((v, k) => !(Math.abs(v - wanted[k]) <= 1e-5 * (1e-3 + Math.abs(wanted[k]))));
  const [i, j] = [Math.floor(at / n), at % n];
  expect.close(got.flat(), wanted, {
    ...allowedErrors(domain, wanted, ...inputs),
    ...(at >= 0 && {
      message: `row ${i + 1}, column ${j + 1}, is ${valueText(got[i][j])} and should be ${valueText(want[i][j])}`,
    }),
  });
}

const zeroPattern = (rows: Matrix): number[] => rows.flat().map((v) => Number(v !== 0));

/** Whether a wrong picture is that of a wrong matrix. */
const followsOwn = async (
  shown: Parameters<typeof drawnPattern>[0],
  own: Matrix,
  want: Matrix,
): Promise<boolean> => {
  const drawn = drawnPattern(shown);
  const same = (a: Matrix, b: Matrix) => JSON.stringify(zeroPattern(a)) === JSON.stringify(zeroPattern(b));
  return drawn !== undefined && same(drawn, own) && !same(own, want);
};

/** Without a 0, and so is what their products are added to. */
const ordinary = (half: number): number[][] =>
  Array.from({ length: half }, (_, i) =>
    Array.from({ length: half }, (_, j) => 0.5 + 0.25 * i + 0.375 * j + (i === j ? 1 : 0)),
  );
const slopes = (half: number): number[] => Array.from({ length: half }, (_, i) => 0.5 + 0.25 * i);

export const checks = (of: Halves): readonly Check<typeof signatures>[] => [
  {
    name: "(i) the Jacobian of fully connected networks",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite", "shape"],
        test: async (learner) => ({
          got: (await learner.denseJacobian([[2]], [[3]])).flat(),
          want: [1, 2, 3, 7],
        }),
        text: "With one number in each half, $A = 2$, $B = 3$: $h_1' = h_1 + f_1[h_2]$ has the derivatives 1 and 2. And $h_2' = h_2 + f_2[h_1']$ depends on $h_2$ in two ways: directly, and through $h_1'$. By the chain rule $1 + 3 \\cdot 2 = 7$.",
      },
      {
        when: ["value", "not-finite", "shape"],
        test: async (learner) => ({
          got: (
            await learner.denseJacobian(
              [
                [0, 1],
                [0, 0],
              ],
              [
                [0, 0],
                [0, 1],
              ],
            )
          ).flat(),
          want: [1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1],
        }),
        text: "One number in each half is right. With matrices the order counts: a change of $h_2$ goes through $A$ first and then through $B$, and what acts first stands on the right.",
      },
      {
        text: "Two and two are right. $A$ may be wide or tall: the identity at the upper left has the size of $h_1$, that at the lower right the size of $h_2$.",
      },
    ],
    async run(context) {
      for (const { inputs } of strata(context.random, denseDomain.regions))
        judgeMatrix(context, {
          got: await context.learner.denseJacobian(...inputs),
          want: denseOf(inputs),
          domain: denseDomain,
          inputs,
        });
    },
  },
  {
    name: "(ii) the Jacobian of elementwise flows",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite", "shape"],
        test: async (learner) => ({
          got: (await learner.elementwiseJacobian([2], [3])).flat(),
          want: [1, 2, 3, 7],
        }),
        text: "One number in each half is the same as in (i): $a = 2$, $b = 3$ give 1, 2 in the first row and 3, $1 + 3 \\cdot 2$ in the second.",
      },
      {
        text: "One number in each half is right. With more, $f_1$ takes the $i$-th number of $h_2$ and gives the $i$-th of what is added to $h_1$: $\\partial f_1/\\partial h_2$ is diagonal, and so are all four blocks.",
      },
    ],
    async run(context) {
      for (const { inputs } of strata(context.random, elementwiseDomain.regions))
        judgeMatrix(context, {
          got: await context.learner.elementwiseJacobian(...inputs),
          want: elementwiseOf(inputs),
          domain: elementwiseDomain,
          inputs,
        });
    },
  },
  {
    name: "(i) the figure",
    points: 1,
    hints: [
      {
        when: ["value"],
        test: async (learner) => ({
          got: Number(
            await followsOwn(
              await learner.denseFigure(),
              await learner.denseJacobian(ordinary(of.dense), ordinary(of.dense)),
              densePattern(of.dense),
            ),
          ),
          want: 0,
        }),
        text: "The figure shows the zeros of your `denseJacobian`, and those are wrong: mend that function first.",
      },
      {
        text: `\`patternFigure(matrix)\` draws a matrix and its zeros. Give it your \`denseJacobian\` of two matrices of ${of.dense} × ${of.dense} without a 0, so that only those entries are 0 that always are.`,
      },
    ],
    async run({ learner, expect }) {
      judgePattern(await learner.denseFigure(), densePattern(of.dense), expect);
    },
  },
  {
    name: "(ii) the figure",
    points: 1,
    hints: [
      {
        when: ["value"],
        test: async (learner) => ({
          got: Number(
            await followsOwn(
              await learner.elementwiseFigure(),
              await learner.elementwiseJacobian(slopes(of.elementwise), slopes(of.elementwise)),
              elementwisePattern(of.elementwise),
            ),
          ),
          want: 0,
        }),
        text: "The figure shows the zeros of your `elementwiseJacobian`, and those are wrong: mend that function first.",
      },
      {
        text: `Give \`patternFigure\` your \`elementwiseJacobian\` of two lists of ${of.elementwise} slopes, none of them 0 and no product −1.`,
      },
    ],
    async run({ learner, expect }) {
      judgePattern(await learner.elementwiseFigure(), elementwisePattern(of.elementwise), expect);
    },
  },
];
