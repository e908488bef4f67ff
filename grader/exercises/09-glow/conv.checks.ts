import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import {
  type Asked,
  logDetOf,
  matrices,
  matrixDomain,
  matrixOf,
  mixDomain,
  mixOf,
  pictures,
  type signatures,
  unmixDomain,
  unmixOf,
} from "./conv.domain.ts";

type Parts = [order: number[], lower: number[][], upper: number[][], s: number[]];

const copy = (rows: readonly (readonly number[])[]): number[][] => rows.map((row) => [...row]);
const copyParts = ([order, lower, upper, s]: Parts): Parts => [[...order], copy(lower), copy(upper), [...s]];

/** Two channels that are exchanged, worked out by hand: W = P [[2, 3], [4, 11]]. */
const SMALL: Parts = [
  [1, 0],
  [
    [9, 9],
    [2, 9],
  ],
  [
    [9, 3],
    [9, 9],
  ],
  [2, 5],
];
const withoutExchange = (): Parts => {
  const [, ...rest] = copyParts(SMALL);
  return [[0, 1], ...rest];
};
/** Nothing but an exchange of three channels that is not its own inverse. */
const zeros = (n: number): number[][] => Array.from({ length: n }, () => new Array<number>(n).fill(0));
const CYCLE: Parts = [[1, 2, 0], zeros(3), zeros(3), [1, 1, 1]];

