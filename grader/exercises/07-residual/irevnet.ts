import { exercise, prose } from "../../exercise.ts";
import { checks } from "./irevnet.checks.ts";
import { DETERMINANT, determinantTask, domains, forwardOf, inverseOf, signatures } from "./irevnet.domain.ts";
import { misconceptions, mutants } from "./irevnet.misconceptions.ts";

export const revNet = exercise({
  id: "07.irevnet",
  path: "07-residual/irevnet",
  title: "A block that can be undone, and its determinant",
  source:
    "Equations 16.18 and 16.19 of Prince, Understanding Deep Learning; Gomez, Ren, Urtasun and Grosse, arXiv:1707.04585v1, section 3.1",
  statement: prose`
The block of equation 16.18 with the smallest networks that there are:

$$h_1' = h_1 + \tanh(W_1 h_2 + b_1), \qquad h_2' = h_2 + \tanh(W_2 h_1' + b_2).$$

\`reversibleBlock(W1, b1, W2, b2)\` returns an object with two methods. \`forward(h)\` takes one list, $h_1$ followed by $h_2$, and gives $h_1'$ followed by $h_2'$, as one list; \`inverse(x)\` takes that back to $h$.
$h_1$ has as many numbers as \`W1\` has rows, $h_2$ as many as \`W2\` has; they need not be equally many. Six digits are to be right, so that you may compute in float32 tensors.

Then **derive its determinant**, for *any* $f_1$ and $f_2$ in the place of the two tanh. With $A = \partial f_1/\partial h_2$ and $B = \partial f_2/\partial h_1'$ the Jacobian of the block is

$$\frac{\partial h'}{\partial h} = \begin{bmatrix} I & A \\ B & I + BA \end{bmatrix}.$$

\`determinantSteps()\` is a list of lines, each equal to the one before. It begins with \`"${determinantTask.first}"\` and ends with \`"1"\`. blocks(P, Q, R, S) is the matrix with P and Q above R and S. The letters are A, B and the identities I1 and I2 of
both sizes; there are sums, products, det( ) and inv( ), and \`"0*A"\` is a block of zeros of A's size. In between, one line is to have the block matrix taken apart: two of blocks( ), or none and still A or B. The check puts random matrices into the letters and names the first line that does not hold.`,
  signatures,
  domains: { reversibleBlock: domains },
  checks,
  hints: [
    "Write the two lines of the block below each other, and solve the *second* one for $h_2$: everything else in it is known to whoever has $h_1'$ and $h_2'$.",
    "$h_2 = h_2' - \\tanh(W_2 h_1' + b_2)$, and then $h_1 = h_1' - \\tanh(W_1 h_2 + b_1)$. For the determinant: the block does two things one after the other, each of which changes one half only. What are the Jacobians of the two?",
    "The first step has the Jacobian $\\begin{bmatrix} I & A \\\\ 0 & I \\end{bmatrix}$, the second $\\begin{bmatrix} I & 0 \\\\ B & I \\end{bmatrix}$; the block's is the product, the second on the left. Both are triangular.",
  ],
  reference: {
    reversibleBlock: (...parts) => ({
      forward: (h) => forwardOf(parts, h),
      inverse: (x) => inverseOf(parts, x),
    }),
    determinantSteps: () => [...DETERMINANT],
  },
  misconceptions,
  mutants,
});
