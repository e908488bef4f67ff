import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import {
  type Asked,
  changeOf,
  iterate,
  MOST_STEPS,
  minus,
  norm,
  residualOf,
  type signatures,
  solveOf,
} from "./invert.domain.ts";

type Program = Implementation<typeof signatures>;
type Ends = (change: number[], steps: number, asked: Asked) => boolean;

const boundOf = ([, , , L]: Asked, change: readonly number[]): number => (L / (1 - L)) * norm(change);
const right: Ends = (change, _steps, asked) => norm(change) <= changeOf([asked[5], asked[3]]);

/** The right iteration but for where it ends, what it repeats, and what it says of its error. */
const solving =
  ({
    ends = right,
    step = (asked, z) => minus(asked[4], residualOf(asked, z)),
    bound = (asked, change) => Math.min(boundOf(asked, change), asked[5]),
  }: {
    readonly ends?: Ends;
    readonly step?: (asked: Asked, z: readonly number[]) => number[];
    readonly bound?: (asked: Asked, change: readonly number[]) => number;
  }): Program["invertBlock"] =>
  (...given) => {
    const asked: Asked = given;
    const { z, change } = iterate(
      asked[4],
      (at) => step(asked, at),
      // What runs away has no end of its own.
      (moved, steps, next) => ends(moved, steps, asked) || !(norm(next) < 1e12),
    );
    return { z, bound: bound(asked, change) };
  };

const after =
  (count: number): Ends =>
  (_change, steps) =>
    steps >= count;
