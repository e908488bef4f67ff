import { exercise, prose } from "../../exercise.ts";
import { checks } from "./nice.checks.ts";
import { domains, jacobianOf, logDensityOf, signatures } from "./nice.domain.ts";
import { misconceptions } from "./nice.misconceptions.ts";
import { mutants } from "./nice.mutants.ts";

export const nice = exercise({
  id: "05.nice",
  path: "05-coupling/nice",
  title: "What an additive coupling does to volume",
  source: "Dinh, Krueger and Bengio, NICE, arXiv:1410.8516v6, sections 3.2 and 3.3",
  statement: prose`
A small NICE: an additive coupling, steered by a network with one hidden layer, and after it a scale for each number,

$$h = \tanh(W z_a + c), \qquad x_a = e^{\sigma_a} \odot z_a, \qquad x_b = e^{\sigma_b} \odot (z_b + V h).$$

$z_a$ are the first $d$ numbers of $z$, as many as a row of \`W\` has entries, and $z_b$ the others; \`V\` has a row for each of them. \`sigma\` is $\sigma_a$ followed by $\sigma_b$.
Write \`niceFlow(W, c, V, sigma)\` as an object with two methods: \`jacobian(z)\`, the square matrix with $\partial x_i/\partial z_j$ in row $i$ and column $j$, and \`logDensity(x)\` for a standard
normal base, in nats. Derive the Jacobian on paper: one-sided difference quotients are not exact enough. Nine digits are to be right, of the largest of the terms that you add; float32 tensors will do: of them
fewer digits are asked.`,
  signatures,
  domains: { niceFlow: domains },
  checks,
  hints: [
    "The Jacobian has four blocks: how do $x_a$ and $x_b$ depend on $z_a$ and on $z_b$? One of the four is 0, two are diagonal.",
    "The fourth is $\\partial x_b/\\partial z_a$, by the chain rule $e^{\\sigma_i} \\sum_k V_{ik} (1 - h_k^2) W_{kj}$.",
    "The determinant of a triangle is the product of its diagonal, so the coupling costs nothing and the scale $\\sum_i \\sigma_i$. For `logDensity` go back first: $x_i e^{-\\sigma_i}$, then take $V h$ away from the second part.",
  ],
  reference: {
    niceFlow: (...parts) => ({
      jacobian: (z) => jacobianOf(parts, z),
      logDensity: (x) => logDensityOf(parts, x),
    }),
  },
  misconceptions,
  mutants,
});
