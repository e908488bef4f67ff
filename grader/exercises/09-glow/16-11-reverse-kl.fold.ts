/** The map that folds, in 16.11: its mass and its gap, which are fixed answers but for how often it folds. */

import { allowedErrors, type Domain } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check, Misconception } from "../../exercise.ts";
import type { Random } from "../../random.ts";
import type { signatures } from "./16-11-reverse-kl.domain.ts";

/** How many z lead to each x, with the same density and the slopes ±1. */
export interface Fold {
  readonly times: number;
}

/** |z|. */
export const TEXTBOOK: Fold = { times: 2 };

export const drawFold = (random: Random): Fold => ({ times: 3 + random.integer(60) });

const isTextbook = ({ times }: Fold): boolean => times === TEXTBOOK.times;

/** What is asked about, as the statement says it. */
export const foldStatement = (of: Fold): string =>
  isTextbook(of)
    ? "about $x = |z|$, where $z$ and $-z$ lead to one $x$, with the slopes $\\pm 1$"
    : `about a zigzag: $z$ is uniform on $[0, ${of.times}]$, and $x$ is how far $z$ is from the nearest even number, so that ${of.times} $z$ lead to one $x$, with the slopes $\\pm 1$`;

/** The formula counts one of the z that lead to x. */
export const foldTruth = ({ times }: Fold) => ({ mass: 1 / times, gap: Math.log(times) });

export const foldDomain: Domain<readonly []> = {
  regions: { "worked out by hand": { draw: (): readonly [] => [], place: () => 0, points: 1 } },
  allows: (answer) => answer.map((value) => 1e-3 * Math.abs(value)),
  float32: false,
};

export const foldCheck = (of: Fold): Check<typeof signatures> => ({
  name: "a map that folds: several z lead to one x",
  points: 1,
  hints: [
    {
      when: ["value", "not-finite"],
      test: async (learner) => ({ got: (await learner.fold()).mass, want: foldTruth(of).mass }),
      text: isTextbook(of)
        ? "`mass`: for $x > 0$ the formula with one $z$ gives $Pr(z)/|\\pm1| = Pr(x)$, the right half of the bell. What is its integral?"
        : "`mass`: for $x$ between 0 and 1 the formula with one $z$ gives $Pr(z)/|\\pm1|$, the height of the uniform density of $z$. What is its integral from 0 to 1?",
    },
    {
      when: ["value", "not-finite"],
      text: isTextbook(of)
        ? "`gap`: the true density at $x > 0$ is twice as high as the formula's, as $z$ and $-z$ lead there. The loss averages its *logarithm*."
        : `\`gap\`: the true density at $x$ is ${of.times} times as high as the formula's, as so many $z$ lead there. The loss averages its *logarithm*.`,
    },
  ],
  async run({ learner, random, expect }) {
    for (const _ of strata(random, foldDomain.regions)) {
      const { mass, gap } = await learner.fold();
      const want = [foldTruth(of).mass, foldTruth(of).gap];
      expect.close([mass, gap], want, {
        ...allowedErrors(foldDomain, want),
        message: "this is not the mass, or not the gap in nats",
        reveal: false,
      });
    }
  },
});

export function foldMisconceptions(of: Fold): readonly Misconception<typeof signatures>[] {
  const { times } = of;
  const { mass, gap } = foldTruth(of);
  return [
    {
      id: "fold-without-logarithm",
      explanation: `The true density is ${times} times the formula's. The loss averages its logarithm, and $\\log ${times} \\approx ${gap.toFixed(3)}$ nats are missing.`,
      implementation: { fold: () => ({ mass, gap: times }) },
      variants: [
        { fold: () => ({ mass, gap: 1 / times }) },
        { fold: () => ({ mass, gap: Math.log2(times) }) },
        { fold: () => ({ mass, gap: -gap }) },
      ],
    },
    {
      id: "fold-of-whole-mass",
      explanation: isTextbook(of)
        ? "The *true* density of $|z|$ has mass 1. The formula with one $z$ gives $Pr(x)$ for $x > 0$, and nothing below: half of the bell."
        : `The *true* density of $x$ has mass 1. The formula counts one of the ${times} $z$ that lead to each $x$, and with it one of ${times} equal parts of the mass.`,
      implementation: { fold: () => ({ mass: 1, gap }) },
      variants: [{ fold: () => ({ mass: 1, gap: 0 }) }, { fold: () => ({ mass: times, gap }) }],
    },
  ];
}
