import type { Check } from "../../exercise.ts";
import { judgeFittedInTurn } from "../../grading/fitted/in-turn.ts";
import { valueText } from "../../grading/transcript.ts";
import type { Learner } from "../../harness/kinds.ts";
import { jacobianBy, limitOf, squareOf } from "../../oracle/differences.ts";
import { logAbsDeterminant } from "../../oracle/matrices.ts";
import { type Random, random as seeded } from "../../random.ts";
import { bitsOf, blockMeans, drawDiscs, logNormal, meanOf, PIXELS, type signatures } from "./train.domain.ts";

type Asked = Learner<typeof signatures>;
type Fitted = Awaited<ReturnType<Asked["fitMultiscale"]>>;

/** Bits per dimension. A flow in which nothing steers has 3.3, one steered by neighbours 2.3. */
const MOST_BITS = 2.6;
/** Nats: what differences of float32 numbers leave of 64 logarithms. */
export const AGREE = 0.1;
const STEP = 1e-3;
/** Of which one is enough whose slopes differences tell. */
const PICTURES = 3;

const logSize = (entries: readonly number[]): number => logAbsDeterminant(squareOf(entries, PIXELS));

/** The learner's log-density of a picture, beside the parts of what it should be; undefined if differences do not tell. */
async function compare({ logDensity, inverse }: Fitted, x: number[]) {
  const [[own], z] = [await logDensity([x]), await inverse(x)];
  const base = logNormal(z);
  if (z.length !== PIXELS) return { own, base, logDet: Number.NaN, difference: Number.NaN };
  const by = async (step: number) => (await jacobianBy(inverse, x, step)).flat();
  const jacobian = await limitOf({ by, of: logSize }, STEP, AGREE / 2);
  if (!jacobian) return undefined;
  const logDet = logSize(jacobian);
  return { own, base, logDet, difference: own - base - logDet };
}

type Compared = NonNullable<Awaited<ReturnType<typeof compare>>>;

/** The same of the first of a few pictures where differences tell. */
async function compareOne(fitted: Fitted, random: Random): Promise<Compared | undefined> {
  for (let tried = 0; tried < PICTURES; tried++) {
    const compared = await compare(fitted, drawDiscs(random, 1)[0]);
    if (compared) return compared;
  }
  return undefined;
}

/** What the log-density is instead, in words. */
function slipOf({ own, base, logDet }: Compared): string {
  const is = (value: number): boolean => Math.abs(own - value) < AGREE;
  if (is(base)) return "your logDensity is that of z alone: log |det ∂z/∂x| is missing";
  if (is(base - logDet))
    return "your logDensity has log |det| with the wrong sign: from x to z it is minus the sum of the logarithms of the scales";
  if (is(base + logDet + (PIXELS / 2) * Math.log(2 * Math.PI)))
    return "your logDensity lacks −½ log 2π for each of the 64 latents";
  return "the log-density is not that of the map: this difference should be 0";
}

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
      const fitted = await learner.fitMultiscale(drawDiscs(random, 200));
      const compared = await compareOne(fitted, random);
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
      const heldOut = drawDiscs(random, 100);
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
      const fitted = await learner.fitMultiscale(drawDiscs(random, 40));
      const { forward, inverse } = fitted;
      const pictures = drawDiscs(random, 5);
      const z = Array.from({ length: PIXELS }, () => random.normal());
      for (const x of pictures)
        expect.close(await forward(await inverse(x)), x, {
          absolute: 1e-3,
          relative: 0,
          message: "forward(inverse(x)) is not x",
          input: "forward(inverse(x)) of a new picture",
        });
      await judgeFittedInTurn<Fitted>(expect, {
        first: fitted,
        fitSecond: () => learner.fitMultiscale(drawDiscs(random, 40)),
        questions: [
          { input: "forward of 64 normal numbers", ask: (of) => of.forward(z) },
          { input: "inverse of a new picture", ask: (of) => of.inverse(pictures[0]) },
          { input: "logDensity of 5 new pictures", ask: (of) => of.logDensity(pictures) },
        ],
        tolerance: 1e-3,
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
      const { forward, inverse } = await learner.fitMultiscale(drawDiscs(random, 40));
      const [x] = drawDiscs(random, 1);
      const z = await inverse(x);
      const before = await forward(z);
      for (const [count, size] of [
        [48, 2],
        [60, 4],
      ]) {
        const changed = await forward(
          z.map((v, i) => (i < count ? v + (random.integer(2) === 0 ? 1 : -1) * random.uniform(1, 3) : v)),
        );
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
