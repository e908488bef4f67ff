import { exercise, prose } from "../../exercise.ts";
import { grid, panels, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { checks } from "./spline-bin.checks.ts";
import { forward, inverse, signatures } from "./spline-bin.domain.ts";
import { misconceptions, mutants } from "./spline-bin.misconceptions.ts";
import { positionAt, shareAt } from "./spline-bin.rational-quadratic.ts";

export const splineBin = exercise({
  id: "04.bin",
  path: "04-elementwise/spline-bin",
  title: "A rational-quadratic bin and its inverse",
  source: "Durkan, Bekasov, Murray, Papamakarios, Neural Spline Flows, equations 4 and 6 to 8",
  statement: prose`
One bin of a rational-quadratic spline, measured in itself: $\xi$ is the position from 0 to 1, $t$ the share of the height from 0 to 1. With $s > 0$ the height over the width and the slopes
$\delta_k, \delta_{k+1} > 0$ at its ends,

$$t = \frac{s\,\xi^2 + \delta_k\,\xi(1 - \xi)}{s + (\delta_k + \delta_{k+1} - 2s)\,\xi(1 - \xi)}.$$

Write \`binForward(xi, s, first, second)\`, the share $t$, where \`first\` is $\delta_k$ and \`second\` is $\delta_{k+1}$; and \`binInverse(share, s, first, second)\`, the $\xi$ in $[0, 1]$ with that share, in closed form.
$s$ and the slopes lie between $10^{-3}$ and $10^3$, and among the bins are *straight* ones, $\delta_k = \delta_{k+1} = s$, and nearly straight ones. Nine digits are to be right there too; float32 tensors are exact enough.`,
  signatures,
  domains: { binForward: forward, binInverse: inverse },
  checks,
  hints: [
    "Multiply by what stands below the line and collect powers of $\\xi$: a quadratic equation.",
    "With $e = \\delta_k + \\delta_{k+1} - 2s$: $a\\xi^2 + b\\xi - s\\,t = 0$ where $b = \\delta_k - t\\,e$ and $a = s - b$. Which root is 0 for $t = 0$?",
    "$\\xi = \\dfrac{2st}{b + \\sqrt{b^2 + 4a\\,st}}$: it divides by $a$ nowhere.",
  ],
  reference: { binForward: shareAt, binInverse: positionAt },
  misconceptions,
  mutants,
  async illustrate(learner) {
    return panels(
      await yoursAgainstAsked(
        grid(0, 1, 41),
        (xi) => learner.binForward(xi, 0.8, 3, 0.3),
        (xi) => shareAt(xi, 0.8, 3, 0.3),
        { x: "ξ", y: "t, for s = 0.8, slopes 3 and 0.3" },
      ),
      await yoursAgainstAsked(
        grid(0, 1, 41),
        (share) => learner.binInverse(share, 0.8, 3, 0.3),
        (share) => positionAt(share, 0.8, 3, 0.3),
        { x: "t", y: "ξ" },
      ),
    );
  },
});
