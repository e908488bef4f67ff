import { exercise, prose } from "../../exercise.ts";
import { checks } from "./realnvp.checks.ts";
import { domains, signatures } from "./realnvp.domain.ts";
import { misconceptions, mutants } from "./realnvp.misconceptions.ts";
import { standIn } from "./realnvp.stand-in.ts";

export const realnvp = exercise({
  id: "05.realnvp",
  path: "05-coupling/realnvp",
  title: "Train a RealNVP of your own layers",
  source: "Dinh, Sohl-Dickstein and Bengio, Real NVP, arXiv:1605.08803v3, section 3",
  statement: prose`
Write \`fitRealNVP(data)\`. It is given rows of two numbers, at most 300, which lie along a bent band, trains a flow of **your own** affine couplings on them (a standard
normal base; couplings that change the second number and the first in turns), and returns it as an object with three methods: \`forward(z)\` and \`inverse(x)\` for one point,
and \`logDensity(points)\`, a list with the log-density in nats of each point.

What is asked of the result: 500 points from the same source that it has *not* seen have a mean negative log-likelihood of at most 0.35 nats above what the true density gives them (the best
linear flow is about 1 nat above), *and* the density has mass 1 over the plane, *and* it is the density of your own map. How $s$ and $t$ are computed and how you train is up to you: a gradient by hand,
by \`tf.variableGrads\`, by differences. (The library's own would pass as well, and teach you nothing.) A training on 300 rows may take 20 seconds of computing; two couplings with six hidden numbers need less than one.`,
  signatures,
  domains: { fitRealNVP: domains },
  checks,
  hints: [
    "Plan it in three parts: `steer(k, a)`, which gives $s$ and $t$ of coupling $k$ for the number $a$ that it leaves alone; the way from $x$ to $z$ through all couplings, which adds up $-s$; and a loop that moves the weights downhill.",
    "The loss of one point is $\\tfrac12(z_1^2 + z_2^2) + \\sum_k s_k$ and a constant. A hidden layer of $\\tanh(w_j a + b_j)$ with six numbers is enough; let the last weights start at 0 and spread the $b_j$, so that the hidden numbers differ from the start.",
    "With $z_b = (x_b - t)e^{-s}$ and the slope $g$ of the loss by $z_b$: by $t$ it is $-g e^{-s}$, by $s$ it is $1 - g z_b$, by $x_b$ it is $g e^{-s}$; and by the number that stays it is what comes through $s$ and $t$. Standardize the data first, use Adam with a rate of about 0.04, and some hundred steps.",
  ],
  standIn,
  misconceptions,
  mutants,
  /** One check fits two flows. */
  limits: { seconds: 45 },
  trials: {
    right: 250,
    because:
      "each run trains four flows, and under 120 other seeds none came nearer to the allowed 0.35 nats than 0.22",
  },
});
