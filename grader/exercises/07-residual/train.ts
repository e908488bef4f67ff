import { exercise, prose } from "../../exercise.ts";
import { checks } from "./train.checks.ts";
import { domains, signatures } from "./train.domain.ts";
import { misconceptions, mutants } from "./train.misconceptions.ts";
import { standIn } from "./train.stand-in.ts";

export const trainResidual = exercise({
  id: "07.train",
  path: "07-residual/train",
  title: "Train a small i-ResNet of your own",
  source:
    "Section 16.3.7 of Prince, Understanding Deep Learning; Behrmann et al., Invertible Residual Networks, arXiv:1811.00995v3",
  statement: prose`
Write \`fitResidual(data)\`. It is given rows of two numbers, at most 200, which lie along a bow. It trains residual blocks of **your own** on them, $x_{k+1} = x_k + f_k(x_k)$ from the data towards a standard normal $z$, each $f_k$ a contraction, and returns the flow as an object with four methods:

- \`inverse(x)\`: from a point of the data to $z$, block after block, in closed form;
- \`forward(z)\`: back, each block undone by iterating to the fixed point, to $10^{-3}$;
- \`path(x)\`: all points on the way of \`inverse(x)\`, a list of lists of two numbers: the one where the blocks begin ($x$, or what standardizing makes of it), then what each block gives; the last one is $z$;
- \`logDensity(points)\`: the exact log-density in nats of each point of a list. In the plane $\log\det(I + A)$ needs no series: it is the logarithm of a 2 × 2 determinant.

What is asked: 500 points from the same source that it has *not* seen have a mean negative log-likelihood of at most 0.45 nats above what the true density gives them (the best linear flow is 0.7 or more above), the density has mass 1 and is that of your own path, and what each block adds is a contraction: two points get additions that differ by less than the points do. At least two blocks do something.

How you train is up to you. A check trains at most twice and may take 45 seconds of computing and 1024 MB of memory; six blocks with five hidden numbers each need less than a tenth of a second.`,
  signatures,
  domains: { fitResidual: domains },
  checks,
  hints: [
    "Let $f(x) = V\\tanh(Wx + b)$ with a few hidden numbers. The slope of $\\tanh$ is 1 at most, so $f$ contracts if $\\|V\\|_2\\|W\\|_2 < 1$: after each step of the training compute both spectral norms, and scale the weights down where the product is above 0.95, say.",
    "The Jacobian of a block is $I + V\\,\\text{diag}(s)\\,W$ with $s_j = 1 - h_j^2$ and $h = \\tanh(Wx + b)$. The loss of a point is $\\tfrac12 z^\\top z - \\sum_k \\log\\det(I + A_k)$ and a constant. Standardize the data first; Adam with a rate of 0.08 and some 60 steps over all rows is enough.",
    "By hand: with $M = (I + A)^{-1}$, row $w_j$ of $W$, column $v_j$ of $V$, and $g$ the slope of the loss by the block's output, the slope by $W_j x + b_j$ is $d_j = s_j(g^\\top v_j + 2 h_j w_j^\\top M v_j)$; by $w_j$ it is $d_j x - s_j M v_j$, by $v_j$ it is $h_j g - s_j M^\\top w_j$, and by $x$ it is $g + \\sum_j d_j w_j$.",
  ],
  standIn,
  misconceptions,
  mutants,
  limits: { seconds: 45, memoryMB: 1024 },
  trials: {
    right: 15,
    because:
      "each run trains four flows, and under 150 other seeds none came nearer to the allowed 0.45 nats than 0.24",
  },
});
