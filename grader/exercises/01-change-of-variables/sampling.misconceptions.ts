import type { Misconception, Mutant } from "../../exercise.ts";
import { distribution, type signatures } from "./sampling.domain.ts";

/** The samples with u kept between two bounds. */
const clamp =
  (low: number, high: number) =>
  (u: readonly number[], location: number, scale: number): number[] =>
    u.map((v) => {
      const safe = Math.min(Math.max(v, low), high);
      return location + scale * Math.log(safe / (1 - safe));
    });

/**
 * Whether the samples are cut off beyond some bound for u, whichever it is: on each side all wrong ones have the same log-odds, closer to the
 * middle than those of their u.
 */
function cutOff(answers: readonly CutOff[]): boolean {
  // A list of another length is wrong for another reason.
  if (answers.some(({ inputs: [u], got }) => got?.length !== u.length)) return false;
  const wrong = answers.flatMap(({ inputs: [u, location, scale], got }) =>
    u.flatMap((v, i) => {
      const asked = Math.log(v) - Math.log1p(-v);
      const odds = (((got as number[])[i] as number) - location) / scale;
      return Math.abs(odds - asked) <= 1e-7 * Math.abs(asked) + 1e-9 ? [] : [{ asked, odds }];
    }),
  );
  const sides = [-1, 1].map((side) => wrong.filter(({ asked }) => Math.sign(asked) === side));
  const together = (side: typeof wrong) =>
    side.every(
      ({ asked, odds }) =>
        Math.abs(odds) < Math.abs(asked) && Math.abs(odds - (side[0]?.odds ?? 0)) <= 1e-6 * Math.abs(odds),
    );
  return sides.every(together) && sides.some((side) => new Set(side.map(({ asked }) => asked)).size > 1);
}

