import { lineFigure, linspace } from "flowlab/figure";
import { exercise, prose } from "../../exercise.ts";
import { grid, panels, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { variedExercise } from "../../variants/varied.ts";
import { checks } from "./16-9-square-roots.checks.ts";
import { type Bins, drawBins, root, signatures, TEXTBOOK, topOf } from "./16-9-square-roots.domain.ts";
import { misconceptions, mutants } from "./16-9-square-roots.misconceptions.ts";

const draw = (to: number, f: (v: number) => number) => {
  const x = linspace(0, to, 500);
  return lineFigure({ series: [{ x, y: x.map(f) }], xTitle: "in", yTitle: "out" });
};

const withBins = (of: Bins) =>
  exercise({
    id: "16.9",
    path: "04-elementwise/16-9-square-roots",
    title: "A flow of square roots",
    source: "Prince, Understanding Deep Learning, Problem 16.9",
    statement: prose`
Put square roots into the bins (equation 16.33, corrected):

$$h' = f[h, \phi] = \sqrt{(Kh - b)\,\phi_{b+1}} + \sum_{k=1}^{b} \sqrt{\phi_k}, \qquad b = \lfloor Kh \rfloor,$$

with $K$ positive $\phi_k$ whose sum is 1. Write \`squareRoots(h, phi)\` for $0 \le h \le 1$, and \`squareRootsInverse(x, phi)\`, its inverse, for $x$ from 0 to $\sum_k \sqrt{\phi_k}$.
Both ends belong to the intervals. Nine digits are to be right; float32 tensors are exact enough. Then **draw** both for ${of.phi === TEXTBOOK.phi ? "the textbook's " : ""}$K = 5$, $\phi = (${of.phi.join(", ")})$:
\`forwardFigure()\` returns the figure of $f$ over its whole interval, \`inverseFigure()\` that of $f^{-1}$ over its own. Each is to have one curve of 200 points or more, evenly spaced, and a title on both axes; the function that is given at the top draws a line through points.`,
    signatures,
    domains: { squareRoots: root.forward, squareRootsInverse: root.inverse },
    checks: checks(of),
    hints: [
      "It is equation 16.12 with a root in each bin: a bin rises by $\\sqrt{\\phi_k}$ in place of $\\phi_k$, and the position in it enters as its root.",
      "Back: look for the bin among the sums of $\\sqrt{\\phi_k}$; with $c$ the sum before it, $x - c = \\sqrt{t\\,\\phi_{b+1}}$. Solve for $t$, and $h = (b + t)/K$.",
      `$t = (x - c)^2/\\phi_{b+1}$. For the figures, 500 places from 0 to 1 and their images; for the inverse from 0 to the sum of the roots, about ${topOf(of).toFixed(3)}.`,
    ],
    reference: {
      squareRoots: root.image,
      squareRootsInverse: root.preimage,
      forwardFigure: () => draw(1, (h) => root.image(h, of.phi)),
      inverseFigure: () => draw(topOf(of), (x) => root.preimage(x, of.phi)),
    },
    misconceptions: misconceptions(of),
    mutants: mutants(of),
    async illustrate(learner) {
      const phi = [...of.phi];
      return panels(
        await yoursAgainstAsked(
          grid(0, 1, 81),
          (h) => learner.squareRoots(h, phi),
          (h) => root.image(h, phi),
          { x: "h", y: "f[h, φ]" },
        ),
        await yoursAgainstAsked(
          grid(0, Math.floor(10 * topOf(of)) / 10, 81),
          (x) => learner.squareRootsInverse(x, phi),
          (x) => root.preimage(x, phi),
          { x: "h′", y: "f⁻¹[h′, φ]" },
        ),
      );
    },
  });

export const squareRoots = variedExercise(withBins, { numbers: TEXTBOOK, draw: drawBins });
