import { exercise, prose } from "../../exercise.ts";
import { grid, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { checks } from "./bin-slope.checks.ts";
import { domain, STEPS, signatures } from "./bin-slope.domain.ts";
import { misconceptions, mutants } from "./bin-slope.misconceptions.ts";
import { slopeAt } from "./spline-bin.rational-quadratic.ts";

export const binSlope = exercise({
  id: "04.slope",
  path: "04-elementwise/bin-slope",
  title: "The slope of a bin, and at its edges",
  source: "Durkan, Bekasov, Murray, Papamakarios, Neural Spline Flows, equation 5",
  statement: prose`
The quotient rule gives the slope $\partial y/\partial x$ of a rational-quadratic bin in a form from which one cannot see that it is positive. **Show** that it equals one from which one can. Here t is the position $\xi$, p and q are the slopes
$\delta_k$ and $\delta_{k+1}$. Write \`steps()\`, a list of four lines or more, each equal to the one before:

- first line \`"s*((2*s*t + p*(1 - 2*t))*(s + (p + q - 2*s)*t*(1 - t)) - (s*t^2 + p*t*(1 - t))*(p + q - 2*s)*(1 - 2*t))/(s + (p + q - 2*s)*t*(1 - t))^2"\`,
- last line \`"s^2*(q*t^2 + 2*s*t*(1 - t) + p*(1 - t)^2)/(s + (p + q - 2*s)*t*(1 - t))^2"\`.

Then write \`binSlope(xi, s, first, second)\`, the slope $\partial y/\partial x$ in numbers, with \`first\` for $\delta_k$ and \`second\` for $\delta_{k+1}$. All three lie between $10^{-3}$ and $10^3$, and $\xi$ from 0 to 1, both edges included. Nine digits are to be right; float32 tensors are exact enough.`,
  signatures,
  domains: { binSlope: domain },
  checks,
  hints: [
    "Call $p + q - 2s = e$. In the large bracket two products have a factor $e$: collect them first, without multiplying $e$ out.",
    "What $e$ multiplies is $(2st + p(1 - 2t))\\,t(1 - t) - (st^2 + pt(1 - t))(1 - 2t)$. The terms with $p$ cancel, and $st^2$ is left.",
    "The bracket is then $s(2st + p(1 - 2t)) + e\\,st^2$. Take $s$ out, put $e$ in, and sort by $p$, $q$ and $s$: $p(1 - 2t + t^2) + qt^2 + 2s(t - t^2)$.",
  ],
  reference: { steps: () => [...STEPS], binSlope: slopeAt },
  misconceptions,
  mutants,
  async illustrate(learner) {
    return yoursAgainstAsked(
      grid(0, 1, 41),
      (xi) => learner.binSlope(xi, 0.8, 3, 0.3),
      (xi) => slopeAt(xi, 0.8, 3, 0.3),
      { x: "ξ", y: "slope, for s = 0.8 and 3, 0.3 at the ends" },
    );
  },
});
