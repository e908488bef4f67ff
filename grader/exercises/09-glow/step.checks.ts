import { strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { judgeInTurn } from "../../grading/in-turn.ts";
import type { Learner } from "../../harness/kinds.ts";
import {
  domains,
  drawPicture,
  drawStep,
  errors,
  forwardOf,
  inverseOf,
  logDetOf,
  type Made,
  SHAPES,
  type signatures,
  split,
} from "./step.domain.ts";

type Step = Awaited<ReturnType<Learner<typeof signatures>["glowStep"]>>;

const copy = (rows: readonly (readonly number[])[]): number[][] => rows.map((row) => [...row]);
const make = (learner: Learner<typeof signatures>, made: Made): Promise<Step> => {
  const [scale, shift, order, lower, upper, s, S, T] = made;
  return learner.glowStep(
    [...scale],
    [...shift],
    [...order],
    copy(lower),
    copy(upper),
    [...s],
    copy(S),
    copy(T),
  );
};

/** Steps of several sizes with two pictures each, each region's own, and one beside another and asked again. */
async function askAll(
  { learner, random }: CheckContext<typeof signatures>,
  method: keyof typeof domains,
  judge: (step: Step, made: Made, point: readonly number[], when: string) => Promise<void>,
): Promise<void> {
  for (const [channels, places] of SHAPES) {
    const made = drawStep(random, channels);
    const step = await make(learner, made);
    const first = drawPicture(random, channels * places);
    for (const point of [
      first,
      drawPicture(random, channels * places),
      drawPicture(random, channels * (places + 1)),
      first,
    ])
      await judge(step, made, point, "");
  }
  for (const { inputs } of strata(random, domains[method].regions)) {
    const [made, point] = split(inputs);
    await judge(await make(learner, made), made, point, "");
  }
  await judgeInTurn<Made, Step, number[]>({
    made: [...drawStep(random, 4)].with(2, [1, 2, 3, 0]) as unknown as Made,
    other: [...drawStep(random, 4)].with(2, [2, 0, 3, 1]) as unknown as Made,
    points: [drawPicture(random, 8), drawPicture(random, 8)],
    make: (made) => make(learner, made),
    others: [(step, point) => step.inverse([...point]), (step, point) => step.forward([...point])],
    judge,
  });
}

const describeCall = (method: string, made: Made, point: readonly number[], when: string): string => {
  const places = point.length / made[0].length;
  return `${method} of ${places} ${places === 1 ? "place" : "places"} with ${made[0].length} channels${when}`;
};

const zeros = (n: number): number[][] => Array.from({ length: n }, () => new Array<number>(n).fill(0));
/** Nothing but what is given: two channels, all other layers the identity. */
const only = ({
  scale = [1, 1],
  shift = [0, 0],
  order = [0, 1],
  lower = 0,
  upper = 0,
  s = [1, 1],
  S = 0,
  T = 0,
}: {
  scale?: number[];
  shift?: number[];
  order?: number[];
  lower?: number;
  upper?: number;
  s?: number[];
  S?: number;
  T?: number;
}): Made => [scale, shift, order, [zeros(2)[0], [lower, 0]], [[0, upper], zeros(2)[1]], s, [[S]], [[T]]];

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "from x to z: ActNorm, matrix, coupling",
    points: 2,
    hints: [
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({
          got: (await (await make(learner, only({ scale: [2, 3], shift: [0, 1] }))).inverse([1, 2])).z,
          want: [2, 7],
        }),
        text: "Look at the layers one by one. Where matrix and coupling do nothing, scale (2, 3) and shift (0, 1) make (2, 7) of (1, 2).",
      },
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({
          got: (
            await (
              await make(learner, only({ order: [1, 0], lower: 2, upper: 3, s: [2, 5] }))
            ).inverse([1, 1])
          ).z,
          want: [15, 5],
        }),
        text: "ActNorm alone is right. The matrix alone, $W = P L\\,(U + \\mathrm{diag}(s))$ with order (1, 0), 2 below, 3 above and $s = (2, 5)$, makes (15, 5) of (1, 1), as in 09.conv.",
      },
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({
          got: (await (await make(learner, only({ T: 2 }))).inverse([1, 5])).z,
          want: [1, 3],
        }),
        text: "ActNorm and matrix are right. The coupling alone with $T = 2$ and $S = 0$: of (1, 5) the 1 stays, and $2 \\cdot 1$ is *taken away* from the 5: (1, 3).",
      },
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({
          got: (await (await make(learner, only({ S: 1 }))).inverse([0.5, 3])).z,
          want: [0.5, 3 * Math.exp(-Math.tanh(0.5))],
        }),
        text: "Shifts are right. With $S = 1$ and $T = 0$ the log-scale is $\\tanh(0.5) = 0.4621$, and on the way to $z$ the second number is *divided* by its exponential.",
      },
      {
        text: "Each layer by itself is right, for one place of two channels. Together: first ActNorm, then the matrix, then the coupling, whose network sees the first half of what the *matrix* has made, at each place.",
      },
    ],
    async run(context) {
      await askAll(context, "inverse", async (step, made, point, when) => {
        const want = inverseOf(made, point).z;
        context.expect.close((await step.inverse([...point])).z, want, {
          ...errors.z(made, point, want),
          input: () => describeCall("inverse", made, point, when),
          message: "z",
        });
      });
    },
  },
  {
    name: "the log-determinant of all three, at all places",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: (await (await make(learner, only({ scale: [0.5, -3] }))).inverse([1, 2])).logDet,
          want: Math.log(1.5),
        }),
        text: "One place, and nothing but ActNorm with scales (0.5, −3): $\\log 0.5 + \\log|{-3}| = \\log 1.5$. A coupling that multiplies by $e^0$ adds 0 to it.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: (await (await make(learner, only({ s: [2, -5] }))).inverse([1, 1])).logDet,
          want: Math.log(10),
        }),
        text: "ActNorm's is right. The matrix with $s = (2, -5)$ adds $\\log 2 + \\log|{-5}|$.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: (await (await make(learner, only({ S: 1 }))).inverse([0.5, 3])).logDet,
          want: -Math.tanh(0.5),
        }),
        text: "ActNorm's and the matrix's are right. The coupling divides by $e^{\\tanh(Sa)}$ on the way to $z$, so it adds $-\\tanh(S a)$: here $-0.4621$.",
      },
      {
        text: "One place is right. ActNorm's and the matrix's part is the same at each of the $h \\cdot w$ places and counts as often; the coupling's is another at each, and all are summed.",
      },
    ],
    async run(context) {
      await askAll(context, "inverse", async (step, made, point, when) => {
        const want = logDetOf(made, point);
        context.expect.close((await step.inverse([...point])).logDet, want, {
          ...errors.logDet(made, point, want),
          input: () => describeCall("inverse", made, point, when),
          message: "the log-determinant",
        });
      });
    },
  },
  {
    name: "from z to x: all three undone, the last first",
    points: 2,
    hints: [
      {
        test: async (learner) => ({
          got: await (await make(learner, only({ T: 2, S: 1 }))).forward([0.5, 3]),
          want: [0.5, 3 * Math.exp(Math.tanh(0.5)) + 1],
        }),
        text: "The coupling alone, $S = 1$ and $T = 2$: 0.5 stays, and 3 becomes $3\\,e^{\\tanh 0.5} + 2 \\cdot 0.5$.",
      },
      {
        test: async (learner) => ({
          got: await (
            await make(
              learner,
              only({ scale: [2, 3], shift: [0, 1], order: [1, 0], lower: 2, upper: 3, s: [2, 5] }),
            )
          ).forward([15, 5]),
          want: [0.5, 0],
        }),
        text: "The coupling is undone. Then solve $W h = (15, 5)$, which gives $h = (1, 1)$, and at last take the shift (0, 1) away and divide by the scale (2, 3): (0.5, 0).",
      },
      {
        text: "One place is right. Each place is undone by itself, with the network on its own first half.",
      },
    ],
    async run(context) {
      await askAll(context, "forward", async (step, made, point, when) => {
        const want = forwardOf(made, point);
        context.expect.close(await step.forward([...point]), want, {
          ...errors.x(made, point, want),
          input: () => describeCall("forward", made, point, when),
        });
      });
    },
  },
];