const change =
  (of: (epsilon: number, L: number) => number): Program["allowedChange"] =>
  (epsilon, L) =>
    of(epsilon, L);

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "stops-where-the-change-is-epsilon",
    explanation:
      "You stop when the *change* is $\\varepsilon$. The distance that is left may be $\\frac{L}{1 - L}$ times as large, 9 times for $L = 0.9$: all the changes that are still to come. Stop at $\\varepsilon\\,\\frac{1 - L}{L}$.",
    implementation: {
      invertBlock: solving({ ends: (moved, _steps, asked) => norm(moved) <= asked[5] }),
      allowedChange: change((epsilon) => epsilon),
    },
    variants: [
      { invertBlock: solving({ ends: (moved, _steps, asked) => norm(moved) <= asked[5] }) },
      { invertBlock: solving({ ends: (moved, _steps, asked) => norm(moved) <= asked[5], bound: boundOf }) },
      {
        invertBlock: solving({
          ends: (moved, _steps, asked) => norm(moved) <= asked[5],
          bound: (_asked, moved) => norm(moved),
        }),
      },
      {
        invertBlock: solving({
          ends: (moved, _steps, asked) => norm(moved) <= asked[5],
          bound: (asked) => asked[5],
        }),
      },
      { allowedChange: change((epsilon) => epsilon) },
    ],
  },
  {
    id: "stops-by-the-square",
    explanation:
      "You compare the *square* of the change with $\\varepsilon$. For $\\varepsilon = 10^{-5}$ that is a change of 0.003, some 300 times too early. (A library that many use does so.) Take the root of the sum of squares.",
    implementation: {
      invertBlock: solving({ ends: (moved, _steps, asked) => norm(moved) ** 2 <= asked[5] }),
    },
    variants: [
      {
        invertBlock: solving({
          ends: (moved, _steps, asked) => norm(moved) ** 2 <= asked[5],
          bound: (_asked, moved) => norm(moved) ** 2,
        }),
      },
      {
        invertBlock: solving({
          ends: (moved, _steps, asked) => norm(moved) ** 2 <= changeOf([asked[5], asked[3]]),
        }),
      },
      {
        invertBlock: solving({
          ends: (moved, _steps, asked) => norm(moved) ** 2 <= changeOf([asked[5], asked[3]]),
          bound: (asked) => asked[5],
        }),
      },
      {
        invertBlock: solving({
          ends: (moved, _steps, asked) => norm(moved) ** 2 <= changeOf([asked[5], asked[3]]),
          bound: (asked, moved) => boundOf(asked, [norm(moved) ** 2]),
        }),
      },
    ],
  },
  {
    id: "residual-taken-for-the-error",
    explanation:
      "You look at how well the equation holds, $|y - z - f(z)| \\le \\varepsilon$. That is a distance in $y$. The one in $z$ may be $\\frac{1}{1 - L}$ times as large.",
    implementation: {
      invertBlock: (...asked) => {
        const [, , , , y, epsilon] = asked;
        let z = [...y];
        for (let k = 0; k < MOST_STEPS; k++) {
          const left = norm(minus(minus(y, z), residualOf(asked, z)));
          if (left <= epsilon) break;
          z = minus(y, residualOf(asked, z));
        }
        return { z, bound: epsilon };
      },
    },
  },
  {
    id: "largest-number-of-the-change",
    explanation:
      "You measure the change by its largest number. Distances are Euclidean here, and so is $L$: the root of the sum of squares, which is up to $\\sqrt{D}$ times as large.",
    implementation: {
      invertBlock: solving({
        ends: (moved, _steps, asked) => Math.max(...moved.map(Math.abs)) <= changeOf([asked[5], asked[3]]),
        bound: (asked, moved) => boundOf(asked, [Math.max(...moved.map(Math.abs))]),
      }),
    },
    variants: [
      {
        invertBlock: solving({
          ends: (moved, _steps, asked) => Math.max(...moved.map(Math.abs)) <= changeOf([asked[5], asked[3]]),
        }),
      },
      {
        invertBlock: solving({
          ends: (moved, _steps, asked) => Math.max(...moved.map(Math.abs)) <= changeOf([asked[5], asked[3]]),
          bound: boundOf,
        }),
      },
    ],
  },
  {
    id: "adds-the-residual",
    explanation: "You iterate $z \\leftarrow y + f(z)$. From $y = z + f(z)$ it is $z = y - f(z)$.",
    implementation: {
      invertBlock: solving({
        step: (asked, z) =>
          minus(
            asked[4],
            residualOf(asked, z).map((v) => -v),
          ),
      }),
    },
  },
  {
    id: "takes-the-residual-off-z",
    explanation:
      "You iterate $z \\leftarrow z - f(z)$, so that $y$ is used at the beginning only. From $y = z + f(z)$ it is $z = y - f(z)$: in every step $f$ is taken off $y$ itself.",
    implementation: { invertBlock: solving({ step: (asked, z) => minus(z, residualOf(asked, z)) }) },
    variants: [
      {
        invertBlock: solving({
          step: (asked, z) => minus(z, residualOf(asked, z)),
          bound: (asked) => asked[5],
        }),
      },
    ],
  },
  {
    id: "one-step-only",
    explanation:
      "You take $f(y)$ off once, $y - f(y)$. That would be the inverse if $f$ had been computed from $y$, as in a coupling. It was computed from $z$, which is not known yet: that is only the first step of the iteration.",
    implementation: { invertBlock: solving({ ends: after(1) }) },
  },
  {
    id: "a-fixed-number-of-steps",
    explanation:
      "You take the same number of steps whatever $L$ and $\\varepsilon$ are. For $L = 0.98$ a decimal digit takes 114 steps. Go on until the change is small enough.",
    implementation: { invertBlock: solving({ ends: after(50) }) },
    variants: [
      { invertBlock: solving({ ends: after(10) }) },
      { invertBlock: solving({ ends: after(20) }) },
      { invertBlock: solving({ ends: after(100) }) },
    ],
  },
  {
    id: "bound-is-the-last-change",
    explanation:
      "Your z is right, and your bound is the last change. The distance can be $\\frac{L}{1 - L}$ times that, which for $L > \\tfrac12$ is more: the bound is not one.",
    implementation: { invertBlock: solving({ bound: (_asked, moved) => norm(moved) }) },
  },
  {
    id: "factor-turned-round",
    explanation:
      "Your factor is turned round. What is left may be $\\frac{L}{1 - L}$ times the last change; so a change of $\\varepsilon\\,\\frac{1 - L}{L}$ is allowed, which is *smaller* the nearer $L$ is to 1.",
    implementation: {
      allowedChange: change((epsilon, L) => (epsilon * L) / (1 - L)),
      invertBlock: solving({
        ends: (moved, _steps, asked) => norm(moved) <= (asked[5] * asked[3]) / (1 - asked[3]),
      }),
    },
    variants: [{ allowedChange: change((epsilon, L) => (epsilon * L) / (1 - L)) }],
  },
  {
    id: "first-term-of-the-series-only",
    explanation:
      "$\\varepsilon/L$ takes only the *next* change into account, which is at most $L$ times the last one. All that are to come count: $L + L^2 + \\dots = \\frac{L}{1 - L}$.",
    implementation: { allowedChange: change((epsilon, L) => epsilon / L) },
  },
  {
    id: "last-change-counted-too",
    explanation:
      "$\\varepsilon(1 - L)$ is on the safe side. It sums $1 + L + L^2 + \\dots$, with the last change among those to come; but z has made it already. From there it is $L + L^2 + \\dots = \\frac{L}{1 - L}$.",
    implementation: { allowedChange: change((epsilon, L) => epsilon * (1 - L)) },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "y-itself",
    implementation: { invertBlock: (_W, _c, _V, _L, y, epsilon) => ({ z: [...y], bound: epsilon }) },
  },
  { id: "no-bound", implementation: { invertBlock: (...asked) => ({ ...solveOf(asked), bound: 0 }) } },
  { id: "endless-bound", implementation: { invertBlock: (...asked) => ({ ...solveOf(asked), bound: 1 }) } },
  {
    id: "within-ten-epsilon",
    implementation: {
      invertBlock: (...asked) => solveOf([asked[0], asked[1], asked[2], asked[3], asked[4], 10 * asked[5]]),
    },
  },
  {
    id: "to-a-millionth",
    implementation: {
      invertBlock: (...asked) => ({
        ...solveOf([asked[0], asked[1], asked[2], asked[3], asked[4], 1e-6]),
        bound: asked[5],
      }),
    },
  },
  {
    id: "without-c",
    implementation: {
      invertBlock: (W, c, V, L, y, epsilon) => solveOf([W, c.map(() => 0), V, L, y, epsilon]),
    },
  },
  {
    id: "half-of-L",
    implementation: { invertBlock: (W, c, V, L, y, epsilon) => solveOf([W, c, V, L / 2, y, epsilon]) },
  },
  {
    id: "starts-at-0-and-ends",
    implementation: {
      invertBlock: (...asked) => ({
        z: minus(
          asked[4],
          residualOf(
            asked,
            asked[4].map(() => 0),
          ),
        ),
        bound: asked[5],
      }),
    },
  },
];
