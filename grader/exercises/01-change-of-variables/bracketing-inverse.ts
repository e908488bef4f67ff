import { allowed, type Domain } from "../../domain.ts";
import { exercise, prose } from "../../exercise.ts";
import { fn, type MapRef, map, number, parameter } from "../../harness/kinds.ts";
import { buildMap, combined, mapRef } from "../../harness/maps.ts";
import { grid, yoursAgainstAsked } from "../../illustration.ts";
import { increasingInverse } from "../../oracle/root.ts";
import type { Random } from "../../random.ts";
import {
  beside,
  bothSigns,
  linear,
  logarithmic,
  type Region,
  type Regions,
  type Span,
  strata,
} from "../../strata.ts";

type Inputs = readonly [forward: MapRef, x: number];

const inverse = ([forward, x]: Inputs): number => increasingInverse(buildMap(forward), x);

/** At m it is flat, or steep, or has a bend; all take every real value, and none costs digits on the way back. */
const kinds: { readonly [name: string]: (random: Random) => MapRef } = {
  bump: (random) => mapRef("tanh-bump", random.uniform(0, 3)),
  asinh: (random) => mapRef("asinh", random.uniform(0.5, 2), random.uniform(-1, 1)),
  "bump beside 0": (random) =>
    combined(
      "composition",
      mapRef("affine", random.uniform(0.3, 3), random.uniform(-3, 3)),
      mapRef("tanh-bump", random.uniform(0, 3)),
      mapRef("affine", random.uniform(0.3, 3), random.uniform(-3, 3)),
    ),
  "two bumps": (random) =>
    combined(
      "sum",
      mapRef("tanh-bump", random.uniform(0, 3)),
      combined(
        "composition",
        mapRef("affine", random.uniform(0.3, 3), random.uniform(-3, 3)),
        mapRef("tanh-bump", random.uniform(0, 3)),
      ),
    ),
  "line and cube": (random) =>
    combined("sum", mapRef("affine", random.uniform(0.5, 2), 0), mapRef("cube", random.uniform(0.1, 1))),
  "line and root": (random) =>
    combined("sum", mapRef("affine", random.uniform(0.5, 2), 0), mapRef("cube-root", random.uniform(0.5, 2))),
};

const someMap = (random: Random): MapRef => {
  const names = Object.keys(kinds);
  return kinds[names[random.integer(names.length)]](random);
};

/** Any map, and where its z lies. */
function anywhere(z: Span, points: number): Region<Inputs> {
  return {
    points,
    draw(random, place) {
      const forward = someMap(random);
      return [forward, buildMap(forward)(z.at(place))];
    },
    place: (...inputs) => z.place(inverse(inputs)),
  };
}

/** A map of one parameter, where its z lies beside that parameter's. */
function one(name: string, parameter: Span, z: Span): Region<Inputs> {
  return {
    draw(random, place) {
      const forward = mapRef(name, parameter.at(place));
      return [forward, buildMap(forward)(z.at(random.uniform(0, 1)))];
    },
    place: ({ map, parameters }) => (map === name ? parameter.place(parameters[0] as number) : undefined),
  };
}

/** A map that is flat or steep at a point beside 0, and z close to it: 1e-3 beside it x is 1e-9, or 0.1. */
function bentAt(name: string): Region<Inputs> {
  const close = bothSigns(logarithmic(1e-4, 0.1));
  return {
    draw(random, place) {
      const at = random.uniform(-3, 3);
      const forward = combined("composition", mapRef("affine", 1, -at), mapRef(name, random.uniform(0.5, 2)));
      return [forward, buildMap(forward)(at + close.at(place))];
    },
    place(forward, x) {
      if (forward.map !== "composition" || forward.of?.[1]?.map !== name) return undefined;
      return beside(-(forward.of[0]?.parameters[1] as number), close).place(inverse([forward, x]));
    },
  };
}

