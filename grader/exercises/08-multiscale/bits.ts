import { exercise, prose } from "../../exercise.ts";
import { checks } from "./bits.checks.ts";
import { bitsDomain, bitsOf, dequantizeOf, noiseDomain, STEPS, signatures, task } from "./bits.domain.ts";
import { misconceptions, mutants } from "./bits.misconceptions.ts";

export const bits = exercise({
  id: "08.bits",
  path: "08-multiscale/bits",
  title: "Bits per dimension, in three scalings",
  source:
    "Theis, van den Oord and Bethge, A note on the evaluation of generative models, arXiv:1511.01844v3, section 3.1; Dinh, Sohl-Dickstein and Bengio, arXiv:1605.08803v3, section 4.1",
  statement: prose`
The $D$ numbers of an image are whole numbers $n$ from 0 to below \`levels\`.

- \`addNoise(pixels, noise, levels)\` gives $y = (n + u)/\text{levels}$ for each of them, with its own $u$ from $[0, 1)$ of the list \`noise\`. So each level has its cell in $[0, 1)$, and fills it.
- \`bitsPerNumber(logDensity, y, levels, scaling, alpha)\`: a flow says how dense the point is, in nats. How many bits per dimension is that? What its density is of depends on \`scaling\`:

  - 0: of the list $x = \text{levels} \cdot y$, whose cells have the width 1;
  - 1: of $y$;
  - 2: of $v = \log\frac{t}{1 - t}$, with $t = \alpha + (1 - 2\alpha)\,y$ and \`alpha\` between 0 and ½, as RealNVP takes it so that black and white stay finite.

  Bits per dimension are $-\log_2$ of the density of $x$, divided by $D$, the length of \`y\`, *in all three cases*: so that models with different scalings can be compared.

**Derive** the third case for one pixel with 256 levels: \`bitsSteps()\` is a list of lines, each equal to the one before, in which p is the density of $v$ and a stands for $\alpha$. The first line has both slopes, $dv/dt$ and $dt/dx$, and ends are

- \`"${task.first}"\`
- \`"${task.last}"\`

The lines in between keep p. Ten digits are to be right, of the largest of the terms that you add; float32 tensors will do.`,
  signatures,
  domains: { addNoise: noiseDomain, bitsPerNumber: bitsDomain },
  checks,
  hints: [
    "Change the variable back, step by step: from the density of $v$ to that of $y$, from that to that of $x$. Each step multiplies by a slope, or adds its logarithm.",
    "From $y$ to $x$: $dy/dx = 1/\\text{levels}$, for each of the $D$ numbers. From $v$ to $y$: $\\frac{dv}{dy} = \\frac{1 - 2\\alpha}{t(1 - t)}$.",
    "With scaling 2: $\\frac{1}{D \\log 2}\\Big(-\\log p + \\sum_i \\big(\\log t_i + \\log(1 - t_i) - \\log(1 - 2\\alpha)\\big)\\Big) + \\log_2(\\text{levels})$.",
  ],
  reference: {
    addNoise: (pixels, noise, levels) => dequantizeOf([[...pixels], [...noise], levels]),
    bitsPerNumber: (logDensity, y, levels, scaling, alpha) =>
      bitsOf(logDensity, [...y], levels, scaling, alpha),
    bitsSteps: () => [...STEPS],
  },
  misconceptions,
  mutants,
});
