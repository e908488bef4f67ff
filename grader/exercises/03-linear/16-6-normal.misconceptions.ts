import type { Misconception, Mutant } from "../../exercise.ts";
import { apply, determinant, dot, type Matrix, multiply, solve, transpose } from "../../oracle/matrices.ts";
import { type Asked, type signatures, task } from "./16-6-normal.domain.ts";

interface Terms {
  readonly square: number;
  readonly logDetA: number;
  readonly logDetSigma: number;
}
const LOG_2PI = Math.log(2 * Math.PI);

const termsOf = (
  [x, A, b, mean, covariance]: Asked,
  z = solve(
    A,
    x.map((v, i) => v - b[i]),
  ),
): Terms => {
  const offset = z.map((v, i) => v - mean[i]);
  return {
    square: dot(offset, solve(covariance, offset)),
    logDetA: Math.log(Math.abs(determinant(A))),
    logDetSigma: Math.log(determinant(covariance)),
  };
};
const sum = ({ square, logDetA, logDetSigma }: Terms): number =>
  -square / 2 - LOG_2PI - logDetSigma / 2 - logDetA;

const ofTerms = (f: (terms: Terms) => number) => ({ logDensity: (...inputs: Asked) => f(termsOf(inputs)) });
/** z found in another way. */
const from = (z: (x: readonly number[], A: Matrix, b: readonly number[]) => number[]) => ({
  logDensity: (...inputs: Asked) => sum(termsOf(inputs, z(inputs[0], inputs[1], inputs[2]))),
});
const minus = (a: readonly number[], b: readonly number[]): number[] => a.map((v, i) => v - b[i]);

