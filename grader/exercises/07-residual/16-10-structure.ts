import { exercise, prose } from "../../exercise.ts";
import { variedExercise } from "../../variants/varied.ts";
import { checks } from "./16-10-structure.checks.ts";
import {
  denseDomain,
  denseOf,
  densePattern,
  drawHalves,
  elementwiseDomain,
  elementwiseOf,
  elementwisePattern,
  type Halves,
  signatures,
  TEXTBOOK,
} from "./16-10-structure.domain.ts";
import { misconceptions, mutants } from "./16-10-structure.misconceptions.ts";
import { drawMatrix } from "./16-10-structure.picture.ts";

/** What the figures are to show. */
function figuresOf({ dense, elementwise }: Halves): string {
  const both = "`denseFigure()` and `elementwiseFigure()` each return a figure of";
  return dense === 4 && elementwise === 4
    ? `for four numbers in each half: ${both} an 8 × 8 matrix that is 0`
    : `(i) for ${dense} numbers in each half and (ii) for ${elementwise}: ${both} a matrix, one of ${2 * dense} × ${2 * dense}, the other of ${2 * elementwise} × ${2 * elementwise}, that is 0`;
}

const withHalves = (of: Halves) =>
  exercise({
    id: "16.10",
    path: "07-residual/16-10-structure",
    title: "Which entries of a residual flow's Jacobian are zero",
    source: "Prince, Understanding Deep Learning, Problem 16.10",
    statement: prose`
The block of equation 16.18 again, $h_1' = h_1 + f_1[h_2]$ and $h_2' = h_2 + f_2[h_1']$, from $h = (h_1, h_2)$ to $h' = (h_1', h_2')$. What does its Jacobian look like, with $\partial h'_i/\partial h_j$ in row $i$ and column $j$, when $f_1$ and $f_2$ are

- **(i)** fully connected networks: \`denseJacobian(A, B)\` gives it from the matrices \`A\` of $\partial f_1/\partial h_2$ and \`B\` of $\partial f_2/\partial h_1'$, both lists of rows, each without a zero pattern of its own. \`A\` has a row for each number of $h_1$ and a column for each of $h_2$, \`B\` the other way round;
- **(ii)** elementwise flows, the $i$-th number of one half to the $i$-th of the other: \`elementwiseJacobian(a, b)\` gives it from their slopes, two lists that are as long as each half.

Both return the whole square matrix as a list of rows. Six digits are to be right, so that you may compute in float32 tensors.

Then **draw** the structure, ${figuresOf(of)} exactly where the Jacobian is 0 *whatever the networks are*. The function that is given at the top draws a matrix with its zeros in grey.`,
    signatures,
    domains: { denseJacobian: denseDomain, elementwiseJacobian: elementwiseDomain },
    checks: checks(of),
    hints: [
      "Four blocks: differentiate each of the two lines by $h_1$ and by $h_2$. In the second line $h_1'$ is no variable of its own: it depends on both.",
      "$\\partial h_1'/\\partial h_1 = I$, $\\partial h_1'/\\partial h_2 = A$, $\\partial h_2'/\\partial h_1 = B$, and by the chain rule $\\partial h_2'/\\partial h_2 = I + BA$.",
      "For (ii) $A$ and $B$ are diagonal, so all four blocks are: 1, $a_i$, $b_i$ and $1 + a_i b_i$. For the figures, any numbers other than 0 (and no $a_i b_i = -1$) show the pattern.",
    ],
    reference: {
      denseJacobian: (A, B) => denseOf([A, B]),
      elementwiseJacobian: (a, b) => elementwiseOf([a, b]),
      denseFigure: () => drawMatrix(densePattern(of.dense)),
      elementwiseFigure: () => drawMatrix(elementwisePattern(of.elementwise)),
    },
    misconceptions: misconceptions(of),
    mutants: mutants(of),
  });

export const jacobianStructure = variedExercise(withHalves, { numbers: TEXTBOOK, draw: drawHalves });
