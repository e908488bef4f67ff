import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { apply, logAbsDeterminant, type Matrix, solve, transpose } from "../../oracle/matrices.ts";
import { choleskyRoot, covarianceOf, meanOf, scatterAbout, type signatures } from "./whitening.domain.ts";

type Program = Implementation<typeof signatures>;
type Flow = Awaited<ReturnType<Program["fitWhitening"]>>;

interface Fit {
  readonly beta: readonly number[];
  readonly omega: Matrix;
}

const add = (a: readonly number[], b: readonly number[], sign = 1): number[] =>
  a.map((v, i) => v + sign * b[i]);
const square = (z: readonly number[]): number => z.reduce((sum, v) => sum + v * v, 0);
const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

export const right = (data: Matrix): Fit => ({ beta: meanOf(data), omega: choleskyRoot(covarianceOf(data)) });

/** The flow of another β and Ω, and what is different in it besides. */
export const fitting = (
  fit: (data: Matrix) => Fit,
  change: (fit: Fit) => Partial<Flow> = () => ({}),
): Program => ({
  fitWhitening(data) {
    const fitted = fit(data);
    const { beta, omega } = fitted;
    const inverse = (x: readonly number[]) => solve(omega, add(x, beta, -1));
    return {
      forward: (z) => add(apply(omega, z), beta),
      inverse,
      logDensity: (x) => -square(inverse(x)) / 2 - beta.length * HALF_LOG_2PI - logAbsDeterminant(omega),
      ...change(fitted),
    };
  },
});

const density = (of: (terms: { square: number; dimensions: number; logDet: number }) => number): Program =>
  fitting(right, ({ beta, omega }) => ({
    logDensity: (x) =>
      of({
        square: square(solve(omega, add(x, beta, -1))),
        dimensions: beta.length,
        logDet: logAbsDeterminant(omega),
      }),
  }));

