import { exercise, prose } from "../../exercise.ts";
import { variedExercise } from "../../variants/varied.ts";
import { checks } from "./exact-and-lazy.checks.ts";
import {
  drawFooling,
  exactDomain,
  exactTruth,
  type Fooling,
  fooledDomain,
  fooledTruth,
  lazyDomain,
  lazyTruth,
  PLAIN,
  signatures,
} from "./exact-and-lazy.domain.ts";
import { misconceptions, mutants } from "./exact-and-lazy.misconceptions.ts";
import { texDeterminant, texFooling } from "./exact-and-lazy.texts.ts";

const withFooling = (of: Fooling) =>
  exercise({
    id: "02.lazy",
    path: "02-general-case/exact-and-lazy",
    title: "The exact log-determinant against a lazy one",
    source: "Section 16.2.2 of Prince, Understanding Deep Learning, the fourth requirement",
    statement: prose`
A determinant costs $\mathcal{O}(D^3)$. A lazy colleague proposes to look at the diagonal of the Jacobian only.

- \`exactLogDet(J)\`: $\log|\det J|$ in nats for a square matrix that is not singular, of 1 to 12 dimensions, also where the determinant itself is too small or too large for a number.
- \`lazyLogDet(J)\`: the colleague's $\sum_i \log|J_{ii}|$, for matrices without a 0 on the diagonal.
- \`fooled(factor)\`: the $b \ge 0$ with which $${texFooling(of)}$ makes areas larger by that factor, any number from 1 on. The lazy one says of all of them: nothing changes.

Eight digits are to be right, so work with numbers, not with float32 tensors. \`J\` stays as it is.`,
    signatures,
    domains: { exactLogDet: exactDomain, lazyLogDet: lazyDomain, fooled: fooledDomain },
    checks: checks(of),
    hints: [
      "Taking a multiple of one row away from another is a shear: the determinant stays. Exchanging two rows changes only its sign.",
      "Column by column: bring the entry of the largest size (of those not yet used) to the diagonal, and clear what stands below it. The matrix is then triangular.",
      `Work on a copy, \`J.map((row) => [...row])\`, and add \`Math.log(Math.abs(pivot))\` for each pivot. For \`fooled\`, the determinant is $${texDeterminant(of)}$.`,
    ],
    reference: {
      exactLogDet: (J) => exactTruth([J]),
      lazyLogDet: (J) => lazyTruth([J]),
      fooled: (factor) => fooledTruth(of, factor),
    },
    misconceptions: misconceptions(of),
    mutants: mutants(of),
  });

export const exactAndLazy = variedExercise(withFooling, { numbers: PLAIN, draw: drawFooling });
