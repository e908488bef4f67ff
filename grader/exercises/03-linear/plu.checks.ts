import { allowedErrors } from "../../domain/domain.ts";
import { drawOnce, strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { askForEvidence } from "../../grading/evidence.ts";
import { judgeInTurn } from "../../grading/in-turn.ts";
import type { Plain } from "../../harness/kinds.ts";
import {
  type Asked,
  domains,
  extremes,
  forwardTruth,
  inverseTruth,
  type Made,
  madeFlows,
  type signatures,
  twoFlows,
} from "./plu.domain.ts";

const logs = (d: readonly number[]): number => d.reduce((sum, v) => sum + Math.log(Math.abs(v)), 0);

/** A flow of two dimensions with a right answer that is worked out by hand. */
const small = {
  order: [1, 0],
  lower: [
    [9, 9],
    [2, 9],
  ],
  upper: [
    [9, 3],
    [9, 9],
  ],
  d: [2, 5],
};
/** The running sums of three numbers. */
const three = {
  order: [0, 1, 2],
  lower: [
    [9, 9, 9],
    [1, 9, 9],
    [1, 1, 9],
  ],
  upper: [
    [9, 0, 0],
    [9, 9, 0],
    [9, 9, 9],
  ],
  d: [1, 1, 1],
};
const flowOf = ({ order, lower, upper, d }: typeof small): [number[], number[][], number[][], number[]] => [
  order,
  lower,
  upper,
  d,
];

/** As a learner would type it; of large matrices only the sizes. */
function describe(what: string, [order, lower, upper, d]: Made | Asked, point?: readonly number[]): string {
  const list = (numbers: readonly number[]) => `[${numbers.map((v) => Number(v.toPrecision(4))).join(", ")}]`;
  const matrix = (a: readonly (readonly number[])[]) =>
    a.length > 4 ? `a matrix of ${a.length} × ${a.length}` : `[${a.map(list).join(", ")}]`;
  return `pluFlow(${list(order)}, ${matrix(lower)}, ${matrix(upper)}, ${list(d)}).${what}(${point ? list(point) : ""})`;
}

type Context = CheckContext<typeof signatures>;
type Flow = Plain<(typeof signatures)["pluFlow"]["returns"]>;
type Method = keyof Flow;
const METHODS: { readonly [name in Method]: (flow: Flow, point: number[]) => Promise<unknown> } = {
  forward: (flow, z) => flow.forward(z),
  inverse: (flow, x) => flow.inverse(x),
  logDet: (flow) => flow.logDet(),
};

/** One flow beside others, asked by its other methods too. */
async function askInTurn(
  { learner, random }: Context,
  judged: Method,
  judge: (flow: Flow, asked: Asked, when: string) => Promise<void>,
): Promise<void> {
  const { [judged]: _judged, ...others } = METHODS;
  await judgeInTurn<Made, Flow, number[]>({
    ...drawOnce(random, twoFlows),
    make: (made) => learner.pluFlow(...made),
    others: Object.values(others),
    judge: (flow, made, point, when) => judge(flow, [...made, point], when),
  });
}

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "forward is P L (U + D) z",
    points: 2,
    hints: [
      {
        test: async (learner) => {
          const flow = await learner.pluFlow([0], [[9]], [[9]], [2]);
          return { got: await flow.forward([3]), want: [6] };
        },
        text: "Begin with one dimension: $P$ and $L$ are the number 1 there, $U$ is 0, and $x = d_1 z_1$, whatever stands in `lower` and `upper`.",
      },
      {
        test: async (learner) => {
          const flow = await learner.pluFlow(...flowOf({ ...small, order: [0, 1] }));
          return { got: await flow.forward([1, 1]), want: [5, 15] };
        },
        text: "One dimension is right. Two, by hand, with nothing exchanged: for $d = (2, 5)$, 3 above the diagonal of `upper` and 2 below that of `lower`, the point $(1, 1)$ first becomes $(2 + 3, 5) = (5, 5)$, then $(5, 5 + 2 \\cdot 5) = (5, 15)$. What do you get after each of the two?",
      },
      {
        test: async (learner) => {
          const flow = await learner.pluFlow(...flowOf(three));
          return { got: await flow.forward([1, 1, 1]), want: [1, 2, 3] };
        },
        text: "Two dimensions are right. Three, with nothing exchanged, $d = (1, 1, 1)$, zeros above the diagonal of `upper` and ones below that of `lower`: $(1, 1, 1)$ becomes $(1,\\ 1 + 1,\\ 1 + 1 + 1)$. Each row adds up the numbers that $U + D$ has made, not those that $L$ has changed already.",
      },
      {
        text: "Without exchanges your numbers are right at test points. So look at $P$: which number of $h$ goes to place $i$ of $x$, and is $P$ the first or the last to act?",
      },
    ],
    async run(context) {
      const { learner, random, expect } = context;
      const judge = async (flow: Flow, asked: Asked, when = "") => {
        const want = forwardTruth(asked);
        expect.close(await flow.forward(asked[4]), want, {
          ...allowedErrors(domains.forward, want, ...asked),
          input: () => describe("forward", asked, asked[4]) + when,
        });
      };
      for (const { inputs } of strata(random, domains.forward.regions)) {
        const [order, lower, upper, d] = inputs;
        await judge(await learner.pluFlow(order, lower, upper, d), inputs);
      }
      await askInTurn(context, "forward", judge);
    },
  },
  {
    name: "inverse finds z",
    points: 2,
    hints: [
      {
        test: async (learner) => {
          const flow = await learner.pluFlow(...flowOf({ ...small, order: [0, 1] }));
          return { got: await flow.inverse([5, 15]), want: [1, 1] };
        },
        text: "By hand, with nothing exchanged: for $d = (2, 5)$, 3 above the diagonal of `upper` and 2 below that of `lower`, $x = (5, 15)$ comes from $(5, 15 - 2 \\cdot 5) = (5, 5)$, and that from $z_2 = 5/5$, $z_1 = (5 - 3 z_2)/2$. What do you get after each of the two?",
      },
      {
        test: async (learner) => {
          const flow = await learner.pluFlow(...flowOf(three));
          return { got: await flow.inverse([1, 2, 3]), want: [1, 1, 1] };
        },
        text: "Two dimensions are right. Three, with nothing exchanged, $d = (1, 1, 1)$, zeros above the diagonal of `upper` and ones below that of `lower`: $x = (1, 2, 3)$ comes from $(1,\\ 2 - 1,\\ 3 - 1 - 1)$. How many numbers are taken away in the third row?",
      },
      {
        text: "Without exchanges your numbers are right at test points. $P$ acted last, so it is undone first: the number at place $i$ of $x$ goes back to the place from which it came.",
      },
    ],
    async run(context) {
      const { learner, random, expect } = context;
      const judge = async (flow: Flow, asked: Asked, when = "") => {
        const want = inverseTruth(asked);
        expect.close(await flow.inverse(asked[4]), want, {
          ...allowedErrors(domains.inverse, want, ...asked),
          input: () => describe("inverse", asked, asked[4]) + when,
        });
      };
      for (const { inputs } of strata(random, domains.inverse.regions)) {
        const [order, lower, upper, d, x] = inputs;
        const flow = await learner.pluFlow(order, lower, upper, d);
        await askForEvidence(() => flow.forward(x));
        await judge(flow, inputs);
      }
      await askInTurn(context, "inverse", judge);
    },
  },
  {
    name: "logDet is the log-determinant of the forward direction",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => {
          const flow = await learner.pluFlow(...flowOf(small));
          return { got: await flow.logDet(), want: Math.log(10) };
        },
        text: "For $d = (2, 5)$ the determinant is $\\pm 10$: $P$ has the determinant $\\pm1$ and $L$ has 1. What does your code give?",
      },
      {
        when: ["value", "not-finite"],
        text: "For $d = (2, 5)$ you are right. What becomes of a negative $d_i$: does space shrink to a negative volume?",
      },
    ],
    async run(context) {
      const { learner, random, expect } = context;
      const judge = async (flow: Flow, made: Made, when = "") => {
        const want = logs(made[3]);
        expect.close(await flow.logDet(), want, {
          ...allowedErrors(domains.logDet, want, ...made),
          input: () => describe("logDet", made) + when,
        });
      };
      for (const { inputs } of strata(random, madeFlows))
        await judge(await learner.pluFlow(...inputs), inputs);
      await askInTurn(context, "logDet", (flow, [order, lower, upper, d], when) =>
        judge(flow, [order, lower, upper, d], when),
      );
    },
  },
  {
    name: "keeps the logarithm when the determinant is no number any more",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => {
          const flow = await learner.pluFlow(...flowOf({ ...small, d: [2, -5] }));
          return { got: await flow.logDet(), want: Math.log(10) };
        },
        text: "Your value is wrong in forty dimensions, and in two as well: begin with the check above.",
      },
      {
        when: ["value", "not-finite"],
        text: "Forty numbers of size $10^{-9}$ have the product $10^{-360}$, which is 0 in floating point, and forty of size $10^9$ are infinite. What does the logarithm of a product become?",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, extremes)) {
        const d = inputs[3];
        const flow = await learner.pluFlow(...inputs);
        const want = logs(d);
        expect.close(await flow.logDet(), want, {
          ...allowedErrors(domains.logDet, want, ...inputs),
          input: () => `logDet() of a flow of 40 dimensions whose d begins with ${d[0].toExponential(2)}`,
        });
      }
    },
  },
];
