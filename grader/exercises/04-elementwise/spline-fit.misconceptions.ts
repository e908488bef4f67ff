import type { Misconception, Mutant } from "../../exercise.ts";
import {
  logNormal,
  quantileSpline,
  type Spline,
  type signatures,
  toBase,
  toData,
} from "./spline-fit.domain.ts";

type Flow = {
  forward(z: readonly number[]): number[];
  inverse(x: readonly number[]): number[];
  logDensity(x: readonly number[]): number[];
};

/** The right flow but for what is given. */
const but = (change: (spline: Spline, data: readonly number[]) => Partial<Flow>) => ({
  fitSpline(data: readonly number[]): Flow {
    const spline = quantileSpline(data);
    return { ...flowOf(spline), ...change(spline, data) };
  },
});

export function flowOf(spline: Spline): Flow {
  return {
    forward: (z) => z.map((v) => toData(spline, v)),
    inverse: (x) => x.map((v) => toBase(spline, v).z),
    logDensity: (x) =>
      x.map((v) => {
        const { z, slope } = toBase(spline, v);
        return logNormal(z) + Math.log(slope);
      }),
  };
}

const density = (f: (z: number, slope: number) => number) =>
  but((spline) => ({
    logDensity: (x) =>
      x.map((v) => {
        const { z, slope } = toBase(spline, v);
        return f(z, slope);
      }),
  }));

/** z = (x − m)/d: one bell. */
function lineOf(data: readonly number[]): Flow {
  const m = data.reduce((sum, v) => sum + v, 0) / data.length;
  const d = Math.sqrt(data.reduce((sum, v) => sum + (v - m) ** 2, 0) / data.length);
  return {
    forward: (z) => z.map((v) => m + d * v),
    inverse: (x) => x.map((v) => (v - m) / d),
    logDensity: (x) => x.map((v) => logNormal((v - m) / d) - Math.log(d)),
  };
}

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "slope-forgotten",
    explanation:
      "Your log-density is that of $z$ alone. Where the map from $x$ to $z$ is steep, much mass comes from little room: add the logarithm of the slope.",
    implementation: density((z) => logNormal(z)),
  },
  {
    id: "slope-of-the-other-direction",
    explanation:
      "The sign of the log-slope is wrong. If your spline goes from $x$ to $z$, its log-slope is *added*; if it goes from $z$ to $x$, it is subtracted.",
    implementation: density((z, slope) => logNormal(z) - Math.log(slope)),
  },
  {
    id: "constant-forgotten",
    explanation:
      "Your log-density lacks the $-\\tfrac12\\log 2\\pi$ of the base, the same everywhere, so that the mass is 2.5.",
    implementation: density((z, slope) => logNormal(z) + Math.log(slope) + 0.5 * Math.log(2 * Math.PI)),
  },
  {
    id: "density-without-logarithm",
    explanation: "That is the density. Asked for is its logarithm, in nats.",
    implementation: density((z, slope) => Math.exp(logNormal(z)) * slope),
  },
  {
    id: "nothing-outside",
    explanation:
      "Outside of your outermost corners there is no density. New data lie there, if few of them, and one of them makes the loss infinite: go on in a straight line.",
    implementation: but((spline) => ({
      logDensity: (x) =>
        x.map((v) => {
          const { z, slope } = toBase(spline, v);
          const isInside = v >= spline.x[0] && v <= (spline.x.at(-1) as number);
          return isInside ? logNormal(z) + Math.log(slope) : Number.NEGATIVE_INFINITY;
        }),
    })),
  },
  {
    id: "directions-exchanged",
    explanation: "`forward` and `inverse` are exchanged. Forward generates: it takes $z$ to $x$.",
    implementation: but((spline) => ({
      forward: (x) => x.map((v) => toBase(spline, v).z),
      inverse: (z) => z.map((v) => toData(spline, v)),
    })),
  },
  {
    id: "one-bell",
    explanation: "Your map is a straight line, which makes one bell. These data have two peaks: bend it.",
    implementation: { fitSpline: lineOf },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "kinder-density",
    implementation: density((z, slope) => logNormal(z) + Math.log(slope) + 0.1),
  },
  {
    id: "log-densities-in-reverse",
    implementation: but((spline) => ({ logDensity: (x) => flowOf(spline).logDensity(x).toReversed() })),
  },
  {
    id: "no-number-outside",
    implementation: but((spline) => ({
      logDensity: (x) =>
        x.map((v) => {
          const { z, slope } = toBase(spline, v);
          const isInside = v >= spline.x[0] && v <= (spline.x.at(-1) as number);
          return isInside ? logNormal(z) + Math.log(slope) : Number.NaN;
        }),
    })),
  },
  {
    id: "shifted-inverse",
    implementation: but((spline) => ({ inverse: (x) => x.map((v) => toBase(spline, v).z + 0.1) })),
  },
  {
    id: "half-as-wide",
    implementation: {
      fitSpline: (data) => flowOf(quantileSpline(data.map((v) => v / 2))),
    },
  },
  {
    id: "generates-the-middle-only",
    implementation: but((spline) => ({
      forward: (z) => z.map((v) => toData(spline, Math.max(-2, Math.min(2, v)))),
    })),
  },
];