/** Around a z of order one, x is a thousand times as fine as z: it lies between the images of two neighbouring numbers. */
const between: Region<Inputs> = {
  draw(random, place) {
    const shifted = mapRef("affine", 1, -bothSigns(linear(1, 3)).at(random.uniform(0, 1)));
    const forward = combined("composition", shifted, mapRef("tanh-bump", random.uniform(0.5, 3)));
    return [forward, small.at(place)];
  },
  place: ({ map, of }, x) =>
    map === "composition" && of?.length === 2 && of[1]?.map === "tanh-bump" ? small.place(x) : undefined,
};
const small = bothSigns(logarithmic(1e-4, 1e-2));

const nearTheOrigin: Regions<Inputs> = {
  "|z| of order one": anywhere(bothSigns(linear(0.1, 3)), 12),
  "x that no number leads to exactly": between,
  "|z| small": anywhere(bothSigns(logarithmic(1e-5, 0.1)), 8),
  "|z| as small as it matters": anywhere(bothSigns(logarithmic(5e-9, 1e-5)), 8),
  "z = 0": {
    points: 1,
    draw(random) {
      const forward = someMap(random);
      return [forward, buildMap(forward)(0)];
    },
    place: (...inputs) => (Math.abs(inverse(inputs)) < 1e-12 ? 0 : undefined),
  },
};

const farAway: Regions<Inputs> = {
  "|z| from 3 to 1000": anywhere(bothSigns(logarithmic(3, 1e3)), 8),
  "|z| from 1000 to 10⁹": anywhere(bothSigns(logarithmic(1e3, 1e9)), 12),
  "|z| above 10⁹": anywhere(bothSigns(logarithmic(1e9, 1e100)), 24),
};

const side = bothSigns(linear(0.5, 1.5));
const flatOrSteep: Regions<Inputs> = {
  flat: one("sinh", logarithmic(1e-12, 1e-3), side),
  steep: one("sinh", logarithmic(1e3, 1e12), side),
  "flat at a point": bentAt("cube"),
  "steep at a point": bentAt("cube-root"),
  // From 0 a tangent leads too far, and from there too far back. The slope is above 0.04, so rounding costs z 1e-13 at most.
  "where tangents lead astray": {
    draw(random, place) {
      const sign = place < 0.5 ? -1 : 1;
      const steepAt = sign * random.uniform(20, 50);
      const forward = mapRef("asinh", random.uniform(0.5, 2), steepAt);
      return [forward, buildMap(forward)(steepAt + sign * random.uniform(5, 20))];
    },
    place: ({ map, parameters }) => {
      const steepAt = parameters[1] ?? 0;
      return map === "asinh" && Math.abs(steepAt) >= 20 ? (steepAt < 0 ? 0.25 : 0.75) : undefined;
    },
  },
};

const domain: Domain<Inputs> = {
  regions: { ...nearTheOrigin, ...farAway, ...flatOrSteep },
  // 1e-9 max(1, |z|) is promised; the sum is at most twice that, so rounding in x never costs a point.
  allows: ([z]) => 1e-9 + 1e-9 * Math.abs(z as number),
  float32: false,
};