const scaleRows = (a: Matrix, factor: number): number[][] => a.map((row) => row.map((v) => factor * v));
const diagonalOf = (a: Matrix, f: (v: number) => number): number[][] =>
  a.map((row, i) => row.map((v, j) => (i === j ? f(v) : 0)));

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "divided-by-one-less",
    explanation:
      "You divide the scatter by $I - 1$. That makes the variance unbiased; **most likely** is the one divided by $I$, the number of rows. (The most likely parameters were asked for, and with many rows it is all the same.)",
    implementation: fitting((data) => ({
      beta: meanOf(data),
      omega: choleskyRoot(scaleRows(covarianceOf(data), data.length / (data.length - 1))),
    })),
  },
  {
    id: "mean-not-subtracted",
    explanation:
      "You take $x x^\\top$ for the covariance without taking the mean away. What lies far from the origin then looks spread out: use $(x - \\beta)(x - \\beta)^\\top$.",
    implementation: fitting((data) => ({
      beta: meanOf(data),
      omega: choleskyRoot(
        scatterAbout(
          data,
          meanOf(data).map(() => 0),
        ),
      ),
    })),
    variants: [
      fitting((data) => ({
        beta: meanOf(data).map(() => 0),
        omega: choleskyRoot(
          scatterAbout(
            data,
            meanOf(data).map(() => 0),
          ),
        ),
      })),
    ],
  },
  {
    id: "shift-missing",
    explanation:
      "The shift $\\beta$ is missing: the mean of the data has to go to the origin, and the origin back to the mean. In `inverse` it is taken away before anything else, in `forward` it is added last.",
    implementation: fitting((data) => ({ beta: meanOf(data).map(() => 0), omega: right(data).omega })),
    variants: [
      fitting(right, ({ omega }) => ({ forward: (z) => apply(omega, z) })),
      fitting(right, ({ omega }) => ({ inverse: (x) => solve(omega, x) })),
    ],
  },
  {
    id: "each-column-by-itself",
    explanation:
      "You bring each column to mean 0 and variance 1 by itself. That is a *diagonal* flow (ActNorm and batch norm are of this kind), and the columns stay as correlated as they were. Whitening also has to mix them.",
    implementation: fitting((data) => ({
      beta: meanOf(data),
      omega: diagonalOf(covarianceOf(data), Math.sqrt),
    })),
    variants: [fitting((data) => ({ beta: meanOf(data), omega: diagonalOf(right(data).omega, (v) => v) }))],
  },
  {
    id: "covariance-instead-of-its-root",
    explanation:
      "Your $\\Omega$ is the covariance $\\Sigma$ itself. A standard normal $z$ then becomes an $x$ of covariance $\\Sigma\\Sigma^\\top$. As with a variance and a standard deviation, $\\Omega$ has to be a **root**: $\\Omega\\Omega^\\top = \\Sigma$.",
    implementation: fitting((data) => ({ beta: meanOf(data), omega: covarianceOf(data) })),
    variants: [fitting((data) => ({ beta: meanOf(data), omega: diagonalOf(covarianceOf(data), (v) => v) }))],
  },
  {
    id: "root-transposed",
    explanation:
      "Your $\\Omega$ is the transpose of a root: $\\Omega^\\top\\Omega = \\Sigma$ holds where $\\Omega\\,\\Omega^\\top = \\Sigma$ should. (Some libraries return the upper triangular factor.)",
    implementation: fitting((data) => ({ beta: meanOf(data), omega: transpose(right(data).omega) })),
  },
  {
    id: "root-of-each-entry",
    explanation:
      "You took the square root of each number of the covariance. The root of a matrix is another matter: $\\Omega$ times $\\Omega^\\top$, a product of matrices, has to be $\\Sigma$.",
    implementation: fitting((data) => ({
      beta: meanOf(data),
      omega: covarianceOf(data).map((row) => row.map((v) => Math.sign(v) * Math.sqrt(Math.abs(v)))),
    })),
    variants: [
      fitting((data) => ({
        beta: meanOf(data),
        omega: covarianceOf(data).map((row) => row.map((v) => Math.sqrt(v))),
      })),
    ],
  },
  {
    id: "directions-exchanged",
    explanation:
      "Your `forward` does what `inverse` should, and the other way round. `forward` draws: it takes a normal $z$ to an $x$ that looks like the data. `inverse` whitens.",
    implementation: fitting(right, ({ beta, omega }) => ({
      forward: (x) => solve(omega, add(x, beta, -1)),
      inverse: (z) => add(apply(omega, z), beta),
    })),
  },
  {
    id: "whitens-with-omega",
    explanation: "Your `inverse` multiplies by $\\Omega$. It has to undo it: solve $\\Omega z = x - \\beta$.",
    implementation: fitting(right, ({ beta, omega }) => ({ inverse: (x) => apply(omega, add(x, beta, -1)) })),
  },
  {
    id: "shift-taken-away-last",
    explanation:
      "Your `inverse` computes $\\Omega^{-1}x - \\beta$. The shift was added **after** the matrix, so it is taken away **before**: $\\Omega^{-1}(x - \\beta)$.",
    implementation: fitting(right, ({ beta, omega }) => ({ inverse: (x) => add(solve(omega, x), beta, -1) })),
  },
  {
    id: "shift-inside",
    explanation:
      "Your `forward` computes $\\Omega(z + \\beta)$. The mean belongs outside, or the matrix stretches it too: $\\beta + \\Omega z$.",
    implementation: fitting(right, ({ beta, omega }) => ({ forward: (z) => apply(omega, add(z, beta)) })),
  },
  {
    id: "log-det-missing",
    explanation:
      "Your log-density is that of $z$. The flow stretches space, and the density pays for it: $\\log|\\det\\Omega|$ is missing.",
    implementation: density((t) => -t.square / 2 - t.dimensions * HALF_LOG_2PI),
  },
  {
    id: "log-det-added",
    explanation:
      "You **add** $\\log|\\det\\Omega|$. Where the forward direction stretches, the same mass fills more room and the density falls: subtract it.",
    implementation: density((t) => -t.square / 2 - t.dimensions * HALF_LOG_2PI + t.logDet),
  },
  {
    id: "log-det-of-the-covariance",
    explanation:
      "You subtract $\\log\\det\\Sigma$. As $\\Sigma = \\Omega\\Omega^\\top$, its determinant is the *square* of that of $\\Omega$: only half of its logarithm belongs there.",
    implementation: density((t) => -t.square / 2 - t.dimensions * HALF_LOG_2PI - 2 * t.logDet),
  },
  {
    id: "half-forgotten",
    explanation:
      "The $\\tfrac12$ in front of $z^\\top z$ is missing: the normal density is $e^{-z^2/2}$ in each dimension.",
    implementation: density((t) => -t.square - t.dimensions * HALF_LOG_2PI - t.logDet),
  },
  {
    id: "constant-of-the-normal",
    explanation:
      "The constant is not that of the base: $\\tfrac12\\log 2\\pi$ comes once for **each** dimension.",
    implementation: density((t) => -t.square / 2 - HALF_LOG_2PI - t.logDet),
    variants: [
      density((t) => -t.square / 2 - t.logDet),
      density((t) => -t.square / 2 - t.dimensions * 2 * HALF_LOG_2PI - t.logDet),
    ],
  },
  {
    id: "density-without-logarithm",
    explanation: "That is the density. Asked for is its logarithm, in nats.",
    implementation: density((t) => Math.exp(-t.square / 2 - t.dimensions * HALF_LOG_2PI - t.logDet)),
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "nothing-learned",
    implementation: fitting((data) => ({
      beta: meanOf(data).map(() => 0),
      omega: meanOf(data).map((_, i, all) => all.map((_, j) => (i === j ? 1 : 0))),
    })),
  },
  { id: "ten-rows", implementation: fitting((data) => right(data.slice(0, 10))) },
  {
    id: "bent-forward",
    implementation: fitting(right, ({ beta, omega }) => ({
      forward: (z) =>
        add(
          apply(
            omega,
            z.map((v) => v + 0.05 * v * (v * v - 1)),
          ),
          beta,
        ),
    })),
  },
  {
    id: "two-per-cent",
    implementation: fitting((data) => ({ beta: meanOf(data), omega: scaleRows(right(data).omega, 1.02) })),
  },
];
