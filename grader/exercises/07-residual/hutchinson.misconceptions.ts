import type { Misconception, Mutant } from "../../exercise.ts";
import type { signatures } from "./hutchinson.domain.ts";

type Wrong = Misconception<typeof signatures>;
type Product = (v: number[]) => number[];
type Rows = readonly (readonly number[])[];

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, v, i) => sum + v * b[i], 0);
const sum = (list: readonly number[]): number => list.reduce((all, v) => all + v, 0);
const mean = (list: readonly number[]): number => sum(list) / list.length;

/** Another number for each vector, and its mean. */
const each = (of: (product: Product, e: number[]) => number) => ({
  estimateTrace: (product: Product, noise: number[][]) => mean(noise.map((e) => of(product, e))),
});

const squares = (A: Rows, takes: (i: number, j: number) => boolean = () => true): number =>
  sum(A.flatMap((row, i) => row.map((v, j) => (takes(i, j) ? v * v : 0))));
const half = (A: Rows): number[][] => A.map((row, i) => row.map((v, j) => (v + (A[j]?.[i] ?? 0)) / 2));
const beside = (i: number, j: number): boolean => i !== j;
const gaussian = (A: Rows): number => 2 * squares(half(A));
const rademacher = (A: Rows): number => 2 * squares(half(A), beside);

/** The same slip in both variances. */
const both = (
  slip: (right: number, samples: number) => number,
): Pick<Wrong, "implementation" | "variants"> => ({
  implementation: { gaussianVariance: (A, samples) => slip(gaussian(A), samples) },
  variants: [
    { rademacherVariance: (A, samples) => slip(rademacher(A), samples) },
    {
      gaussianVariance: (A, samples) => slip(gaussian(A), samples),
      rademacherVariance: (A, samples) => slip(rademacher(A), samples),
    },
  ],
});

