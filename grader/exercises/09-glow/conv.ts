import { exercise, prose } from "../../exercise.ts";
import { checks } from "./conv.checks.ts";
import {
  logDetOf,
  matrixDomain,
  matrixOf,
  mixDomain,
  mixOf,
  signatures,
  unmixDomain,
  unmixOf,
} from "./conv.domain.ts";
import { misconceptions, mutants } from "./conv.misconceptions.ts";

export const convolution = exercise({
  id: "09.conv",
  path: "09-glow/conv",
  title: "A 1×1 convolution by PLU",
  source: "Kingma and Dhariwal, Glow, arXiv:1807.03039v2, section 3.2",
  statement: prose`
A 1×1 convolution multiplies the $C$ numbers of each place by one matrix, the same at all places. On the way from $x$ to $z$ it computes $z = W x$ at each place, with $W = P L\,(U + \mathrm{diag}(s))$. The parts arrive as in 03.plu:

- \`order\` is the permutation: $(P h)_i = h_{order[i]}$, counted from 0, so that row $i$ of $PA$ is row $order[i]$ of $A$;
- of the square matrix \`lower\` only what stands **below** the diagonal counts; $L$ has ones on its diagonal and zeros above;
- of \`upper\` only what stands **above** the diagonal counts; the numbers \`s\` stand on the diagonal, of either sign and not 0.

A picture is one list: place after place, its $C$ channels side by side. Write three functions:

- \`mixingMatrix(order, lower, upper, s)\` gives $W$ as a list of its rows;
- \`mixChannels(x, order, lower, upper, s)\` gives \`{ z, logDet }\`, the list $z$ and the log-determinant of this direction for the whole picture, $\log|\det \partial z/\partial x|$ in nats;
- \`unmixChannels(z, order, lower, upper, s)\` gives $x$ back.

There are 1 to 6 channels. Nine digits are to be right, of the largest of the terms that you add; float32 tensors will do: of them fewer digits are asked. Nothing that is given may be changed.`,
  signatures,
  domains: { mixingMatrix: matrixDomain, mixChannels: mixDomain, unmixChannels: unmixDomain },
  checks,
  hints: [
    "Element $(i, j)$ of $L\\,(U + \\mathrm{diag}(s))$ is $\\sum_k L_{ik}\\,(U + \\mathrm{diag}(s))_{kj}$. Write what $L_{ik}$ is for $k < i$, $k = i$ and $k > i$, and likewise for the other factor. Then take the rows in their order.",
    "The numbers of a place are `x.slice(place * C, (place + 1) * C)`, with `C = s.length`. The Jacobian of the whole picture has $W$ on its diagonal once for each place.",
    "The way back is your `inverse` of 03.plu, at each place: `own[order[i]] = z[place * C + i]`, then the lower triangle from above, then the upper one from below with a division by $s_i$. (Inverting $W$ as a whole will do as well.)",
  ],
  reference: {
    mixingMatrix: (...made) => matrixOf(...made),
    mixChannels: (...asked) => ({ z: mixOf(asked), logDet: logDetOf(asked) }),
    unmixChannels: (...asked) => unmixOf(asked),
  },
  misconceptions,
  mutants,
});
