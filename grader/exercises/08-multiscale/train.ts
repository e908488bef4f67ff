import { exercise, prose } from "../../exercise.ts";
import { checks } from "./train.checks.ts";
import { domains, signatures } from "./train.domain.ts";
import { misconceptions, mutants } from "./train.misconceptions.ts";
import { fitLevels } from "./train.steered.ts";

export const trainMultiscale = exercise({
  id: "08.train",
  path: "08-multiscale/train",
  title: "Train a multiscale flow of your own",
  source:
    "Section 16.4 of Prince, Understanding Deep Learning; Yu, Derpanis and Brubaker, arXiv:2010.13821v1",
  statement: prose`
Write \`fitMultiscale(pictures)\`. It is given up to 300 grey pictures of 8 × 8 pixels, each a list of 64 numbers in $[0, 1)$, row by row: whole numbers of 32 levels with noise. It trains a multiscale flow of **your own** on them, with a standard normal base, and returns
an object with three methods: \`inverse(x)\` and \`forward(z)\` of one picture, and \`logDensity(pictures)\`, a list with the log-density in nats of each.

Three levels, as in the exercise before. $z$ is a list in the order in which numbers leave: 48 of the first level, 12 of the second, then 4. What is asked of the result:

- 100 pictures from the same source that it has *not* seen take at most 2.6 bits per dimension (5 bits are a code that knows nothing, and a flow in which nothing steers anything takes 3.3), and the density is that of your own map;
- \`forward\` undoes \`inverse\`;
- it goes from coarse to fine: if the first 48 numbers of $z$ change, the mean of each block of 2 × 2 pixels stays, and if the first 60 do, that of each block of 4 × 4.

How you do it is up to you. There is a way without any gradient: take sums and differences, and let each difference have a normal density whose mean is a weighted sum of the coarse numbers near by. Then maximum likelihood is least squares. A training may take 20 seconds of computing; that way takes less than one.`,
  signatures,
  domains: { fitMultiscale: domains },
  checks,
  hints: [
    "Cut all pictures into levels first, as in the exercise before: for each level the picture of the first channels, and three differences for each block. Then fit each difference by itself, level by level.",
    "For one difference make a row of features of each picture: 1, the first channels of the 3 × 3 blocks around, and the differences of the same block that come before it. Solve the normal equations $F^\\top F w = F^\\top d$, with a small number added to the diagonal. The deviation $\\sigma$ is the root of the mean square of what is left.",
    "$z = (d - w^\\top f)/\\sigma$, so each difference contributes $-\\log \\sigma$. Going back begin with the last number, the coarsest; from there on every mean can be computed, as the features are known by then.",
  ],
  standIn: { fitMultiscale: (pictures) => fitLevels(pictures) },
  misconceptions,
  mutants,
  /** One check fits two flows. */
  limits: { seconds: 45 },
  trials: {
    right: 60,
    because:
      "each run trains four flows, and under 150 other seeds none came nearer to the allowed 2.6 bits than 2.38",
  },
});
