import { exercise, prose } from "../../exercise.ts";
import { boundDomain, stepsOf } from "./fixed-point.bound.ts";
import { checks } from "./fixed-point.checks.ts";
import { iteratesOf, sequenceDomain, signatures } from "./fixed-point.domain.ts";
import { misconceptions, mutants } from "./fixed-point.misconceptions.ts";
import { searchDomain, searchOf } from "./fixed-point.search.ts";

export const fixedPoints = exercise({
  id: "07.fixed-point",
  path: "07-residual/fixed-point",
  title: "The same map again and again",
  source: "Section 16.3.7 and figure 16.9a of Prince, Understanding Deep Learning",
  statement: prose`
Put what a map gives back into it: $z_k = f[z_{k-1}]$. All arguments are numbers, but for \`f\`, a function from a number to a number.

- \`iterates(f, start, count)\`: the list $z_0, z_1, \dots$ of \`count\` steps, with $z_0$ = \`start\` at its front, so \`count\` + 1 numbers.
- \`fixedPoint(f, start, tolerance, most)\`: iterates until a step has changed $z$ by \`tolerance\` or less, $|z_k - z_{k-1}| \le$ \`tolerance\`, and takes \`most\` steps at most (1 or more). It returns \`{ z, change, steps }\`: the $z_k$ of the last step, its change $|z_k - z_{k-1}|$, and $k$, the number of evaluations of \`f\`.
- \`stepsNeeded(slope, distance, tolerance)\`: if $f$ is a contraction with the constant \`slope\` $= \beta$, between 0 and 1, then $\text{dist}[f[z'], f[z]] \le \beta \cdot \text{dist}[z', z]$, and each step leaves at most $\beta$ times the distance to the fixed point. What is the smallest whole number of steps, 0 or more, after which this says that a start at \`distance\` from it is within \`tolerance\`?

The arithmetic is that of ordinary numbers; ten digits are to be right.`,
  signatures,
  domains: { iterates: sequenceDomain, fixedPoint: searchDomain, stepsNeeded: boundDomain },
  checks,
  hints: [
    "A loop with one variable z: compute f(z), compare it with z, and only then replace z.",
    "For the bound: $\\beta^k \\cdot \\text{distance} \\le \\text{tolerance}$. Take logarithms, and mind that $\\log\\beta$ is negative.",
    "$k = \\lceil \\log(\\text{tolerance}/\\text{distance}) / \\log\\beta \\rceil$, and 0 where the distance is within the tolerance already.",
  ],
  reference: {
    iterates: (f, start, count) => iteratesOf(f, start, count),
    fixedPoint: (f, start, tolerance, most) => searchOf(f, start, tolerance, most),
    stepsNeeded: (...asked) => stepsOf(asked),
  },
  misconceptions,
  mutants,
});
