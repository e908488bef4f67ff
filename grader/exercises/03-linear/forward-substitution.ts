import { exercise, prose } from "../../exercise.ts";
import { checks } from "./forward-substitution.checks.ts";
import { logDet, measuring, signatures, solving, truth } from "./forward-substitution.domain.ts";
import { misconceptions, mutants } from "./forward-substitution.misconceptions.ts";

export const forwardSubstitution = exercise({
  id: "03.substitution",
  path: "03-linear/forward-substitution",
  title: "The inverse of a triangular flow",
  source: "Section 16.3.1 of Prince, Understanding Deep Learning",
  statement: prose`
Let $L$ be lower triangular, row by row a list of lists, with no 0 on its diagonal. Write \`solveLower(L, x)\`, the $z$ with $L z = x$,
by forward substitution, without computing $L^{-1}$; and \`logAbsDet(L)\`, the number $\log|\det L|$ in nats, for up to 40 dimensions
and diagonals of any size. There is at least one dimension, and \`L\` and \`x\` stay as they are. Nine digits are to be right, of the largest of
the terms that you add; float32 tensors will do: of them fewer digits are asked.`,
  signatures,
  domains: { solveLower: solving, logAbsDet: measuring },
  checks,
  hints: [
    "The first row of $L z = x$ holds one unknown, $z_1$. Once it is known, the second row holds one.",
    "$z_i = \\left(x_i - \\sum_{j<i} L_{ij} z_j\\right) / L_{ii}$, for $i = 1, 2, \\dots$ in turn. The determinant is the product of the $L_{ii}$.",
    "Two loops: the outer over the rows, the inner over `j < i`, which takes `L[i][j] * z[j]` away from `x[i]`. For the other function, add `Math.log(Math.abs(L[i][i]))`.",
  ],
  reference: { solveLower: (L, x) => truth([L, x]), logAbsDet: (L) => logDet([L]) },
  misconceptions,
  mutants,
});
