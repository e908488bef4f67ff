import { allowedErrors } from "../../domain/domain.ts";
import { drawOnce, strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { judgeInTurn } from "../../grading/in-turn.ts";
import { valueText } from "../../grading/transcript.ts";
import type { Learner } from "../../harness/kinds.ts";
import {
  type Drawn,
  domains,
  drawFlow,
  forwardOf,
  inverseOf,
  logDensityOf,
  logNormal,
  type Parts,
  SHAPES,
  type signatures,
  twoFlows,
} from "./multiscale.domain.ts";

type Flow = Awaited<ReturnType<Learner<typeof signatures>["multiscaleFlow"]>>;

const copy = (rows: readonly (readonly number[])[]): number[][] => rows.map((row) => [...row]);

const judge = (method: keyof typeof domains, want: number | readonly number[], { parts, image }: Drawn) =>
  allowedErrors(domains[method], want, ...parts, image);

const zeros = (levels: number): number[][] => Array.from({ length: levels }, () => [0, 0, 0, 0]);

/** Flows of all shapes, several images each, and the first of them once more at the end; each region's own; and flows asked in turn. */
async function askAll(
  { learner, random }: CheckContext<typeof signatures>,
  method: keyof typeof domains,
  ask: (drawn: Drawn, flow: Flow, when: string) => Promise<void>,
): Promise<void> {
  const make = ([S, T]: Parts): Promise<Flow> => learner.multiscaleFlow(copy(S), copy(T));
  for (const [levels, base] of SHAPES) {
    const drawn = drawFlow(random, levels, base);
    const flow = await make(drawn.parts);
    const others = [drawFlow(random, levels, base).image, drawFlow(random, levels, base === 1 ? 2 : 1).image];
    for (const image of [drawn.image, ...others, drawn.image])
      await ask({ parts: drawn.parts, image }, flow, "");
  }
  for (const { inputs } of strata(random, domains[method].regions)) {
    const [S, T, image] = inputs;
    await ask({ parts: [S, T], image }, await make([S, T]), "");
  }
  const asking = (other: keyof typeof domains) => (flow: Flow, image: readonly number[]) =>
    flow[other]([...image]);
  await judgeInTurn<Parts, Flow, number[]>({
    ...drawOnce(random, twoFlows),
    make,
    others: (Object.keys(domains) as (keyof typeof domains)[]).filter((one) => one !== method).map(asking),
    judge: (flow, parts, image, when) => ask({ parts, image }, flow, when),
  });
}

const describeCall = (method: string, { parts, image }: Drawn, when: string): string =>
  `${method} of ${image.length} numbers, ${parts[0].length} ${parts[0].length === 1 ? "level" : "levels"}${when}`;

const one = async (learner: Learner<typeof signatures>, S: number[][], T: number[][]) =>
  learner.multiscaleFlow(S, T);

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "from x to z, level by level",
    points: 2,
    hints: [
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({
          got: await (await one(learner, zeros(1), zeros(1))).inverse([1, 2, 3, 6]),
          want: [-2, -3, 1, 6],
        }),
        text: "One level, one block, $S = T = 0$: from 1, 2, 3, 6 come the four channels $(1 + 2 + 3 + 6)/2 = 6$, then $(1 - 2 + 3 - 6)/2 = -2$, $(1 + 2 - 3 - 6)/2 = -3$ and $(1 - 2 - 3 + 6)/2 = 1$. The last three leave first, and the 6 stands at the end: $-2, -3, 1, 6$.",
      },
      {
        test: async (learner) => ({
          got: await (await one(learner, [[0, Math.LN2, 0, 0]], [[1, 0, 0, 0]])).inverse([1, 2, 3, 6]),
          want: [-1, -3, 1, 5],
        }),
        text: "Without scales and shifts one block is right. With $T = (1, 0, 0, 0)$ and $S = (0, \\log 2, 0, 0)$ the first channel becomes $6 - 1 = 5$ and the second $-2/2 = -1$: $-1, -3, 1, 5$.",
      },
      {
        test: async (learner) => ({
          got: (
            await (
              await one(learner, zeros(1), zeros(1))
            ).inverse([1, 1, 5, 5, 1, 1, 5, 5, 3, 3, 7, 7, 3, 3, 7, 7])
          ).slice(12),
          want: [2, 10, 6, 14],
        }),
        text: "One block is right. Of 4 × 4 pixels there are four: with the rows 1, 1, 5, 5 twice and 3, 3, 7, 7 twice their first channels are 2, 10, 6, 14, block by block, row by row. A block's pixels are the places 0, 1, side and side + 1 from its corner.",
      },
      {
        text: "One level is right. The next level works on the first channels as an image of half the side, *after* they have been shifted and scaled, with the next row of $S$ and $T$. What leaves at it stands behind what has left before.",
      },
    ],
    async run(context) {
      await askAll(context, "inverse", async (drawn, { inverse }, when) => {
        const want = inverseOf(drawn.parts, drawn.image);
        context.expect.close(await inverse([...drawn.image]), want, {
          ...judge("inverse", want, drawn),
          input: () => describeCall("inverse", drawn, when),
        });
      });
    },
  },
  {
    name: "from z to x: the coarse part first",
    points: 2,
    hints: [
      {
        when: ["value", "shape", "not-finite"],
        test: async (learner) => ({
          got: await (await one(learner, zeros(1), zeros(1))).forward([-2, -3, 1, 6]),
          want: [1, 2, 3, 6],
        }),
        text: "One level, one block, $S = T = 0$: the channels are 6 (from the end) and $-2, -3, 1$. The matrix is its own inverse, so the same sums and differences, halved, give 1, 2, 3, 6 again.",
      },
      {
        test: async (learner) => ({
          got: await (await one(learner, [[0, Math.LN2, 0, 0]], [[1, 0, 0, 0]])).forward([-1, -3, 1, 5]),
          want: [1, 2, 3, 6],
        }),
        text: "Without scales and shifts one block is right. Otherwise undo them *before* the matrix: $v e^{s} + t$ for each channel.",
      },
      {
        text: "One level is right. With several begin at the end of $z$: the last numbers are the coarsest image, those before them what left at the last level. Together they give an image of twice the side, and so on, with the rows of $S$ and $T$ from the last to the first.",
      },
    ],
    async run(context) {
      await askAll(context, "forward", async ({ parts, image }, { forward }, when) => {
        const drawn = { parts, image };
        const want = forwardOf(parts, image);
        context.expect.close(await forward([...image]), want, {
          ...judge("forward", want, drawn),
          input: () => describeCall("forward", drawn, when),
        });
      });
    },
  },
  {
    name: "the log-density: all latents, and all levels' determinants",
    points: 2,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await (await one(learner, zeros(1), zeros(1))).logDensity([0, 0, 0, 0]),
          want: logNormal([0, 0, 0, 0]),
        }),
        text: "One level, $S = T = 0$, all pixels 0: all four latents are 0, and the log-density is $4 \\cdot (-\\tfrac12 \\log 2\\pi) = -3.676$. What leaves counts as much as what stays.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await (await one(learner, [[1, 0, 0, 0]], zeros(1))).logDensity([0, 0, 0, 0]),
          want: logNormal([0, 0, 0, 0]) - 1,
        }),
        text: "With $S = 0$ you are right. From $x$ to $z$ each channel is divided by $e^{s}$: with $S = (1, 0, 0, 0)$ one block's log-density is 1 less.",
      },
      {
        when: ["value", "not-finite"],
        test: async (learner) => ({
          got: await (await one(learner, [[1, 0, 0, 0]], zeros(1))).logDensity(new Array(16).fill(0)),
          want: logNormal(new Array(16).fill(0)) - 4,
        }),
        text: "One block is right. 4 × 4 pixels are four blocks, and each is scaled: the row of $S$ counts four times.",
      },
      {
        text: "One level is right. The second level has a quarter of the places, so that its row of $S$ counts a quarter as often; and its latents are those that came of it, scaled twice.",
      },
    ],
    async run(context) {
      await askAll(context, "logDensity", async (drawn, { logDensity }, when) => {
        const { parts, image } = drawn;
        const want = logDensityOf(parts, image);
        context.expect.close(await logDensity([...image]), want, {
          ...judge("logDensity", want, drawn),
          input: () => describeCall("logDensity", drawn, when),
        });
      });
    },
  },
  {
    name: "what leaves early draws the grain, and no more",
    points: 1,
    hints: [
      {
        text: "If only the latents of the first level change, the mean of each block of 2 × 2 pixels has to stay: three of the four rows of the matrix have the sum 0. Do the latents that your `forward` takes for the first level's stand at the front of $z$?",
      },
    ],
    async run({ learner, random, expect }) {
      const { parts, image } = drawFlow(random, 2, 1);
      const { forward } = await learner.multiscaleFlow(copy(parts[0]), copy(parts[1]));
      const means = (x: readonly number[]) =>
        [0, 2, 8, 10].map((at) => (x[at] + x[at + 1] + x[at + 4] + x[at + 5]) / 4);
      const before = await forward([...image]);
      const after = await forward(image.map((v, at) => (at < 12 ? v + random.normal() : v)));
      expect.that(before.length === 16 && after.length === 16, "forward of 16 numbers gives 16", {
        input: "forward of 16 numbers, 2 levels",
      });
      const drawn = { parts, image };
      // Numbers whose own means these are: by how much they are bent in float32 they say themselves.
      expect.close(means(after), means(forwardOf(parts, image)), {
        ...judge("forward", means(forwardOf(parts, image)), drawn),
        input: `forward, with other numbers in the first 12 places of z (of 16, 2 levels): the means of the four blocks, before ${valueText(means(before))}`,
        message: "the means of the blocks should stay as they were",
      });
      expect.that(
        before.some((v, i) => Math.abs(v - after[i]) > 1e-3),
        "other latents of the first level make another image",
        { input: "forward, with other numbers in the first 12 places of z (of 16, 2 levels)" },
      );
    },
  },
];
