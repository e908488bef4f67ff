import { exercise, prose } from "../../exercise.ts";
import { fn, map, number, parameter } from "../../harness/kinds.ts";
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
        "Your answers stop at the end of a fixed bracket, here $\\pm 10$. Nothing says that $z$ lies inside it: widen the bracket until it does.",
      implementation: { invert: (f, x) => bisect(f, x, [-10, 10], (low, high) => high - low < 1e-12) },
    },
    {
      id: "stops-on-the-residual",
      explanation:
        "You stop when $|f(z) - x|$ is small. Where $f$ is flat, that is true of wrong $z$ as well; where it is steep, it may never be. Stop by the width of the bracket.",
      implementation: {
        invert: (f, x) => bisect(f, x, widen(f, x), (_low, _high, middle) => Math.abs(f(middle) - x) < 1e-9),
      },
    },
    {
      id: "stops-too-early",
      explanation:
        "You are close, but not to $10^{-9}$. Each halving gains one binary digit: about 30 halvings take a bracket of width 1 there.",
      implementation: { invert: (f, x) => bisect(f, x, widen(f, x), (low, high) => high - low < 1e-3) },
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
    {
      id: "widens-upwards-only",
      implementation: {
        invert: (f, x) => bisect(f, x, [-1, widen(f, x)[1]], (low, high) => high - low < 1e-12),
      },
    },
  ],
  limits: { seconds: 3 },
});
