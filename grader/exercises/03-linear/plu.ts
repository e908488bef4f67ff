import { exercise, prose } from "../../exercise.ts";
import { checks } from "./plu.checks.ts";
import { domains, forwardTruth, inverseTruth, signatures } from "./plu.domain.ts";
import { misconceptions, mutants } from "./plu.misconceptions.ts";

export const plu = exercise({
  id: "03.plu",
  path: "03-linear/plu",
  title: "A linear flow in PLU form",
  source: "Equation 16.9 of Prince, Understanding Deep Learning",
  statement: prose`
Write \`pluFlow(order, lower, upper, d)\`, the flow $x = P L (U + D) z$ as an object with three methods: \`forward(z)\`,
\`inverse(x)\`, and \`logDet()\`, the number $\log|\det|$ of the forward direction in nats. The parts arrive as training would hold them:

- \`order\` is the permutation: $(P h)_i = h_{order[i]}$, counted from 0;
- of the square matrix \`lower\` only what stands **below** the diagonal counts; $L$ has ones on its diagonal and zeros above;
- of \`upper\` only what stands **above** the diagonal counts; $D$ is diagonal with the numbers \`d\`, of either sign and not 0.

Invert without a general matrix inverse, in of the order of $D^2$ operations. There are 1 to 40 dimensions; nothing that is given may be changed. Nine digits are to be right,
of the largest of the terms that you add; float32 tensors will do: of them fewer digits are asked.`,
  signatures,
  domains: { pluFlow: domains },
  checks,
  hints: [
    "The matrix next to $z$ acts first: $U + D$, then $L$, then $P$. Going back, undo them from the other end.",
    "Undoing $P$: `h[order[i]] = x[i]`. Undoing $L$: forward substitution without a division, as its diagonal is 1. Undoing $U + D$: the same from the last row upwards, with a division by $d_i$.",
    "$\\det P = \\pm 1$ and $\\det L = 1$, so $\\log|\\det| = \\sum_i \\log|d_i|$. The three loops of the inverse are those of your forward substitution, once from above and once from below.",
  ],
  reference: {
    pluFlow: (order, lower, upper, d) => ({
      forward: (z) => forwardTruth([order, lower, upper, d, z]),
      inverse: (x) => inverseTruth([order, lower, upper, d, x]),
      logDet: () => d.reduce((sum, v) => sum + Math.log(Math.abs(v)), 0),
    }),
  },
  misconceptions,
  mutants,
});
