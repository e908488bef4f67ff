import { allowedErrors } from "../../domain/domain.ts";
import { drawOnce, strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { askForEvidence } from "../../grading/evidence.ts";
import { judgeInTurn } from "../../grading/in-turn.ts";
import type { Plain } from "../../harness/kinds.ts";
import {
  type Asked,
  domains,
  forwardOf,
  inverseOf,
  logDetOf,
  type Made,
  type signatures,
  twoCouplings,
} from "./affine.domain.ts";

const partsOf = ([S, p, T, q]: Asked): Made => [S, p, T, q];

const short = (list: readonly number[]): string => list.map((v) => Number(v.toPrecision(4))).join(", ");
const describeCall = (method: string, [S, , , , point]: Asked): string =>
  `${method}([${short(point)}]) of a coupling in which ${S[0].length} of ${point.length} numbers stay`;

/** One number stays and one changes, worked out by hand: s = tanh 0 = 0 at a = 0, t = 3a + 1. */
const SHIFTING: Made = [[[0]], [0], [[3]], [1]];
/** s = tanh(50) = 1 to all digits, t = 0. */
const SCALING: Made = [[[0]], [50], [[0]], [0]];
/** Both, and s depends on a: 1 at a = 1, −1 at a = −1. */
const BOTH: Made = [[[50]], [0], [[3]], [1]];

type Context = CheckContext<typeof signatures>;
type Coupling = Plain<(typeof signatures)["affineCoupling"]["returns"]>;
type Method = keyof Coupling;

const TRUTH: { readonly [name in Method]: (parts: Made, point: number[]) => number | number[] } = {
  forward: forwardOf,
  inverse: inverseOf,
  logDet: logDetOf,
  inverseLogDet: (parts, x) => -logDetOf(parts, x),
};
const METHODS = Object.keys(TRUTH) as Method[];

/** One method: of couplings of all regions at a point each, and of one beside others, asked by its other methods too. */
async function askAll({ learner, random, expect }: Context, method: Method, also?: Method): Promise<void> {
  const judge = async (coupling: Coupling, asked: Asked, when = "") => {
    const want = TRUTH[method](partsOf(asked), asked[4]);
    expect.close(await coupling[method](asked[4]), want, {
      ...allowedErrors(domains[method], want, ...asked),
      input: () => describeCall(method, asked) + when,
    });
  };
  for (const { inputs } of strata(random, domains[method].regions)) {
    const coupling = await learner.affineCoupling(...partsOf(inputs));
    if (also) await askForEvidence(() => coupling[also](inputs[4]));
    await judge(coupling, inputs);
  }
  await judgeInTurn<Made, Coupling, number[]>({
    ...drawOnce(random, twoCouplings),
    make: (made) => learner.affineCoupling(...made),
    others: METHODS.filter((name) => name !== method).map((name) => (coupling, at) => coupling[name](at)),
    judge: (coupling, made, point, when) => judge(coupling, [...made, point], when),
  });
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
    run: (context) => askAll(context, "forward"),
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
    run: (context) => askAll(context, "inverse", "forward"),
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
    run: (context) => askAll(context, "logDet"),
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
    run: (context) => askAll(context, "inverseLogDet"),
  },
];
