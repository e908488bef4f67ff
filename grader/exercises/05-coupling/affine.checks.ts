import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { askForEvidence } from "../../grading/evidence.ts";
import type { Learner } from "../../harness/kinds.ts";
import {
  type Asked,
  couplings,
  forwardOf,
  forwardSizes,
  inverseOf,
  inverseSizes,
  logDetOf,
  logDetSize,
  type Parts,
  severalPoints,
  type signatures,
} from "./affine.domain.ts";

/** Nine digits of the largest terms; in float32 what sums of so many of them leave. */
const judge = (want: number | readonly number[], of: readonly number[], terms: number) =>
  allowedErrors(
    { allows: () => of.map((size) => 1e-9 * size), float32: () => of.map((size) => (1 + terms / 4) * size) },
    want,
  );

const partsOf = ([S, p, T, q]: Asked): [number[][], number[], number[][], number[]] => [S, p, T, q];

const short = (list: readonly number[]): string => list.map((v) => Number(v.toPrecision(4))).join(", ");
const describeCall = (method: string, [S, , , , point]: Asked): string =>
  `${method}([${short(point)}]) of a coupling in which ${S[0].length} of ${point.length} numbers stay`;

/** One number stays and one changes, worked out by hand: s = tanh 0 = 0 at a = 0, t = 3a + 1. */
const SHIFTING: [number[][], number[], number[][], number[]] = [[[0]], [0], [[3]], [1]];
/** s = tanh(50) = 1 to all digits, t = 0. */
const SCALING: [number[][], number[], number[][], number[]] = [[[0]], [50], [[0]], [0]];
/** Both, and s depends on a: 1 at a = 1, −1 at a = −1. */
const BOTH: [number[][], number[], number[][], number[]] = [[[50]], [0], [[3]], [1]];

type Coupling = Awaited<ReturnType<Learner<typeof signatures>["affineCoupling"]>>;
type Judge = (asked: Asked, coupling: Coupling) => Promise<void>;

