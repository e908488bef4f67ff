import { exercise, prose } from "../../exercise.ts";
import { checks } from "./affine.checks.ts";
import { domains, forwardOf, inverseOf, logDetOf, signatures } from "./affine.domain.ts";
import { misconceptions } from "./affine.misconceptions.ts";
import { mutants } from "./affine.mutants.ts";

export const affine = exercise({
  id: "05.affine",
  path: "05-coupling/affine",
  title: "An affine coupling, there and back",
  source:
    "Equations 16.13 and 16.14 of Prince, Understanding Deep Learning, with the scale and shift of RealNVP",
  statement: prose`
Write \`affineCoupling(S, p, T, q)\`. Of the $D$ numbers of $z$ the first $d$, called $z_a$, stay; the others, $z_b$, are scaled and shifted:

$$x_a = z_a, \qquad x_b = z_b \odot e^{s} + t, \qquad s = \tanh(S z_a + p), \qquad t = T z_a + q.$$

\`S\` and \`T\` are matrices with $D - d$ rows of $d$ entries, \`p\` and \`q\` lists of $D - d$ numbers, and tanh is taken of each number. Return an object with four methods:
\`forward(z)\`, \`inverse(x)\`, \`logDet(z)\`, which is $\log|\det|$ of the forward direction at $z$ in nats, and \`inverseLogDet(x)\`, the same of the direction from $x$ to $z$ at $x$.
Both parts have at least one number and nothing that is given may be changed. Nine digits are to be right, of the largest of the terms that you add; float32 tensors will do: of them fewer digits are asked.`,
  signatures,
  domains: { affineCoupling: domains },
  checks,
  hints: [
    "Cut first: `z.slice(0, d)` stays, with `d = S[0].length`. Then one list of $s$ and one of $t$, each with one number for each row of its matrix.",
    "Going back you need the same $s$ and $t$. They were computed from $z_a$, and $x_a = z_a$. So compute them from `x.slice(0, d)`, then take $t$ away and divide by $e^s$.",
    "The Jacobian is triangular, with ones for the numbers that stay and $e^{s_i}$ for the others on its diagonal. Its log-determinant is $\\sum_i s_i$, and that of the inverse $-\\sum_i s_i$.",
  ],
  reference: {
    affineCoupling: (...parts) => ({
      forward: (z) => forwardOf(parts, z),
      inverse: (x) => inverseOf(parts, x),
      logDet: (z) => logDetOf(parts, z),
      inverseLogDet: (x) => -logDetOf(parts, x),
    }),
  },
  misconceptions,
  mutants,
});
