import type { Misconception } from "../../exercise.ts";
import { apply } from "../../oracle/matrices.ts";
import {
  forwardOf,
  inverseOf,
  logDetOf,
  type Made,
  placesOf,
  RIGHT,
  type signatures,
  sumOfLogs,
  type Ways,
} from "./step.domain.ts";
import {
  but,
  constant,
  couple,
  couplingSum,
  logDetOnly,
  mix,
  normalize,
  placeCount,
  restore,
  secondHalfLogScales,
  sum,
  through,
  turned,
  uncouple,
  unmix,
  withOrder,
  zOnly,
} from "./step.layers.ts";

type Wrong = Misconception<typeof signatures>;

/**
 * Other layers on the way to z, with the log-determinant that goes with them.
 *
 * @param back The way to x, where it has the slip as well.
 */
const ways = (
  id: string,
  explanation: string,
  change: Partial<Ways>,
  back?: (made: Made, z: readonly number[]) => number[],
  stretch = 1,
): Wrong => {
  const other = { ...RIGHT, ...change };
  const both = (made: Made, x: readonly number[]) => ({
    z: inverseOf(made, x, other).z,
    logDet: placeCount(made, x) * constant(made) + stretch * couplingSum(made, x, other),
  });
  return {
    id,
    explanation,
    implementation: but((made) => ({
      inverse: (x) => ({
        z: inverseOf(made, x, other).z,
        logDet: placeCount(made, x) * constant(made) + couplingSum(made, x, other),
      }),
    })),
    variants: [
      zOnly((made, x) => inverseOf(made, x, other).z),
      ...(back
        ? [
            but((made) => ({ inverse: (x) => both(made, x), forward: (z) => back(made, z) })),
            but((made) => ({ forward: (z) => back(made, z) })),
          ]
        : []),
    ],
  };
};

