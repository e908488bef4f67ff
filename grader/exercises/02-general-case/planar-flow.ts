import { exercise, prose } from "../../exercise.ts";
import { checks } from "./planar-flow.checks.ts";
import {
  constrainDomain,
  constrainTruth,
  lemmaTask,
  planarDomain,
  planarTruth,
  signatures,
} from "./planar-flow.domain.ts";
import { misconceptions, mutants } from "./planar-flow.misconceptions.ts";

export const planarFlow = exercise({
  id: "02.planar",
  path: "02-general-case/planar-flow",
  title: "A planar flow by the determinant lemma",
  source: "Rezende and Mohamed, arXiv:1505.05770v6, equations 10 to 12 and appendix A.1",
  statement: prose`
The planar flow is $x = z + u\,h(w^\top z + b)$ with $h = \tanh$. Its Jacobian is $I + u\,\psi^\top$ with $\psi = h'(w^\top z + b)\,w$.

- \`determinantLemma()\`: show that in two dimensions $\det(I + u p^\top)$ is $1 + p^\top u$, as a list of lines, each equal to the one before, from
  \`"(1 + u1*p1)*(1 + u2*p2) - u1*p2*u2*p1"\` to \`"1 + u1*p1 + u2*p2"\`, with at least one between.
- \`planar(z, u, w, b)\`: $x$ and $\log|\det \partial x/\partial z|$ in nats, in any number of dimensions, for a $u$ with $w^\top u > -1$.
- \`constrain(u, w)\`: for *any* $u$ the $\hat u$ with which the layer can be undone, $\hat u = u + \left(m(w^\top u) - w^\top u\right) w / \|w\|^2$ with
  $m(v) = -1 + \log(1 + e^v)$, for products up to $\pm 2000$ ($w$ is not 0).

Eight digits are to be right, so work with numbers, not with float32 tensors. The inputs stay as they are.`,
  signatures,
  domains: { planar: planarDomain, constrain: constrainDomain },
  checks,
  hints: [
    "All of the Jacobian besides $I$ is one column times one row. Such a matrix stretches in a single direction.",
    "$\\log|\\det| = \\log|1 + (w^\\top u)\\,(1 - \\tanh^2 a)|$ with $a = w^\\top z + b$: two dot products, no matrix.",
    "For `constrain`: compute $v = w^\\top u$, then `Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)))` for $\\log(1 + e^v)$, and move $u$ along $w$ by what is missing.",
  ],
  reference: {
    determinantLemma: () => [
      lemmaTask.first,
      "1 + u1*p1 + u2*p2 + u1*p1*u2*p2 - u1*p2*u2*p1",
      lemmaTask.last,
    ],
    planar(z, u, w, b) {
      const all = planarTruth([z, u, w, b]);
      return { x: all.slice(0, -1), logDet: all[z.length] };
    },
    constrain: (u, w) => constrainTruth([u, w]),
  },
  misconceptions,
  mutants,
});
