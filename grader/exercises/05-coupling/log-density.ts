import { exercise, prose } from "../../exercise.ts";
import { checks } from "./log-density.checks.ts";
import { FIRST, LAST, signatures } from "./log-density.domain.ts";
import { misconceptions, mutants } from "./log-density.misconceptions.ts";

export const logDensity = exercise({
  id: "05.sign",
  path: "05-coupling/log-density",
  title: "The sign of s",
  source: "Equations 16.13 and 16.14 of Prince, Understanding Deep Learning",
  statement: prose`
An affine coupling of the plane, $x_1 = z_1$ and $x_2 = z_2 e^{s(z_1)} + t(z_1)$, on a base of density $p(z_1)\,p(z_2)$. **Derive** the log-density of $x$: write \`logDensitySteps()\`, a list of
lines, each equal to the one before. It begins with the change of variables, in which the letter g stands for $\partial x_2/\partial z_1$,

- \`"${FIRST}"\`

and ends with

- \`"${LAST}"\`

In between, one line is to have the determinant without g. The check puts random numbers into the letters and names the first line that does not hold. You may use log, exp, abs, the functions p, s and t, and plain arithmetic.`,
  signatures,
  checks,
  hints: [
    "What is a product with 0? What is the size of a positive number?",
    "log(a * b / c) = log(a) + log(b) - log(c), and log(exp(s)) = s. There the sign comes from: the density is *divided* by what the coupling stretches.",
    'The last but one line may be `"log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1)))) - s(x1)"`; then write the division as a multiplication.',
  ],
  reference: {
    logDensitySteps: () => [
      FIRST,
      "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) / abs(exp(s(x1))))",
      "log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1)))) - log(abs(exp(s(x1))))",
      "log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1)))) - s(x1)",
      LAST,
    ],
  },
  misconceptions,
  mutants,
});