/** The density of x by a covariance of its own. */
const ofCovariance = (of: (A: Matrix, covariance: Matrix) => Matrix) => ({
  logDensity: (...[x, A, b, mean, covariance]: Asked) => {
    const own = of(A, covariance);
    const offset = minus(minus(x, b), apply(A, mean));
    const logDet = Math.log(Math.abs(determinant(own)));
    return -LOG_2PI - logDet / 2 - dot(offset, solve(own, offset)) / 2;
  },
});

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "volume-forgotten",
    explanation:
      "Your log-density is that of $z$: $\\log|\\det A|$ is missing. Where $A$ stretches, the same mass fills more room.",
    implementation: ofTerms((t) => sum(t) + t.logDetA),
  },
  {
    id: "volume-added",
    explanation: "You **add** $\\log|\\det A|$. Stretching makes room, and the density falls: subtract it.",
    implementation: ofTerms((t) => sum(t) + 2 * t.logDetA),
  },
  {
    id: "no-absolute-value",
    explanation:
      "You take the logarithm of $\\det A$ as it is. Where $A$ mirrors, its determinant is negative, and a volume is not: what counts is $\\log|\\det A|$.",
    implementation: {
      logDensity: (...inputs) => {
        const terms = termsOf(inputs);
        return sum(terms) + terms.logDetA - Math.log(determinant(inputs[1]));
      },
    },
  },
  {
    id: "half-of-the-volume",
    explanation:
      "You halve $\\log|\\det A|$. The ½ belongs to $\\log\\det\\Sigma$: in $\\tfrac12\\log\\det(A\\Sigma A^\\top)$ the determinant of $A$ comes twice.",
    implementation: ofTerms((t) => sum(t) + t.logDetA / 2),
  },
  {
    id: "covariance-without-determinant",
    explanation:
      "$\\tfrac12\\log\\det\\Sigma$ is missing: the normalizing constant of $z$ is not that of a standard normal.",
    implementation: ofTerms((t) => sum(t) + t.logDetSigma / 2),
  },
  {
    id: "covariances-left-out",
    explanation:
      "Of $\\Sigma$ you use only the diagonal, the variances. Beside it stand the covariances, which tilt the ellipse: both $\\Sigma^{-1}$ and $\\det\\Sigma$ are made of all four numbers.",
    implementation: {
      logDensity: (x, A, b, mean, [[first], [, second]]) =>
        sum(
          termsOf([
            [...x],
            A.map((row) => [...row]),
            [...b],
            [...mean],
            [
              [first, 0],
              [0, second],
            ],
          ]),
        ),
    },
  },
  {
    id: "covariance-not-transposed",
    explanation:
      "Your new covariance is $A\\Sigma A$, or $A^\\top\\Sigma A$. It is the mean of $(Av)(Av)^\\top$, so the second $A$ is transposed and the first is not: $A\\Sigma A^\\top$.",
    implementation: ofCovariance((A, covariance) => multiply(multiply(A, covariance), A)),
    variants: [ofCovariance((A, covariance) => multiply(multiply(transpose(A), covariance), A))],
  },
  {
    id: "whole-log-det-of-sigma",
    explanation:
      "You subtract all of $\\log\\det\\Sigma$. The density has the *root* of the determinant below its line: half of the logarithm.",
    implementation: ofTerms((t) => sum(t) - t.logDetSigma / 2),
  },
  {
    id: "half-of-the-square-forgotten",
    explanation: "The ½ in front of the square got lost.",
    implementation: ofTerms((t) => sum(t) - t.square / 2),
  },
  {
    id: "constant-of-one-dimension",
    explanation: "$\\tfrac12\\log 2\\pi$ comes once for each dimension: in the plane twice.",
    implementation: ofTerms((t) => sum(t) + LOG_2PI / 2),
    variants: [ofTerms((t) => sum(t) + LOG_2PI)],
  },
  {
    id: "shift-taken-away-last",
    explanation:
      "You go back by $A^{-1}x - b$. The shift was added after the matrix, so it is taken away before: $A^{-1}(x - b)$.",
    implementation: from((x, A, b) => minus(solve(A, x), b)),
  },
  {
    id: "shift-forgotten",
    explanation: "You go back by $A^{-1}x$: the shift $b$ has no effect.",
    implementation: from((x, A) => solve(A, x)),
  },
  {
    id: "forward-instead-of-back",
    explanation: "You multiply $x$ by $A$. Asked for is the $z$ that $A$ has taken to $x$: the inverse.",
    implementation: from((x, A, b) => apply(A, minus(x, b))),
    variants: [from((x, A, b) => apply(A, x).map((v, i) => v + b[i]))],
  },
  {
    id: "inverse-of-the-transpose",
    explanation:
      "Your $z$ is $A^{-\\top}(x - b)$: rows and columns are exchanged. In the inverse of $\\begin{bmatrix}p&q\\\\r&s\\end{bmatrix}$ the numbers $q$ and $r$ stay in their places and change their signs, $p$ and $s$ change places.",
    implementation: from((x, A, b) => solve(transpose(A), minus(x, b))),
  },
  {
    id: "covariance-not-inverted",
    explanation:
      "Your square is $d^\\top\\Sigma d$. A *large* variance makes a given distance *less* surprising: the inverse of $\\Sigma$ stands there.",
    implementation: {
      logDensity: (...inputs) => {
        const [x, A, b, mean, covariance] = inputs;
        const offset = minus(solve(A, minus(x, b)), mean);
        return sum({ ...termsOf(inputs), square: dot(offset, apply(covariance, offset)) });
      },
    },
  },
  {
    id: "density-without-logarithm",
    explanation: "That is the density. Asked for is its logarithm, in nats.",
    implementation: ofTerms((t) => Math.exp(sum(t))),
  },
  {
    id: "jumps-to-the-end",
    explanation:
      "Between first and last line nothing has been shown: that both ends are equal is what is asked. Write N out, and see what becomes of the bracket, the square and the constants.",
    implementation: { steps: () => [task.first, task.last] },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "zero", implementation: { logDensity: () => 0 } },
  { id: "wrong-line", implementation: { steps: () => [task.first, "log(N(x, mu, Sigma))", task.last] } },
  {
    id: "nothing-between",
    implementation: {
      steps: () => [task.first, "log(N(inv(A)*(x - b), mu, Sigma) / abs(det(A)))", task.last],
    },
  },
];