const describeCall = (name: string, [picture, , , , s]: Asked): string =>
  `${name} of a picture with ${picture.length / s.length} ${picture.length === s.length ? "place" : "places"} and ${s.length} ${s.length === 1 ? "channel" : "channels"}`;

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "the matrix is P L (U + diag(s))",
    points: 2,
    hints: [
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({
          got: (await learner.mixingMatrix(...withoutExchange())).flat(),
          want: [2, 3, 4, 11],
        }),
        text: "Two channels, nothing exchanged: with 2 below, 3 above and $s = (2, 5)$ the rows of $L$ are (1, 0) and (2, 1), those of $U + \\mathrm{diag}(s)$ are (2, 3) and (0, 5), and those of the product (2, 3) and (4, 11). The nines in `lower` and `upper` do not count.",
      },
      {
        test: async (learner) => ({
          got: (await learner.mixingMatrix(...copyParts(CYCLE))).flat(),
          want: [0, 1, 0, 0, 0, 1, 1, 0, 0],
        }),
        text: "Without $P$ it is right. Row $i$ of $PA$ is row `order[i]` of $A$: with the order 1, 2, 0 and the identity for the rest, the rows are $(0, 1, 0)$, $(0, 0, 1)$, $(1, 0, 0)$.",
      },
      {
        text: "Two channels are right. With more, row $i$ times column $j$ is a sum over $k$ up to the smaller of $i$ and $j$, of which the last term has a 1 of $L$ or an $s$ in it.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, matrices)) {
        const want = matrixOf(...inputs).flat();
        const got = await learner.mixingMatrix(...copyParts(inputs));
        expect.close(got.flat(), want, {
          ...allowedErrors(matrixDomain, want, ...inputs),
          message: "the matrix, row after row",
        });
      }
    },
  },
  {
    name: "from x to z at every place, with the log-determinant",
    points: 2,
    hints: [
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({
          got: (await learner.mixChannels([1, 1], ...withoutExchange())).z,
          want: [5, 15],
        }),
        text: "One place, nothing exchanged, and $W$ with the rows (2, 3) and (4, 11): of the place (1, 1) it makes (5, 15).",
      },
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({
          got: (await learner.mixChannels([1, 1, 0, 1], ...copyParts(SMALL))).z,
          want: [15, 5, 11, 3],
        }),
        text: "One place without an exchange is right. With the two channels exchanged, $W$ has the rows (4, 11) and (2, 3); of the two places (1, 1) and (0, 1) it makes (15, 5) and (11, 3), each by itself.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: (await learner.mixChannels([1, 1], ...(copyParts(SMALL).with(3, [0.5, 5]) as Parts))).logDet,
          want: Math.log(2.5),
        }),
        text: "The numbers are right. $\\det P = \\pm1$, $\\det L = 1$, so that for one place and $s = (0.5, 5)$ the log-determinant is $\\log 0.5 + \\log 5$, of which the first is negative.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => {
          const [order, lower, upper] = copyParts(SMALL);
          return {
            got: (await learner.mixChannels([1, 1], order, lower, upper, [-2, 5])).logDet,
            want: Math.log(10),
          };
        },
        text: "For positive $s$ one place is right. A negative $s$ mirrors; what counts is $\\log|s|$.",
      },
      {
        text: "One place is right. The same matrix acts at each of the $h \\cdot w$ places, so its log-determinant counts as often.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, pictures)) {
        const [picture, ...made] = inputs;
        const want = [...mixOf(inputs), logDetOf(inputs)];
        const { z, logDet } = await learner.mixChannels([...picture], ...copyParts(made));
        expect.close([...z, logDet], want, {
          ...allowedErrors(mixDomain, want, ...inputs),
          input: () => describeCall("mixChannels", inputs),
          message: "z, then its log-determinant",
        });
      }
    },
  },
  {
    name: "from z to x",
    points: 2,
    hints: [
      {
        test: async (learner) => ({
          got: await learner.unmixChannels([5, 15], ...withoutExchange()),
          want: [1, 1],
        }),
        text: "One place, nothing exchanged: $L h = (5, 15)$ gives $h = (5, 15 - 2 \\cdot 5) = (5, 5)$. Then $(U + \\mathrm{diag}(s))\\, x = h$ from below: $x_2 = 5/5 = 1$, $x_1 = (5 - 3 \\cdot 1)/2 = 1$.",
      },
      {
        test: async (learner) => ({
          got: await learner.unmixChannels([2, 3, 1], ...copyParts(CYCLE)),
          want: [1, 2, 3],
        }),
        text: "Two channels are right. Undo the permutation: it put number `order[i]` at $i$, so what stands at $i$ goes back to `order[i]`. With the order 1, 2, 0 the numbers 2, 3, 1 become 1, 2, 3.",
      },
      {
        test: async (learner) => ({
          got: await learner.unmixChannels(
            [1, 3, 8],
            [0, 1, 2],
            [
              [9, 9, 9],
              [2, 9, 9],
              [3, 4, 9],
            ],
            zeros(3),
            [1, 1, 1],
          ),
          want: [1, 1, 1],
        }),
        text: "Permutations are undone. Take three channels and $L$ alone, with the rows $(1, 0, 0)$, $(2, 1, 0)$, $(3, 4, 1)$. It is solved from *above*: of (1, 3, 8) the first is 1, the second $3 - 2 \\cdot 1 = 1$, the third $8 - 3 \\cdot 1 - 4 \\cdot 1 = 1$.",
      },
      {
        test: async (learner) => ({
          got: await learner.unmixChannels(
            [8, 3, 1],
            [0, 1, 2],
            zeros(3),
            [
              [9, 3, 4],
              [9, 9, 2],
              [9, 9, 9],
            ],
            [1, 1, 1],
          ),
          want: [1, 1, 1],
        }),
        text: "$L$ is undone. Take three channels and $U + \\mathrm{diag}(s)$ alone, with the rows $(1, 3, 4)$, $(0, 1, 2)$, $(0, 0, 1)$. It is solved from *below*: of (8, 3, 1) the last is 1, the second $3 - 2 \\cdot 1 = 1$, the first $8 - 3 \\cdot 1 - 4 \\cdot 1 = 1$.",
      },
      {
        text: "One place is right. Each place is unmixed by itself, as it was mixed.",
      },
    ],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, pictures)) {
        const [picture, ...made] = inputs;
        const want = unmixOf(inputs);
        expect.close(await learner.unmixChannels([...picture], ...copyParts(made)), want, {
          ...allowedErrors(unmixDomain, want, ...inputs),
          input: () => describeCall("unmixChannels", inputs),
        });
      }
    },
  },
];
