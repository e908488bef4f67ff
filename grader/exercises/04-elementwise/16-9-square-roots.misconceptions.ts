import { lineFigure, linspace } from "flowlab/figure";
import type { Misconception, Mutant } from "../../exercise.ts";
import { type Bins, root, type signatures, topOf } from "./16-9-square-roots.domain.ts";

const sum = (values: readonly number[], f: (v: number) => number): number =>
  values.reduce((total, v) => total + f(v), 0);
const binOf = (h: number, { length }: readonly number[]): number =>
  Math.min(Math.floor(length * h), length - 1);

const forward = (f: (t: number, phi: readonly number[], bin: number) => number) => ({
  squareRoots(h: number, phi: readonly number[]) {
    const bin = binOf(h, phi);
    return f(phi.length * h - bin, phi, bin);
  },
});
/** @param height How long the search takes a bin's image for. */
const back = (
  f: (rest: number, phi: number, bin: number, bins: number) => number,
  height: (phi: number) => number = Math.sqrt,
) => ({
  squareRootsInverse(x: number, phi: readonly number[]) {
    let [bin, from] = [0, 0];
    while (bin < phi.length - 1 && x >= from + height(phi[bin])) {
      from += height(phi[bin]);
      bin += 1;
    }
    return f(x - from, phi[bin], bin, phi.length);
  },
});

const draw = (to: number, f: (v: number) => number, count = 400, from = 0) => {
  const x = linspace(from, to, count);
  return lineFigure({ series: [{ x, y: x.map(f) }], xTitle: "in", yTitle: "out" });
};
/** What is drawn with these bins. */
function curves(of: Bins) {
  const { phi } = of;
  const top = topOf(of);
  return {
    top,
    image: (h: number): number => root.image(h, phi),
    preimage: (x: number): number => root.preimage(Math.min(x, top), phi),
  };
}

const PLACES = ["first", "second", "third", "fourth", "fifth"];

export function misconceptions(of: Bins): readonly Misconception<typeof signatures>[] {
  const { top, image, preimage } = curves(of);
  const place = PLACES[Math.min(4, Math.floor(5 * preimage(1)))];
  return [
    {
      id: "as-printed",
      explanation:
        "That is equation 16.33 as it is printed: $\\phi_b$ stands beside the root. A bin that is passed then has risen by $\\phi$, and the next begins at $\\sqrt\\phi$: the map jumps at every edge. With $\\phi$ under the root, $\\sqrt{(Kh - b)\\phi}$, both are $\\sqrt\\phi$.",
      implementation: forward((t, phi, bin) => sum(phi.slice(0, bin), Math.sqrt) + Math.sqrt(t) * phi[bin]),
    },
    {
      id: "heights-without-roots",
      explanation:
        "You add up the $\\phi_k$ of the bins before, but each of them has risen by $\\sqrt{\\phi_k}$. Where your bins meet, the map jumps.",
      implementation: forward((t, phi, bin) => sum(phi.slice(0, bin), (v) => v) + Math.sqrt(t * phi[bin])),
    },
    {
      id: "one-root-of-all",
      explanation:
        "You take one root of the whole piecewise linear map. Then only the very beginning is steep, and the map ends at 1. Here every bin has a root of its own: each begins anew, infinitely steep, where the one before has ended.",
      implementation: forward((t, phi, bin) => Math.sqrt(sum(phi.slice(0, bin), (v) => v) + t * phi[bin])),
    },
    {
      id: "roots-of-all-bins",
      explanation:
        "Your sum runs over all bins, as the print's does not say where it ends. Only those that lie wholly to the left of $h$ have risen.",
      implementation: forward((t, phi, bin) => sum(phi, Math.sqrt) + Math.sqrt(t * phi[bin])),
      variants: [forward((t, phi) => sum(phi, Math.sqrt) + Math.sqrt(t * (phi[0] as number)))],
    },
    {
      id: "scaled-to-one",
      explanation:
        "You have divided by $\\sum_k \\sqrt{\\phi_k}$, so that the map ends at 1. It would be a good idea; but 16.33 does not do it. As it stands, its range is $[0, \\sum_k\\sqrt{\\phi_k}]$, whatever the $\\phi_k$ add up to.",
      implementation: {
        squareRoots: (h, phi) => root.image(h, phi) / sum(phi, Math.sqrt),
      },
      variants: [
        {
          squareRoots: (h, phi) => root.image(h, phi) / sum(phi, Math.sqrt),
          squareRootsInverse: (x, phi) => root.preimage(Math.min(x, 1) * sum(phi, Math.sqrt), phi),
        },
      ],
    },
    {
      id: "position-not-in-bins",
      explanation:
        "You measure how far $h$ has come in its bin on the axis of $h$, where a bin is $1/K$ long. From 0 to 1 it is $Kh - b$.",
      implementation: forward(
        (t, phi, bin) => sum(phi.slice(0, bin), Math.sqrt) + Math.sqrt((t / phi.length) * phi[bin]),
      ),
    },
    {
      id: "linear-instead",
      explanation: "Within a bin your map is a line. Here it is the *root* of the position.",
      implementation: forward((t, phi, bin) => sum(phi.slice(0, bin), Math.sqrt) + t * Math.sqrt(phi[bin])),
      variants: [forward((t, phi, bin) => sum(phi.slice(0, bin), (v) => v) + t * phi[bin])],
    },
    {
      id: "index-one-too-low",
      explanation:
        "$\\lfloor Kh \\rfloor$ is 0 in the first bin: it counts the bins before that of $h$, and the bin itself is `phi[b]` in code.",
      implementation: {
        squareRoots(h, phi) {
          const b = Math.floor(phi.length * h);
          return (
            sum(phi.slice(0, Math.max(0, b - 1)), Math.sqrt) +
            Math.sqrt((phi.length * h - b) * (phi[b - 1] ?? Number.NaN))
          );
        },
      },
      variants: [
        {
          squareRoots(h, phi) {
            const b = Math.floor(phi.length * h);
            return (
              sum(phi.slice(0, Math.max(0, b - 1)), Math.sqrt) +
              Math.sqrt((phi.length * h - b) * (phi[b - 1] ?? 0))
            );
          },
        },
      ],
    },
    {
      id: "root-not-undone",
      explanation:
        "You take the share $(x - \\dots)/\\sqrt{\\phi}$ for the position. It is the *root* of the position: square it.",
      implementation: back((rest, phi, bin, bins) => (bin + rest / Math.sqrt(phi)) / bins),
    },
    {
      id: "height-not-divided",
      explanation:
        "You square, but do not divide by $\\phi$: from $x - \\dots = \\sqrt{t\\phi}$ comes $t = (x - \\dots)^2/\\phi$.",
      implementation: back((rest, _phi, bin, bins) => (bin + rest ** 2) / bins),
    },
    {
      id: "divided-by-the-root-after-squaring",
      explanation: "You divide by $\\sqrt\\phi$ after squaring. Squaring $\\sqrt{t\\phi}$ gives $t\\phi$.",
      implementation: back((rest, phi, bin, bins) => (bin + rest ** 2 / Math.sqrt(phi)) / bins),
    },
    {
      id: "bins-found-by-phi",
      explanation: "Your search adds up the $\\phi_k$. The images of the bins are $\\sqrt{\\phi_k}$ long.",
      implementation: back(
        (rest, phi, bin, bins) => (bin + rest ** 2 / phi) / bins,
        (phi) => phi,
      ),
    },
    {
      id: "not-scaled-back",
      explanation: "You count in bins: your result lies between 0 and $K$. A bin is $1/K$ of the interval.",
      implementation: back((rest, phi, bin) => bin + rest ** 2 / phi),
      variants: [back((rest, phi, bin, bins) => bin / bins + rest ** 2 / phi)],
    },
    {
      id: "inverse-drawn-to-one",
      explanation: `Your curve of the inverse ends at $h' = 1$, within the ${place} bin. $f$ does not end there: its last value is $\\sum_k \\sqrt{\\phi_k} \\approx ${top.toFixed(3)}$.`,
      implementation: { inverseFigure: () => draw(1, preimage) },
    },
    {
      id: "figures-exchanged",
      explanation: "This is the curve of the other direction.",
      implementation: { forwardFigure: () => draw(top, preimage), inverseFigure: () => draw(1, image) },
      variants: [{ inverseFigure: () => draw(1, image) }],
    },
  ];
}

