import type { Misconception, Mutant } from "../../exercise.ts";
import { dot } from "../../oracle/matrices.ts";
import type { signatures } from "./planar-flow.domain.ts";

type Numbers = readonly number[];

interface Terms {
  readonly at: number;
  readonly bend: number;
  readonly slope: number;
  /** w·u */
  readonly product: number;
  readonly z: Numbers;
  readonly u: Numbers;
  readonly w: Numbers;
}

const layer = (change: {
  move?: (t: Terms, i: number) => number;
  logDet?: (t: Terms) => number;
  at?: (z: Numbers, w: Numbers, b: number, u: Numbers) => number;
}) => ({
  planar(z: Numbers, u: Numbers, w: Numbers, b: number) {
    const at = (change.at ?? ((p, q, c) => dot(p, q) + c))(z, w, b, u);
    const terms = { at, bend: Math.tanh(at), slope: 1 / Math.cosh(at) ** 2, product: dot(u, w), z, u, w };
    const { move = (t: Terms, i: number) => t.z[i] + t.u[i] * t.bend } = change;
    const { logDet = (t: Terms) => Math.log(Math.abs(1 + t.product * t.slope)) } = change;
    return { x: z.map((_, i) => move(terms, i)), logDet: logDet(terms) };
  },
});

const softplus = (v: number): number => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
const constraining = (of: (u: Numbers, w: Numbers, product: number) => number[]) => ({
  constrain: (u: Numbers, w: Numbers) => of(u, w, dot(u, w)),
});
const along = (u: Numbers, w: Numbers, step: number): number[] => u.map((v, i) => v + step * w[i]);

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "tanh-instead-of-its-slope",
    explanation:
      "Your determinant has $\\tanh$ where its **derivative** belongs. $\\psi(z) = h'(w^\\top z + b)\\,w$, with $h' = 1 - \\tanh^2$. (One of the texts that this course follows has lost the prime, too.)",
    implementation: layer({ logDet: (t) => Math.log(Math.abs(1 + t.product * t.bend)) }),
  },
  {
    id: "slope-forgotten",
    explanation:
      "Your determinant is $1 + w^\\top u$, the same at every $z$. That would be right if tanh were a straight line; its slope $1 - \\tanh^2(w^\\top z + b)$ is missing.",
    implementation: layer({ logDet: (t) => Math.log(Math.abs(1 + t.product)) }),
  },
  {
    id: "slope-without-the-square",
    explanation: "The derivative of tanh is $1 - \\tanh^2$; the square is missing.",
    implementation: layer({ logDet: (t) => Math.log(Math.abs(1 + t.product * (1 - t.bend))) }),
  },
  {
    id: "diagonal-only",
    explanation:
      "You multiply the *diagonal* of the Jacobian, the $1 + h' u_i w_i$. But every coordinate moves with every other here: the matrix is full. The lemma has a sum, not a product: $1 + h'\\sum_i u_i w_i$.",
    implementation: layer({
      logDet: (t) => t.u.reduce((sum, v, i) => sum + Math.log(Math.abs(1 + t.slope * v * t.w[i])), 0),
    }),
  },
  {
    id: "once-for-each-dimension",
    explanation:
      "You count the factor $1 + \\psi^\\top u$ once for *each* dimension. Space is stretched in a single direction, so it comes once.",
    implementation: layer({
      logDet: (t) => t.z.length * Math.log(Math.abs(1 + t.product * t.slope)),
    }),
  },
  {
    id: "one-forgotten",
    explanation:
      "The 1 is missing: you have the determinant-like number of $u\\psi^\\top$ alone. The map is $z$ **plus** something, and where the something is flat nothing is stretched: $\\log 1 = 0$.",
    implementation: layer({ logDet: (t) => Math.log(Math.abs(t.product * t.slope)) }),
  },
  {
    id: "without-logarithm",
    explanation: "That is the determinant. Its logarithm was asked for, in nats.",
    implementation: layer({ logDet: (t) => 1 + t.product * t.slope }),
  },
  {
    id: "of-the-inverse",
    explanation:
      "The sign is that of the way back. `planar` goes from $z$ to $x$, and where it stretches, its log-determinant is positive.",
    implementation: layer({ logDet: (t) => -Math.log(Math.abs(1 + t.product * t.slope)) }),
  },
  {
    id: "no-bend",
    explanation:
      "You move by $u\\,(w^\\top z + b)$ without the tanh. That is a linear flow: a bell stays a bell, however many of them are chained.",
    implementation: layer({ move: (t, i) => t.z[i] + t.u[i] * t.at }),
  },
  {
    id: "along-w",
    explanation: "You move along $w$. $w$ says *where* the plane lies; points are moved along $u$.",
    implementation: layer({ move: (t, i) => t.z[i] + t.w[i] * t.bend }),
  },
  {
    id: "z-left-out",
    explanation: "Your $x$ is only the step, $u\\tanh(\\dots)$. It is added **to $z$**.",
    implementation: layer({ move: (t, i) => t.u[i] * t.bend }),
  },
  {
    id: "b-left-out",
    explanation: "Without $b$ every plane goes through the origin: $h(w^\\top z + b)$.",
    implementation: layer({ at: (z, w) => dot(z, w) }),
  },
  {
    id: "b-in-every-coordinate",
    explanation:
      "You add $b$ to every coordinate of $z$ before the product with $w$, so that it comes in once for each. It is one number, added to the product: $w^\\top z + b$.",
    implementation: layer({
      at: (z, w, b) =>
        dot(
          z.map((v) => v + b),
          w,
        ),
    }),
  },
  {
    id: "u-for-w",
    explanation: "You take $u^\\top z + b$. Which side of the plane $z$ lies on is asked of $w$.",
    implementation: layer({ at: (z, _w, b, u) => dot(z, u) + b }),
  },
  {
    id: "coordinate-by-coordinate",
    explanation:
      "You take tanh of each $w_i z_i + b$ by itself. It is *one* number, $w^\\top z + b$: all points of a plane move alike.",
    implementation: {
      planar(z, u, w, b) {
        const bends = z.map((v, i) => Math.tanh(w[i] * v + b));
        return {
          x: z.map((v, i) => v + u[i] * bends[i]),
          logDet: bends.reduce((sum, t, i) => sum + Math.log(Math.abs(1 + u[i] * w[i] * (1 - t * t))), 0),
        };
      },
    },
  },
  {
    id: "divided-by-the-length",
    explanation:
      "You divide by the length of $w$ where its *square* belongs: a step of $s\\,w$ changes $w^\\top u$ by $s\\,\\|w\\|^2$. For a $w$ of length 1 both are the same.",
    implementation: constraining((u, w, p) => along(u, w, (softplus(p) - 1 - p) / Math.hypot(...w))),
    variants: [constraining((u, w, p) => along(u, w, softplus(p) - 1 - p))],
  },
  {
    id: "old-product-kept",
    explanation:
      "You add $m(w^\\top u)\\,w/\\|w\\|^2$ without taking the old part $w^\\top u$ away. Then $w^\\top\\hat u$ is the *sum* of both.",
    implementation: constraining((u, w, p) => along(u, w, (softplus(p) - 1) / dot(w, w))),
  },
  {
    id: "softplus-without-minus-one",
    explanation:
      "Your $m$ is $\\log(1 + e^v)$, which is above 0. Allowed is everything above $-1$: $m(v) = -1 + \\log(1 + e^v)$. Yours can stretch, but never squeeze.",
    implementation: constraining((u, w, p) => along(u, w, (softplus(p) - p) / dot(w, w))),
  },
  {
    id: "exponential-for-softplus",
    explanation:
      "Your $m$ is $-1 + e^v$. It is above $-1$, but grows wildly; asked for is $-1 + \\log(1 + e^v)$.",
    implementation: constraining((u, w, p) => along(u, w, (Math.exp(p) - 1 - p) / dot(w, w))),
  },
  {
    id: "along-u",
    explanation:
      "You change $u$ along itself. What must stay as it is, is the part *across* $w$; the part along $w$ is set.",
    implementation: constraining((u, _w, p) => u.map((v) => (p === 0 ? v : (v * (softplus(p) - 1)) / p))),
  },
  {
    id: "overflow",
    explanation:
      "For ordinary products you are right. $e^{v}$ is infinite from $v = 710$ on: write $\\log(1 + e^v)$ as $\\max(v, 0) + \\log(1 + e^{-|v|})$.",
    implementation: constraining((u, w, p) => along(u, w, (Math.log(1 + Math.exp(p)) - 1 - p) / dot(w, w))),
  },
  {
    id: "cross-terms-dropped",
    explanation:
      "You left out the products of two small terms, as if they were negligible. They are not: they **cancel**, exactly, and a derivation shows it.",
    implementation: {
      determinantLemma: () => [
        "(1 + u1*p1)*(1 + u2*p2) - u1*p2*u2*p1",
        "(1 + u1*p1)*(1 + u2*p2)",
        "1 + u1*p1 + u2*p2",
      ],
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "clamped",
    implementation: constraining((u, w, p) => (p > -1 ? [...u] : along(u, w, (-1 - p) / dot(w, w)))),
  },
  {
    id: "softplus-replaced-from-12",
    implementation: constraining((u, w, p) => along(u, w, ((p > 12 ? p : softplus(p)) - 1 - p) / dot(w, w))),
  },
  {
    id: "ends-only",
    implementation: {
      determinantLemma: () => ["(1 + u1*p1)*(1 + u2*p2) - u1*p2*u2*p1", "1 + u1*p1 + u2*p2"],
    },
  },
  {
    id: "three-dimensions",
    implementation: layer({ at: (z, w, b) => dot(z.slice(0, 3), w.slice(0, 3)) + b }),
  },
];
