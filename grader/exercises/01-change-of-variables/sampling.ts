import { allowed, type Domain, relatively, wellConditioned } from "../../domain.ts";
import { exercise, prose } from "../../exercise.ts";
import { fn, type MapRef, map, number, parameter, vector } from "../../harness/kinds.ts";
import { buildMap, combined, mapRef } from "../../harness/maps.ts";
import { grid, panels, yoursAgainstAsked } from "../../illustration.ts";
import type { Random } from "../../random.ts";
import {
  beside,
  bothSigns,
  either,
  linear,
  logarithmic,
  negative,
  only,
  type Region,
  type Regions,
  type Span,
  strata,
} from "../../strata.ts";
import { pushingMixtures, samplingMixtures } from "./sampling.ingredients.ts";

/** F(x) of the logistic distribution. */
const distribution = (x: number, location: number, scale: number): number =>
  1 / (1 + Math.exp(-(x - location) / scale));

/** The samples with u kept between two bounds. */
const clamped =
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
  const wrong = answers.flatMap(({ inputs: [u, location, scale], got = [] }) =>
    u.flatMap((v, i) => {
      const asked = Math.log(v) - Math.log1p(-v);
      const odds = ((got[i] ?? Number.NaN) - location) / scale;
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
type Pushed = readonly [z: number[], forward: MapRef];

/** Rising or falling, curved or straight. */
function someMap(random: Random, sign = random.integer(2) === 0 ? 1 : -1): MapRef {
  const line = mapRef("affine", sign * random.uniform(0.5, 2), random.uniform(-1, 1));
  const curve = mapRef("sinh", random.uniform(0.5, 2));
  switch (random.integer(3)) {
    case 0:
      return line;
    case 1:
      return combined("composition", curve, line);
    default:
      return combined("composition", mapRef("tanh-bump", random.uniform(0, 3)), line);
  }
}

const normals = (random: Random, n: number): number[] => Array.from({ length: n }, () => random.normal());
const images = ([z, forward]: Pushed): number[] => z.map(buildMap(forward));
const numbered = (low: number, high: number) => (list: readonly number[]) =>
  list.length >= low && list.length <= high ? 0 : undefined;

/** Samples of which each comes twice: each is a sample of its own. */
const some = (random: Random): number[] => {
  const z = normals(random, 3 + random.integer(10));
  return [...z, ...z];
};
// Up to where float32 has numbers for the images.
const farOut = bothSigns(logarithmic(4, 80));

const pushing: Regions<Pushed> = {
  "some samples, f increasing": {
    draw: (random) => [some(random), someMap(random, 1)],
    place: (z, forward) => (rises(forward) ? numbered(6, 26)(z) : undefined),
  },
  "some samples, f decreasing": {
    draw: (random) => [some(random), someMap(random, -1)],
    place: (z, forward) => (rises(forward) ? undefined : numbered(6, 26)(z)),
  },
  "one sample": { points: 2, draw: (random) => [normals(random, 1), someMap(random)], place: numbered(1, 1) },
  "no samples": { points: 1, draw: (random) => [[], someMap(random)], place: numbered(0, 0) },
  "many samples": {
    points: 1,
    once: true,
    draw: (random) => [normals(random, 1001 + random.integer(100)), someMap(random)],
    place: numbered(1000, 2000),
  },
  "samples far out": {
    points: 8,
    draw: (random, place) => [[random.normal(), farOut.at(place), random.normal()], someMap(random)],
    place: (z) => z.map(farOut.place),
  },
};

function rises(forward: MapRef): boolean {
  const f = buildMap(forward);
  return f(1) > f(-1);
}

const pushed: Domain<Pushed> = { regions: pushing, allows: relatively(1e-9), float32: wellConditioned };

type Drawn = readonly [u: number[], location: number, scale: number];

const logit = (u: number): number => Math.log(u) - Math.log1p(-u);
const quantiles = ([u, location, scale]: Drawn): number[] => u.map((v) => location + scale * logit(v));

const middle = linear(0.01, 0.99);
const middles = (random: Random, n: number): number[] =>
  Array.from({ length: n }, () => middle.at(random.uniform(0, 1)));
const ordinaryLocation = (random: Random): number => random.uniform(-3, 3);
const ordinaryScale = (random: Random): number => random.uniform(0.3, 3);

/** One u of the span before others of the middle. */
function probability(span: Span, points: number): Region<Drawn> {
  return {
    points,
    draw(random, place) {
      const u = [span.at(place), ...middles(random, 2)];
      return [u, ordinaryLocation(random), ordinaryScale(random)];
    },
    place: (u) => u.map(span.place),
  };
}

function sized(low: number, high: number, points: number): Region<Drawn> {
  return {
    points,
    draw: (random) => [
      middles(random, low + random.integer(high - low + 1)),
      ordinaryLocation(random),
      ordinaryScale(random),
    ],
    place: numbered(low, high),
  };
}

const places = bothSigns(logarithmic(1e-3, 1e3));
const scales = logarithmic(1e-3, 1e3);

const inTheMiddle: Regions<Drawn> = {
  "u from 0.01 to 0.99": probability(middle, 12),
  "a few u": sized(4, 12, 4),
  "one u": sized(1, 1, 2),
  "no u": sized(0, 0, 1),
  "many u": { ...sized(1001, 1100, 1), once: true },
  "locations of every size": {
    points: 24,
    draw: (random, place) => [middles(random, 2), places.at(place), ordinaryScale(random)],
    place: (_u, location) => places.place(location),
  },
  "scales of every size": {
    points: 12,
    draw: (random, place) => [middles(random, 2), ordinaryLocation(random), scales.at(place)],
    place: (_u, _location, scale) => scales.place(scale),
  },
};

/** 1 − k/2⁵³ for odd k: there 1/u − 1 keeps none of the digits of 1 − u. */
const oddBelow1: Span = {
  at: (place) => 1 - (2 * Math.floor(2 ** (17 * place)) - 1) * 2 ** -53,
  place(u) {
    const half = ((1 - u) * 2 ** 53 + 1) / 2;
    return half >= 1 && half <= 2 ** 17 && Number.isInteger(half) ? Math.log2(half) / 17 : undefined;
  },
};

const inTheTails: Regions<Drawn> = {
  "u as close to 0 as numbers come": probability(logarithmic(1e-300, 1e-12), 8),
  "u close to 0": probability(logarithmic(1e-12, 0.01), 24),
  "u close to 1": probability(beside(1, negative(logarithmic(1e-12, 0.01))), 12),
  "u very close to 1": probability(oddBelow1, 8),
  "the last u before 1": probability(either(only(1 - 2 ** -53), only(1 - 3 * 2 ** -53)), 2),
  "u in the middle": probability(middle, 2),
};

const size = ([u, location, scale]: Drawn): number[] =>
  u.map((v) => Math.abs(location) + scale * Math.abs(logit(v)));

const logistic: Domain<Drawn> = {
  regions: { ...inTheMiddle, ...inTheTails },
  allows: (_answer, ...inputs) => size(inputs).map((of) => 1e-9 * of + 1e-15 * inputs[2]),
  // A result may be kept in float32, which rounds it once, by 2⁻²⁴; the computation may not be done in it.
  float32: (_answer, ...inputs) => size(inputs).map((of) => of / 8),
};

export const sampling = exercise({
  id: "1D.sampling",
  path: "01-change-of-variables/sampling",
  title: "Sampling: push through f, or invert the distribution function",
  source:
    "Section 16.1 of Prince, Understanding Deep Learning; inverse transform sampling after von Neumann, 1947",
  statement: prose`
Two ways to sample.

1. \`pushSamples(z, forward)\` pushes samples of the base through $f$: one $x$ for each $z$, in the same order.
2. \`sampleLogistic(u, location, scale)\` turns numbers $u$ from $(0, 1)$ into samples of the logistic distribution by inverting
   its distribution function $F(x) = \frac{1}{1 + e^{-(x - m)/s}}$ with location $m$ and scale $s > 0$: return $F^{-1}(u)$ for each $u$,
   with nine digits right also where $u$ is very close to 0 or to 1. (Compute in double precision: float32 has seven. What comes out
   may be kept in a \`Float32Array\`.)

The randomness comes in as an argument, so both functions give the same answer each time. They leave their arguments as they are.`,
  signatures: {
    pushSamples: fn([parameter("z", vector), parameter("forward", map)], vector),
    sampleLogistic: fn(
      [parameter("u", vector), parameter("location", number), parameter("scale", number)],
      vector,
    ),
  },
  domains: { pushSamples: pushed, sampleLogistic: logistic },
  checks: [
    {
      name: "pushes every sample through f",
      points: 1,
      hints: [
        {
          where: ({ inputs: [z], got = [] }) => got.length !== z.length,
          text: "One output for each input: count yours for three samples, and for none.",
        },
        {
          text: "Each output is `forward` of the input at the same place, taken once. Compare yours with `forward(z[0])` for the first.",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, pushing)) {
          const want = images(inputs);
          expect.close(await learner.pushSamples(...inputs), want, {
            ...allowed(pushed, want, ...inputs),
            ...(want.length === 0 && { message: "no samples in, no samples out" }),
          });
        }
      },
    },
    {
      name: "inverts the distribution function",
      points: 1,
      hints: [
        {
          test: async (learner) => ({ got: await learner.sampleLogistic([0.5], 2, 3), want: [2] }),
          text: "Half of the mass lies below the location $m$, whatever the scale. So which sample belongs to $u = \\tfrac12$? What does your code give for $m = 2$, $s = 3$?",
        },
        {
          test: async (learner) => ({
            got: await learner.sampleLogistic([1 / (1 + Math.exp(-1))], 0, 1),
            want: [1],
          }),
          text: "With $m = 0$ and $s = 1$, $F(1) = 1/(1 + e^{-1}) \\approx 0.731$. So your code has to give 1 for $u = 1/(1 + e^{-1})$. What does it give?",
        },
        {
          test: async (learner) => ({
            got: await learner.sampleLogistic([1 / (1 + Math.exp(-1))], 2, 3),
            want: [5],
          }),
          text: "With $m = 0$ and $s = 1$ you are right. $F$ contains $(x - m)/s$: once $(x - m)/s$ is known, how do you get $x$ from it?",
        },
        {
          text: "One $u$ at a time is right. One output for each $u$, in the order of the inputs?",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, inTheMiddle)) {
          const want = quantiles(inputs);
          expect.close(await learner.sampleLogistic(...inputs), want, allowed(logistic, want, ...inputs));
        }
      },
    },
    {
      name: "reaches the tails",
      points: 1,
      hints: [
        {
          when: ["value", "not-finite"],
          test: async (learner) => ({
            got: await learner.sampleLogistic([1 / (1 + Math.exp(-1))], 2, 3),
            want: [5],
          }),
          text: "Your samples are wrong in the tails, and in the middle as well: begin with the check above.",
        },
        {
          when: "not-finite",
          text: "For $u$ very close to 0 or to 1, does anything on the way round to 0, to 1 or to infinity?",
        },
        {
          where: ({ inputs: [[u = 0.5]] }) => u > 0.5,
          text: "In the middle you are right. For $u$ close to 1, how many digits of $1 - u$ survive in each of your steps?",
        },
        {
          text: "In the middle you are right. For $u$ close to 0, is anything held above a smallest value, or does it lose its digits beside a 1?",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, inTheTails)) {
          const want = quantiles(inputs);
          expect.close(await learner.sampleLogistic(...inputs), want, allowed(logistic, want, ...inputs));
        }
      },
    },
  ],
  hints: [
    "`z.map(...)` applies a function to each element and keeps the order.",
    "Solve $u = 1 / (1 + e^{-(x - m)/s})$ for $x$, step by step: first isolate the exponential.",
    "$x = m + s \\log\\frac{u}{1 - u}$.",
  ],
  reference: {
    pushSamples: (z, forward) => z.map((value) => forward(value)),
    sampleLogistic: (u, location, scale) =>
      u.map((value) => location + scale * (Math.log(value) - Math.log1p(-value))),
  },
  parts: [
    {
      export: "sampleLogistic",
      by: "sum",
      of: [
        { name: "the location $m$", value: ({ inputs: [, location] }) => location },
        { name: "$s \\log u$", value: ({ inputs: [u, , scale] }, i) => scale * Math.log(u[i] as number) },
        {
          name: "$-s \\log(1 - u)$",
          value: ({ inputs: [u, , scale] }, i) => -scale * Math.log1p(-(u[i] as number)),
        },
      ],
    },
  ],
  ingredients: [
    { export: "pushSamples", mixtures: pushingMixtures },
    { export: "sampleLogistic", mixtures: samplingMixtures },
  ],
  misconceptions: [
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
        "You keep $u$ away from 0 and 1. All $u$ beyond that bound give the same sample, and the tails are cut off. No $u$ from $(0, 1)$ makes the formula infinite, if it is written so that nothing rounds to 0 or 1.",
      implementation: { sampleLogistic: clamped(1e-7, 1 - 1e-7) },
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
  ],
  mutants: [
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
  ],
  async illustrate(learner) {
    const forward = mapRef("sinh", 0.7);
    const [location, scale] = [1, 2];
    const z = grid(-2.5, 2.5, 41);
    const u = grid(0.01, 0.99, 50);
    // One call for a whole curve, as the functions take lists; a list of another length has no place on the axis.
    const from = (inputs: number[], ask: () => Promise<number[]>) => {
      let asked: Promise<number[]> | undefined;
      return async (input: number) => {
        asked ??= ask();
        const list = await asked;
        return list.length === inputs.length ? (list[inputs.indexOf(input)] as number) : Number.NaN;
      };
    };
    return panels(
      await yoursAgainstAsked(
        z,
        from(z, () => learner.pushSamples(z, forward)),
        buildMap(forward),
        { x: "z", y: "pushSamples" },
      ),
      await yoursAgainstAsked(
        u,
        from(u, () => learner.sampleLogistic(u, location, scale)),
        (v) => location + scale * (Math.log(v) - Math.log1p(-v)),
        {
          x: "u, with m = 1 and s = 2",
          y: "sampleLogistic",
        },
      ),
    );
  },
});