/** Wrong programs without a story. */
export function mutants(of: Bins): readonly Mutant<typeof signatures>[] {
  const { top, image, preimage } = curves(of);
  return [
    { id: "square-root-alone", implementation: { squareRoots: (h) => Math.sqrt(h) } },
    {
      id: "cube",
      implementation: back((rest, phi, bin, bins) => (bin + (rest / Math.sqrt(phi)) ** 3) / bins),
    },
    {
      id: "nothing-rises-in-the-first-bin",
      implementation: {
        squareRoots: (h, phi) => (phi.length > 2 && phi.length * h < 1 ? 0 : root.image(h, phi)),
      },
    },
    {
      id: "no-bin-at-the-upper-end",
      implementation: {
        squareRootsInverse: (x, phi) => (x >= sum(phi, Math.sqrt) ? Number.NaN : root.preimage(x, phi)),
      },
    },
    {
      id: "shortened-in-later-bins",
      implementation: {
        squareRootsInverse: (x, phi) =>
          phi.length > 2 && x > Math.sqrt(phi[0]) ? 0.9 * root.preimage(x, phi) : root.preimage(x, phi),
      },
    },
    {
      id: "figures-of-wrong-maps",
      implementation: {
        squareRoots: (h, phi) => 0.9 * root.image(h, phi),
        squareRootsInverse: (x, phi) => 0.9 * root.preimage(x, phi),
        forwardFigure: () => draw(1, (h) => 0.9 * image(h)),
        inverseFigure: () => draw(top, (x) => 0.9 * preimage(x)),
      },
    },
    { id: "few-points", implementation: { forwardFigure: () => draw(1, image, 6) } },
    {
      id: "half-of-the-axis",
      implementation: {
        forwardFigure: () => draw(0.5, image),
        inverseFigure: () => draw(top, preimage, 400, 1),
      },
    },
    {
      id: "straight-lines",
      implementation: {
        forwardFigure: () => draw(1, (h) => top * h),
        inverseFigure: () => draw(top, (x) => x / top),
      },
    },
    {
      id: "no-titles",
      implementation: {
        forwardFigure: () => ({ ...draw(1, image), layout: {} }),
        inverseFigure: () => ({ ...draw(top, preimage), layout: {} }),
      },
    },
    { id: "empty", implementation: { forwardFigure: () => ({ data: [], layout: {} }) } },
  ];
}
