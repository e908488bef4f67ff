import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import {
  forwardOf,
  inverseOf,
  logDensityOf,
  logDetOf,
  logNormal,
  type Parts,
  RIGHT,
  type signatures,
  type Ways,
} from "./multiscale.domain.ts";

type Program = Implementation<typeof signatures>;
type Flow = ReturnType<Program["multiscaleFlow"]> extends infer F ? Awaited<F> : never;
type Wrong = Misconception<typeof signatures>;

/** The right flow but for what is given. */
const but = (change: (parts: Parts) => Partial<Flow>): Program => ({
  multiscaleFlow: (S, T) => ({
    inverse: (x) => inverseOf([S, T], x),
    forward: (z) => forwardOf([S, T], z),
    logDensity: (x) => logDensityOf([S, T], x),
    ...change([S, T]),
  }),
});

const logDetOnly = (of: (parts: Parts, count: number) => number): Program =>
  but((parts) => ({ logDensity: (x) => logNormal(inverseOf(parts, x)) + of(parts, x.length) }));

/** Other layers, in both directions; their density has the right determinant. */
const ways = (id: string, explanation: string, change: Partial<Ways>, factor = 0): Wrong => {
  const other = { ...RIGHT, ...change };
  const both = but((parts) => ({
    inverse: (x) => inverseOf(parts, x, other),
    forward: (z) => forwardOf(parts, z, other),
    logDensity: (x) => logNormal(inverseOf(parts, x, other)) + logDetOf(parts, x.length) + factor * x.length,
  }));
  return {
    id,
    explanation,
    implementation: both,
    variants: [
      but((parts) => ({ inverse: (x) => inverseOf(parts, x, other) })),
      but((parts) => ({ forward: (z) => forwardOf(parts, z, other) })),
    ],
  };
};

const sum = (list: readonly number[]): number => list.reduce((total, v) => total + v, 0);
const coarseCount = ([S]: Parts, count: number): number => count / 4 ** S.length;

/** z with its coarsest part first, as the book writes it. */
const coarseFirst = (parts: Parts, z: readonly number[]): number[] => {
  const count = coarseCount(parts, z.length);
  return [...z.slice(z.length - count), ...z.slice(0, z.length - count)];
};
const coarseLast = (parts: Parts, z: readonly number[]): number[] => {
  const count = coarseCount(parts, z.length);
  return [...z.slice(count), ...z.slice(0, count)];
};

