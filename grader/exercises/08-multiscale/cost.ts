import { exercise, prose } from "../../exercise.ts";
import { checks } from "./cost.checks.ts";
import { numbersDomain, numbersOf, signatures, workDomain, workOf } from "./cost.domain.ts";
import { misconceptions, mutants } from "./cost.misconceptions.ts";

export const cost = exercise({
  id: "08.cost",
  path: "08-multiscale/cost",
  title: "Where the cost goes",
  source: "Section 16.4 of Prince, Understanding Deep Learning, with the steps of Glow, arXiv:1807.03039v2",
  statement: prose`
An image of so many \`pixels\`, with \`channels\` numbers in each, goes from $x$ to $z$ through \`levels\` levels. Each level first *squeezes*: a quarter of the places, four times the channels. Then it takes its steps. If \`leaving\` is 1, half of the channels
leave after each level but the last, and are not seen by later ones; if it is 0, all stay to the end.

- \`numbersPerLevel(pixels, channels, levels, leaving)\`: on how many numbers does each level work? One entry for each level, the finest first.
- \`workPerLevel(pixels, channels, levels, hidden, leaving)\`: how many multiplications does *one step* take at each level? At each of its places a step of a level with $C_\ell$ channels applies a $C_\ell \times C_\ell$ matrix, and an affine coupling whose network sees
  half of the channels and gives $s$ and $t$ for the other half. The network is three convolutions: 3 × 3 to $H$ = \`hidden\` numbers, 1 × 1 from $H$ to $H$, and 3 × 3 from $H$ to what is asked of it. Count a multiplication for each weight at each place, also at the
  border, and nothing else (no activations, no $e^s$).

The number of pixels can be divided by $4^{\text{levels}}$. All are whole numbers, and the counts are to be exact.`,
  signatures,
  domains: { numbersPerLevel: numbersDomain, workPerLevel: workDomain },
  checks,
  hints: [
    "Follow two numbers through the levels: how many places there are, and how many channels. Squeezing divides the first by 4 and multiplies the second by 4; leaving halves the second.",
    "At level $\\ell$ there are $\\text{pixels}/4^\\ell$ places. The channels are $4^\\ell C$ if all stay, and $2^{\\ell + 1} C$ if half leave after each level: 4, 8, 16 for grey pictures.",
    "At one place: $C_\\ell^2 + 9 \\cdot \\tfrac{C_\\ell}{2} \\cdot H + H^2 + 9 \\cdot H \\cdot C_\\ell$. Times the places of the level.",
  ],
  reference: { numbersPerLevel: numbersOf, workPerLevel: workOf },
  misconceptions,
  mutants,
});
