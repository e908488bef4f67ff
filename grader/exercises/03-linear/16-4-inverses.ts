import { exercise, prose } from "../../exercise.ts";
import { determinant, inverse } from "../../oracle/matrices.ts";
import { checks } from "./16-4-inverses.checks.ts";
import { byHand, omega1, omega2, signatures } from "./16-4-inverses.domain.ts";
import { misconceptions, mutants } from "./16-4-inverses.misconceptions.ts";

export const inverses = exercise({
  id: "16.4",
  path: "03-linear/16-4-inverses",
  title: "Inverses and determinants by hand",
  source: "Prince, Understanding Deep Learning, Problem 16.4",
  statement: prose`
With paper and pencil, find the inverses and the determinants of

$$\Omega_1 = \begin{bmatrix} 2 & 0 & 0 & 0\\ 0 & -5 & 0 & 0\\ 0 & 0 & 1 & 0\\ 0 & 0 & 0 & 2 \end{bmatrix}, \qquad
\Omega_2 = \begin{bmatrix} 1 & 0 & 0 & 0\\ 2 & 4 & 0 & 0\\ 1 & -1 & 2 & 0\\ 4 & -2 & -2 & 1 \end{bmatrix},$$

and write them down: the matrices row by row, the determinants with their sign. Fractions may stand as they are, \`1 / 2\`.`,
  signatures,
  domains: { inverse1: byHand, determinant1: byHand, inverse2: byHand, determinant2: byHand },
  checks,
  hints: [
    "A diagonal matrix multiplies each coordinate by a number of its own. A triangular one does so too, after it has added multiples of the coordinates before.",
    "For $\\Omega_2$: $x_1 = z_1$, $x_2 = 2z_1 + 4z_2$, and so on. Solve the first equation, put it into the second, …: the coefficients of the $x_j$ in $z_i$ are row $i$ of the inverse.",
    "$z_2 = (x_2 - 2 x_1)/4$, so row 2 of $\\Omega_2^{-1}$ is $-\\tfrac12, \\tfrac14, 0, 0$. Rows 3 and 4 go the same way. Both determinants are the products of the diagonals.",
  ],
  reference: {
    inverse1: () => inverse(omega1),
    determinant1: () => determinant(omega1),
    inverse2: () => inverse(omega2),
    determinant2: () => determinant(omega2),
  },
  misconceptions,
  mutants,
});
