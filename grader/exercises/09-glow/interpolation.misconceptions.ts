import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import {
  angleBetween,
  arcWeights,
  attributeOf,
  type Between,
  dot,
  lengthOf,
  meanOf,
  mix,
  type signatures,
  sphericalOf,
  straightOf,
} from "./interpolation.domain.ts";

type Program = Implementation<typeof signatures>;
type Wrong = Misconception<typeof signatures>;

const arc =
  (of: (...asked: Between) => number[]): Program["sphericalBetween"] =>
  (from, to, t) =>
    of([...from], [...to], t);
const unit = (a: readonly number[]): number[] => a.map((v) => v / lengthOf(a));
const scale = (a: readonly number[], factor: number): number[] => a.map((v) => factor * v);
const ofLabel = (
  latents: readonly (readonly number[])[],
  labels: readonly number[],
  label: number,
): number[][] => latents.filter((_, i) => labels[i] === label).map((z) => [...z]);

/** As it stands in the formula, without care for a sine of 0. */
const bare = (angle: number, t: number): readonly [number, number] => [
  Math.sin((1 - t) * angle) / Math.sin(angle),
  Math.sin(t * angle) / Math.sin(angle),
];

const cosineOf = (a: readonly number[], b: readonly number[]): number =>
  dot(a, b) / (Math.hypot(...a) * Math.hypot(...b));