/** Halves [low, high] until `enough` says so. */
function bisect(
  f: (z: number) => number,
  x: number,
  ends: [number, number],
  enough: (low: number, high: number, middle: number) => boolean,
): number {
  let [low, high] = ends;
  for (let i = 0; i < 2000; i++) {
    const middle = (low + high) / 2;
    if (enough(low, high, middle)) return middle;
    if (f(middle) < x) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function widen(f: (z: number) => number, x: number): [number, number] {
  let [low, high] = [-1, 1];
  while (f(low) > x) low *= 2;
  while (f(high) < x) high *= 2;
  return [low, high];
}

const TOLERANCES = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-10, 1e-11, 1e-12, 1e-14];

interface Found {
  readonly inputs: readonly [MapRef, number];
  readonly got?: number;
  readonly want?: number;
}

const wrong = ({ got = Number.NaN, want = 0 }: Found): boolean =>
  Math.abs(got - want) > 1e-9 * Math.max(1, Math.abs(want));

/**
 * Whether the wrong answers are those of a bracket's ends: short of the z that is asked for, and on each side the same each time, or, of
 * a single one, a round number as people write them.
 */
function stopsAtEnds(answers: readonly Found[]): "both" | "one" | undefined {
  const off = answers.filter(wrong);
  const ends = [-1, 1].map((side) => off.filter(({ got = 0, want = 0 }) => Math.sign(want - got) === side));
  // What is about 0 for every z is no end of a bracket.
  if (off.length > 0 && aboutZero(answers)) return undefined;
  const short = off.every(({ got = 0, want = 0 }) => Math.abs(got) < Math.abs(want) && got * want >= -1e-9);
  if (off.length === 0 || !short || !ends.every(atOneEnd)) return undefined;
  const right = answers.filter((answer) => !wrong(answer));
  const reaches = (side: number) => Math.max(0, ...right.map(({ want = 0 }) => side * want));
  const [below, above] = ends.map((end) => Math.max(...end.map(({ got = 0 }) => Math.abs(got))));
  if (ends[0]?.length === 0) return reaches(-1) > (above as number) ? "one" : "both";
  if (ends[1]?.length === 0) return reaches(1) > (below as number) ? "one" : "both";
  return "both";
}

/** Whether every answer is next to 0, though no z is. */
const aboutZero = (answers: readonly Found[]): boolean => {
  const away = answers.filter(({ want = 0 }) => Math.abs(want) > 1e-3);
  return (
    away.length > 2 &&
    away.every(({ got = Number.NaN, want = 0 }) => Math.abs(got) <= 1e-6 * Math.min(1e3, Math.abs(want)))
  );
};

/** Whether the wrong answers are whole numbers beside the z that is asked for. */
function wholeNumbers(answers: readonly Found[]): boolean {
  const off = answers.filter(wrong);
  return (
    // Two would be the ends of a bracket.
    new Set(off.map(({ got }) => got)).size > 3 &&
    off.every(({ got = Number.NaN, want = 0 }) => Number.isInteger(got) && Math.abs(got - want) <= 1)
  );
}

/** Where the z that is found is x itself, or as near to it as the bracket goes. */
function foundX(answers: readonly Found[]): boolean {
  const off = answers.filter(wrong);
  const isX = ({ inputs: [, x], got = Number.NaN }: Found) =>
    Math.abs(got - x) <= 1e-6 * Math.max(1, Math.abs(x));
  const short = ({ inputs: [, x], got = Number.NaN }: Found) =>
    Math.abs(got) < Math.abs(x) &&
    got * x >= 0 &&
    Number.isInteger(Math.log2(Math.abs(Number(got.toPrecision(9)))));
  return off.filter(isX).length > 2 && off.every((answer) => isX(answer) || short(answer));
}

function atOneEnd(list: readonly Found[]): boolean {
  const [first = 0] = list.map(({ got = 0 }) => got);
  if (list.length > 1)
    return list.every(({ got = 0 }) => Math.abs(got - first) <= 1e-6 * Math.max(1, Math.abs(first)));
  const round = Number(first.toPrecision(2));
  return list.length === 0 || Math.abs(first - round) <= 1e-6 * Math.max(1, Math.abs(first));
}

/** What the wrong answers, all of them close, have in common: a small |f(z) − x| or a small error in z. */
function boundedBy(answers: readonly Found[]): "residual" | "width" | undefined {
  const off = answers.filter(wrong);
  if (off.length < 2 || !off.every(nearly)) return undefined;
  const spread = (sizes: number[]) => {
    const sorted = sizes.sort((a, b) => a - b);
    return (sorted.at(-1) as number) / Math.max(sorted[Math.floor(sorted.length / 2)] as number, 1e-300);
  };
  const errors = spread(off.map(({ got = 0, want = 0 }) => Math.abs(got - want)));
  const residuals = spread(off.map(({ inputs: [f, x], got = 0 }) => Math.abs(buildMap(f)(got) - x)));
  return errors > 100 && residuals < errors / 10 ? "residual" : "width";
}

/** Right but for the last digits. */
const nearly = ({ got = Number.NaN, want = 0 }: { got?: number; want?: number }): boolean =>
  Math.abs(got - want) < 1e-2 * Math.max(1, Math.abs(want));

const bump = mapRef("tanh-bump", 1);
/** Nothing is difficult there. */
const nearby = async (learner: { invert(forward: MapRef, x: number): Promise<number> }) => ({
  got: await learner.invert(bump, buildMap(bump)(-2.5)),
  want: -2.5,
});

export const bracketingInverse = exercise({
  id: "1D.inverse",
  path: "01-change-of-variables/bracketing-inverse",
  title: "Inverting a map that has no formula",
  source: "Section 16.1.2 of Prince, Understanding Deep Learning",
  statement: prose`
Many useful $f$ have no inverse on paper. If $f$ is continuous and increasing, it can still be inverted: find two points with $x$
between their images and halve the bracket. Write \`invert(forward, x)\` that returns the $z$ with \`forward(z)\` $= x$, to an
error of at most $10^{-9}$ in $z$ (relative to $|z|$ where $|z| > 1$; float32 has not so many digits). \`forward\` is increasing
and takes every real value; $z$ can be anywhere, also at $\pm 10^{100}$.`,
  signatures: { invert: fn([parameter("forward", map), parameter("x", number)], number) },
  domains: { invert: domain },
  checks: [
    {
      name: "finds z close to the origin",
      points: 1,
      hints: [
        {
          test: nearby,
          text: "After each halving one of the two ends moves. Which one, if `forward(middle)` is below $x$?",
        },
        {
          where: nearly,
          text: "Your answer is close, but not to $10^{-9}$. When does your loop stop, and how far from the answer may the end of it still be?",
        },
        {
          when: "time",
          text: "Which condition ends your loop, and is it ever met? Between two neighbouring floating-point numbers there is no middle left.",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, nearTheOrigin)) {
          const z = inverse(inputs);
          expect.close(await learner.invert(...inputs), z, allowed(domain, z, ...inputs));
        }
      },
    },
    {
      name: "finds z far away",
      points: 1,
      hints: [
        {
          when: ["value", "not-finite", "time"],
          test: nearby,
          text: "Your code does not find $z$ close to the origin, either: begin with the check above.",
        },
        {
          where: nearly,
          text: "Your answer is close, but its error is above $10^{-9}\\,|z|$. Does your loop end before that is reached?",
        },
        {
          text: "A bracket that starts small can grow: double it until $x$ lies between the images of its ends.",
        },
        {
          when: "time",
          text: "The $z$ asked for is far out. How many steps does your code need to get there? Doubling the bracket needs 30 for a thousand million.",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, farAway)) {
          const z = inverse(inputs);
          expect.close(await learner.invert(...inputs), z, allowed(domain, z, ...inputs));
        }
      },
    },
    {
      name: "is exact where f is flat or steep",
      points: 1,
      hints: [
        {
          when: ["value", "not-finite", "time"],
          test: nearby,
          text: "Your code does not find $z$ close to the origin, either: begin with the check above.",
        },
        {
          where: nearly,
          text: "Where $f$ is nearly flat, a tiny $|f(z) - x|$ says little about the error in $z$. Stop by the width of the bracket.",
        },
        {
          text: "This $f$ is much flatter in one place than in another, and a step that follows its slope can land anywhere. Keep a bracket whose ends lie on both sides of $x$, whatever the slope.",
        },
        {
          when: "time",
          text: "Where $f$ is steep, $|f(z) - x|$ may never become small: no floating-point number has exactly this image. Which condition ends your loop?",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, flatOrSteep)) {
          const z = inverse(inputs);
          expect.close(await learner.invert(...inputs), z, allowed(domain, z, ...inputs));
        }
      },
    },
  ],
  hints: [
    "First a bracket: start with $[-1, 1]$ and double each end until `forward(low)` $\\le x \\le$ `forward(high)`.",
    "Then halve: if `forward(middle) < x`, the answer lies above the middle, so `low = middle`; otherwise `high = middle`.",
    "Stop when `high - low` is below $10^{-9} \\max(1, |middle|)$, or when the middle is one of the ends: then no number lies between.",
  ],
  reference: {
    invert: (f, x) => bisect(f, x, widen(f, x), (low, high, middle) => middle === low || middle === high),
  },
  misconceptions: [
    {
      id: "width-instead-of-place",
      explanation:
        "Your answers are all next to 0, whatever $z$ is. So narrow is the **width** of a bracket in the end, or the difference $f(z) - x$; asked for is the place.",
      implementation: { invert: () => 0 },
      shows: aboutZero,
    },
    {
      id: "straight-line",
      explanation:
        "Your answers are right where `forward` is a straight line, and wrong where it bends. A line through two points, or a few steps along such lines, ends at $z$ only if there is no bend.",
      implementation: { invert: (f, x) => (x - f(0)) / (f(1) - f(0)) },
      variants: [
        {
          invert: (f, x) => {
            const z = (x - f(0)) / (f(1) - f(0));
            return z - (f(z) - x) / (f(1) - f(0));
          },
        },
        ...[1e-3, 1e-4, 1e-5, 1e-6].map((h) => ({
          invert: (f: (z: number) => number, x: number) => ((x - f(0)) * 2 * h) / (f(h) - f(-h)),
        })),
        { invert: (f, x) => -1 + (2 * (x - f(-1))) / (f(1) - f(-1)) },
      ],
    },
    {
      id: "whole-numbers-only",
      explanation:
        "Your answers are whole numbers beside $z$: something rounds, the middle of the bracket for example. Between two whole numbers the halving has to go on.",
      implementation: {
        invert: (f, x) => Math.floor(bisect(f, x, widen(f, x), (low, high) => high - low < 1e-12)),
      },
      shows: wholeNumbers,
    },
    {
      id: "looks-for-the-image-of-x",
      explanation:
        "The $z$ that you find is $x$ itself, so far as your bracket reaches: you compare `forward(middle)` with `forward(x)`. But $x$ is an image already: compare with $x$.",
      implementation: {
        invert: (f, x) =>
          bisect(f, f(x), widen(f, x), (low, high, middle) => middle === low || middle === high),
      },
      shows: foundX,
    },
    {
      id: "fixed-bracket",
      explanation:
        "Your answers stop at the ends of a bracket that does not grow far enough. Nothing says that $z$ lies inside it: widen it until it does.",
      implementation: { invert: (f, x) => bisect(f, x, [-10, 10], (low, high) => high - low < 1e-12) },
      shows: (answers) => stopsAtEnds(answers) === "both",
    },
    {
      id: "stops-on-the-residual",
      explanation:
        "You stop when $|f(z) - x|$ is small. Where $f$ is flat, that is true of wrong $z$ as well; where it is steep, it may never be. Stop by the width of the bracket.",
      implementation: {
        invert: (f, x) => bisect(f, x, widen(f, x), (_low, _high, middle) => Math.abs(f(middle) - x) < 1e-9),
      },
      variants: TOLERANCES.map((tolerance) => ({
        invert: (f: (z: number) => number, x: number) =>
          bisect(f, x, widen(f, x), (_l, _h, middle) => Math.abs(f(middle) - x) < tolerance),
      })),
      shows: (answers) => boundedBy(answers) === "residual",
    },
    {
      id: "stops-too-early",
      explanation:
        "You are close, but your error is above the $10^{-9}$ that is asked for. Each halving gains one binary digit: about 30 halvings take a bracket of width 1 there, a wider one needs more.",
      implementation: { invert: (f, x) => bisect(f, x, widen(f, x), (low, high) => high - low < 1e-3) },
      shows: (answers) => boundedBy(answers) === "width",
    },
    {
      id: "wrong-half",
      explanation:
        "Your answer is an end of the bracket that you began with, so you keep the wrong half (or halve nothing). `forward` is increasing: if `forward(middle)` is below $x$, the answer lies **above** the middle.",
      implementation: {
        invert: (f, x) =>
          bisect(
            (z) => 2 * x - f(z),
            x,
            widen(f, x),
            (low, high) => high - low < 1e-12,
          ),
      },
      variants: [{ invert: (f, x) => widen(f, x)[0] }, { invert: (f, x) => widen(f, x)[1] }],
      shows(answers) {
        // A bracket that was doubled has a power of 2 at each end.
        const off = answers.filter(wrong);
        return (
          off.length > 2 &&
          off.every(({ got = 0 }) => Math.abs(got) >= 1 && Number.isInteger(Math.log2(Math.abs(got))))
        );
      },
    },

    {
      id: "one-sided-bracket",
      explanation:
        "Your bracket grows to one side only. $z$ can be negative as well as positive: widen **both** ends until $x$ lies between their images.",
      implementation: {
        invert: (f, x) => bisect(f, x, [0, widen(f, x)[1]], (low, high) => high - low < 1e-12),
      },
      variants: [
        { invert: (f, x) => bisect(f, x, [-1, widen(f, x)[1]], (low, high) => high - low < 1e-12) },
        { invert: (f, x) => bisect(f, x, [widen(f, x)[0], 0], (low, high) => high - low < 1e-12) },
        { invert: (f, x) => bisect(f, x, [widen(f, x)[0], 1], (low, high) => high - low < 1e-12) },
      ],
      shows: (answers) => stopsAtEnds(answers) === "one",
    },
    {
      id: "image-instead-of-z",
      explanation:
        "You returned $x$, or $f$ of the $z$ that you found, which is the same. Asked for is the $z$ itself.",
      implementation: { invert: (_f, x) => x },
      shows: (answers) =>
        answers.length > 2 &&
        answers.every(
          ({ inputs: [, x], got = Number.NaN }) => Math.abs(got - x) <= 1e-6 * Math.max(1, Math.abs(x)),
        ),
    },
    {
      id: "applied-instead-of-inverted",
      explanation:
        "You applied `forward` to $x$. It leads from $z$ to $x$; here $x$ is given, and the $z$ is looked for.",
      implementation: { invert: (f, x) => f(x) },
    },
    {
      id: "reciprocal-instead-of-inverse",
      explanation:
        "You divided 1 by the value of `forward`. $f^{-1}$ is the **inverse function**, the way back from $x$ to $z$; it is not $1/f$.",
      implementation: { invert: (f, x) => 1 / f(x) },
      variants: [{ invert: (_f, x) => 1 / x }, { invert: (f, x) => f(1 / x) }],
    },
  ],
  mutants: [
    {
      id: "twenty-eight-halvings",
      implementation: {
        invert: (f, x) => {
          let [low, high] = widen(f, x);
          for (let i = 0; i < 28; i++) {
            const middle = (low + high) / 2;
            if (f(middle) < x) low = middle;
            else high = middle;
          }
          return low;
        },
      },
    },
    {
      id: "newton-without-a-bracket",
      implementation: {
        invert: (f, x) => {
          let z = 0;
          for (let i = 0; i < 50; i++) z -= ((f(z) - x) * 2e-6) / (f(z + 1e-6) - f(z - 1e-6));
          return z;
        },
      },
    },
  ],
  limits: { seconds: 3 },
  /** By the power of ten, since z can be anywhere: what stops at a bracket's end is flat from there on. */
  async illustrate(learner) {
    const f = mapRef("tanh-bump", 2);
    const decades = (z: number) => Math.sign(z) * Math.log10(1 + Math.abs(z));
    const at = (t: number) => Math.sign(t) * (10 ** Math.abs(t) - 1);
    return yoursAgainstAsked(
      grid(-8, 8, 65),
      async (t) => decades(await learner.invert(f, buildMap(f)(at(t)))),
      (t) => t,
      { x: "z that is right, in decades: ± log₁₀(1 + |z|)", y: "z that you found" },
    );
  },
});
