import { exercise, prose } from "../../exercise.ts";
import { checks } from "./mapping.checks.ts";
import { forward, inverse, logDet, signatures } from "./mapping.domain.ts";
import { forwardOf, inverseOf, logDetOf } from "./mapping.flow.ts";
import { misconceptions } from "./mapping.misconceptions.ts";
import { mutants } from "./mapping.mutants.ts";

export const autoregressiveMapping = exercise({
  id: "06.mapping",
  path: "06-autoregressive/mapping",
  title: "An autoregressive flow, there and back",
  source: "Equations 16.16 and 16.17 of Prince, Understanding Deep Learning, with the transformer of 16.12",
  statement: prose`
Equations 16.16 and 16.17 with chapter 04's piecewise linear map as the transformer: $x_d = f[h_d, \phi_d]$ for numbers $h_1, \dots, h_D$ from 0 to 1, where the heights $\phi_d$ of the $K$ bins of number $d$ depend on $h_1, \dots, h_{d-1}$.
The conditioner stands in the cell already:

$$\phi_d = \operatorname{softmax}\Big(c_d + \sum_{j<d} h_j W_j\Big),$$

with row $d$ of \`c\` and row $j$ of \`W\`, which both have $D$ rows of $K$ numbers (nobody needs the last row of \`W\`). It is given the numbers before, a list of none for the first, with the whole of \`W\`, and one row of \`c\`. Write

- \`autoregressiveForward(h, W, c)\`, the list $x$ for the list $h$;
- \`autoregressiveInverse(x, W, c)\`, the $h$ that goes to $x$;
- \`autoregressiveLogDet(h, W, c)\`, $\log|\det \partial x/\partial h|$ at $h$ in nats, where no number lies on an edge between two bins.

The piecewise map is yours: what you wrote for 04.piecewise can be copied into the cell, or write it anew. 0 and 1 belong to the interval, there is at least one number and one bin, and nothing that is given may be changed. Nine digits are to be right; float32 tensors will do.`,
  signatures,
  domains: { autoregressiveForward: forward, autoregressiveInverse: inverse, autoregressiveLogDet: logDet },
  checks,
  hints: [
    "Forward: for each number $d$, the conditioner gets `h.slice(0, d)` (counted from 0) and gives the heights; then chapter 04's map of this one number. No number waits for another's image.",
    "Back: begin with the first number, whose heights depend on nothing. When you come to number $d$, the list of those that you have found is just what the conditioner wants.",
    "$\\partial x_d/\\partial h_j = 0$ for $j > d$: a triangle. On its diagonal stand the slopes of the bins, $K \\phi$ of the bin in which $h_d$ lies. Add up their logarithms.",
  ],
  reference: {
    autoregressiveForward: (h, W, c) => forwardOf([W, c], h),
    autoregressiveInverse: (x, W, c) => inverseOf([W, c], x),
    autoregressiveLogDet: (h, W, c) => logDetOf([W, c], h),
  },
  misconceptions,
  mutants,
});
