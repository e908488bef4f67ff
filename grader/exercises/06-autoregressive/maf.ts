import { exercise, prose } from "../../exercise.ts";
import { conditionerOf, generateOf, latentOf, mafLogDensity } from "./autoregression.affine.ts";
import { checks } from "./maf.checks.ts";
import { domains, signatures } from "./maf.domain.ts";
import { misconceptions, mutants } from "./maf.misconceptions.ts";

export const maskedFlow = exercise({
  id: "06.maf",
  path: "06-autoregressive/maf",
  title: "A masked autoregressive flow",
  source:
    "Equations 16.15 to 16.17 of Prince, Understanding Deep Learning; Papamakarios, Pavlakou and Murray, arXiv:1705.07057v4, equations 3 to 5",
  statement: prose`
Each of the $D$ numbers of $z$ is scaled and shifted, and what it is scaled and shifted *by* is computed from the numbers of $x$ **before** it:

$$x_i = z_i\, e^{\alpha_i} + \mu_i, \qquad \alpha_i = \tanh\Big(a_i + \sum_{j<i} A_{ij}\,x_j\Big), \qquad \mu_i = m_i + \sum_{j<i} M_{ij}\,x_j.$$

\`A\` and \`M\` are square matrices, \`a\` and \`m\` lists, all for $D$ numbers, $D \ge 1$. The matrices are full; what stands in them on the diagonal and above it does not count. The base is standard normal. Write

- \`conditioner(A, a, M, m, x)\`, which returns \`{ alpha, mu }\`, two lists of $D$ numbers,
- \`latents(A, a, M, m, x)\`, the list $z$ from which $x$ comes,
- \`logDensity(A, a, M, m, x)\`, the log-density of $x$ in nats,
- \`generate(A, a, M, m, z)\`, the list $x$ that comes of $z$.

Nothing that is given may be changed. Nine digits are to be right, of the largest of the terms that you add; float32 tensors will do: of them fewer digits are asked, if every number that you return comes out of one.`,
  signatures,
  domains,
  checks,
  hints: [
    "For row $i$ add up `A[i][j] * x[j]` over `j < i` only, and take the tanh of that and $a_i$. Shifts are made alike, without the tanh. The other three functions use `conditioner`.",
    "`latents` knows all of $x$, so every $z_i = (x_i - \\mu_i)\\,e^{-\\alpha_i}$ can be computed by itself. `generate` begins with a list of zeros: a first call of `conditioner` says $\\alpha_1$ and $\\mu_1$, which gives $x_1$; a second call, with that $x_1$ in its place, gives $x_2$, and so on.",
    "The Jacobian is a triangle with $e^{\\alpha_i}$ on its diagonal. So the log-density is that of all $z_i$ under the standard normal, $-\\tfrac12 z_i^2 - \\tfrac12\\log 2\\pi$ each, less $\\sum_i \\alpha_i$.",
  ],
  reference: {
    conditioner: (A, a, M, m, x) => conditionerOf([A, a, M, m], x),
    latents: (A, a, M, m, x) => latentOf([A, a, M, m], x),
    logDensity: (A, a, M, m, x) => mafLogDensity([A, a, M, m], x),
    generate: (A, a, M, m, z) => generateOf([A, a, M, m], z),
  },
  misconceptions,
  mutants,
});