export const misconceptions: readonly Wrong[] = [
  {
    id: "the-other-way-round",
    explanation: "You go the other way: at $t = 0$ it should be `from`, and `to` at $t = 1$.",
    implementation: {
      straightBetween: (from, to, t) => straightOf([[...from], [...to], 1 - t]),
      sphericalBetween: arc((from, to, t) => sphericalOf([from, to, 1 - t])),
    },
    variants: [
      { straightBetween: (from, to, t) => straightOf([[...from], [...to], 1 - t]) },
      { sphericalBetween: arc((from, to, t) => sphericalOf([from, to, 1 - t])) },
    ],
  },
  {
    id: "straight-for-spherical",
    explanation:
      "That is the straight line once more. Half-way it is shorter than both ends; along the arc the length goes over from one to the other.",
    implementation: { sphericalBetween: arc((...asked) => straightOf(asked)) },
  },
  {
    id: "unit-vectors",
    explanation:
      "Your vectors have length 1 everywhere. Only the *angle* is one of unit vectors; the weights belong to `from` and `to` themselves, so that the ends stay where they are.",
    implementation: { sphericalBetween: arc((a, b, t) => sphericalOf([unit(a), unit(b), t])) },
  },
  {
    id: "angle-of-the-dot-product",
    explanation:
      "You take the arc cosine of $a \\cdot b$ itself. The cosine of the angle is $a \\cdot b / (\\|a\\|\\,\\|b\\|)$; without the lengths it can be larger than 1, of which there is no angle.",
    implementation: { sphericalBetween: arc((a, b, t) => mix(a, b, bare(Math.acos(dot(a, b)), t))) },
    variants: [
      {
        sphericalBetween: arc((a, b, t) =>
          mix(a, b, bare(Math.acos(Math.max(-1, Math.min(1, dot(a, b)))), t)),
        ),
      },
      {
        sphericalBetween: arc((a, b, t) =>
          mix(a, b, arcWeights(Math.acos(Math.max(-1, Math.min(1, dot(a, b)))), t)),
        ),
      },
    ],
  },
  {
    id: "straight-made-as-long",
    explanation:
      "You go along the straight line and give each point another length. Its directions are those of the arc, but not evenly: in its middle they change faster than at its ends. And at both ends the length is that of `from` and of `to`.",
    implementation: {
      sphericalBetween: arc((a, b, t) => {
        const straight = straightOf([a, b, t]);
        return scale(straight, ((1 - t) * lengthOf(a) + t * lengthOf(b)) / lengthOf(straight));
      }),
    },
    variants: [(a: readonly number[]) => Math.sqrt(a.length), () => 1].map((length) => ({
      sphericalBetween: arc((a, b, t) => {
        const straight = straightOf([a, b, t]);
        return scale(straight, length(a) / lengthOf(straight));
      }),
    })),
  },
  {
    id: "length-by-itself",
    explanation:
      "You turn the direction along the arc, and let the length go over by itself. Asked for are the weights of the formula with `from` and `to` as they are: then the length follows from them. (For equal lengths both are the same.)",
    implementation: {
      sphericalBetween: arc((a, b, t) =>
        scale(sphericalOf([unit(a), unit(b), t]), (1 - t) * lengthOf(a) + t * lengthOf(b)),
      ),
    },
    variants: [
      {
        sphericalBetween: arc((a, b, t) =>
          scale(sphericalOf([unit(a), unit(b), t]), lengthOf(a) ** (1 - t) * lengthOf(b) ** t),
        ),
      },
    ],
  },
  {
    id: "degrees",
    explanation: "Your angle is in degrees. `Math.sin` takes radians, and `Math.acos` gives them.",
    implementation: {
      sphericalBetween: arc((a, b, t) => {
        const angle = angleBetween(a, b);
        return mix(a, b, angle < 1e-7 ? [1 - t, t] : bare((angle * 180) / Math.PI, t));
      }),
    },
  },
  {
    id: "right-angle-taken-for-granted",
    explanation:
      "Your weights are $\\cos$ and $\\sin$ of $t \\cdot 90°$. That is right for a right angle; in many dimensions two latents are *nearly* at one, and here the angle may be any.",
    implementation: {
      sphericalBetween: arc((a, b, t) =>
        mix(a, b, [Math.cos((t * Math.PI) / 2), Math.sin((t * Math.PI) / 2)]),
      ),
    },
  },
  {
    id: "square-roots-of-the-weights",
    explanation:
      "Your weights are $\\sqrt{1 - t}$ and $\\sqrt t$. They keep the length where both are at a right angle, but the way is not walked evenly, and at other angles the length is another one.",
    implementation: { sphericalBetween: arc((a, b, t) => mix(a, b, [Math.sqrt(1 - t), Math.sqrt(t)])) },
  },
  {
    id: "not-divided-by-the-sine",
    explanation:
      "Your weights are $\\sin((1-t)\\omega)$ and $\\sin(t\\omega)$. Both have to be divided by $\\sin\\omega$, or the ends are not reached.",
    implementation: {
      sphericalBetween: arc((a, b, t) => {
        const angle = angleBetween(a, b);
        return mix(a, b, [Math.sin((1 - t) * angle), Math.sin(t * angle)]);
      }),
    },
  },
  {
    id: "no-way-to-go",
    explanation:
      "Where both latents point the same way, yours is not a number: the sine of the angle is 0, or rounding has made the cosine larger than 1. Go along the straight line there.",
    implementation: {
      sphericalBetween: arc((a, b, t) => {
        const angle = angleBetween(a, b);
        return mix(a, b, angle < 1e-7 ? [Number.NaN, Number.NaN] : arcWeights(angle, t));
      }),
    },
    // Where rounding leaves the cosine a little below 1, these have a number: which of the values are none depends on it.
    variants: [
      { sphericalBetween: arc((a, b, t) => mix(a, b, bare(Math.acos(cosineOf(a, b)), t))) },
      { sphericalBetween: arc((a, b, t) => mix(a, b, bare(Math.acos(Math.min(1, cosineOf(a, b))), t))) },
    ],
  },
  {
    id: "mean-of-those-with-it",
    explanation:
      "That is the mean latent of those with the attribute: a face, not a change of a face. Take the mean of those without it away.",
    implementation: {
      attributeVector: (latents, labels) => meanOf(ofLabel(latents, labels, 1), latents[0].length),
    },
  },
  {
    id: "from-with-to-without",
    explanation:
      "Your vector points the other way, from those with the attribute to those without. The mean of those *with* it comes first.",
    implementation: { attributeVector: (latents, labels) => scale(attributeOf([latents, labels]), -1) },
  },
  {
    id: "away-from-the-mean-of-all",
    explanation:
      "You take the mean of *all* latents away. Those with the attribute are among them, so your vector is too short: take the mean of those without.",
    implementation: {
      attributeVector: (latents, labels) => {
        const [own, all] = [ofLabel(latents, labels, 1), latents].map((rows) =>
          meanOf(rows, latents[0].length),
        );
        return own.map((v, k) => v - all[k]);
      },
    },
  },
  {
    id: "sums-for-means",
    explanation:
      "You subtract sums, or divide both by the number of all. Each sum is divided by the number of latents of its own kind.",
    implementation: {
      attributeVector: (latents, labels) =>
        latents[0].map((_, k) => latents.reduce((sum, z, i) => sum + (labels[i] === 1 ? z[k] : -z[k]), 0)),
    },
    variants: [
      {
        attributeVector: (latents, labels) =>
          latents[0].map(
            (_, k) =>
              latents.reduce((sum, z, i) => sum + (labels[i] === 1 ? z[k] : -z[k]), 0) / latents.length,
          ),
      },
    ],
  },
  {
    id: "attribute-of-length-1",
    explanation:
      "Your vector has length 1. Its length matters: added once, it leads from the mean of those without to the mean of those with the attribute.",
    implementation: { attributeVector: (latents, labels) => unit(attributeOf([latents, labels])) },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "half-way-always",
    implementation: { straightBetween: (from, to) => straightOf([[...from], [...to], 0.5]) },
  },
  {
    id: "two-numbers-only",
    implementation: {
      straightBetween: (from, to, t) =>
        straightOf([[...from], [...to], t]).map((v, i) => (i < 2 ? v : from[i])),
    },
  },
  {
    id: "obtuse-angles-folded",
    implementation: {
      sphericalBetween: arc((a, b, t) => {
        const angle = angleBetween(a, b);
        return mix(a, b, arcWeights(Math.min(angle, Math.PI - angle), t));
      }),
    },
  },
  {
    id: "first-of-each-kind",
    implementation: {
      attributeVector: (latents, labels) => {
        const [without, having] = [0, 1].map((label) => ofLabel(latents, labels, label)[0]);
        return having.map((v, k) => v - without[k]);
      },
    },
  },
];
