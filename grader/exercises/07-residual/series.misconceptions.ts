import type { Misconception, Mutant } from "../../exercise.ts";
import type { signatures } from "./series.domain.ts";

type Wrong = Misconception<typeof signatures>;
type Product = (v: number[]) => number[];

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, v, i) => sum + v * b[i], 0);
const mean = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / list.length;
const unit = (n: number, i: number): number[] => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0));
const units = (n: number): number[][] => Array.from({ length: n }, (_, i) => unit(n, i));

type Weight = (k: number) => number;
const right: Weight = (k) => (k % 2 === 1 ? 1 : -1) / k;

/** Σ weight(k) vᵀA^k v */
function along(product: Product, v: readonly number[], terms: number, weight: Weight): number {
  let [sum, power] = [0, [...v]];
  for (let k = 1; k <= terms; k++) {
    power = product(power);
    sum += weight(k) * dot(v, power);
  }
  return sum;
}

const series = (weight: Weight) => ({
  seriesLogDet: (product: Product, n: number, terms: number) =>
    units(n).reduce((sum, e) => sum + along(product, e, terms, weight), 0),
});
const estimate = (weight: Weight) => ({
  estimateLogDet: (product: Product, noise: number[][], terms: number) =>
    mean(noise.map((e) => along(product, e, terms, weight))),
});

/** The same slip in the weights of both, or of one of them. */
const weights = (weight: Weight): Pick<Wrong, "implementation" | "variants"> => ({
  implementation: { ...series(weight), ...estimate(weight) },
  variants: [series(weight), estimate(weight)],
});

const bound = (of: (norm: number, dimensions: number, terms: number) => number) => ({ remainderBound: of });