/** Couplings of all regions at a point each, and one coupling at several points. */
async function askAll({ learner, random }: CheckContext<typeof signatures>, judgeAt: Judge): Promise<void> {
  for (const { inputs } of strata(random, couplings))
    await judgeAt(inputs, await learner.affineCoupling(...partsOf(inputs)));
  const points = severalPoints(random);
  const one = await learner.affineCoupling(...partsOf(points[0]));
  for (const inputs of points) await judgeAt(inputs, one);
}

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "forward keeps the first part and moves the rest",
    points: 2,
    hints: [
      {
        test: async (learner) => {
          const { forward } = await learner.affineCoupling(...SHIFTING);
          return { got: (await forward([2, 5])).length, want: 2 };
        },
        text: "$x$ has as many numbers as $z$: first those that have stayed, then the changed ones. How many does yours have?",
      },
      {
        test: async (learner) => {
          const { forward } = await learner.affineCoupling(...SHIFTING);
          return { got: await forward([2, 5]), want: [2, 12] };
        },
        text: "Begin with one number that stays and one that changes, $S = 0$, $p = 0$, $T = 3$, $q = 1$. At $z = (2, 5)$ the scale is $e^0 = 1$ and the shift $3 \\cdot 2 + 1 = 7$, so $x = (2, 12)$.",
      },
      {
        test: async (learner) => {
          const { forward } = await learner.affineCoupling(...SCALING);
          return { got: await forward([2, 5]), want: [2, 5 * Math.E] };
        },
        text: "The shift is right. Now $S = 0$, $p = 50$, $T = 0$, $q = 0$: $\\tanh 50$ is 1 to all digits, so $z = (2, 5)$ becomes $(2, 5e)$.",
      },
      {
        test: async (learner) => {
          const { forward } = await learner.affineCoupling(...BOTH);
          return { got: await forward([1, 5]), want: [1, 4 + 5 * Math.E] };
        },
        text: "With $S = 0$ you are right. Now $S = 50$, $p = 0$, $T = 3$, $q = 1$: at $z = (1, 5)$ the scale is $e^{\\tanh 50}$ and the shift 4, so that $x = (1, 4 + 5e)$.",
      },
      {
        text: "With one number in each part you are right. With more: row $i$ of $S$ and $T$ belongs to the $i$-th number that *changes*, and is multiplied by all that *stay*. How many stay? As many as a row is long.",
      },
    ],
    async run(context) {
      await askAll(context, async (inputs, { forward }) => {
        const parts: Parts = partsOf(inputs);
        const want = forwardOf(parts, inputs[4]);
        context.expect.close(await forward(inputs[4]), want, {
          ...judge(want, forwardSizes(parts, inputs[4]), inputs[0][0].length),
          input: () => describeCall("forward", inputs),
        });
      });
    },
  },
  {
    name: "inverse finds z",
    points: 2,
    hints: [
      {
        test: async (learner) => {
          const { inverse } = await learner.affineCoupling(...SHIFTING);
          return { got: await inverse([2, 12]), want: [2, 5] };
        },
        text: "With $S = 0$, $p = 0$, $T = 3$, $q = 1$ the point $x = (2, 12)$ came from $(2, 12 - 7)$: the first number has stayed, so the shift is known.",
      },
      {
        test: async (learner) => {
          const { inverse } = await learner.affineCoupling(...BOTH);
          return { got: await inverse([1, 4 + 5 * Math.E]), want: [1, 5] };
        },
        text: "Undo the last first. Forward multiplies and then adds; with $S = 50$, $p = 0$, $T = 3$, $q = 1$ the point $x = (1, 4 + 5e)$ came from $(1, 5)$. What do you get after each of the two steps back?",
      },
      {
        text: "With one number in each part you are right. Which numbers of $x$ do your $s$ and $t$ look at, when there are more?",
      },
    ],
    async run(context) {
      await askAll(context, async (inputs, { forward, inverse }) => {
        const parts: Parts = partsOf(inputs);
        await askForEvidence(() => forward(inputs[4]));
        const want = inverseOf(parts, inputs[4]);
        context.expect.close(await inverse(inputs[4]), want, {
          ...judge(want, inverseSizes(parts, inputs[4]), inputs[0][0].length),
          input: () => describeCall("inverse", inputs),
        });
      });
    },
  },
  {
    name: "logDet is the log-determinant of the forward direction",
    points: 1,
    hints: [
      {
        test: async (learner) => {
          const { logDet } = await learner.affineCoupling(...SCALING);
          return { got: await logDet([2, 5]), want: 1 };
        },
        text: "With $S = 0$, $p = 50$ the second number is multiplied by $e$, and the first stays: areas grow by $e$, so the log-determinant is 1.",
      },
      {
        text: "With one number in each part and $S = 0$ you are right. A determinant of a triangle is the product of its diagonal, its logarithm a sum: over which numbers?",
      },
    ],
    async run(context) {
      await askAll(context, async (inputs, { logDet }) => {
        const parts: Parts = partsOf(inputs);
        const want = logDetOf(parts, inputs[4]);
        context.expect.close(await logDet(inputs[4]), want, {
          ...judge(want, [logDetSize(parts, inputs[4])], inputs[0].length),
          input: () => describeCall("logDet", inputs),
        });
      });
    },
  },
  {
    name: "inverseLogDet is that of the direction from x to z",
    points: 1,
    hints: [
      {
        test: async (learner) => {
          const { inverseLogDet } = await learner.affineCoupling(...SCALING);
          return { got: await inverseLogDet([2, 5]), want: -1 };
        },
        text: "With $S = 0$, $p = 50$ the inverse divides the second number by $e$: areas *shrink* by that factor.",
      },
      {
        text: "With one number in each part and $S = 0$ you are right. Which numbers of $x$ does your $s$ look at, when there are more, and are all of its numbers added?",
      },
    ],
    async run(context) {
      await askAll(context, async (inputs, { inverseLogDet }) => {
        const parts: Parts = partsOf(inputs);
        const want = -logDetOf(parts, inputs[4]);
        context.expect.close(await inverseLogDet(inputs[4]), want, {
          ...judge(want, [logDetSize(parts, inputs[4])], inputs[0].length),
          input: () => describeCall("inverseLogDet", inputs),
        });
      });
    },
  },
];
