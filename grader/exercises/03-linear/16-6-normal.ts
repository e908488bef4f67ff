import { exercise, prose } from "../../exercise.ts";
import { checks } from "./16-6-normal.checks.ts";
import { domain, signatures, task, truth } from "./16-6-normal.domain.ts";
import { misconceptions, mutants } from "./16-6-normal.misconceptions.ts";

export const normalStaysNormal = exercise({
  id: "16.6",
  path: "03-linear/16-6-normal",
  title: "A normal density stays normal",
  source: "Prince, Understanding Deep Learning, Problem 16.6",
  statement: prose`
Let $z$ be normal, $Pr(z) = \text{Norm}_z[\mu, \Sigma]$, and $x = Az + b$. **Show**, from the change of variables, that $Pr(x) = \text{Norm}_x[A\mu + b, A\Sigma A^\top]$.
Write \`steps()\`, a list of lines, each equal to the one before, of the logarithm of both sides:

- first line \`"log(N(inv(A)*(x - b), mu, Sigma)) - log(abs(det(A)))"\`,
- last line \`"log(N(x, A*mu + b, A*Sigma*A'))"\`.

N( , , ) is the normal density of a vector with a mean and a covariance, $\text{Norm}_x[m, S] = \det(2\pi S)^{-1/2} \exp\big(-\tfrac12(x - m)^\top S^{-1}(x - m)\big)$; inv, det, log, abs and pi mean what they say,
and an apostrophe transposes. On the way, one line is to have N written out for $z$, and one the inverse of the new covariance.

Then write \`logDensity(x, A, b, mean, covariance)\`, the log-density of $x$ in nats, for the plane, from whichever end of the derivation you like. Eight digits are to be
right, of the largest terms that you add: compute in double precision.`,
  signatures,
  domains: { logDensity: domain },
  checks,
  hints: [
    "Write N out for z = inv(A)*(x - b): a square with inv(Sigma), and half the logarithm of det(2*pi*Sigma).",
    "inv(A)*(x - b) - mu is inv(A)*(x - (A*mu + b)). Transposed, inv(A) stands on the right, as inv(A)'.",
    "inv(A)'*inv(Sigma)*inv(A) is inv(A*Sigma*A'), and log(abs(det(A))) is log(det(A)^2)/2, which joins det(2*pi*Sigma) to det(2*pi*A*Sigma*A').",
  ],
  reference: {
    steps: () => [
      task.first,
      "-(inv(A)*(x - b) - mu)'*inv(Sigma)*(inv(A)*(x - b) - mu)/2 - log(det(2*pi*Sigma))/2 - log(abs(det(A)))",
      "-(x - (A*mu + b))'*inv(A*Sigma*A')*(x - (A*mu + b))/2 - log(det(2*pi*A*Sigma*A'))/2",
      task.last,
    ],
    logDensity: (x, A, b, mean, covariance) => truth([x, A, b, mean, covariance]),
  },
  misconceptions,
  mutants,
});
