import { exercise, prose } from "../../exercise.ts";
import { checks } from "./iaf.checks.ts";
import { densityOf, domains, sampleOf, signatures } from "./iaf.domain.ts";
import { misconceptions, mutants } from "./iaf.misconceptions.ts";

export const inverseFlow = exercise({
  id: "06.iaf",
  path: "06-autoregressive/iaf",
  title: "An inverse autoregressive flow",
  source: "Section 16.3.5 of Prince, Understanding Deep Learning; Kingma and others, arXiv:1606.04934v2",
  statement: prose`
The same scales and shifts once more, but now they are computed from the numbers of **z** before the one that is moved:

$$x_i = z_i\, e^{\alpha_i} + \mu_i, \qquad \alpha_i = \tanh\Big(a_i + \sum_{j<i} A_{ij}\,z_j\Big), \qquad \mu_i = m_i + \sum_{j<i} M_{ij}\,z_j.$$

\`A\` and \`M\` are full square matrices, of which only what stands left of the diagonal counts, \`a\` and \`m\` lists, all for $D \ge 1$ numbers. The base is standard normal. Write

- \`iafSample(A, a, M, m, z)\`, which returns \`{ x, logDensity }\`: the list $x$ that comes of $z$, and the log-density of that $x$ in nats,
- \`iafLogDensity(A, a, M, m, x)\`, the log-density of an $x$ whose $z$ nobody has kept.

Nothing that is given may be changed. Nine digits are to be right, of the largest of the terms that you add; float32 tensors will do: of them fewer digits are asked, if every number that you return comes out of one.`,
  signatures,
  domains,
  checks,
  hints: [
    "For `iafSample` all of $z$ is known: every $\\alpha_i$ and $\\mu_i$ can be computed at once. And the log-density of $x$ needs the log-density of $z$, which you have, and the log-scales, which you have.",
    "$\\log Pr(x) = \\sum_i \\big(-\\tfrac12 z_i^2 - \\tfrac12 \\log 2\\pi - \\alpha_i\\big)$.",
    "For `iafLogDensity` find $z_1 = (x_1 - \\mu_1)\\,e^{-\\alpha_1}$ first, where $\\alpha_1$ and $\\mu_1$ are constants. Then $\\alpha_2$ and $\\mu_2$ follow from $z_1$, and so on. At last hand the $z$ to `iafSample`.",
  ],
  reference: {
    iafSample: (A, a, M, m, z) => sampleOf([A, a, M, m], z),
    iafLogDensity: (A, a, M, m, x) => densityOf([A, a, M, m], x),
  },
  misconceptions,
  mutants,
});
