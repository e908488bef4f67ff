import type { Misconception, Mutant } from "../../exercise.ts";
import type { signatures } from "./chain-log-determinant.domain.ts";

type Row = readonly number[];
type Point = readonly number[];

const bent = (v: number): number => -0.5 * Math.log1p(v * v);
const det = ([a, b, c, d]: Row): number => a * d - b * c;
const arrive = ([a, b, c, d, e, f]: Row, [p, q]: Point): number[] => [a * p + b * q + e, c * p + d * q + f];
const leave = (row: Row, [p, q]: Point): number[] => {
  const [a, b, c, d, e, f] = row;
  return [(d * (p - e) - b * (q - f)) / det(row), (a * (q - f) - c * (p - e)) / det(row)];
};

interface Slip {
  /** log|det| of one layer: `before` the matrix, `at` behind it, `after` the bend; `start` is where the whole began. */
  readonly logDet?: (row: Row, before: Point, at: Point, after: Point, start: Point) => number;
  readonly order?: (layers: readonly Row[]) => readonly Row[];
  readonly step?: (row: Row, from: Point, start: Point) => readonly [at: number[], after: number[]];
}

const layerLogDet = (row: Row, _before: Point, at: Point): number =>
  Math.log(Math.abs(det(row))) + bent(at[0]) + bent(at[1]);
const keepOrder = (layers: readonly Row[]): readonly Row[] => layers;
const forwardStep = (row: Row, from: Point): readonly [number[], number[]] => {
  const at = arrive(row, from);
  return [at, at.map(Math.asinh)];
};

const chaining = ({ logDet = layerLogDet, order = keepOrder, step = forwardStep }: Slip) => ({
  chain(layers: readonly Row[], z: Point) {
    let [x, sum] = [[...z], 0];
    for (const row of order(layers)) {
      const [at, after] = step(row, x, z);
      sum += logDet(row, x, at, after, z);
      x = after;
    }
    return { x, logDet: sum };
  },
});

const backwardStep = (row: Row, from: Point): readonly [number[], number[]] => {
  const at = from.map(Math.sinh);
  return [at, leave(row, at)];
};
const reverse = (layers: readonly Row[]): readonly Row[] => layers.toReversed();

/** `before` is what comes in, `at` lies between bend and matrix. */
const unchaining = ({ logDet = layerLogDet, order = reverse, step = backwardStep }: Slip, sign = -1) => ({
  unchain(layers: readonly Row[], x: Point) {
    let [z, sum] = [[...x], 0];
    for (const row of order(layers)) {
      const [at, after] = step(row, z, x);
      sum += sign * logDet(row, z, at, after, x);
      z = after;
    }
    return { z, logDet: sum };
  },
});

