import { exercise, prose } from "../../exercise.ts";
import { longestChain } from "./jacobi.chains.ts";
import { checks } from "./jacobi.checks.ts";
import { domains, signatures, solveOf, stepOf } from "./jacobi.domain.ts";
import { misconceptions, mutants } from "./jacobi.misconceptions.ts";

export const jacobi = exercise({
  id: "06.jacobi",
  path: "06-autoregressive/jacobi",
  title: "All at once, again and again",
  source:
    "Song, Meng, Liao and Ermon, Accelerating feedforward computation via parallel nonlinear equation solving, arXiv:2002.03629",
  statement: prose`
The masked autoregressive flow of before, $x_i = z_i e^{\alpha_i} + \mu_i$ with $\alpha_i = \tanh(a_i + \sum_{j<i} A_{ij} x_j)$ and $\mu_i = m_i + \sum_{j<i} M_{ij} x_j$, is to generate. Instead of one number after the other, all are guessed and corrected together. Write

- \`jacobiStep(A, a, M, m, z, x)\`, the list of all new numbers $z_i e^{\alpha_i} + \mu_i$, with the $\alpha_i$ and $\mu_i$ of the **old** list \`x\`;
- \`jacobiSolve(A, a, M, m, z, tolerance)\`, which begins at $x = z$ and makes such steps until the *residual* is at most \`tolerance\`, but no more steps than there are numbers. The residual of $x$ is the largest $|(x_i - \mu_i)\,e^{-\alpha_i} - z_i|$, with the $\alpha_i$ and $\mu_i$ of that $x$. It returns \`{ x, steps, residual }\`: where it ends, how many steps it made (0 if $z$ is near enough), and the residual there;
- \`stepsNeeded(depends)\`, after how many steps every number is exact, whatever the functions and the beginning. Row $i$ of the square matrix \`depends\` has a 1 in column $j$ if $x_i$ is steered by $x_j$, else 0. Numbers may come in any order, but nobody is steered by himself, directly or through others.

\`A\` and \`M\` are full square matrices, of which only what stands left of the diagonal counts; there is one number or more. Nothing that is given may be changed. Nine digits are to be right. In a step float32 tensors will do; solve with plain numbers, as a tolerance may be small.`,
  signatures,
  domains,
  checks,
  hints: [
    "A step is `z.map((v, i) => …)`: no number of the new list is used for another. For the residual take $x$ back to its latents, as in 06.maf, and compare with $z$.",
    "The loop: while the residual is larger than the tolerance and fewer steps than `z.length` have been made, make a step and count it.",
    "A number is exact one step after the last of those by which it is steered, and after the first step if nobody steers it. So work out for each $i$ 1 + the largest such count among its $j$, by recursion, or by going through all numbers $D$ times. The answer is the largest of all.",
  ],
  reference: {
    jacobiStep: (A, a, M, m, z, x) => stepOf([A, a, M, m], z, x),
    jacobiSolve: (A, a, M, m, z, tolerance) => solveOf([A, a, M, m], z, tolerance),
    stepsNeeded: longestChain,
  },
  misconceptions,
  mutants,
});
