import { exercise, prose } from "../../exercise.ts";
import { checks } from "./chain-log-determinant.checks.ts";
import {
  chaining,
  chainTruth,
  signatures,
  unchaining,
  unchainTruth,
} from "./chain-log-determinant.domain.ts";
import { misconceptions, mutants } from "./chain-log-determinant.misconceptions.ts";

export const chainLogDeterminant = exercise({
  id: "02.chain",
  path: "02-general-case/chain-log-determinant",
  title: "The log-determinant of a chain",
  source: "Equations 16.4 to 16.7 of Prince, Understanding Deep Learning",
  statement: prose`
A flow of the plane with $K$ layers, each a matrix, a shift and a bend:
$$h_k = \operatorname{asinh}(\Omega_k h_{k-1} + \beta_k), \qquad h_0 = z, \quad x = h_K,$$
with asinh taken of each coordinate. \`layers\` holds one row $(a, b, c, d, e, f)$ for each layer, the first to act first, which stands for
$\Omega = \begin{bmatrix}a&b\\c&d\end{bmatrix}$ (never singular) and $\beta = (e, f)$. Write \`chain(layers, z)\`, which gives $x$ and $\log|\det \partial x/\partial z|$, and
\`unchain(layers, x)\`, which gives $z$ and $\log|\det \partial z/\partial x|$; in nats both. There is at least one layer, and there may be a hundred. The inputs stay as
they are. Eight digits are to be right, so work with numbers, not with float32 tensors.`,
  signatures,
  domains: { chain: chaining, unchain: unchaining },
  checks,
  hints: [
    "One layer first. Its Jacobian is a diagonal matrix of two slopes times $\\Omega$, and the determinant of a product is the product of the determinants.",
    "With $a = \\Omega h + \\beta$: $\\log|\\det| = \\log|ad - bc| - \\tfrac12\\log(1 + a_1^2) - \\tfrac12\\log(1 + a_2^2)$. In a chain these are added, each at the point that arrives at its layer.",
    "Back: go through the rows from the last to the first; $a = \\sinh h$, then $\\Omega^{-1}(a - \\beta)$ with $\\Omega^{-1} = \\frac{1}{ad - bc}\\begin{bmatrix}d&-b\\\\-c&a\\end{bmatrix}$; and subtract the same logarithms.",
  ],
  reference: {
    chain(layers, z) {
      const [first, second, logDet] = chainTruth([layers, z]);
      return { x: [first, second], logDet };
    },
    unchain(layers, x) {
      const [first, second, logDet] = unchainTruth([layers, x]);
      return { z: [first, second], logDet };
    },
  },
  misconceptions,
  mutants,
});