/** The same slip in the sums of both directions. */
const inBoth = (logDet: NonNullable<Slip["logDet"]>) => ({
  implementation: { ...chaining({ logDet }), ...unchaining({ logDet }) },
  variants: [chaining({ logDet }), unchaining({ logDet })],
});

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "all-slopes-at-z",
    explanation:
      "You take the slopes of every layer at the point where the **whole chain** begins. The chain rule takes each layer's Jacobian at the point that *arrives* there: $\\partial f_2/\\partial f_1$ is to be evaluated at $f_1[z]$.",
    implementation: chaining({
      logDet: (row, _b, _at, _after, z) => layerLogDet(row, z, arrive(row, z)),
    }),
    variants: [chaining({ logDet: (row, _b, _at, _after, z) => layerLogDet(row, z, z) })],
  },
  {
    id: "slope-before-the-matrix",
    explanation:
      "Your slopes of asinh are taken where the point is *before* the matrix. The bend acts on $\\Omega h + \\beta$, so its slope has to be taken there.",
    implementation: chaining({ logDet: (row, before) => layerLogDet(row, before, before) }),
  },
  {
    id: "slope-after-the-bend",
    explanation:
      "Your slopes of asinh are taken at its *output*. $1/\\sqrt{1 + a^2}$ needs what goes in, $a = \\Omega h + \\beta$.",
    implementation: chaining({ logDet: (row, _b, _at, after) => layerLogDet(row, after, after) }),
    variants: [unchaining({ logDet: (row, before) => layerLogDet(row, before, before) })],
  },
  {
    id: "only-the-matrices",
    explanation:
      "Only the matrices count in your sum. The bend stretches and squeezes as well, each coordinate by its own slope: $\\log 1/\\sqrt{1 + a_i^2}$ for both.",
    ...inBoth((row) => Math.log(Math.abs(det(row)))),
  },
  {
    id: "only-the-bends",
    explanation:
      "Only the bends count in your sum. Each matrix multiplies areas by $|\\det\\Omega_k|$, and its logarithm is missing.",
    ...inBoth((_row, _b, at) => bent(at[0]) + bent(at[1])),
  },
  {
    id: "no-absolute-value",
    explanation:
      "You take the logarithm of the determinant as it is, so that it is NaN where a matrix mirrors the plane. A mirrored area is still an area: $\\log|\\det|$.",
    ...inBoth((row, _b, at) => Math.log(det(row)) + bent(at[0]) + bent(at[1])),
  },
  {
    id: "determinant-with-a-plus",
    explanation:
      "The determinant of $\\begin{bmatrix}a&b\\\\c&d\\end{bmatrix}$ is $ad - bc$. Yours has a plus there: with it, two parallel columns would span an area.",
    ...inBoth(([a, b, c, d], _b, at) => Math.log(Math.abs(a * d + b * c)) + bent(at[0]) + bent(at[1])),
  },
  {
    id: "diagonal-only",
    explanation:
      "You multiply the diagonal of the matrix and leave the rest out: that is a *lazy* determinant, right only where one of the other two entries is 0. The area is $|ad - bc|$.",
    ...inBoth(([a, , , d], _b, at) => Math.log(Math.abs(a * d)) + bent(at[0]) + bent(at[1])),
  },
  {
    id: "one-slope-of-two",
    explanation:
      "The bend acts on both coordinates, and its Jacobian is diagonal with *two* slopes. You count only one of them.",
    ...inBoth((row, _b, at) => Math.log(Math.abs(det(row))) + bent(at[0])),
  },
  {
    id: "slope-without-the-root",
    explanation:
      "The derivative of asinh is $1/\\sqrt{1 + a^2}$. You have $1/(1 + a^2)$, which is that of the arctangent.",
    ...inBoth((row, _b, at) => Math.log(Math.abs(det(row))) + 2 * bent(at[0]) + 2 * bent(at[1])),
  },
  {
    id: "slope-of-the-other-direction",
    explanation:
      "You add $+\\tfrac12\\log(1 + a^2)$ beside the matrix's $\\log|\\det\\Omega|$. That is the slope of *sinh*, the way back; asinh flattens, so its part is negative where the matrix's part of the same direction is positive.",
    ...inBoth((row, _b, at) => Math.log(Math.abs(det(row))) - bent(at[0]) - bent(at[1])),
  },
  {
    id: "only-the-last-layer",
    explanation:
      "Your log-determinant is that of one layer, the last that you visit. Add them: determinants of a chain multiply.",
    implementation: {
      chain(layers, z) {
        const { x } = chaining({}).chain(layers, z);
        const before = chaining({}).chain(layers.slice(0, -1), z).x;
        const last = layers[layers.length - 1];
        return { x, logDet: layerLogDet(last, before, arrive(last, before)) };
      },
    },
  },
  {
    id: "product-before-the-logarithm",
    explanation:
      "You multiply all determinants and take the logarithm at the end. For a few layers that is right. The determinants of a hundred layers that shrink have a product smaller than any number above 0, and $\\log 0 = -\\infty$. Add logarithms layer by layer.",
    implementation: {
      chain(layers, z) {
        let product = 1;
        const { x } = chaining({
          logDet: (row, before, at) => {
            product *= Math.exp(layerLogDet(row, before, at));
            return 0;
          },
        }).chain(layers, z);
        return { x, logDet: Math.log(product) };
      },
    },
  },
  {
    id: "determinant-not-its-logarithm",
    explanation: "That is the determinant itself, or its size. Asked for is its logarithm, in nats.",
    implementation: {
      chain(layers, z) {
        const { x, logDet } = chaining({}).chain(layers, z);
        return { x, logDet: Math.exp(logDet) };
      },
    },
    variants: [
      {
        unchain(layers, x) {
          const { z, logDet } = unchaining({}).unchain(layers, x);
          return { z, logDet: Math.exp(logDet) };
        },
      },
    ],
  },
  {
    id: "last-layer-first",
    explanation:
      "Your chain applies the *last* row first. $f = f_K \\circ \\dots \\circ f_1$: $f_1$, the first row, meets $z$.",
    implementation: chaining({ order: reverse }),
  },
  {
    id: "undone-in-the-same-order",
    explanation:
      "On the way back you begin with the first layer. Whoever puts on socks and then shoes takes off the shoes first: the layer that acted **last** is undone first.",
    implementation: unchaining({ order: keepOrder }),
  },
  {
    id: "every-layer-from-z",
    explanation: "Each of your layers begins at $z$ again. A layer takes what the one before has made.",
    implementation: chaining({ step: (row, _from, z) => forwardStep(row, z) }),
  },
  {
    id: "first-coordinate-already-new",
    explanation:
      "Your second coordinate is made of the *new* first one: `h[0]` is overwritten before `h[1]` has used it. Both rows of $\\Omega$ take the same old $h$, so keep it until both are computed.",
    implementation: chaining({
      step: ([a, b, c, d, e, f], [p, q]) => {
        const first = a * p + b * q + e;
        const at = [first, c * Math.asinh(first) + d * q + f];
        return [at, at.map(Math.asinh)];
      },
    }),
    variants: [
      chaining({
        step: ([a, b, c, d, e, f], [p, q]) => {
          const first = a * p + b * q + e;
          const at = [first, c * first + d * q + f];
          return [at, at.map(Math.asinh)];
        },
      }),
    ],
  },
  {
    id: "not-divided-by-the-determinant",
    explanation:
      "$\\begin{bmatrix}d&-b\\\\-c&a\\end{bmatrix}$ is not yet the inverse of $\\begin{bmatrix}a&b\\\\c&d\\end{bmatrix}$: multiply the two, and $ad - bc$ stands on the diagonal. Divide by it.",
    implementation: unchaining({
      // Divided and multiplied again, the last digits would be others, and sinh of sinh makes much of them.
      step: ([a, b, c, d, e, f], from) => {
        const at = from.map(Math.sinh);
        const [p, q] = [at[0] - e, at[1] - f];
        return [at, [d * p - b * q, a * q - c * p]];
      },
    }),
  },
  {
    id: "matrix-transposed",
    explanation:
      "Your matrix is transposed: the row $(a, b, c, d, e, f)$ stands for $\\begin{bmatrix}a&b\\\\c&d\\end{bmatrix}$, so the first coordinate becomes $a z_1 + b z_2 + e$. (Its determinant is the same, so that only the points tell.)",
    implementation: chaining({
      step: ([a, b, c, d, e, f], from) => forwardStep([a, c, b, d, e, f], from),
    }),
    variants: [unchaining({ step: ([a, b, c, d, e, f], from) => backwardStep([a, c, b, d, e, f], from) })],
  },
  {
    id: "shift-taken-away-last",
    explanation:
      "You undo the matrix first and take $\\beta$ away afterwards. It was added **after** the matrix, so it goes before: $\\Omega^{-1}(\\sinh h - \\beta)$.",
    implementation: unchaining({
      step: (row, from) => {
        const at = from.map(Math.sinh);
        const [p, q] = leave([...row.slice(0, 4), 0, 0], at);
        return [at, [p - row[4], q - row[5]]];
      },
    }),
  },
  {
    id: "log-det-of-the-way-there",
    explanation:
      "Your sum is that of the forward direction. `unchain` asks for $\\log|\\det \\partial z/\\partial x|$ of its own: what was stretched there is squeezed back.",
    implementation: unchaining({}, 1),
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "five-layers-at-most",
    implementation: chaining({ order: (layers) => layers.slice(0, 5) }),
  },
  {
    id: "shift-forgotten",
    implementation: chaining({ step: (row, from) => forwardStep([...row.slice(0, 4), 0, 0], from) }),
  },
  {
    id: "no-log-det",
    implementation: { ...chaining({ logDet: () => 0 }), ...unchaining({ logDet: () => 0 }) },
  },
];
