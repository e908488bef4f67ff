import { exercise, prose } from "../../exercise.ts";
import { checks } from "./dependence.checks.ts";
import { countNeeded, follow } from "./dependence.count.ts";
import { asMatrix, domains, signatures } from "./dependence.domain.ts";
import { misconceptions, mutants } from "./dependence.misconceptions.ts";

export const dependence = exercise({
  id: "05.masks",
  path: "05-coupling/dependence",
  title: "Masks that transform everything",
  source: "Section 16.3.3 of Prince, Understanding Deep Learning",
  statement: prose`
A stack of couplings is given by its masks, one row for each coupling; the first row acts first. In a row the number 1 means that this number of $x$ **changes**, 0 that it stays and steers. Each row has at least
one of both. What is asked is which numbers of $x$ *can* depend on which numbers of $z$; scales and shifts may be any functions.

Write \`dependence(masks)\`, a square matrix with 1 in row $i$ and column $j$ if $x_i$ can depend on $z_j$ after all of these couplings, else 0; and \`couplingsNeeded(masks)\`, the smallest number of
couplings after which every $x_i$ depends on every $z_j$, if the masks are taken in turns from the first (after the last the first comes again), or 0 if that never happens. There are 2 to 6 numbers and up to 6 masks.`,
  signatures,
  domains,
  checks,
  hints: [
    "Before the first coupling each number depends on itself: ones on the diagonal. Then go through the masks, one after another.",
    "What changes keeps what it depended on, and takes over all that *those that stay* depend on at that moment. Those that change do not see each other.",
    "For the count, add one mask after another, `masks[k % masks.length]`, until the matrix has no 0. Going through the list of masks once more adds something, or nothing ever will: with $D$ numbers all is said after $D$ rounds, and without success by then it never happens.",
  ],
  reference: { dependence: (masks) => asMatrix(follow(masks)), couplingsNeeded: countNeeded },
  misconceptions,
  mutants,
});
