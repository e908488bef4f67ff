import { exercise, prose } from "../../exercise.ts";
import { fn, type MapRef, map, number, parameter } from "../../harness/kinds.ts";
import { buildMap, mapRef } from "../../harness/maps.ts";

/** 1e-9 max(1, |z|) is promised; the sum is at most twice that, so rounding in x never costs a point. */
const ASKED = { absolute: 1e-9, relative: 1e-9 };

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
  const short = off.every(({ got = 0, want = 0 }) => Math.abs(got) < Math.abs(want) && got * want >= -1e-9);
  if (off.length === 0 || !short || !ends.every(atOneEnd)) return undefined;
  const right = answers.filter((answer) => !wrong(answer));
  const reaches = (side: number) => Math.max(0, ...right.map(({ want = 0 }) => side * want));
  const [below, above] = ends.map((end) => Math.max(...end.map(({ got = 0 }) => Math.abs(got))));
  if (ends[0]?.length === 0) return reaches(-1) > (above as number) ? "one" : "both";
  if (ends[1]?.length === 0) return reaches(1) > (below as number) ? "one" : "both";
  return "both";
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

export const bracketingInverse = exercise({
  id: "1D.inverse",
  path: "01-change-of-variables/bracketing-inverse",
  title: "Inverting a map that has no formula",
  source: "Section 16.1.2 of Prince, Understanding Deep Learning",
  statement: prose`
Many useful $f$ have no inverse on paper. If $f$ is continuous and increasing, it can still be inverted: find two points with $x$
between their images and halve the bracket. Write \`invert(forward, x)\` that returns the $z$ with \`forward(z)\` $= x$, to an
error of at most $10^{-9}$ in $z$ (relative to $|z|$ where $|z| > 1$). \`forward\` is increasing and takes every real value; $z$ can be anywhere.`,
  signatures: { invert: fn([parameter("forward", map), parameter("x", number)], number) },
  checks: [
    {
      name: "finds z close to the origin",
      points: 1,
      hints: [
        {
          where: nearly,
          text: "Your answer is close, but not to $10^{-9}$. When does your loop stop, and how far from the answer may the end of it still be?",
        },
        {
          text: "After each halving one of the two ends moves. Which one, if `forward(middle)` is below $x$?",
        },
        {
          when: "time",
          text: "Which condition ends your loop, and is it ever met? Between two neighbouring floating-point numbers there is no middle left.",
        },
      ],
      async run({ learner, random, expect }) {
        for (let i = 0; i < 8; i++) {
          const ref =
            i % 2 === 0 ? mapRef("tanh-bump", random.uniform(0, 3)) : mapRef("sinh", random.uniform(0.5, 2));
          const z = random.uniform(-3, 3);
          expect.close(await learner.invert(ref, buildMap(ref)(z)), z, ASKED);
        }
      },
    },
    {
      name: "finds z far away",
      points: 1,
      hints: [
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
        const ref = mapRef("tanh-bump", random.uniform(0, 3));
        for (const z of [random.uniform(50, 100), -random.uniform(1e3, 1e4), random.uniform(1e6, 1e7)]) {
          expect.close(await learner.invert(ref, buildMap(ref)(z)), z, ASKED);
        }
      },
    },
    {
      name: "is exact where f is flat or steep",
      points: 1,
      hints: [
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
        for (let i = 0; i < 4; i++) {
          const flat = mapRef("sinh", 1e-7 * random.uniform(1, 9));
          const steep = mapRef("sinh", 1e9 * random.uniform(1, 9));
          const z = random.uniform(0.5, 1.5);
          for (const ref of [flat, steep]) {
            expect.close(await learner.invert(ref, buildMap(ref)(z)), z, ASKED);
          }
        }
        // From 0 a tangent leads too far, and from there too far back. The slope is above 0.04, so rounding costs z 1e-13 at most.
        for (let i = 0; i < 4; i++) {
          const steepAt = random.uniform(20, 50);
          const ref = mapRef("asinh", random.uniform(0.5, 2), steepAt);
          const z = steepAt + random.uniform(5, 20);
          expect.close(await learner.invert(ref, buildMap(ref)(z)), z, ASKED);
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
        "You keep the wrong half. `forward` is increasing, so if `forward(middle)` is below $x$, the answer lies **above** the middle.",
      implementation: {
        invert: (f, x) =>
          bisect(
            (z) => 2 * x - f(z),
            x,
            widen(f, x),
            (low, high) => high - low < 1e-12,
          ),
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
      id: "newton-without-a-bracket",
      implementation: {
        invert: (f, x) => {
          let z = 0;
          for (let i = 0; i < 50; i++) z -= ((f(z) - x) * 2e-6) / (f(z + 1e-6) - f(z - 1e-6));
          return z;
        },
      },
    },
    {
      id: "straight-line",
      implementation: { invert: (f, x) => (x - f(0)) / (f(1) - f(0)) },
    },
  ],
  limits: { seconds: 3 },
});
