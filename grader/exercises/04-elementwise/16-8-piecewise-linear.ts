import { exercise, prose } from "../../exercise.ts";
import { checks } from "./16-8-piecewise-linear.checks.ts";
import {
  determinantTruth,
  jacobianTruth,
  product,
  signatures,
  slopesOnDiagonal,
} from "./16-8-piecewise-linear.domain.ts";
import { misconceptions, mutants } from "./16-8-piecewise-linear.misconceptions.ts";

export const piecewiseJacobian = exercise({
  id: "16.8",
  path: "04-elementwise/16-8-piecewise-linear",
  title: "The Jacobian of a piecewise linear flow",
  source: "Prince, Understanding Deep Learning, Problem 16.8",
  statement: prose`
The piecewise linear function of equation 16.12 acts on each of the numbers of $h = (h_1, \dots, h_D)$ by itself, with the same $\phi$ for all:

$$f[h_d, \phi] = \sum_{k=1}^{b} \phi_k + (K h_d - b)\,\phi_{b+1}, \qquad b = \lfloor K h_d \rfloor, \qquad 0 \le h_d \le 1,$$

with $K$ positive heights $\phi_k$ whose sum is 1. Find its Jacobian $\partial f/\partial h$ and the determinant, and write \`jacobian(h, phi)\`, a list of rows, and
\`determinant(h, phi)\`. A number on an inner edge counts to the bin on its right, and $h_d = 1$ to the last bin. There is at least one number and one bin;
\`h\` and \`phi\` stay as they are. Nine digits are to be right; float32 tensors are exact enough.`,
  signatures,
  domains: { jacobian: slopesOnDiagonal, determinant: product },
  checks,
  hints: [
    "Within one bin, what of the formula changes when $h_d$ changes? The sum does not, and $b$ does not.",
    "Differentiate $(K h_d - b)\\,\\phi_{b+1}$ after $h_d$. Or read it off the picture: a bin is $1/K$ wide and $\\phi_{b+1}$ high.",
    "The slope is $K \\phi_{b+1}$, in code `K * phi[Math.min(Math.floor(K * h[d]), K - 1)]`. The Jacobian is diagonal, and the determinant is $K^D \\prod_d \\phi_{b_d + 1}$.",
  ],
  reference: {
    jacobian: (h, phi) => jacobianTruth([h, phi]),
    determinant: (h, phi) => determinantTruth([h, phi]),
  },
  misconceptions,
  mutants,
});