export const misconceptions: readonly Wrong[] = [
  {
    id: "what-leaves-not-counted",
    explanation:
      "Your log-density is that of the coarsest numbers alone. What has left is a latent as well, and each counts where it leaves: $\\log Pr(z)$ is a sum over *all* numbers of $z$.",
    implementation: but((parts) => ({
      logDensity: (x) => {
        const z = inverseOf(parts, x);
        return logNormal(z.slice(z.length - coarseCount(parts, z.length))) + logDetOf(parts, x.length);
      },
    })),
  },
  {
    id: "coarse-part-not-counted",
    explanation:
      "Your log-density counts what leaves, but not the numbers that stay to the end. When the last level is done, they are latents, too.",
    implementation: but((parts) => ({
      logDensity: (x) => {
        const z = inverseOf(parts, x);
        return logNormal(z.slice(0, z.length - coarseCount(parts, z.length))) + logDetOf(parts, x.length);
      },
    })),
  },
  {
    id: "each-level-once",
    explanation:
      "You add each row of $S$ once. Its scales are applied at *every* place of the level: a quarter of the numbers that it works on, so often do they count.",
    implementation: logDetOnly(([S]) => -sum(S.flat())),
  },
  {
    id: "all-levels-alike",
    explanation:
      "You count every level's scales at as many places as the first has. The second level has a quarter of them, the third a sixteenth.",
    implementation: logDetOnly(([S], count) => (-count / 4) * sum(S.flat())),
  },
  {
    id: "only-what-leaves-is-scaled",
    explanation:
      "Your log-determinant counts the scales of the three channels that leave. The first channel is scaled as well, before it goes on.",
    implementation: logDetOnly(
      ([S], count) => -sum(S.map((row, level) => (count / 4 ** (level + 1)) * sum(row.slice(1)))),
    ),
  },
  {
    id: "log-det-with-the-wrong-sign",
    explanation:
      "The log-determinant counts with the wrong sign. From $x$ to $z$ each channel is divided by $e^{s}$, so its part is $-s$: where the flow stretches on the way to $x$, the density falls.",
    implementation: logDetOnly((parts, count) => -logDetOf(parts, count)),
  },
  {
    id: "log-det-left-out",
    explanation:
      "Your log-density is that of $z$ alone. The levels' determinants are missing: $-s$ for every channel at every place.",
    implementation: logDetOnly(() => 0),
  },
  {
    id: "density-without-logarithm",
    explanation: "That is the density itself; asked for is its logarithm, in nats.",
    implementation: but((parts) => ({ logDensity: (x) => Math.exp(logDensityOf(parts, x)) })),
  },
  ways(
    "averages-instead-of-halves",
    "You divide by 4, so that the first channel is the mean of the block. Asked for is dividing by 2: then the matrix has rows of length 1, is its own inverse, and its determinant is 1. (With 4 each block would add $-4\\log 2$.)",
    { haar: RIGHT.haar.map((row) => row.map((v) => v / 2)) },
    -Math.LN2,
  ),
  ways(
    "rows-and-columns-exchanged",
    "Your second and third channel are exchanged. The second takes the *right* column from the left, the third the *lower* row from the upper.",
    { haar: [0, 2, 1, 3].map((k) => RIGHT.haar[k]) },
  ),
  ways(
    "scaled-before-shifted",
    "Your shift is scaled, or your scale shifted, in the wrong order. From $x$ to $z$ it is $(y - t)e^{-s}$, and back $v e^{s} + t$: shift first on the way to $z$, and last on the way back.",
    {
      standardize: (y, s, t) => y * Math.exp(-s) - t,
      restore: (z, s, t) => (z + t) * Math.exp(s),
    },
  ),
  ways(
    "scales-the-wrong-way",
    "You multiply by $e^{s}$ on the way to $z$. That way *divides*: $(y - t)e^{-s}$. Multiplying is for the way to $x$.",
    {
      standardize: (y, s, t) => (y - t) * Math.exp(s),
      restore: (z, s, t) => z * Math.exp(-s) + t,
    },
  ),
  ways(
    "levels-in-the-opposite-order",
    "You use the rows of $S$ and $T$ in the opposite order. The first row belongs to the finest level, which is the first on the way from $x$ to $z$, and the last on the way back.",
    { rowOf: (level, levels) => levels - 1 - level },
  ),
  ways(
    "one-row-for-all-levels",
    "You use the first row of $S$ and $T$ at every level. Each level has a row of its own.",
    { rowOf: () => 0 },
  ),
  {
    id: "coarse-part-first",
    explanation:
      "Your $z$ begins with the coarsest numbers, as the book's does. Asked for is the order in which they leave: what leaves first stands first, and the coarsest at the end.",
    implementation: but((parts) => ({
      inverse: (x) => coarseFirst(parts, inverseOf(parts, x)),
      forward: (z) => forwardOf(parts, coarseLast(parts, z)),
    })),
    variants: [
      but((parts) => ({ inverse: (x) => coarseFirst(parts, inverseOf(parts, x)) })),
      but((parts) => ({ forward: (z) => forwardOf(parts, coarseLast(parts, z)) })),
    ],
  },
];

function keepFirst<A>(of: (point: readonly number[]) => A): (point: readonly number[]) => A {
  let first: { answer: A } | undefined;
  return (point) => {
    first ??= { answer: of(point) };
    return first.answer;
  };
}

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "inverse-kept",
    implementation: but((parts) => ({ inverse: keepFirst((x) => inverseOf(parts, x)) })),
  },
  {
    id: "forward-kept",
    implementation: but((parts) => ({ forward: keepFirst((z) => forwardOf(parts, z)) })),
  },
  {
    id: "log-density-kept",
    implementation: but((parts) => ({ logDensity: keepFirst((x) => logDensityOf(parts, x)) })),
  },
  { id: "inverse-for-forward", implementation: but((parts) => ({ forward: (z) => inverseOf(parts, z) })) },
  {
    id: "one-level-only",
    implementation: but(([S, T]) => ({
      inverse: (x) => inverseOf([S.slice(0, 1), T.slice(0, 1)], x),
      forward: (z) => forwardOf([S.slice(0, 1), T.slice(0, 1)], z),
    })),
  },
  {
    id: "first-block-only",
    implementation: but((parts) => ({
      inverse: (x) => inverseOf(parts, x).map((v, at) => (at < 3 || at === x.length - 1 ? v : 0)),
    })),
  },
  {
    id: "clipped",
    implementation: but((parts) => ({
      forward: (z) => forwardOf(parts, z).map((v) => Math.max(-2, Math.min(2, v))),
    })),
  },
];
