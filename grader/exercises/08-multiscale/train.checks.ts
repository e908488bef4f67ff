import { drawOnce } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { judgeFittedInTurn, judgeMethodFirst } from "../../grading/fitted/in-turn.ts";
import { valueText } from "../../grading/transcript.ts";
import type { Learner } from "../../harness/kinds.ts";
import { normals, type Random, random as seeded } from "../../random.ts";
import {
  bitsOf,
  blockMeans,
  drawAround,
  drawDiscs,
  meanOf,
  PIXELS,
  type signatures,
} from "./train.domain.ts";

import {
  AGREE,
  ALONE,
  compare,
  compareOne,
  type Fitted,
  judgeBothWays,
  judgeList,
  questionsAt,
  STEP,
  slipOf,
} from "./train.own-map.ts";

type Asked = Learner<typeof signatures>;

/** Bits per dimension. A flow in which nothing steers has 3.3, one steered by neighbours 2.3. */
const MOST_BITS = 2.6;
/** Of which one is enough whose slopes differences tell. */
const PICTURES = 3;
/** Pictures to fit to, of which differences are taken, and that are held out. */
const drawSeen = (random: Random) => ({
  pictures: drawDiscs(random, 200),
  tried: drawDiscs(random, PICTURES),
  heldOut: drawDiscs(random, 100),
});

/** Pictures, a new one, and what is added to the first numbers of its z. */
const drawChanges = (random: Random) => ({
  pictures: drawDiscs(random, 40),
  list: drawDiscs(random, 3),
  z: normals(random, PIXELS),
  changes: Array.from({ length: PIXELS }, () => (random.integer(2) === 0 ? 1 : -1) * random.uniform(1, 3)),
});

const hintFit = async (learner: Asked) => {
  const random = seeded("a hint of the chapter on multiscale flows");
  const fitted = await learner.fitMultiscale(drawDiscs(random, 60));
  return { fitted, x: drawDiscs(random, 1)[0] };
};

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "pictures that it has not seen take few bits",
    points: 3,
    hints: [
      {
        when: ["value", "not-finite"],
        test: async (learner) => {
          const { fitted, x } = await hintFit(learner);
          return { got: Math.abs((await compare(fitted, x))?.difference ?? 0) < AGREE ? 0 : 1, want: 0 };
        },
        text: "Your `logDensity` is not that of your own map. It is $\\sum_i \\log p(z_i) + \\log|\\det \\partial z/\\partial x|$, for each row of what is given: minus the logarithm of every scale by which you divide.",
      },
      {
        when: ["value", "not-finite"],
        text: "Your density is that of your map, but the map does not fit well enough yet. What steers a difference? The mean of a normal density around it should depend on the coarse numbers *around* its block: where the right neighbour is brighter than the left one, the block is brighter on its right. A weighted sum of the 3 × 3 nearest, with weights of its own for each block and each channel, is enough.",
      },
    ],
    async run({ learner, random, expect }) {
      const { pictures, tried, heldOut } = drawOnce(random, drawSeen);
      const fitted = await learner.fitMultiscale(pictures);
      const questions = questionsAt(tried, heldOut[0]);
      await judgeMethodFirst(expect, fitted, "logDensity", { questions, tolerance: ALONE.absolute });
      const compared = await compareOne(fitted, tried);
      expect.that(
        compared !== undefined,
        "the slope of your inverse cannot be told by differences: from one step to half of it log |det| moves. Does it jump, or answer otherwise each time?",
        { input: `inverse around ${PICTURES} new pictures, by steps of ${STEP} and less` },
      );
      if (!compared) return;
      expect.close(compared.difference, 0, {
        absolute: AGREE,
        relative: 0,
        input: "logDensity of a new picture, less log Pr(z) + log |det| of your inverse by differences",
        message: slipOf(compared),
      });
      if (!(Math.abs(compared.difference) < AGREE)) return;
      const own = await fitted.logDensity(heldOut);
      expect.that(own.length === heldOut.length, "logDensity gives one number for each picture", {
        input: "logDensity of 100 pictures",
      });
      const bits = bitsOf(meanOf(own));
      expect.that(
        bits <= MOST_BITS,
        `100 pictures that it has not seen take ${valueText(bits)} bits per dimension; at most ${MOST_BITS} was asked for`,
        { input: "fitMultiscale of 200 pictures", got: bits, expected: `at most ${MOST_BITS}` },
      );
    },
  },
  {
    name: "the map goes both ways",
    points: 1,
    hints: [
      {
        text: "`forward(inverse(x))` is not $x$. On the way back a difference needs the mean that it had on the way there: computed from the same coarse numbers, which are known by then, and in the same order.",
      },
    ],
    async run({ learner, random, expect }) {
      const { pictures, other, list, latents } = drawOnce(random, drawAround);
      const fitted = await learner.fitMultiscale(pictures);
      const questions = questionsAt(list, latents[0]);
      await judgeMethodFirst(expect, fitted, "inverse", { questions, tolerance: ALONE.absolute });
      await judgeBothWays(expect, fitted, list, latents);
      await judgeList(expect, fitted, list);
      await judgeFittedInTurn<Fitted>(expect, {
        first: fitted,
        fitSecond: () => learner.fitMultiscale(other),
        questions: Object.values(questions),
        tolerance: ALONE.absolute,
      });
    },
  },
  {
    name: "from coarse to fine: what leaves early draws only the grain",
    points: 2,
    hints: [
      {
        test: async (learner) => {
          const { fitted, x } = await hintFit(learner);
          const z = await fitted.inverse(x);
          const moved = await fitted.forward(z.map((v, i) => (i < 48 ? v + 1 : v)));
          const before = blockMeans(await fitted.forward(z), 2);
          return {
            got: Math.max(...blockMeans(moved, 2).map((v, i) => Math.abs(v - before[i]))) < 1e-3 ? 0 : 1,
            want: 0,
          };
        },
        text: "If the first 48 numbers of $z$ change, no mean of a 2 × 2 block may. So these 48 have to be the differences of the finest level, three for each block, whose mean may depend on the coarse picture, but not the other way round.",
      },
      {
        text: "The finest level is right. The next 12 numbers of $z$ are the differences of the second level: with the first 60 changed, the means of the four blocks of 4 × 4 pixels stay.",
      },
    ],
    async run({ learner, random, expect }) {
      const { pictures, list, z: noise, changes } = drawOnce(random, drawChanges);
      const fitted = await learner.fitMultiscale(pictures);
      const questions = questionsAt(list, noise);
      await judgeMethodFirst(expect, fitted, "forward", { questions, tolerance: ALONE.absolute });
      const { forward, inverse } = fitted;
      const z = await inverse(list[0]);
      const before = await forward(z);
      for (const [count, size] of [
        [48, 2],
        [60, 4],
      ]) {
        const changed = await forward(z.map((v, i) => (i < count ? v + changes[i] : v)));
        const input = `forward, with other numbers in the first ${count} places of z: the means of the blocks of ${size} × ${size} pixels`;
        expect.close(blockMeans(changed, size), blockMeans(before, size), {
          absolute: 1e-3,
          relative: 0,
          message: "they should stay as they were",
          input,
          beside: "before the change they were",
        });
        expect.that(
          changed.some((v, i) => Math.abs(v - before[i]) > 1e-4),
          "other latents make another picture",
          { input },
        );
      }
    },
  },
];
