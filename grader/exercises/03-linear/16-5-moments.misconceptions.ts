import type { Misconception, Mutant } from "../../exercise.ts";
import { apply, type Matrix, multiply, transpose } from "../../oracle/matrices.ts";
import { type Asked, type Moments, type signatures, truth } from "./16-5-moments.domain.ts";

const add = (a: readonly number[], b: readonly number[]): number[] => a.map((v, i) => v + b[i]);

/** The right answer but for one of its two parts. */
const but = (change: (...inputs: Asked) => Partial<Moments>) => ({
  moments: (...inputs: Asked): Moments => ({ ...truth(inputs), ...change(...inputs) }),
});
const product = (...factors: Matrix[]): number[][] =>
  factors.reduce<number[][]>((a, b) => multiply(a, b), factors.shift() as number[][]);

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "not-transposed",
    explanation:
      "Your covariance is $A\\Sigma A$. The second factor is **transposed**: it comes from $(A(z - \\mu))^\\top = (z - \\mu)^\\top A^\\top$. For a symmetric $A$ both are the same, which is why small examples may not show it.",
    implementation: but((A, _b, _mean, covariance) => ({ covariance: product(A, covariance, A) })),
  },
  {
    id: "transposed-on-the-wrong-side",
    explanation:
      "Your covariance is $A^\\top\\Sigma A$. The factor on the left is the one that acts on the deviation, $A$ itself; the transposed one stands on the right.",
    implementation: but((A, _b, _mean, covariance) => ({ covariance: product(transpose(A), covariance, A) })),
  },
  {
    id: "matrix-once",
    explanation:
      "In your covariance $A$ comes once. A covariance is the mean of a deviation times a deviation, and each brings an $A$: with $x = 2z$ the variance is *four* times as large.",
    implementation: but((A, _b, _mean, covariance) => ({ covariance: product(A, covariance) })),
    variants: [but((A, _b, _mean, covariance) => ({ covariance: product(covariance, transpose(A)) }))],
  },
  {
    id: "covariances-left-out",
    explanation:
      "Of $\\Sigma$ you use only the diagonal, the variances. The numbers of $z$ may vary together, and what stands beside the diagonal comes in as well: $(A\\Sigma A^\\top)_{ij} = \\sum_{k,l} A_{ik}\\Sigma_{kl}A_{jl}$, a double sum.",
    implementation: but((A, _b, _mean, covariance) => ({
      covariance: product(
        A,
        covariance.map((row, i) => row.map((v, j) => (i === j ? v : 0))),
        transpose(A),
      ),
    })),
  },
  {
    id: "shift-in-the-covariance",
    explanation:
      "The shift $b$ has got into your covariance. It moves all points alike, so it cancels in $x - \\mathbb{E}[x]$.",
    implementation: but((...inputs) => ({
      covariance: truth(inputs).covariance.map((row, i) =>
        row.map((v, j) => v + inputs[1][i] * inputs[1][j]),
      ),
    })),
    variants: [
      but((...inputs) => ({
        covariance: truth(inputs).covariance.map((row, i) => row.map((v) => v + inputs[1][i])),
      })),
    ],
  },
  {
    id: "mean-in-the-covariance",
    explanation:
      "Your covariance is $\\mathbb{E}[xx^\\top]$, the mean of the products. A covariance is that of the *deviations*: the product of the means has to be taken away, or rather never to come in.",
    implementation: but((...inputs) => {
      const { mean, covariance } = truth(inputs);
      return { covariance: covariance.map((row, i) => row.map((v, j) => v + mean[i] * mean[j])) };
    }),
  },
  {
    id: "shift-lost",
    explanation:
      "Your mean is $A\\mu$: the shift $b$ got lost. The expectation of a constant is that constant.",
    implementation: but((A, _b, mean) => ({ mean: apply(A, mean) })),
  },
  {
    id: "shift-inside",
    explanation:
      "Your mean is $A(\\mu + b)$. The shift is added *after* the matrix, and is not multiplied by it.",
    implementation: but((A, b, mean) => ({ mean: apply(A, add(mean, b)) })),
  },
  {
    id: "mean-not-mapped",
    explanation: "Your mean is $\\mu + b$. The matrix moves the mean as it moves every point.",
    implementation: but((_A, b, mean) => ({ mean: add(mean, b) })),
  },
  {
    id: "mean-by-columns",
    explanation:
      "Your mean is $A^\\top\\mu + b$: rows and columns of $A$ are exchanged. `A[i][j]` belongs to $x_i$ and $z_j$.",
    implementation: but((A, b, mean) => ({ mean: add(apply(transpose(A), mean), b) })),
  },
  {
    id: "jumps-to-the-end",
    explanation:
      "Between first and last line nothing has been shown. One line is to be there at least: the one in which $A$ stands outside of the expectation.",
    implementation: {
      meanSteps: () => ["E(A*z + b)", "A*mu + b"],
      covarianceSteps: () => ["E((A*z + b - (A*mu + b)) * (A*z + b - (A*mu + b))')", "A*Sigma*A'"],
    },
  },
  {
    id: "transposed-without-turning-round",
    explanation:
      "From one line to the next $(A(z - \\mu))^\\top$ became $A^\\top(z - \\mu)^\\top$. A transpose turns the factors round: $(z - \\mu)^\\top A^\\top$. The other order does not even fit, a matrix of so many columns against a row.",
    implementation: {
      covarianceSteps: () => [
        "E((A*z + b - (A*mu + b)) * (A*z + b - (A*mu + b))')",
        "E((A*(z - mu)) * (A*(z - mu))')",
        "E(A*(z - mu) * A'*(z - mu)')",
        "A*Sigma*A'",
      ],
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "nothing-happens",
    implementation: but((_A, _b, mean, covariance) => ({ mean: [...mean], covariance: [...covariance] })),
  },
  { id: "a-step-too-far", implementation: { meanSteps: () => ["E(A*z + b)", "A*E(z)", "A*mu + b"] } },
  {
    id: "another-end",
    implementation: {
      covarianceSteps: () => [
        "E((A*z + b - (A*mu + b)) * (A*z + b - (A*mu + b))')",
        "A*E((z-mu)*(z-mu)')*A'",
        "A*(A*Sigma)'",
      ],
    },
  },
];
