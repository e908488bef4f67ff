import { exercise, prose } from "../../exercise.ts";
import { checks } from "./16-5-moments.checks.ts";
import { domain, signatures, truth } from "./16-5-moments.domain.ts";
import { misconceptions, mutants } from "./16-5-moments.misconceptions.ts";

export const moments = exercise({
  id: "16.5",
  path: "03-linear/16-5-moments",
  title: "Mean and covariance of a linear map",
  source: "Prince, Understanding Deep Learning, Problem 16.5",
  statement: prose`
Let $z$ be random with mean $\mu$ and covariance $\Sigma$, of whatever density, and $x = Az + b$. **Show** that $x$ has the mean $A\mu + b$ and the
covariance $A\Sigma A^\top$, as two lists of lines, each equal to the one before. The check puts random numbers into the letters and names the first line that does
not hold.

- \`meanSteps()\` begins with \`"E(A*z + b)"\` and ends with \`"A*mu + b"\`.
- \`covarianceSteps()\` begins with \`"E((A*z + b - (A*mu + b)) * (A*z + b - (A*mu + b))')"\` and ends with \`"A*Sigma*A'"\`.

The letters are $A$, $b$, $z$ and, for $\mu$ and $\Sigma$, the words mu and Sigma; an apostrophe transposes, and E( ) is the expectation. In between, one line is to have the matrix outside
of the expectation. Then write both in numbers: \`moments(A, b, mean, covariance)\` for a square \`A\` of 1 to 15 dimensions, with nine digits right of the largest
terms that you add (float32 tensors will do: of them fewer digits are asked).`,
  signatures,
  domains: { moments: domain },
  checks,
  hints: [
    "E is linear: of a sum it is the sum of the expectations, and a constant matrix may be taken out of it on its own side. E(b) is b.",
    "For the covariance, $b$ cancels in the bracket: A*z + b - (A*mu + b) is A*(z - mu).",
    "With $d = z - \\mu$: E((A d)(A d)') = E(A d d' A') = A E(d d') A', and E(d d') is Sigma by definition.",
  ],
  reference: {
    meanSteps: () => ["E(A*z + b)", "E(A*z) + b", "A*E(z) + b", "A*mu + b"],
    covarianceSteps: () => [
      "E((A*z + b - (A*mu + b)) * (A*z + b - (A*mu + b))')",
      "E((A*(z - mu)) * ((z - mu)'*A'))",
      "A*E((z - mu) * (z - mu)')*A'",
      "A*Sigma*A'",
    ],
    moments: (A, b, mean, covariance) => truth([A, b, mean, covariance]),
  },
  misconceptions,
  mutants,
});
