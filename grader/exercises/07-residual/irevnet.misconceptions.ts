import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import {
  DETERMINANT,
  first,
  forwardOf,
  halvesOf,
  inverseOf,
  layer,
  type Parts,
  plus,
  second,
  type signatures,
} from "./irevnet.domain.ts";

type Program = Pick<Implementation<typeof signatures>, "reversibleBlock">;
type Map = (parts: Parts, point: readonly number[]) => number[];

/** The right block but for what is given. */
const but = ({ forward = forwardOf, inverse = inverseOf }: { forward?: Map; inverse?: Map }): Program => ({
  reversibleBlock: (...parts) => ({ forward: (h) => forward(parts, h), inverse: (x) => inverse(parts, x) }),
});

const oldFirstHalf: Map = (parts, h) => {
  const [h1, h2] = halvesOf(parts, h);
  return [...plus(h1, first(parts, h2)), ...plus(h2, second(parts, h1))];
};
const inverseInForwardOrder: Map = (parts, x) => {
  const [new1, new2] = halvesOf(parts, x);
  const h1 = plus(new1, first(parts, new2), -1);
  return [...h1, ...plus(new2, second(parts, h1), -1)];
};
const swapped: (map: Map) => Map = (map) => (parts, point) => {
  const [one, two] = halvesOf(parts, map(parts, point));
  return [...two, ...one];
};
const noBias: (map: Map) => Map =
  (map) =>
  ([W1, b1, W2, b2], point) =>
    map([W1, b1.map(() => 0), W2, b2.map(() => 0)], point);

/** With the halves cut in the middle, as far as the sizes let one go on. */
const inTheMiddle = (map: Map): Map => {
  return ([W1, b1, W2, b2], point) => {
    const half = Math.floor(point.length / 2);
    if (half === W1.length) return map([W1, b1, W2, b2], point);
    return point.map(() => Number.NaN);
  };
};

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "second-half-from-the-old-first",
    explanation:
      "Your second residual is computed from the *old* $h_1$. In equation 16.18 it is $f_2[h_1']$, of what the first line has made. With the old one, the inverse does not know how to begin: from $(h_1', h_2')$ neither half can be had without the other.",
    implementation: but({ forward: oldFirstHalf }),
  },
  {
    id: "inverse-in-the-order-of-forward",
    explanation:
      "Going back you begin with $h_1$ again. What came last is undone first: $h_1'$ is given, so $f_2[h_1']$ can be computed and taken off $h_2'$; only then is $h_2$ there, from which $f_1[h_2]$ comes.",
    implementation: but({ inverse: inverseInForwardOrder }),
  },
  {
    id: "first-half-from-the-changed-second",
    explanation:
      "Your $h_2$ is right, and then you compute $f_1$ from the $h_2'$ that was *given*. Forward it was computed from $h_2$: take the one that you have just recovered.",
    implementation: but({
      inverse: (parts, x) => {
        const [new1, new2] = halvesOf(parts, x);
        return [...plus(new1, first(parts, new2), -1), ...plus(new2, second(parts, new1), -1)];
      },
    }),
  },
  {
    id: "residuals-added-once-more",
    explanation: "Going back you *add* the residuals once more. What was added has to be taken off.",
    implementation: but({
      inverse: (parts, x) => {
        const [new1, new2] = halvesOf(parts, x);
        const h2 = plus(new2, second(parts, new1));
        return [...plus(new1, first(parts, h2)), ...h2];
      },
    }),
    variants: [but({ inverse: forwardOf })],
  },
  {
    id: "replaced-instead-of-added",
    explanation:
      "Your halves are *replaced* by $f_1$ and $f_2$. A residual block adds: $h_1' = h_1 + f_1[h_2]$. What is replaced is lost, and a tanh of something else does not bring it back.",
    implementation: but({
      forward: (parts, h) => {
        const [, h2] = halvesOf(parts, h);
        const new1 = first(parts, h2);
        return [...new1, ...second(parts, new1)];
      },
    }),
    variants: [
      but({
        forward: (parts, h) => {
          const [, h2] = halvesOf(parts, h);
          const new1 = first(parts, h2);
          return [...new1, ...plus(h2, second(parts, new1))];
        },
      }),
    ],
  },
  {
    id: "halves-exchanged",
    explanation:
      "Your halves come out exchanged: $h_1'$ stands first. (Between blocks one does exchange or permute them, but that is a layer of its own.)",
    implementation: but({ forward: swapped(forwardOf) }),
    variants: [
      but({ inverse: swapped(inverseOf) }),
      but({ forward: swapped(forwardOf), inverse: swapped(inverseOf) }),
    ],
  },
  {
    id: "biases-forgotten",
    explanation: "The biases are missing: $f_1[h_2] = \\tanh(W_1 h_2 + b_1)$.",
    implementation: but({ forward: noBias(forwardOf), inverse: noBias(inverseOf) }),
    variants: [but({ forward: noBias(forwardOf) }), but({ inverse: noBias(inverseOf) })],
  },
  {
    id: "bias-outside",
    explanation: "Your bias is added outside of the tanh. It stands inside: $\\tanh(W_1 h_2 + b_1)$.",
    implementation: but({
      forward: (parts, h) => {
        const [W1, b1, W2, b2] = parts;
        const [h1, h2] = halvesOf(parts, h);
        const without = (W: Parts[0], b: readonly number[], a: readonly number[]) =>
          plus(
            layer(
              W,
              b.map(() => 0),
              a,
            ),
            b,
          );
        const new1 = plus(h1, without(W1, b1, h2));
        return [...new1, ...plus(h2, without(W2, b2, new1))];
      },
    }),
  },
  {
    id: "tanh-forgotten",
    explanation: "The tanh is missing: your $f_1$ and $f_2$ are linear.",
    implementation: but({
      forward: (parts, h) => {
        const [W1, b1, W2, b2] = parts;
        const [h1, h2] = halvesOf(parts, h);
        const linear = (W: Parts[0], b: readonly number[], a: readonly number[]) =>
          W.map((row, i) => row.reduce((sum, w, j) => sum + w * a[j], b[i]));
        const new1 = plus(h1, linear(W1, b1, h2));
        return [...new1, ...plus(h2, linear(W2, b2, new1))];
      },
    }),
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "first-half-only",
    implementation: but({
      forward: (parts, h) => {
        const [h1, h2] = halvesOf(parts, h);
        return [...plus(h1, first(parts, h2)), ...h2];
      },
    }),
  },
  {
    id: "halves-cut-in-the-middle",
    implementation: but({ forward: inTheMiddle(forwardOf), inverse: inTheMiddle(inverseOf) }),
  },
  { id: "inverse-of-nothing", implementation: but({ inverse: (_parts, x) => [...x] }) },
  { id: "no-steps", implementation: { determinantSteps: () => [DETERMINANT[0], "1"] } },
  { id: "only-the-ends", implementation: { determinantSteps: () => [DETERMINANT[0], "1", "1"] } },
  { id: "backwards", implementation: { determinantSteps: () => [...DETERMINANT].reverse() } },
  {
    id: "taken-for-triangular",
    implementation: {
      determinantSteps: () => [DETERMINANT[0], "det(I1)*det(I2 + B*A)", "det(I1)*det(I2)", "1"],
    },
  },
  {
    id: "nothing-taken-apart",
    implementation: {
      determinantSteps: () => [DETERMINANT[0], "det(blocks(I1, A, B, B*A + I2))", "1"],
    },
  },
];