export const misconceptions: readonly Wrong[] = [
  {
    id: "without-one-over-k",
    explanation:
      "Your terms have no $1/k$. So it is printed in the textbook's 16.22, and it is wrong there: $\\log(1 + a) = a - \\tfrac{a^2}{2} + \\tfrac{a^3}{3} - \\dots$ Without it the sum is $a/(1 + a)$.",
    ...weights((k) => (k % 2 === 1 ? 1 : -1)),
  },
  {
    id: "signs-do-not-alternate",
    explanation:
      "Your terms are all added. $\\sum_k a^k/k = -\\log(1 - a)$; for $\\log(1 + a)$ the signs alternate: the first term is positive, the second negative.",
    ...weights((k) => 1 / k),
  },
  {
    id: "signs-reversed",
    explanation:
      "Your signs are the other way round. The first term, $\\text{tr}\\,A$, is positive: $(-1)^{k+1}$.",
    ...weights((k) => -right(k)),
  },
  {
    id: "factorials",
    explanation: "Yours are the weights $1/k!$ of the exponential series. The logarithm has $1/k$.",
    ...weights((k) => {
      let factorial = 1;
      for (let i = 2; i <= k; i++) factorial *= i;
      return (k % 2 === 1 ? 1 : -1) / factorial;
    }),
  },
  {
    id: "begins-at-0",
    explanation:
      "Your weights are one place late: the first product is $A$ itself and has the weight 1; the second has $-\\tfrac12$.",
    ...weights((k) => (k % 2 === 1 ? 1 : -1) / (k + 1)),
  },
  {
    id: "one-term-short",
    explanation: "Your sum ends one term early: `terms` products with each vector, the last one for $k = n$.",
    implementation: {
      seriesLogDet: (product, n, terms) => series(right).seriesLogDet(product, n, terms - 1),
      estimateLogDet: (product, noise, terms) => estimate(right).estimateLogDet(product, noise, terms - 1),
    },
    variants: [
      { seriesLogDet: (product, n, terms) => series(right).seriesLogDet(product, n, terms - 1) },
      {
        estimateLogDet: (product, noise, terms) => estimate(right).estimateLogDet(product, noise, terms - 1),
      },
    ],
  },
  {
    id: "powers-of-entries",
    explanation:
      "You raise the entries of the diagonal to powers. $\\text{tr}\\,A^k$ is not $\\sum_i A_{ii}^k$ unless $A$ is triangular: $(A^2)_{ii}$ has the products $A_{ij}A_{ji}$ in it.",
    implementation: {
      seriesLogDet: (product, n, terms) =>
        units(n).reduce((sum, e, i) => {
          const entry = product(e)[i];
          for (let k = 1; k <= terms; k++) sum += right(k) * entry ** k;
          return sum;
        }, 0),
    },
  },
  {
    id: "powers-of-the-trace",
    explanation:
      "You raise the trace to powers. $\\text{tr}\\,A^k$ is the trace of the power, not the power of the trace.",
    implementation: {
      seriesLogDet(product, n, terms) {
        const trace = units(n).reduce((sum, e, i) => sum + product(e)[i], 0);
        let sum = 0;
        for (let k = 1; k <= terms; k++) sum += right(k) * trace ** k;
        return sum;
      },
    },
  },
  {
    id: "powers-of-the-estimate",
    explanation:
      "You raise $\\epsilon^\\top A\\epsilon$ to powers. What is needed is $\\epsilon^\\top A^k\\epsilon$: apply `product` to the last vector again, and multiply by $\\epsilon$ then.",
    implementation: {
      estimateLogDet: (product, noise, terms) =>
        mean(
          noise.map((e) => {
            const once = dot(e, product(e));
            let sum = 0;
            for (let k = 1; k <= terms; k++) sum += right(k) * once ** k;
            return sum;
          }),
        ),
    },
  },
  {
    id: "moving-left-side",
    explanation:
      "You multiply each power by the one before it instead of by $\\epsilon$. On the left stands the first vector, in every term: $\\epsilon^\\top A^k\\epsilon$.",
    implementation: {
      estimateLogDet: (product, noise, terms) =>
        mean(
          noise.map((e) => {
            let [sum, power] = [0, e];
            for (let k = 1; k <= terms; k++) {
              const next = product(power);
              sum += right(k) * dot(power, next);
              power = next;
            }
            return sum;
          }),
        ),
    },
  },
  {
    id: "mean-over-units",
    explanation:
      "You take a mean over the unit vectors. The trace is the *sum* of the $e_i^\\top A^k e_i$; the mean belongs to the estimator.",
    implementation: {
      seriesLogDet: (product, n, terms) => series(right).seriesLogDet(product, n, terms) / n,
    },
  },
  {
    id: "sum-over-noise",
    explanation: "You add the estimates of all vectors up. Each estimates the whole series: take their mean.",
    implementation: {
      estimateLogDet: (product, noise, terms) =>
        noise.reduce((sum, e) => sum + along(product, e, terms, right), 0),
    },
  },
  {
    id: "determinant",
    explanation: "That is the determinant, or what the series says of it. Its logarithm was asked for.",
    implementation: {
      seriesLogDet: (product, n, terms) => Math.exp(series(right).seriesLogDet(product, n, terms)),
    },
  },
  {
    id: "first-term-left-out",
    explanation:
      "Your bound is the size of the first term that is left out. That bounds the rest of an *alternating* series, and this one need not alternate: for $A = -L\\,I$ all terms have the same sign.",
    implementation: bound((norm, dimensions, terms) => (dimensions * norm ** (terms + 1)) / (terms + 1)),
  },
  {
    id: "dimensions-missing",
    explanation:
      "Your bound is that of one dimension. A trace is a sum of $D$ eigenvalues: $|\\text{tr}\\,A^k| \\le D L^k$.",
    implementation: bound((norm, _dimensions, terms) => norm ** (terms + 1) / ((terms + 1) * (1 - norm))),
  },
  {
    id: "bound-without-one-over-k",
    explanation:
      "Your bound holds, but is $n + 1$ times too large: each term that is left out has a $\\tfrac1k$, which is $\\tfrac{1}{n+1}$ at most.",
    implementation: bound((norm, dimensions, terms) => (dimensions * norm ** (terms + 1)) / (1 - norm)),
  },
  {
    id: "counts-the-last-term",
    explanation:
      "Your rest begins with the term $k = n$, which is in the sum. The first one that is left out is $k = n + 1$.",
    implementation: bound((norm, dimensions, terms) => (dimensions * norm ** terms) / (terms * (1 - norm))),
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "asks-for-each-power-anew",
    implementation: {
      seriesLogDet: (product, n, terms) =>
        units(n).reduce((sum, e) => {
          for (let k = 1; k <= terms; k++) {
            let power = e;
            for (let i = 0; i < k; i++) power = product(power);
            sum += right(k) * dot(e, power);
          }
          return sum;
        }, 0),
      estimateLogDet: (product, noise, terms) =>
        mean(
          noise.map((e) => {
            let sum = 0;
            for (let k = 1; k <= terms; k++) {
              let power = e;
              for (let i = 0; i < k; i++) power = product(power);
              sum += right(k) * dot(e, power);
            }
            return sum;
          }),
        ),
    },
  },
  {
    id: "triangle-of-powers",
    implementation: {
      seriesLogDet: (product, n, terms) =>
        units(n).reduce((sum, e, i) => {
          let [power, total] = [e, 0];
          for (let k = 1; k <= terms; k++) {
            power = product(power).map((v, j) => (j < i ? 0 : v));
            total += right(k) * power[i];
          }
          return sum + total;
        }, 0),
    },
  },
  {
    id: "first-vector-on-the-left",
    implementation: {
      estimateLogDet: (product, noise, terms) =>
        mean(
          noise.map((e) => {
            let [sum, power] = [0, e];
            for (let k = 1; k <= terms; k++) {
              power = product(power);
              sum += right(k) * dot(k === 1 ? e : noise[0], power);
            }
            return sum;
          }),
        ),
    },
  },
  { id: "always-enough", implementation: bound(() => 1000) },
  { id: "a-bound-for-one-more", implementation: bound((norm, d, n) => (2 * d * norm ** (n + 2)) / (n + 2)) },
];
