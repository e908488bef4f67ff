import { exercise, prose } from "../../exercise.ts";
import { grid, panels, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { checks } from "./piecewise-map.checks.ts";
import { line, signatures } from "./piecewise-map.domain.ts";
import { misconceptions, mutants } from "./piecewise-map.misconceptions.ts";

export const piecewiseMap = exercise({
  id: "04.piecewise",
  path: "04-elementwise/piecewise-map",
  title: "A piecewise linear map and its inverse",
  source: "Section 16.3.2 of Prince, Understanding Deep Learning",
  statement: prose`
Write \`piecewiseForward(h, phi)\`, equation 16.12 as it stands above, for a number $h$ from 0 to 1 and positive heights $\phi_1, \dots, \phi_K$ whose sum is 1; and
\`piecewiseInverse(x, phi)\`, the $h$ that it takes to $x$, for $x$ from 0 to the sum of the heights. Both ends of the interval belong to it. There is at least one bin, and \`phi\`
stays as it is. Nine digits are to be right; float32 tensors are exact enough.`,
  signatures,
  domains: { piecewiseForward: line.forward, piecewiseInverse: line.inverse },
  checks,
  hints: [
    "Forward, the bin is found by a division, as all bins are equally wide. Back, bin $k$ is as long as it was high.",
    "Back: go through the sums $\\phi_1$, $\\phi_1 + \\phi_2$, … until the next one is beyond $x$. In that bin, which share of its height has $x$ come?",
    "With $b$ bins passed and $c$ their sum, $h = \\big(b + (x - c)/\\phi_{b+1}\\big)/K$. Let the search end at the last bin.",
  ],
  reference: { piecewiseForward: line.image, piecewiseInverse: line.preimage },
  misconceptions,
  mutants,
  async illustrate(learner) {
    const phi = [0.1, 0.2, 0.5, 0.1, 0.1];
    return panels(
      await yoursAgainstAsked(
        grid(0, 1, 61),
        (h) => learner.piecewiseForward(h, phi),
        (h) => line.image(h, phi),
        { x: "h", y: "f[h, φ]" },
      ),
      await yoursAgainstAsked(
        grid(0, 0.999, 61),
        (x) => learner.piecewiseInverse(x, phi),
        (x) => line.preimage(x, phi),
        { x: "x", y: "f⁻¹[x, φ]" },
      ),
    );
  },
});
