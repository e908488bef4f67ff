import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { stepsOf } from "./fixed-point.bound.ts";
import { iteratesOf, type signatures } from "./fixed-point.domain.ts";
import { type Arrived, RIGHT, searchOf, type Ways } from "./fixed-point.search.ts";

type Program = Implementation<typeof signatures>;

const search =
  (ways: Partial<Ways>, give = (arrived: Arrived): Arrived => arrived): Program["fixedPoint"] =>
  (f, start, tolerance, most) =>
    give(searchOf(f, start, tolerance, most, { ...RIGHT, ...ways }));

/** The number that the last step began with. */
const oneBefore: Program["fixedPoint"] = (f, start, tolerance, most) => {
  const arrived = searchOf(f, start, tolerance, most);
  return { ...arrived, z: iteratesOf(f, start, arrived.steps - 1).at(-1) as number };
};

const bound =
  (of: (slope: number, distance: number, tolerance: number) => number): Program["stepsNeeded"] =>
  (...asked) =>
    of(...asked);

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "adds-instead-of-replacing",
    explanation:
      "You iterate $z + f[z]$. That is the residual layer itself, which runs away. The fixed point is one of $f$: $f[z]$ *takes the place* of $z$.",
    implementation: {
      iterates: (f, start, count) => iteratesOf((z) => z + f(z), start, count),
      fixedPoint: search({ next: (f, z) => z + f(z) }),
    },
    variants: [
      { iterates: (f, start, count) => iteratesOf((z) => z + f(z), start, count) },
      { fixedPoint: search({ next: (f, z) => z + f(z) }) },
    ],
  },
  {
    id: "start-left-out",
    explanation:
      "Your list begins with $f$ of the start. The start itself, $z_0$, comes first, so that there are `count` + 1 numbers.",
    implementation: { iterates: (f, start, count) => iteratesOf(f, start, count).slice(1) },
  },
  {
    id: "one-step-too-few",
    explanation:
      "Your list ends one step too early. `count` is the number of *steps*; with the start there are `count` + 1 numbers.",
    implementation: { iterates: (f, start, count) => iteratesOf(f, start, count - 1) },
  },
  {
    id: "sign-of-the-change",
    explanation:
      "You compare the change with its sign. A sequence that falls has negative changes, and each of them is below the tolerance, however large it is. Take its size.",
    implementation: { fixedPoint: search({ ends: (z, next, tolerance) => next - z <= tolerance }) },
    variants: [
      { fixedPoint: search({ ends: (z, next, tolerance) => z - next <= tolerance }) },
      {
        fixedPoint: (f, start, tolerance, most) => {
          const ways = { ...RIGHT, ends: (z: number, next: number, limit: number) => next - z <= limit };
          const arrived = searchOf(f, start, tolerance, most, ways);
          const [before, z] = iteratesOf(f, start, arrived.steps).slice(-2);
          return { ...arrived, change: z - before };
        },
      },
    ],
  },
  {
    id: "change-with-its-sign",
    explanation:
      "It stops at the right place, and then `change` comes with its sign. Asked for is the size, $|z_k - z_{k-1}|$.",
    implementation: {
      fixedPoint: (f, start, tolerance, most) => {
        const arrived = searchOf(f, start, tolerance, most);
        const [before, z] = iteratesOf(f, start, arrived.steps).slice(-2);
        return { ...arrived, change: z - before };
      },
    },
  },
  {
    id: "squared-change",
    explanation:
      "You compare the *square* of the change. A square of $10^{-6}$ is a change of $10^{-3}$: it stops far too early. (A library that many use does so.)",
    implementation: { fixedPoint: search({ ends: (z, next, tolerance) => (next - z) ** 2 <= tolerance }) },
  },
  {
    id: "relative-change",
    explanation:
      "You divide the change by the size of $z$. Asked for is the change itself, $|z_k - z_{k-1}|$.",
    implementation: {
      fixedPoint: search({ ends: (z, next, tolerance) => Math.abs(next - z) <= tolerance * Math.abs(next) }),
    },
    variants: [
      { fixedPoint: search({ ends: (z, next, tolerance) => Math.abs(next - z) <= tolerance * Math.abs(z) }) },
      {
        fixedPoint: search({
          ends: (z, next, tolerance) => Math.abs(next - z) <= tolerance * Math.max(1, Math.abs(next)),
        }),
      },
    ],
  },
  {
    id: "gives-the-number-before",
    explanation:
      "Your z is the number that the last step *began* with. It has just computed a better one: $f$ of it.",
    implementation: { fixedPoint: oneBefore },
  },
  {
    id: "steps-counted-from-0",
    explanation:
      "Your count is one too low. A step is one evaluation of $f$: the first that is taken has the number 1.",
    implementation: { fixedPoint: search({}, (arrived) => ({ ...arrived, steps: arrived.steps - 1 })) },
  },
  {
    id: "numbers-counted-instead-of-steps",
    explanation: "Your count is one too high: the start is no step.",
    implementation: { fixedPoint: search({}, (arrived) => ({ ...arrived, steps: arrived.steps + 1 })) },
  },
  {
    id: "change-of-the-step-after",
    explanation:
      "Your z and the number of steps are right, but `change` is $|f[z_k] - z_k|$, that of the step which would come *next*. Keep the change of the last step that was taken, $|z_k - z_{k-1}|$.",
    implementation: {
      fixedPoint: (f, start, tolerance, most) => {
        const arrived = searchOf(f, start, tolerance, most);
        return { ...arrived, change: Math.abs(f(arrived.z) - arrived.z) };
      },
    },
  },
  {
    id: "one-step-before-most",
    explanation:
      "Where nothing comes to rest you take one step less than you may: step number `most` is the last one that is taken.",
    implementation: {
      fixedPoint: (f, start, tolerance, most) =>
        most > 1
          ? searchOf(f, start, tolerance, most - 1)
          : { z: start, change: Number.POSITIVE_INFINITY, steps: 0 },
    },
    variants: [
      {
        fixedPoint: (f, start, tolerance, most) =>
          most > 1 ? searchOf(f, start, tolerance, most - 1) : { z: start, change: 0, steps: 0 },
      },
    ],
  },
  {
    id: "stops-when-the-change-grows",
    explanation:
      "You stop as soon as a change is no smaller than the one before. That is a fair warning, and not what is asked: at most `most` steps, and what the last one gave.",
    implementation: {
      fixedPoint: (f, start, tolerance, most) => {
        let [z, last] = [start, Infinity];
        for (let steps = 1; ; steps++) {
          const now = f(z);
          const change = Math.abs(now - z);
          if (change <= tolerance || !(steps < most) || change >= last) return { z: now, change, steps };
          [z, last] = [now, change];
        }
      },
    },
  },
  {
    id: "distance-left-out",
    explanation:
      "Your number of steps does not depend on how far it is: $\\log \\varepsilon / \\log \\beta$ is that for a distance of 1. What has to shrink by $\\beta^k$ is distance divided by tolerance.",
    implementation: {
      stepsNeeded: bound((slope, _distance, tolerance) =>
        Math.max(0, Math.ceil(Math.log(tolerance) / Math.log(slope))),
      ),
    },
  },
  {
    id: "rounded-down",
    explanation:
      "You round down, or to the nearest, and are not quite there after so many steps. The next whole number *above* is the first that is enough.",
    implementation: {
      stepsNeeded: bound((slope, distance, tolerance) =>
        Math.max(0, distance === 0 ? 0 : Math.floor(Math.log(tolerance / distance) / Math.log(slope))),
      ),
    },
    variants: [
      { stepsNeeded: bound((...asked) => Math.max(0, stepsOf(asked) - 1)) },
      {
        stepsNeeded: bound((slope, distance, tolerance) =>
          Math.max(0, distance === 0 ? 0 : Math.round(Math.log(tolerance / distance) / Math.log(slope))),
        ),
      },
      {
        stepsNeeded: bound((slope, distance, tolerance) =>
          Math.round(Math.log(tolerance / distance) / Math.log(slope)),
        ),
      },
      {
        stepsNeeded: bound((slope, distance, tolerance) =>
          Math.floor(Math.log(tolerance / distance) / Math.log(slope)),
        ),
      },
    ],
  },
  {
    id: "fraction-turned-round",
    explanation:
      "Your logarithm is that of distance divided by tolerance, which is positive, while $\\log\\beta$ is negative: no number of steps is negative. From $\\beta^k \\le \\text{tolerance}/\\text{distance}$ it is $k \\ge \\log(\\text{tolerance}/\\text{distance})/\\log\\beta$, as dividing by a negative number turns the sign round.",
    implementation: {
      stepsNeeded: bound((slope, distance, tolerance) =>
        Math.max(0, Math.ceil(Math.log(distance / tolerance) / Math.log(slope))),
      ),
    },
    variants: [
      {
        stepsNeeded: bound((slope, distance, tolerance) =>
          Math.ceil(Math.log(distance / tolerance) / Math.log(slope)),
        ),
      },
    ],
  },
  {
    id: "distance-taken-for-the-first-change",
    explanation:
      "There is a $\\frac{1}{1 - \\beta}$ in yours. It belongs to the bound by the first *change*, $\\frac{\\beta^k}{1 - \\beta}|z_1 - z_0|$. Here the distance to the fixed point itself is given, and $\\beta^k$ times that is left.",
    implementation: {
      stepsNeeded: bound((slope, distance, tolerance) => stepsOf([slope, distance / (1 - slope), tolerance])),
    },
  },
  {
    id: "as-if-by-equal-steps",
    explanation:
      "You let the distance shrink by the same *amount* in each step. It shrinks by the same *factor*: the number of steps is a ratio of logarithms.",
    implementation: {
      stepsNeeded: bound((slope, distance, tolerance) =>
        distance <= tolerance ? 0 : Math.ceil((distance - tolerance) / ((1 - slope) * distance)),
      ),
    },
  },
  {
    id: "shrinks-by-one-minus-the-slope",
    explanation:
      "You have left $1 - \\beta$ of the distance after each step. A contraction with constant $\\beta$ leaves $\\beta$ of it: a *small* constant is fast.",
    implementation: {
      stepsNeeded: bound((slope, distance, tolerance) => stepsOf([1 - slope, distance, tolerance])),
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "one-step-at-least",
    implementation: { iterates: (f, start, count) => iteratesOf(f, start, Math.max(1, count)) },
  },
  {
    id: "hundred-steps-at-most",
    implementation: {
      fixedPoint: (f, start, tolerance, most) => searchOf(f, start, tolerance, Math.min(most, 100)),
    },
  },
  {
    id: "one-more-than-most",
    implementation: { fixedPoint: (f, start, tolerance, most) => searchOf(f, start, tolerance, most + 1) },
  },
  {
    id: "compared-with-z",
    implementation: { fixedPoint: search({ ends: (_z, next, tolerance) => Math.abs(next) <= tolerance }) },
  },
  { id: "never-before-most", implementation: { fixedPoint: search({ ends: () => false }) } },
  {
    id: "negative-where-near-enough",
    implementation: {
      stepsNeeded: bound((slope, distance, tolerance) =>
        distance === 0 ? 0 : Math.ceil(Math.log(tolerance / distance) / Math.log(slope)),
      ),
    },
  },
  {
    id: "not-a-whole-number",
    implementation: {
      stepsNeeded: bound((slope, distance, tolerance) =>
        Math.max(0, Math.log(tolerance / distance) / Math.log(slope)),
      ),
    },
  },
  {
    id: "base-ten-digits",
    implementation: {
      stepsNeeded: bound((_slope, distance, tolerance) =>
        Math.max(0, Math.ceil(Math.log10(distance / tolerance))),
      ),
    },
  },
];
