import type { Check } from "../../exercise.ts";
import type { Hint } from "../../explanation/hint.ts";
import type { flowQuestions } from "../../harness/saved-flow/read.ts";
import { random as seeded } from "../../random.ts";
import { type Asked, bitsIf, type Spread, scoreFaces } from "./capstone.score.ts";

type Questions = typeof flowQuestions;

/** Bits per dimension. Eight are a code that knows nothing; a normal density for each pixel by itself takes 6.7. */
export const HALF_WAY = 5;
export const TARGET = 4;

/** 65,536 numbers of float32, each of which takes at most 24 characters. */
const answer = { values: 70_000, bytes: 2 ** 21 };

/** Whether the flow takes fewer bits if pixels are put to it in another way. */
const fitsWith = (put: Spread, width: number) => async (learner: Asked) => {
  const random = seeded("a hint of the capstone");
  const bits = await bitsIf(learner, random, put, width).catch(() => Number.POSITIVE_INFINITY);
  return { got: bits <= HALF_WAY ? 1 : 0, want: 0 };
};

const FROM_0_TO_256: Hint<Questions> = {
  when: ["value", "not-finite", "threw"],
  test: fitsWith((level, noise) => level + noise, 1),
  text: "This flow has learned pixels from 0 to 256. What is scored is $(x + u)/256$ in $[0, 1)$, as `dequantize` gives it: train on that, or put `affine` with `scale: 1 / 256` at the end of the chain.",
};

const AROUND_0: Hint<Questions> = {
  when: ["value", "not-finite", "threw"],
  test: fitsWith((level, noise) => (level + noise) / 256 - 0.5, 1 / 256),
  text: "This flow has learned pixels from −½ to ½. What is scored is $(x + u)/256$ in $[0, 1)$: put the shift into the flow, as an `affine` layer with `shift: 0.5` at the end of the chain, instead of into the data.",
};

/** Only for a flow whose density is one, and too low. */
const more = (most: number): Hint<Questions> => ({
  test: async (learner) => {
    const random = seeded("a hint of the capstone");
    const put: Spread = (level, noise) => (level + noise) / 256;
    const bits = await bitsIf(learner, random, put, 1 / 256).catch(() => 0);
    return { got: bits > most && bits < Number.POSITIVE_INFINITY ? 1 : 0, want: 0 };
  },
  text: `The flow has learned too little yet. What to look at, in this order:

- **The training.** Draw its curve, by \`trainingDisplay\` as \`onProgress\` of \`fit\`: if it still falls at the end, train for longer.
- **The noise.** It has to be drawn anew at each step, by \`perturb\`, or the flow learns it by heart. It has to be one level of 256 wide: the \`bits: 5\` of 9.4 makes it eight times as wide.
- **The flow**, if the curve has been flat for long. A second level, as pixels far apart meet only there; one more step for each level; 1×1 convolutions between the couplings, or the same half is steered all the time.
- **The learning rate**: a few thousandths.`,
});

function bitsCheck(
  most: number,
  points: number,
  hints: readonly Hint<Questions>[],
  which = "new",
): Check<Questions> {
  return {
    name: `new faces take at most ${most} bits per dimension`,
    points,
    answer,
    hints,
    async run({ learner, random, expect }) {
      const bits = await scoreFaces(learner, random, expect);
      if (bits === undefined) return;
      const found = `${bits.toFixed(2)} bits per dimension`;
      const far = Number.isFinite(bits) ? `; that is ${(bits - most).toFixed(2)} too many` : "";
      expect.that(bits <= most, `200 ${which} faces take ${found}; at most ${most} was asked for${far}`, {
        input: "200 faces that were drawn just now",
        got: bits,
        expected: `at most ${most}`,
      });
      expect.tell(`200 ${which} faces take ${found}.`);
    },
  };
}

export const checks: readonly Check<Questions>[] = [
  {
    name: "the file holds a density of pictures of 16 × 16 pixels",
    points: 1,
    answer,
    hints: [AROUND_0],
    async run({ learner, random, expect }) {
      if ((await scoreFaces(learner, random, expect, 20)) === undefined) return;
      const { weights } = await learner.describe();
      expect.tell(
        `A flow of ${weights.toLocaleString("en")} weights; its log-determinant agrees with differences.`,
      );
    },
  },
  bitsCheck(HALF_WAY, 2, [FROM_0_TO_256, AROUND_0, more(HALF_WAY)]),
  bitsCheck(TARGET, 2, [FROM_0_TO_256, AROUND_0, more(TARGET)], "other new"),
];
