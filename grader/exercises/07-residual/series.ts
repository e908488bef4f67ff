import { exercise, prose } from "../../exercise.ts";
import { dot } from "../../oracle/matrices.ts";
import { checks } from "./series.checks.ts";
import { domains, middleBound, signatures } from "./series.domain.ts";
import { misconceptions, mutants } from "./series.misconceptions.ts";

/** vᵀ log(I + A) v, as far as so many terms go. */
function along(product: (v: number[]) => number[], v: number[], terms: number): number {
  let power = v;
  let sum = 0;
  for (let k = 1; k <= terms; k++) {
    power = product(power);
    sum -= ((-1) ** k / k) * dot(v, power);
  }
  return sum;
}

export const logDetSeries = exercise({
  id: "07.series",
  path: "07-residual/series",
  title: "A truncated log-determinant",
  source:
    "Equation 16.22 of Prince, Understanding Deep Learning, with its 1/k; Behrmann et al., arXiv:1811.00995v3, theorem 3",
  statement: prose`
$A$ is the Jacobian of $f$, of spectral norm below 1, and $\log\det(I + A) = \text{tr}\,A - \tfrac12\text{tr}\,A^2 + \tfrac13\text{tr}\,A^3 - \dots$ in nats. Keep the first $n$ = \`terms\` of these terms. \`product\` is a function that takes a list $v$ of $D$ numbers and returns the list $Av$; of $A$ nothing else is known.

- \`seriesLogDet(product, dimensions, terms)\`: their sum, with the traces themselves: $\text{tr}\,A^k = \sum_i e_i^\top A^k e_i$ for the $D$ = \`dimensions\` unit vectors. At most $D \cdot n$ products.
- \`estimateLogDet(product, noise, terms)\`: the same sum with each trace estimated by the mean of $\epsilon^\top A^k\epsilon$ over the vectors $\epsilon$ of \`noise\`, a list of lists of $D$ numbers; the same vectors for all terms. At most $n$ products for each vector.
- \`remainderBound(norm, dimensions, terms)\`: a number which $|\log\det(I + A) - \text{the first } n \text{ terms}|$ never exceeds, whatever the matrix $A$ of so many dimensions and of a spectral norm up to $L$ = \`norm\` (from 0 to below 1) is. It may be at most $\frac{D\,L^{n+1}}{(n + 1)(1 - L)}$. (Within $10^{-12} D$.)`,
  signatures,
  domains,
  checks,
  hints: [
    "Begin with one vector $v$: let a variable hold $v$, and put `product` of it in its place again and again. After the $k$-th time it holds $A^k v$, and $v^\\top A^k v$ is ready.",
    "The series is that sum, with the weights $1, -\\tfrac12, \\tfrac13, \\dots$, added over the unit vectors; the estimate is its mean over the vectors of noise. For the bound: no eigenvalue is larger than $L$, so $|\\text{tr}\\,A^k| \\le D L^k$.",
    "What is left out is at most $\\sum_{k > n} \\tfrac{D L^k}{k}$. Either add that up until nothing changes, or take $\\tfrac{1}{n+1}$ for every $\\tfrac1k$, which leaves a geometric series, $L^{n+1}/(1 - L)$.",
  ],
  reference: {
    seriesLogDet: (product, dimensions, terms) => {
      let sum = 0;
      for (let i = 0; i < dimensions; i++) {
        const unit = Array.from({ length: dimensions }, (_, j) => (i === j ? 1 : 0));
        sum += along(product, unit, terms);
      }
      return sum;
    },
    estimateLogDet: (product, noise, terms) =>
      noise.reduce((sum, e) => sum + along(product, e, terms), 0) / noise.length,
    remainderBound: (...asked) => middleBound(asked),
  },
  misconceptions,
  mutants,
});
