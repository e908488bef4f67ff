import { exercise, prose } from "../../exercise.ts";
import { checks } from "./invert.checks.ts";
import { changeDomain, changeOf, signatures, solveDomain, solveOf } from "./invert.domain.ts";
import { misconceptions, mutants } from "./invert.misconceptions.ts";

export const certifiedInverse = exercise({
  id: "07.invert",
  path: "07-residual/invert",
  title: "The inverse of a residual layer, with a proof of how near it is",
  source:
    "Equation 16.21 and figure 16.9b of Prince, Understanding Deep Learning; Behrmann and others, arXiv:1811.00995v3, section 2",
  statement: prose`
A residual layer $y = z + f(z)$ with $f(z) = V \tanh(W z + c)$. \`W\` has a row for each hidden number, \`V\` a row for each number of $y$; \`c\`, \`y\` are lists. \`L\`, between 0 and 1, is a Lipschitz constant of $f$: $|f(a) - f(b)| \le L\,|a - b|$, with distances by the root of the sum of squares. Given $y$, find $z$: iterate $z \leftarrow y - f(z)$.

When to stop? Each change is at most $L$ times the one before. So if the last change was $\Delta$, all that are to come add up to at most $(L + L^2 + L^3 + \dots)\,|\Delta|$, and that is how far $z$ is from the solution at most.

- \`allowedChange(epsilon, L)\`: the largest $|\Delta|$ that proves an error of \`epsilon\` or less. Ten digits are to be right; float32 tensors will do.
- \`invertBlock(W, c, V, L, y, epsilon)\` returns \`{ z, bound }\`: the list $z$, whose distance to the solution is \`epsilon\` at most, and a number that this distance is *proven* not to exceed, itself not above \`epsilon\`. \`epsilon\` is $10^{-9}$ or more, so use ordinary numbers here: float32 is too coarse.

The check solves each equation to the last digit and measures your distance. Some $f$ are as steep as $L$ allows, so that whoever stops too early is too far off.`,
  signatures,
  domains: { allowedChange: changeDomain, invertBlock: solveDomain },
  checks,
  hints: [
    "A geometric series: $L + L^2 + L^3 + \\dots = L/(1 - L)$. Solve $\\frac{L}{1 - L}\\,|\\Delta| = \\varepsilon$ for $|\\Delta|$.",
    "Begin with $z = y$. In a loop: compute $y - f(z)$, its distance from $z$ by `Math.hypot(...)` of the differences, then let it take the place of $z$.",
    "End when the distance is `allowedChange(epsilon, L)` or less. The bound is $\\frac{L}{1 - L}$ times that last distance.",
  ],
  reference: {
    allowedChange: (epsilon, L) => changeOf([epsilon, L]),
    invertBlock: (...asked) => solveOf(asked),
  },
  misconceptions,
  mutants,
});
