import type { Misconception, Mutant } from "../../exercise.ts";
import { apply, type Matrix } from "../../oracle/matrices.ts";
import { logNormal, meanOf, type signatures } from "./train.domain.ts";
import { type Density, fitLevels } from "./train.steered.ts";

type Wrong = Misconception<typeof signatures>;

/** The right flow with another log-density. */
const dense = (density: Density) => ({
  fitMultiscale: (pictures: number[][]) => fitLevels(pictures, { density }),
});

/** Lower triangular root of the covariance, and the mean. */
function whiten(data: readonly (readonly number[])[]) {
  const size = data[0].length;
  const mean = Array.from({ length: size }, (_, i) => meanOf(data.map((x) => x[i])));
  const root = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const covariance = meanOf(data.map((x) => (x[i] - mean[i]) * (x[j] - mean[j]))) + (i === j ? 1e-3 : 0);
      const known = root[i].reduce((sum, v, k) => (k < j ? sum + v * root[j][k] : sum), 0);
      root[i][j] = i === j ? Math.sqrt(covariance - known) : (covariance - known) / root[j][j];
    }
  return { mean, root };
}

/** z with root z = y: one number after the other. */
function substitute(root: Matrix, y: readonly number[]): number[] {
  const z: number[] = [];
  for (const [i, row] of root.entries())
    z.push((y[i] - z.reduce((sum, v, j) => sum + row[j] * v, 0)) / row[i]);
  return z;
}

export const misconceptions: readonly Wrong[] = [
  {
    id: "nothing-steers",
    explanation:
      "Each number of your levels has its own mean and deviation, and nothing steers it. But the coarse picture says a lot about the differences within its blocks: at the left edge of a disc a block is brighter on its right.",
    implementation: { fitMultiscale: (pictures) => fitLevels(pictures, { radius: -1 }) },
  },
  {
    id: "own-block-only",
    explanation:
      "Your differences are steered by the coarse number of their own block alone. How bright a block is does not say on which side it is brighter; its *neighbours* do.",
    implementation: { fitMultiscale: (pictures) => fitLevels(pictures, { radius: 0 }) },
  },
  {
    id: "no-levels",
    explanation:
      "Your flow whitens all pixels at once. That is a good linear flow, and no multiscale one: every latent changes the picture at every scale, so that nothing could leave early.",
    implementation: {
      fitMultiscale(pictures) {
        const { mean, root } = whiten(pictures);
        const logDet = -root.reduce((sum, row, i) => sum + Math.log(row[i]), 0);
        const inverse = (x: readonly number[]) =>
          substitute(
            root,
            x.map((v, i) => v - mean[i]),
          );
        return {
          inverse,
          forward: (z) => apply(root, z).map((v, i) => v + mean[i]),
          logDensity: (rows) => rows.map((x) => logNormal(inverse(x)) + logDet),
        };
      },
    },
  },
  {
    id: "untrained",
    explanation: "Your flow is the identity: $x = z$, whatever the pictures are. Nothing was learned.",
    implementation: {
      fitMultiscale: () => ({
        inverse: (x) => [...x],
        forward: (z) => [...z],
        logDensity: (rows) => rows.map(logNormal),
      }),
    },
  },
  {
    id: "log-det-left-out",
    explanation:
      "Your log-density is that of $z$ alone. Dividing by small deviations stretches, and $\\log|\\det \\partial z/\\partial x|$, minus the sum of their logarithms, belongs to it.",
    implementation: dense((base) => base),
  },
  {
    id: "log-det-with-the-wrong-sign",
    explanation:
      "The scales count with the wrong sign in your log-density. From $x$ to $z$ you divide by $\\sigma$, so each contributes $-\\log\\sigma$.",
    implementation: dense((base, logDet) => base - logDet),
  },
  {
    id: "no-constant",
    explanation:
      "Your log-density lacks the constant of the base: $-\\tfrac12 \\log 2\\pi$ for each of the 64 latents. Training does not notice; bits do.",
    implementation: dense((base, logDet) => base + logDet + 32 * Math.log(2 * Math.PI)),
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "forward-in-another-order",
    implementation: {
      fitMultiscale: (pictures) => fitLevels(pictures, { order: (z) => [...z.slice(48), ...z.slice(0, 48)] }),
    },
  },
  {
    id: "second-level-forgotten",
    implementation: {
      fitMultiscale(pictures) {
        const right = fitLevels(pictures);
        const swap = (z: readonly number[]) => {
          const other = [...z];
          [other[50], other[62]] = [z[62], z[50]];
          return other;
        };
        return {
          ...right,
          inverse: async (x) => swap(await right.inverse(x)),
          forward: (z) => right.forward(swap(z)),
        };
      },
    },
  },
  {
    id: "says-all-is-likely",
    implementation: {
      fitMultiscale: (pictures) => ({ ...fitLevels(pictures), logDensity: (rows) => rows.map(() => 200) }),
    },
  },
];