interface CutOff {
  readonly inputs: readonly [readonly number[], number, number];
  readonly got?: readonly number[];
}

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "distribution-function-instead-of-inverse",
    explanation:
      "You put $u$ into $F$. $F$ turns samples into probabilities; sampling needs the opposite direction, $F^{-1}$.",
    implementation: {
      sampleLogistic: (u, location, scale) => u.map((v) => distribution(v, location, scale)),
    },
  },
  {
    id: "mirrored",
    explanation:
      "Your samples follow the right distribution only because the logistic density is symmetric: you computed $F^{-1}(1 - u)$. Look at the sign in front of the logarithm.",
    implementation: {
      sampleLogistic: (u, location, scale) => u.map((v) => location - scale * Math.log(v / (1 - v))),
    },
    variants: [
      { sampleLogistic: (u, location, scale) => u.map((v) => location + scale * Math.log((1 - v) / v)) },
    ],
  },
  {
    id: "density-instead-of-inverse",
    explanation:
      "You evaluated the density. It says how likely a value is; a sample is the value itself, at the point where the distribution function reaches $u$.",
    implementation: {
      sampleLogistic: (u, location, scale) =>
        u.map((v) => {
          const p = distribution(v, location, scale);
          return (p * (1 - p)) / scale;
        }),
    },
  },
  {
    id: "scale-divides",
    explanation:
      "The scale went in the wrong way: a larger $s$ must spread the samples. Solving $-(x - m)/s = \\dots$ for $x$ multiplies by $s$.",
    implementation: {
      sampleLogistic: (u, location, scale) => u.map((v) => location + Math.log(v / (1 - v)) / scale),
    },
  },
  {
    id: "location-before-scale",
    explanation: "You scaled the location too. First scale, then shift: $m + s\\,t$, not $s\\,(m + t)$.",
    implementation: {
      sampleLogistic: (u, location, scale) => u.map((v) => scale * (location + Math.log(v / (1 - v)))),
    },
  },
  {
    id: "sorted-samples",
    explanation:
      "Your samples are right but in another order. Each $x$ belongs to the $z$ it came from; keep the order of the input.",
    implementation: { pushSamples: (z, forward) => z.map(forward).sort((a, b) => a - b) },
  },
  {
    id: "base-samples-unchanged",
    explanation: "You returned the samples of the base. A sample of the model is $f(z)$.",
    implementation: { pushSamples: (z) => [...z] },
  },

  {
    id: "exponential-instead-of-logistic",
    explanation:
      "You solved for the exponential distribution: only $1 - u$ (or only $u$) is in your logarithm. From $F(x) = u$ follows a ratio of both.",
    implementation: {
      sampleLogistic: (u, location, scale) => u.map((v) => location - scale * Math.log(1 - v)),
    },
    variants: [
      { sampleLogistic: (u, location, scale) => u.map((v) => location - scale * Math.log(v)) },
      { sampleLogistic: (u, location, scale) => u.map((v) => location + scale * Math.log(v)) },
    ],
  },
  {
    id: "logarithm-forgotten",
    explanation:
      "You stopped at the ratio $u/(1 - u)$. That is $e^{(x - m)/s}$: the exponential is still to be undone.",
    implementation: {
      sampleLogistic: (u, location, scale) => u.map((v) => location + (scale * v) / (1 - v)),
    },
    variants: [{ sampleLogistic: (u, location, scale) => u.map((v) => location + (scale * (1 - v)) / v) }],
  },
  {
    id: "another-logarithm",
    explanation:
      "Your logarithm has another base. The exponential in $F$ is undone by the **natural** logarithm, `Math.log`.",
    implementation: {
      sampleLogistic: (u, location, scale) => u.map((v) => location + scale * Math.log10(v / (1 - v))),
    },
    variants: [
      { sampleLogistic: (u, location, scale) => u.map((v) => location + scale * Math.log2(v / (1 - v))) },
    ],
  },
  {
    id: "quotient-of-logarithms",
    explanation:
      "You divided one logarithm by the other. The logarithm of a quotient is the **difference** of the logarithms.",
    implementation: {
      sampleLogistic: (u, location, scale) =>
        u.map((v) => location + (scale * Math.log(v)) / Math.log(1 - v)),
    },
  },
  {
    id: "scale-forgotten",
    explanation: "The scale $s$ is not in your samples: a larger one must spread them.",
    implementation: { sampleLogistic: (u, location) => u.map((v) => location + Math.log(v / (1 - v))) },
  },
  {
    id: "location-forgotten",
    explanation: "The location $m$ is not in your samples: half of them must lie below it.",
    implementation: {
      sampleLogistic: (u, _location, scale) => u.map((v) => scale * Math.log(v / (1 - v))),
    },
  },
  {
    id: "location-subtracted",
    explanation:
      "You took the location away. Undo the steps of $(x - m)/s$ in turn: first times $s$, then plus $m$.",
    implementation: {
      sampleLogistic: (u, location, scale) => u.map((v) => scale * Math.log(v / (1 - v)) - location),
    },
  },
  {
    id: "clamped-away-from-the-ends",
    explanation:
      "Near 0 and 1 something holds your samples at a bound: $u$ is kept away from the ends, or what is searched for has fixed limits. All $u$ beyond give the same sample, and the tails are cut off. No $u$ from $(0, 1)$ makes the formula infinite, if it is written so that nothing rounds to 0 or 1.",
    implementation: { sampleLogistic: clamp(1e-7, 1 - 1e-7) },
    shows: (answers) =>
      answers.every((answer) => answer.export === "sampleLogistic") && cutOff(answers as readonly CutOff[]),
  },
  {
    id: "pushed-twice",
    explanation: "You applied $f$ twice. A sample of the model is $f(z)$, once for each $z$.",
    implementation: { pushSamples: (z, forward) => z.map((v) => forward(forward(v))) },
  },
  {
    id: "index-instead-of-sample",
    explanation:
      "You pushed the places 0, 1, 2, … through $f$ in place of the samples. `map` gives the value first and its index second; `for (const i in z)` gives the index.",
    implementation: { pushSamples: (z, forward) => z.map((_, i) => forward(i)) },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "right-below-one-half",
    implementation: {
      sampleLogistic: (u, location, scale) =>
        u.map((v) => {
          const safe = v > 0.5 ? Math.fround(Math.min(v, 1 - 2 ** -24)) : v;
          return location + scale * (Math.log(safe) - Math.log1p(-safe));
        }),
    },
  },
  {
    id: "rounded-to-float32",
    implementation: {
      sampleLogistic: (u, location, scale) =>
        u.map((v) => location + scale * (Math.log(Math.fround(v)) - Math.log(1 - Math.fround(v)))),
    },
  },
  {
    id: "drops-repeated-samples",
    implementation: { pushSamples: (z, forward) => [...new Set(z.map(forward))] },
  },
  {
    id: "loses-digits-near-zero",
    implementation: {
      sampleLogistic: (u, location, scale) => u.map((v) => location + 2 * scale * Math.atanh(2 * v - 1)),
    },
  },
  {
    id: "answers-one-u-only",
    implementation: {
      sampleLogistic: ([v = 0.5], location, scale) => [location + scale * Math.log(v / (1 - v))],
    },
  },
];
