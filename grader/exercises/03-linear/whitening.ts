import { exercise, prose } from "../../exercise.ts";
import { checks } from "./whitening.checks.ts";
import { domains, signatures } from "./whitening.domain.ts";
import { fitting, misconceptions, mutants, right } from "./whitening.misconceptions.ts";

export const whitening = exercise({
  id: "03.whitening",
  path: "03-linear/whitening",
  title: "A linear flow of your own, fitted to data",
  source: "Section 16.3.1 of Prince, Understanding Deep Learning",
  statement: prose`
Write \`fitWhitening(data)\`: it takes data of $I$ rows with $D$ numbers each (at least $D + 1$ rows that do not all lie in a plane) and returns the flow $x = \beta + \Omega z$
with a standard normal base that makes them **most likely**, as an object with \`forward(z)\`, \`inverse(x)\` and \`logDensity(x)\`, the
last in nats. There are many such $\Omega$, which differ by a rotation of $z$, or a reflection: triangular, symmetric, PLU, from a formula or trained until it stands still, as you
like. One thousandth is to be right, in units of $z$ and in nats.`,
  signatures,
  domains: { fitWhitening: domains },
  checks,
  hints: [
    "Under the flow $x$ is normal with mean $\\beta$ and covariance $\\Omega\\Omega^\\top$. Most likely are the mean and the covariance of the data, the latter divided by $I$.",
    "One root of a covariance is lower triangular (Cholesky): $\\Omega_{ij} = \\left(\\Sigma_{ij} - \\sum_{k<j}\\Omega_{ik}\\Omega_{jk}\\right)/\\Omega_{jj}$ for $j < i$, and the square root of $\\Sigma_{ii} - \\sum_{k<i}\\Omega_{ik}^2$ on the diagonal. Go through it row by row.",
    "`inverse` is forward substitution on $x - \\beta$. $\\log Pr(x) = -\\tfrac12 z^\\top z - \\tfrac D2 \\log 2\\pi - \\sum_i \\log|\\Omega_{ii}|$ with $z$ from `inverse`.",
  ],
  standIn: fitting(right),
  misconceptions,
  mutants,
});
