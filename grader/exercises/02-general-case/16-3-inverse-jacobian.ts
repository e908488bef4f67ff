import { exercise, prose } from "../../exercise.ts";
import { checks } from "./16-3-inverse-jacobian.checks.ts";
import { signatures } from "./16-3-inverse-jacobian.domain.ts";
import { misconceptions, mutants } from "./16-3-inverse-jacobian.misconceptions.ts";

export const inverseJacobian = exercise({
  id: "16.3",
  path: "02-general-case/16-3-inverse-jacobian",
  title: "The Jacobian of the inverse, and its determinant",
  source: "Prince, Understanding Deep Learning, Problem 16.3",
  statement: prose`
Let $f = f_3[f_2[f_1[z]]]$, and let $J_1$, $J_2$ and $J_3$ (written J1, J2, J3) be the Jacobians of the three layers, each where the point is when it comes there. Find the Jacobian of the
inverse $z = f^{-1}[x]$ and its absolute determinant in forms like those of equations 16.6 and 16.7, and **show** both, as lists of lines, each equal to the one before.
The check puts random matrices into the letters and names the first line that does not hold.

- \`inverseJacobian()\` begins with \`"inv(J3*J2*J1)"\` and ends with a product in which each inverse is that of one layer.
- \`inverseDeterminant()\` begins with \`"abs(det(inv(J3*J2*J1)))"\` and ends with absolute determinants of one layer each.

That is with $\partial f_i/\partial z_j$ in row $i$, column $j$. If your printing of the book has $\partial f_j/\partial z_i$ there, write the chain the other way round in the first line, \`"inv(J1*J2*J3)"\`: the check reads both, and says which. There are inv, det, abs and transpose (or an apostrophe), products, quotients and powers. At least one line stands between the two
ends.`,
  signatures,
  checks,
  hints: [
    "$f^{-1}$ is a chain too: $f_1^{-1}[f_2^{-1}[f_3^{-1}[x]]]$. Which of its layers acts first, and on which side of a product does the first layer stand?",
    "$(AB)^{-1} = B^{-1}A^{-1}$, twice: `inv(J3*J2*J1)`, then `inv(J2*J1)*inv(J3)`, …",
    "For the determinant, take the inverse out first: `1/abs(det(J3*J2*J1))`. Then the determinant of a product is a product.",
  ],
  misconceptions,
  mutants,
});
