import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { apply, inverse as invert, type Matrix } from "../../oracle/matrices.ts";
import { meanOf, type signatures } from "./realnvp.domain.ts";

type Program = Implementation<typeof signatures>;
type Fitted = ReturnType<Program["fitRealNVP"]> extends infer F ? Awaited<F> : never;

const column = (data: readonly (readonly number[])[], i: number): number[] => data.map((x) => x[i]);
const logNormal = ([a, b]: readonly number[]): number => -(a * a + b * b) / 2 - Math.log(2 * Math.PI);

/** x = root z + mean, with the density that this has, or what `slip` makes of it. */
function linearFlow(root: Matrix, mean: readonly number[], slip: Partial<Fitted> = {}): Fitted {
  const back = invert(root);
  const logDet = Math.log(Math.abs(root[0][0] * root[1][1] - root[0][1] * root[1][0]));
  const inverse = (x: readonly number[]) =>
    apply(
      back,
      x.map((v, i) => v - mean[i]),
    );
  return {
    forward: (z) => apply(root, z).map((v, i) => v + mean[i]),
    inverse,
    logDensity: (points) => points.map((x) => logNormal(inverse(x)) - logDet),
    ...slip,
  };
}

const deviations = (data: readonly (readonly number[])[]) => {
  const mean = [0, 1].map((i) => meanOf(column(data, i)));
  const covariance = [0, 1].map((i) =>
    [0, 1].map((j) => meanOf(data.map((x) => (x[i] - mean[i]) * (x[j] - mean[j])))),
  );
  return { mean, covariance };
};

/** The root of the covariance that has 0 above its diagonal. */
function whiten(data: readonly (readonly number[])[]): { mean: number[]; root: number[][] } {
  const { mean, covariance } = deviations(data);
  const first = Math.sqrt(covariance[0][0]);
  const across = covariance[0][1] / first;
  return {
    mean,
    root: [
      [first, 0],
      [across, Math.sqrt(covariance[1][1] - across * across)],
    ],
  };
}

const standardize = (data: readonly (readonly number[])[]) => {
  const { mean, covariance } = deviations(data);
  return {
    mean,
    root: [
      [Math.sqrt(covariance[0][0]), 0],
      [0, Math.sqrt(covariance[1][1])],
    ],
  };
};

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "untrained",
    explanation:
      "Your flow only standardizes: each number has its mean and deviation, and the couplings do nothing. Were they trained? If the last weights of $s$ and $t$ start at 0, a coupling starts as the identity, and stays so where no gradient reaches it.",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = standardize(data);
        return linearFlow(root, mean);
      },
    },
  },
  {
    id: "identity",
    explanation: "Your flow is the identity: $x = z$, whatever the data are. Nothing was learned.",
    implementation: {
      fitRealNVP: () =>
        linearFlow(
          [
            [1, 0],
            [0, 1],
          ],
          [0, 0],
        ),
    },
  },
  {
    id: "best-normal-density",
    explanation:
      "Your flow is the best *linear* one: mean and covariance of the data are right, and nothing is bent. For that the scale or the shift of a number has to depend on the other number in more than a straight line.",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = whiten(data);
        return linearFlow(root, mean);
      },
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "too-wide",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = whiten(data);
        return linearFlow(
          root.map((row) => row.map((v) => 1.3 * v)),
          mean,
        );
      },
    },
  },
  {
    id: "centre-forgotten-on-the-way-out",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = whiten(data);
        return linearFlow(root, mean, { forward: (z) => apply(root, z) });
      },
    },
  },
  {
    id: "likely-everywhere",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = whiten(data);
        return linearFlow(root, mean, { logDensity: (points) => points.map(() => 0) });
      },
    },
  },
  {
    id: "sign-of-the-log-determinant",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = whiten(data);
        const right = linearFlow(root, mean);
        const logDet = Math.log(root[0][0] * root[1][1]);
        return {
          ...right,
          logDensity: async (points) => (await right.logDensity(points)).map((v) => v + 2 * logDet),
        };
      },
    },
  },
  {
    id: "a-kernel-estimate-for-the-density",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = whiten(data);
        const width = 0.3;
        return linearFlow(root, mean, {
          logDensity: (points) =>
            points.map((x) =>
              Math.log(
                meanOf(data.map(([a, b]) => Math.exp(logNormal([(x[0] - a) / width, (x[1] - b) / width])))) /
                  width ** 2 +
                  1e-300,
              ),
            ),
        });
      },
    },
  },
];
