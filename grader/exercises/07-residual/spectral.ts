import { exercise, prose } from "../../exercise.ts";
import { boundsOf, limitedOf } from "./spectral.bounds.ts";
import { checks } from "./spectral.checks.ts";
import { domains, signatures } from "./spectral.domain.ts";
import { normOf, stepOf } from "./spectral.iteration.ts";
import { misconceptions, mutants } from "./spectral.misconceptions.ts";

export const spectral = exercise({
  id: "07.spectral",
  path: "07-residual/spectral",
  title: "The spectral norm by power iteration",
  source:
    "Section 16.3.7 of Prince, Understanding Deep Learning; Miyato et al., Spectral Normalization, arXiv:1802.05957v1; Behrmann et al., arXiv:1811.00995v3, equation 2",
  statement: prose`
How much longer can a layer $z \mapsto Wz$ make a vector, at most? That is its spectral norm, the largest singular value of $W$. \`weights\` holds $W$ as a list of rows, which may be fewer or more than the columns.

- \`powerStep(weights, u)\`: one step of the power iteration, as \`{ u, v, norm }\`. $u$ has a number for each row, of any length but 0. First $v$ becomes $W^\top u$, divided by its length; then $u$ becomes $Wv$, divided by its length; and the norm is $u^\top W v$ with these two, which is that length $|Wv|$. ($W^\top u$ and $Wv$ are never 0 here.)
- \`spectralNorm(weights, u, steps)\`: the norm after so many steps, 1 or more, the first from the given $u$, each further one from the $u$ of the one before.
- \`crudeBounds(weights)\`: two bounds that need no iteration, as \`{ frobenius, rowsAndColumns }\`: $\sqrt{\sum_{ij}W_{ij}^2}$, and $\sqrt{\|W\|_1\|W\|_\infty}$, where $\|W\|_1$ is the largest sum of $|W_{ij}|$ over a column and $\|W\|_\infty$ the largest over a row.
- \`limitNorm(weights, norm, limit)\`: the weights, all scaled by one factor so that a spectral norm of \`norm\` becomes \`limit\`; or as they are, where \`norm\` is not above \`limit\`.`,
  signatures,
  domains,
  checks,
  hints: [
    "$W^\\top u$ has a number for each column $j$ of $W$: $\\sum_i W_{ij} u_i$. $Wv$ has one for each row $i$: $\\sum_j W_{ij} v_j$. `Math.hypot(...v)` is the length of a list.",
    "Write `powerStep` first, and let `spectralNorm` call it in a loop in which `u` is replaced.",
    "For the bounds make the list of all row sums of sizes, and the list of all column sums, and take the largest of each. For the limit: the factor is $\\min(1, \\text{limit}/\\text{norm})$, and 1 where the norm is 0.",
  ],
  reference: {
    powerStep: (weights, u) => stepOf([weights, u]),
    spectralNorm: (weights, u, steps) => normOf([weights, u, steps]),
    crudeBounds: (weights) => boundsOf([weights]),
    limitNorm: (weights, norm, limit) => limitedOf([weights, norm, limit]),
  },
  misconceptions,
  mutants,
});