export const misconceptions: readonly Wrong[] = [
  {
    id: "layers-from-the-other-end",
    explanation:
      "You begin with the coupling. From $x$ to $z$ ActNorm comes first, then the matrix, then the coupling; the other order is that of generating.",
    implementation: zOnly(through(couple, mix, normalize)),
  },
  {
    id: "matrix-before-actnorm",
    explanation: "You mix first, and scale and shift then. From $x$ to $z$ ActNorm comes first.",
    implementation: zOnly(through(mix, normalize, couple)),
  },
  {
    id: "undone-in-the-same-order",
    explanation:
      "Your way back undoes the layers in the order in which they came. The last one has to be undone first: coupling, matrix, ActNorm.",
    implementation: but((made) => ({ forward: (z) => through(restore, unmix, uncouple)(made, z) })),
  },
  {
    id: "actnorm-undone-before-the-matrix",
    explanation:
      "Your way back takes ActNorm away before the matrix. After the coupling comes the matrix, and ActNorm last.",
    implementation: but((made) => ({ forward: (z) => through(uncouple, restore, unmix)(made, z) })),
  },
  ways(
    "network-sees-the-half-that-changes",
    "Your network sees the half that changes. On the way back that half is not known yet; the network has to look at the half that *stays*.",
    { seen: (mixed) => mixed.slice(mixed.length / 2) },
  ),
  ways(
    "network-sees-x",
    "Your network sees the picture as it came in. It sees the first half of what ActNorm and matrix have made, which stands in $z$ too, so that the way back can ask it again.",
    { seen: (_mixed, place) => place.slice(0, place.length / 2) },
  ),
  ways(
    "tanh-forgotten",
    "Your log-scales are $S a$. Asked for is $r = \\tanh(S a)$, between −1 and 1, so that no factor is extreme.",
    { bend: (argument) => argument },
    (made, z) => forwardOf(made, z, undefined, (argument) => argument),
  ),
  ways(
    "coupling-the-other-way",
    "Your coupling multiplies by $e^{r}$ and adds $t$ on the way to $z$. That is its way to $x$. To $z$ the shift is taken away, and then it is divided by $e^{r}$.",
    { couple: (v, logScale, shift) => v * Math.exp(logScale) + shift },
    (made, z) => forwardOf(made, z, RIGHT.couple),
    -1,
  ),
  ways(
    "divided-before-shifted",
    "Your coupling divides first and takes the shift away then. The way to $x$ is $z_b\\,e^{r} + t$; undone, the shift goes first.",
    { couple: (v, logScale, shift) => v * Math.exp(-logScale) - shift },
    (made, z) => forwardOf(made, z, (v, logScale, shift) => (v + shift) * Math.exp(logScale)),
  ),
  {
    id: "halves-exchanged",
    explanation:
      "Your second half stays, and steers the first. Here it is the *first* half of a place that stays. (Papers differ in it; codes too.)",
    implementation: but((made) => ({
      inverse: (x) => ({
        z: through(normalize, mix, turned(couple))(made, x),
        logDet: placeCount(made, x) * constant(made) - sum(secondHalfLogScales(made, x)),
      }),
      forward: (z) => through(turned(uncouple), unmix, restore)(made, z),
    })),
    variants: [
      zOnly(through(normalize, mix, turned(couple))),
      logDetOnly((made, x) => placeCount(made, x) * constant(made) - sum(secondHalfLogScales(made, x))),
      but((made) => ({ forward: (z) => through(turned(uncouple), unmix, restore)(made, z) })),
    ],
  },
  {
    id: "matrices-exchanged",
    explanation:
      "You have exchanged the two matrices of the network. $S$ gives the log-scales, $r = \\tanh(S a)$, and $T$ the shifts, $t = T a$.",
    implementation: but((made) => {
      const other = made.with(6, made[7]).with(7, made[6]) as unknown as Made;
      return {
        inverse: (x) => ({ z: inverseOf(other, x).z, logDet: logDetOf(other, x) }),
        forward: (z) => forwardOf(other, z),
      };
    }),
  },
  {
    id: "changed-half-first",
    explanation:
      "Your numbers are right, in the wrong places: what was changed stands before what stays. Each half keeps its place, so that $z$ begins with the half that stays.",
    implementation: zOnly(
      through(normalize, mix, (made, h) => {
        const coupled = couple(made, h);
        return [...coupled.slice(h.length / 2), ...coupled.slice(0, h.length / 2)];
      }),
    ),
  },
  {
    id: "permutation-the-other-way-round",
    explanation:
      "Your permutation is the inverse one. As in 09.conv, $(P h)_i = h_{order[i]}$. (Where it only exchanges two, both are the same.)",
    implementation: but((made) => {
      const other = withOrder(
        made,
        made[2].map((_, i) => made[2].indexOf(i)),
      );
      return {
        inverse: (x) => ({ z: inverseOf(other, x).z, logDet: logDetOf(other, x) }),
        forward: (z) => forwardOf(other, z),
      };
    }),
    variants: [
      but((made) => {
        const other = withOrder(
          made,
          made[2].map((_, i) => made[2].indexOf(i)),
        );
        return { inverse: (x) => ({ z: inverseOf(other, x).z, logDet: logDetOf(other, x) }) };
      }),
      but((made) => ({
        forward: (z) =>
          forwardOf(
            withOrder(
              made,
              made[2].map((_, i) => made[2].indexOf(i)),
            ),
            z,
          ),
      })),
    ],
  },
  {
    id: "half-of-the-list",
    explanation:
      "You cut the whole list in two. In a coupling of channels half of the channels of *each place* stays, and steers the other half of this place.",
    implementation: zOnly((made, x) => {
      const mixed = through(normalize, mix)(made, x);
      const half = mixed.length / 2;
      const own = made[5].length / 2;
      const kept = placesOf(mixed.slice(0, half), own);
      const shifts = kept.flatMap((a) => apply(made[7], a));
      const logScales = kept.flatMap((a) => apply(made[6], a).map(Math.tanh));
      return mixed.map((v, at) =>
        at < half ? v : (v - shifts[at - half]) * Math.exp(-logScales[at - half]),
      );
    }),
  },
  {
    id: "log-determinant-of-the-coupling-alone",
    explanation:
      "Your log-determinant is that of the coupling. ActNorm and the matrix stretch, too: $\\sum \\log|\\text{scale}| + \\sum \\log|s|$ at each place.",
    implementation: logDetOnly((made, x) => couplingSum(made, x)),
  },
  {
    id: "log-determinant-without-the-coupling",
    explanation:
      "Your log-determinant lacks the coupling: $-\\sum \\tanh(S a)$, another number at each place.",
    implementation: logDetOnly((made, x) => placeCount(made, x) * constant(made)),
  },
  {
    id: "log-determinant-without-the-matrix",
    explanation: "Your log-determinant lacks the matrix: $\\sum \\log|s|$ at each place.",
    implementation: logDetOnly((made, x) => placeCount(made, x) * sumOfLogs(made[0]) + couplingSum(made, x)),
  },
  {
    id: "log-determinant-without-actnorm",
    explanation: "Your log-determinant lacks ActNorm: $\\sum \\log|\\text{scale}|$ at each place.",
    implementation: logDetOnly((made, x) => placeCount(made, x) * sumOfLogs(made[5]) + couplingSum(made, x)),
  },
  {
    id: "constant-part-once",
    explanation:
      "You count ActNorm's and the matrix's part once. Both act at every place, and count $h \\cdot w$ times.",
    implementation: logDetOnly((made, x) => constant(made) + couplingSum(made, x)),
  },
  {
    id: "coupling-with-the-wrong-sign",
    explanation:
      "The coupling's part has the wrong sign. On the way to $z$ it *divides* by $e^{\\tanh(Sa)}$, so that $\\tanh(S a)$ is taken away.",
    implementation: logDetOnly((made, x) => placeCount(made, x) * constant(made) - couplingSum(made, x)),
  },
  {
    id: "log-determinant-of-the-other-direction",
    explanation: "Your log-determinant is that from $z$ to $x$: all signs are turned round.",
    implementation: logDetOnly((made, x) => -logDetOf(made, x)),
  },
  {
    id: "logarithm-of-a-negative-number",
    explanation:
      "Your log-determinant is not a number where a scale or an $s$ is negative: take $\\log|\\cdot|$.",
    implementation: logDetOnly(
      (made, x) => placeCount(made, x) * sum([...made[0], ...made[5]].map(Math.log)) + couplingSum(made, x),
    ),
  },
];