export const misconceptions: readonly Wrong[] = [
  {
    id: "without-a",
    explanation:
      "That is the mean of $\\epsilon^\\top\\epsilon$, in which $A$ does not occur: it estimates the number of dimensions. The first line of the textbook's 16.23 is printed so; $A$ belongs into it: $\\text{tr}\\,A = \\text{tr}\\big(A\\,\\mathbb{E}[\\epsilon\\epsilon^\\top]\\big)$.",
    implementation: each((_product, e) => dot(e, e)),
  },
  {
    id: "divided-by-the-length",
    explanation:
      "You divide by $\\epsilon^\\top\\epsilon$, or bring $\\epsilon$ to length 1. That is a mean of eigenvalues: a $D$-th of the trace. The estimator needs $\\mathbb{E}[\\epsilon\\epsilon^\\top] = I$, and a vector of length 1 has $I/D$.",
    implementation: each((product, e) => dot(e, product(e)) / dot(e, e)),
  },
  {
    id: "mean-over-dimensions",
    explanation:
      "You take the mean over the dimensions as well. $\\epsilon^\\top A \\epsilon$ is the *sum* of the products of entries; the mean is taken over the vectors only.",
    implementation: each((product, e) => dot(e, product(e)) / e.length),
  },
  {
    id: "sum-over-vectors",
    explanation:
      "You add the estimates of all vectors up. Each of them estimates the trace already: take their mean.",
    implementation: { estimateTrace: (product, noise) => sum(noise.map((e) => dot(e, product(e)))) },
  },
  {
    id: "second-factor-missing",
    explanation:
      "You add up the entries of $A\\epsilon$. Their mean is 0, whatever $A$ is. Each has to be multiplied by its own entry of $\\epsilon$ first: $\\epsilon^\\top(A\\epsilon)$.",
    implementation: each((product, e) => sum(product(e))),
  },
  {
    id: "length-of-the-product",
    explanation:
      "That is $|A\\epsilon|^2$, which estimates $\\text{tr}\\,A^\\top A$, the sum of the squares of all entries. The trace needs $\\epsilon$ on the left, not $A\\epsilon$.",
    implementation: each((product, e) => {
      const image = product(e);
      return dot(image, image);
    }),
  },
  {
    id: "first-vector-only",
    explanation: "Your estimate uses the first vector of the noise only. Take the mean over all of them.",
    implementation: { estimateTrace: (product, [e]) => dot(e, product(e)) },
  },
  {
    id: "exact-trace",
    explanation:
      "That is the trace itself, entry by entry, from a product with each unit vector: $D$ of them. For an image $D$ is a hundred thousand. The estimator takes the vectors of `noise` instead, and one product for each.",
    implementation: {
      estimateTrace: (product, noise) =>
        sum(noise[0].map((_, i) => product(noise[0].map((__, j) => (i === j ? 1 : 0)))[i])),
    },
  },
  {
    id: "zero-or-one",
    explanation:
      "0 or 1 has the mean ½. Then $\\mathbb{E}[\\epsilon\\epsilon^\\top]$ has ¼ beside its diagonal instead of 0, and all entries of $A$ get into the estimate.",
    implementation: { drawSigns: (u) => u.map((v) => (v < 0.5 ? 0 : 1)) },
  },
  {
    id: "uniform-noise",
    explanation:
      "$2u - 1$ is uniform on $[-1, 1)$, of variance ⅓: the estimate would be a third of the trace. Signs are asked for: −1 or 1, nothing between.",
    implementation: { drawSigns: (u) => u.map((v) => 2 * v - 1) },
  },
  {
    id: "signs-exchanged",
    explanation:
      "As noise your signs are as good, but not what was asked for: −1 where $u < \\tfrac12$, and 1 elsewhere.",
    implementation: { drawSigns: (u) => u.map((v) => (v < 0.5 ? 1 : -1)) },
  },
  {
    id: "rounded-signs",
    explanation:
      "You take the sign of $u$, which is never negative. The border lies at ½: $u - \\tfrac12$ has both signs.",
    implementation: { drawSigns: (u) => u.map((v) => (v > 0 ? 1 : v < 0 ? -1 : 0)) },
    variants: [{ drawSigns: (u) => u.map(Math.sign) }],
  },
  {
    id: "zero-at-a-half",
    explanation: "$\\text{sign}(u - \\tfrac12)$ is 0 where $u$ is exactly ½. That case belongs to the 1.",
    implementation: { drawSigns: (u) => u.map((v) => Math.sign(v - 0.5)) },
  },
  {
    id: "not-symmetric",
    explanation:
      "Your formula holds for symmetric matrices. $\\epsilon^\\top A\\epsilon$ sees only $A_{ij} + A_{ji}$, so the variance is that of the symmetric part $S = \\tfrac12(A + A^\\top)$: take $S_{ij}^2$ instead of $A_{ij}^2$. (A Jacobian is not symmetric.)",
    implementation: {
      gaussianVariance: (A, samples) => (2 * squares(A)) / samples,
      rademacherVariance: (A, samples) => (2 * squares(A, beside)) / samples,
    },
    variants: [
      { gaussianVariance: (A, samples) => (2 * squares(A)) / samples },
      { rademacherVariance: (A, samples) => (2 * squares(A, beside)) / samples },
      {
        gaussianVariance: (A, samples) =>
          (2 *
            sum(
              A.map((row, i) =>
                dot(
                  row,
                  A.map((other) => other[i]),
                ),
              ),
            )) /
          samples,
      },
    ],
  },
  {
    id: "signs-with-diagonal",
    explanation:
      "You count the diagonal for signs, too. $A_{ii}\\epsilon_i^2$ is $A_{ii}$ for either sign: it never varies, and that is what signs are better for.",
    implementation: { rademacherVariance: (A, samples) => gaussian(A) / samples },
  },
  {
    id: "normal-without-diagonal",
    explanation:
      "You leave the diagonal out for normal noise as well. There $\\epsilon_i^2$ varies: $\\text{Var}[\\epsilon_i^2] = 2$, so $2A_{ii}^2$ belongs to the variance.",
    implementation: { gaussianVariance: (A, samples) => rademacher(A) / samples },
  },
  {
    id: "half",
    explanation:
      "Your variance is half of what it is. Each pair of entries occurs twice in $\\epsilon^\\top A\\epsilon$, as $(i, j)$ and $(j, i)$, with the same product $\\epsilon_i\\epsilon_j$; and $\\text{Var}[\\epsilon_i^2]$ is 2 for normal numbers.",
    ...both((right, samples) => right / 2 / samples),
  },
  {
    id: "samples-forgotten",
    explanation:
      "That is the variance of a single estimate. The mean of $I$ independent ones has an $I$-th of it.",
    ...both((right) => right),
  },
  {
    id: "root-of-samples",
    explanation:
      "You divide by $\\sqrt{I}$. It is the *deviation* of a mean that falls with the root; the variance falls with $I$ itself.",
    ...both((right, samples) => right / Math.sqrt(samples)),
  },
  {
    id: "deviation",
    explanation: "That is the deviation. The variance is its square.",
    ...both((right, samples) => Math.sqrt(right / samples)),
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "pairs-vectors-with-their-neighbours",
    implementation: {
      estimateTrace: (product, noise) =>
        mean(noise.map((e, i) => dot(noise[(i + 1) % noise.length], product(e)))),
    },
  },
  {
    id: "upper-triangle-once",
    implementation: { rademacherVariance: (A, n) => squares(half(A), (i, j) => j > i) / n },
  },
  {
    id: "sign-for-the-entry",
    implementation: each((product, e) => dot(e.map(Math.sign), product(e))),
  },
  {
    id: "diagonal-only",
    implementation: { gaussianVariance: (A, n) => (2 * squares(A, (i, j) => i === j)) / n },
  },
  { id: "says-no-variance", implementation: { rademacherVariance: () => 0 } },
];
