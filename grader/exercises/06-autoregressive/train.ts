import { exercise, prose } from "../../exercise.ts";
import { checks } from "./train.checks.ts";
import { fit } from "./train.descent.ts";
import { domains, signatures } from "./train.domain.ts";
import { misconceptions, mutants } from "./train.misconceptions.ts";

export const trainAutoregressive = exercise({
  id: "06.train",
  path: "06-autoregressive/train",
  title: "Train your MAF against your IAF",
  source:
    "Papamakarios, Pavlakou and Murray, Masked autoregressive flow for density estimation, arXiv:1705.07057v4, section 3; Kingma and others, arXiv:1606.04934v2",
  statement: prose`
Write \`fitAutoregressive(data, steps, steeredBy)\`. It is given up to 300 rows of three numbers and fits **your own** autoregressive flow to them by maximum likelihood, in at most so many steps, each of which may look at all rows. The third argument is "x" for a MAF, in which the data steer, or "z" for an IAF, in which the noise does. Scales and shifts are those of the exercises before: with $s = x$ or $s = z$,

$$\alpha_i = \tanh\Big(\sum_{j<i} A_{ij} s_j + a_i\Big), \qquad \mu_i = \sum_{j<i} M_{ij} s_j + m_i, \qquad x_i = z_i e^{\alpha_i} + \mu_i.$$

Return an object with two methods: \`weights()\`, an object with the matrices $A$ and $M$ (three rows of three numbers; what stands on the diagonal and above does not count) and the lists $a$ and $m$; and \`logDensity(points)\`, a list with the log-density in nats of each point, by these weights.

What is asked of 200 rows and 120 steps: where the data come from a flow of the same kind, 500 points that it has not seen have a mean negative log-likelihood of at most 0.3 nats above what the truth gives them (the best linear flow is 0.5 above or more); where they come from one of the other kind, it is still better than the best linear flow.

How you find the gradient is up to you: by hand, by \`tf.variableGrads\`, by differences (there are only 12 weights). A check may take 40 seconds of computing; by hand a training takes a hundredth of a second.`,
  signatures,
  domains: { fitAutoregressive: domains },
  checks,
  hints: [
    "The loss of a point is $\\sum_i (\\tfrac12 z_i^2 + \\alpha_i)$ and a constant, for both. Begin with $A = M = 0$ and each number's own mean and deviation in $m$ and $a$, so that $\\tanh a_i$ is the logarithm of the deviation (kept between −0.9 and 0.9).",
    "By hand: go through the numbers from the last to the first, with $g_i$ the slope of the loss by $z_i$. By $\\alpha_i$ it is $1 - g_i z_i$, by $\\mu_i$ it is $-g_i e^{-\\alpha_i}$; $\\tanh$ has the slope $1 - \\alpha_i^2$. In a MAF $g_i = z_i$.",
    "In an IAF $z_j$ also steers what comes after it: add to $g_j$, for each later $i$, the slope by the argument of tanh times $A_{ij}$, and the slope by $\\mu_i$ times $M_{ij}$. Then Adam, with a rate of 0.05 that falls to 0.",
  ],
  standIn: { fitAutoregressive: fit },
  misconceptions,
  mutants,
  limits: { seconds: 40 },
  trials: {
    right: 40,
    because:
      "each run trains ten flows, and under 300 other seeds none came nearer to the allowed 0.3 nats than 0.12, nor to the best linear flow than three quarters of its distance from the truth",
  },
});
