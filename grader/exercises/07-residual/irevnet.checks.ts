import { allowedErrors } from "../../domain/domain.ts";
import { drawOnce, strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { judgeInTurn } from "../../grading/in-turn.ts";
import type { Plain } from "../../harness/kinds.ts";
import { derivationCheck } from "../../oracle/derivation-check.ts";
import {
  type Asked,
  determinantTask,
  domains,
  forwardOf,
  inverseOf,
  type Made,
  partsOf,
  type signatures,
  twoBlocks,
} from "./irevnet.domain.ts";

type Block = Plain<(typeof signatures)["reversibleBlock"]["returns"]>;
type Method = keyof Block;

const TRUTH = { forward: forwardOf, inverse: inverseOf };
const short = (list: readonly number[]): string => list.map((v) => Number(v.toPrecision(4))).join(", ");
const describeCall = (method: Method, [W1, , W2, , point]: Asked): string =>
  `${method}([${short(point)}]), a block whose h₁ has ${W1.length} and h₂ ${W2.length} of the numbers`;

/** h₁ and h₂ of one number: f₁ = tanh(h₂), f₂ = tanh(2 h₁′). */
const SMALL: Made = [[[1]], [0], [[2]], [0]];
const [T1, T2] = [Math.tanh(1), Math.tanh(2 * (0.5 + Math.tanh(1)))];

async function askAll(
  { learner, random, expect }: CheckContext<typeof signatures>,
  method: Method,
): Promise<void> {
  const judgeAt = async (inputs: Asked, block: Block, when = ""): Promise<void> => {
    const want = TRUTH[method](partsOf(inputs), inputs[4]);
    expect.close(await block[method]([...inputs[4]]), want, {
      ...allowedErrors(domains[method], want, ...inputs),
      input: () => describeCall(method, inputs) + when,
    });
  };
  for (const { inputs } of strata(random, domains[method].regions))
    await judgeAt(inputs, await learner.reversibleBlock(...partsOf(inputs)));
  await judgeInTurn<Made, Block, number[]>({
    ...drawOnce(random, twoBlocks),
    make: (made) => learner.reversibleBlock(...made),
    others: [(block, point) => (method === "forward" ? block.inverse(point) : block.forward(point))],
    judge: (block, made, point, when) => judgeAt([...made, point], block, when),
  });
}

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "forward: the second half sees the first one changed",
    points: 1,
    hints: [
      {
        when: ["value", "not-finite", "shape"],
        test: async (learner) => ({
          got: (await (await learner.reversibleBlock(...SMALL)).forward([0.5, 1])).slice(0, 1),
          want: [0.5 + T1],
        }),
        text: "One number in each half, $W_1 = 1$, $W_2 = 2$, no biases, $h = (0.5, 1)$. The first number becomes $0.5 + \\tanh(1) = 1.2616$: a residual is *added* to it, which comes from the second one. What do you get?",
      },
      {
        when: ["value", "not-finite", "shape"],
        test: async (learner) => ({
          got: await (await learner.reversibleBlock(...SMALL)).forward([0.5, 1]),
          want: [0.5 + T1, 1 + T2],
        }),
        text: "The first half is right. With $W_1 = 1$, $W_2 = 2$ and $h = (0.5, 1)$ the second number becomes $1 + \\tanh(2 \\cdot 1.2616) = 1.9873$, with the *new* first one.",
      },
      {
        when: ["value", "not-finite", "shape"],
        text: "One number in each half is right without biases. With more: $W_1$ has a row for each number of $h_1$ and a column for each of $h_2$, $W_2$ the other way round; the two need not be equally many; and the biases stand within the tanh.",
      },
    ],
    run: (context) => askAll(context, "forward"),
  },
  {
    name: "inverse: the same in the other order, with minus",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite", "shape"],
        test: async (learner) => ({
          got: (await (await learner.reversibleBlock(...SMALL)).inverse([0.5 + T1, 1 + T2])).slice(1),
          want: [1],
        }),
        text: "One number in each half, $W_1 = 1$, $W_2 = 2$, no biases. From $x = (1.2616, 1.9873)$ the second number is recovered first: $1.9873 - \\tanh(2 \\cdot 1.2616) = 1$. What do you get?",
      },
      {
        when: ["value", "not-finite", "shape"],
        test: async (learner) => ({
          got: await (await learner.reversibleBlock(...SMALL)).inverse([0.5 + T1, 1 + T2]),
          want: [0.5, 1],
        }),
        text: "The second half is recovered. The first one needs it: $1.2616 - \\tanh(1) = 0.5$, with the recovered 1, not with the 1.9873 that was given.",
      },
      {
        when: ["value", "not-finite", "shape"],
        text: "One number in each half is right without biases. With more: `x` begins with as many numbers of $h_1'$ as $W_1$ has rows; the biases stand within the tanh.",
      },
    ],
    run: (context) => askAll(context, "inverse"),
  },
  derivationCheck<typeof signatures>({
    of: "determinantSteps",
    name: "the determinant is 1, line by line",
    points: 2,
    hint: "Two ways lead there. Write the block matrix as a product of a lower and an upper triangular one, `blocks(I1, 0*A, B, I2) * blocks(I1, A, 0*B, I2)`: the determinant of a product is the product of determinants. Or take `det(P) * det(S - R*inv(P)*Q)`.",
    task: determinantTask,
  }),
];
