import { exercise, prose } from "../../exercise.ts";
import { dot } from "../../oracle/matrices.ts";
import { checks } from "./hutchinson.checks.ts";
import { domains, meanOf, signatures, signsOf, varianceOf } from "./hutchinson.domain.ts";
import { misconceptions, mutants } from "./hutchinson.misconceptions.ts";

export const hutchinson = exercise({
  id: "07.hutchinson",
  path: "07-residual/hutchinson",
  title: "Hutchinson's estimator of a trace",
  source: "Equations 16.23 and 16.24 of Prince, Understanding Deep Learning; Hutchinson 1990",
  statement: prose`
The Jacobian $A$ of a network is never written down: all that can be had is its product with a vector. For $\epsilon$ of mean 0 and covariance $I$, $\mathbb{E}[\epsilon^\top A \epsilon] = \text{tr}\,A$.

- \`estimateTrace(product, noise)\`: \`product\` is a function that takes a list $v$ of $D$ numbers and returns the list $Av$; \`noise\` is a list of vectors $\epsilon_i$, each a list of $D$ numbers. Return the mean of $\epsilon_i^\top A \epsilon_i$ over them, with one product for each.
- \`drawSigns(u)\`: noise of signs (also called Rademacher noise) made of a list of uniform random numbers from $[0, 1)$: −1 where the number is below ½, else 1.
- \`gaussianVariance(A, samples)\`: the variance of the estimate with so many independent vectors of standard normal numbers, for a square matrix $A$ (a list of rows), which need *not* be symmetric.
- \`rademacherVariance(A, samples)\`: the same with vectors of signs.

Both variances are exact formulas: no random numbers are drawn for them.`,
  signatures,
  domains,
  checks,
  hints: [
    "One estimate is the product of $\\epsilon$ with $A\\epsilon$, entry by entry, summed. For the variances write $\\epsilon^\\top A\\epsilon = \\sum_{ij} A_{ij}\\epsilon_i\\epsilon_j$, and put the terms $(i, j)$ and $(j, i)$ together.",
    "With $S = \\tfrac12(A + A^\\top)$ the estimate is $\\sum_i S_{ii}\\epsilon_i^2 + 2\\sum_{i<j} S_{ij}\\epsilon_i\\epsilon_j$. These terms are uncorrelated. What is the variance of $\\epsilon_i^2$, and of $\\epsilon_i\\epsilon_j$, for either kind of noise?",
    "$\\text{Var}[\\epsilon_i\\epsilon_j] = 1$ for both kinds; $\\text{Var}[\\epsilon_i^2]$ is 2 for normal numbers and 0 for signs. So it is $2\\sum_{ij}S_{ij}^2$ for normal noise, and the same without the diagonal for signs; divided by the number of samples.",
  ],
  reference: {
    estimateTrace: (product, noise) => meanOf(noise.map((e) => dot(e, product(e)))),
    drawSigns: (u) => signsOf(u),
    gaussianVariance: (A, samples) => varianceOf(A, samples, "normal"),
    rademacherVariance: (A, samples) => varianceOf(A, samples, "signs"),
  },
  misconceptions,
  mutants,
});
