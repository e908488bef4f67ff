import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { apply, inverse as invert, type Matrix, multiply, solve } from "../../oracle/matrices.ts";
import {
  forwardTruth,
  inverseTruth,
  type Parts,
  permute,
  product,
  type signatures,
  unitLower,
  upperWith,
} from "./plu.domain.ts";

type Program = Implementation<typeof signatures>;
type Flow = ReturnType<Program["pluFlow"]> extends infer F ? Awaited<F> : never;

const sum = (d: readonly number[], f: (v: number) => number): number =>
  d.reduce((total, v) => total + f(v), 0);
const logSize = (v: number): number => Math.log(Math.abs(v));

/** The right flow but for what is given. */
const but = (change: (parts: Parts) => Partial<Flow>): Program => ({
  pluFlow(...parts) {
    const [order, lower, upper, d] = parts;
    return {
      forward: (z) => forwardTruth([order, lower, upper, d, z]),
      inverse: (x) => inverseTruth([order, lower, upper, d, x]),
      logDet: () => sum(d, logSize),
      ...change(parts),
    };
  },
});

/** The flow of another matrix in both directions; the log-determinant stays that of D. */
const ofMatrix = (matrix: (parts: Parts) => Matrix): Program =>
  but((parts) => {
    const w = matrix(parts);
    return { forward: (z) => apply(w, z), inverse: (x) => solve(w, x) };
  });

/** With whatever stands on its own diagonal. */
const ownLower = (a: Matrix): number[][] => a.map((row, i) => row.map((v, j) => (j <= i ? v : 0)));

const backwards = (order: readonly number[]): number[] => order.map((_, i) => order.indexOf(i));

const withOwnDiagonal = ([order, lower, upper, d]: Parts): number[][] =>
  permute(order, multiply(ownLower(lower), upperWith(upper, d)));

/** L from the first row on, in place: what it reads of the rows above it has changed already. */
const lowerInPlace = (lower: Matrix, from: readonly number[]): number[] => {
  const h = [...from];
  for (let i = 0; i < h.length; i++) for (let j = 0; j < i; j++) h[i] += lower[i][j] * h[j];
  return h;
};

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "reads-what-it-has-changed",
    explanation:
      "$L$ reads numbers that it has changed itself: `h[i] += lower[i][j] * h[j]` from the first row on finds in `h[j]` already the new one. Put the result into a list of its own, or begin at the last row.",
    implementation: but(([order, lower, upper, d]) => ({
      forward(z) {
        const h = lowerInPlace(lower, apply(upperWith(upper, d), z));
        return order.map((i) => h[i]);
      },
    })),
  },
  {
    id: "sum-not-divided",
    explanation:
      "On the way back through $U + D$ you divide by $d_i$ before the sum is taken away. $x_i = d_i z_i + \\sum_{j>i} U_{ij} z_j$: first take away, then divide the whole.",
    implementation: but(([order, lower, upper, d]) => ({
      inverse(x) {
        const y = solve(permute(order, unitLower(lower)), x);
        for (let i = y.length - 1; i >= 0; i--)
          y[i] = y[i] / d[i] - y.reduce((total, v, j) => (j > i ? total + upper[i][j] * v : total), 0);
        return y;
      },
    })),
  },
  {
    id: "diagonal-of-lower-used",
    explanation:
      "Your $L$ has the diagonal of `lower` on it. It has to be **ones**: $D$ alone scales. Otherwise two diagonals would say the same thing, and the log-determinant would need both: with 2, 3, 1 on the diagonal of $L$ and $d = (5, 7, 1)$ the determinant is 210, while $D$ alone says 35.",
    implementation: ofMatrix(withOwnDiagonal),
    variants: [
      but((parts) => {
        const w = withOwnDiagonal(parts);
        const [, lower, , d] = parts;
        return {
          forward: (z) => apply(w, z),
          inverse: (x) => solve(w, x),
          logDet: () =>
            sum(d, logSize) +
            sum(
              lower.map((row, i) => row[i]),
              logSize,
            ),
        };
      }),
    ],
  },
  {
    id: "diagonal-of-upper-kept",
    explanation:
      "What stands on the diagonal of `upper` has got into your numbers. Of `upper` only the part **above** the diagonal counts; the diagonal of $U + D$ is `d`.",
    implementation: ofMatrix(([order, lower, upper, d]) =>
      permute(
        order,
        multiply(
          unitLower(lower),
          upperWith(
            upper,
            d.map((v, i) => v + upper[i][i]),
          ),
        ),
      ),
    ),
    variants: [
      ofMatrix(([order, lower, upper]) =>
        permute(
          order,
          multiply(
            unitLower(lower),
            upperWith(
              upper,
              upper.map((row, i) => row[i]),
            ),
          ),
        ),
      ),
    ],
  },
  {
    id: "nothing-is-zero",
    explanation:
      "You multiply by `lower` and `upper` as they are. Each counts only in its triangle: set the other half to 0, the diagonal of $L$ to 1, and that of $U + D$ to `d`.",
    implementation: ofMatrix(([order, lower, upper, d]) =>
      permute(
        order,
        multiply(
          lower,
          upper.map((row, i) => row.map((v, j) => (i === j ? v + d[i] : v))),
        ),
      ),
    ),
    variants: [
      ofMatrix(([order, lower, upper, d]) =>
        permute(
          order,
          multiply(
            lower.map((row, i) => row.with(i, 1)),
            upper.map((row, i) => row.with(i, d[i])),
          ),
        ),
      ),
    ],
  },
  {
    id: "permutation-backwards",
    explanation:
      "You sent number $i$ **to** place `order[i]`. Here place $i$ takes its number **from** `order[i]`: $(P h)_i = h_{order[i]}$. That is the inverse permutation, and for two exchanged numbers both are the same, which is why small examples do not show it.",
    implementation: ofMatrix(([order, lower, upper, d]) => product([backwards(order), lower, upper, d])),
  },
  {
    id: "permutation-first",
    explanation:
      "You permute $z$ and multiply afterwards. In $P L (U + D) z$ the matrix next to $z$ acts first, so $P$ comes **last**.",
    implementation: ofMatrix(([order, lower, upper, d]) => {
      const w = product([order.map((_, i) => i), lower, upper, d]);
      return w.map((row) => permute(backwards(order), row));
    }),
  },
  {
    id: "permutation-forgotten",
    explanation: "Your $P$ does nothing: the numbers come out in the order in which $L$ leaves them.",
    implementation: ofMatrix(([order, lower, upper, d]) =>
      product([order.map((_, i) => i), lower, upper, d]),
    ),
  },
  {
    id: "permutation-not-undone",
    explanation:
      "Going back you do not undo $P$: you permute in the same direction as going forward, or not at all. The inverse of $P$ takes the number at place $i$ of $x$ back to place `order[i]`.",
    implementation: but(([order, lower, upper, d]) => ({
      inverse: (x) =>
        inverseTruth([backwards(order), [...lower] as never, [...upper] as never, [...d], [...x]]),
    })),
    variants: [
      but(([order, lower, upper, d]) => ({
        inverse: (x) =>
          inverseTruth([order.map((_, i) => i), [...lower] as never, [...upper] as never, [...d], [...x]]),
      })),
    ],
  },
  {
    id: "inverse-in-forward-order",
    explanation:
      "Going back you undo the factors in the order in which they acted. It is the other way round, like taking off shoes before socks: first $P$, then $L$, then $U + D$.",
    implementation: but(([order, lower, upper, d]) => {
      const [l, u] = [invert(unitLower(lower)), invert(upperWith(upper, d))];
      return { inverse: (x) => permute(backwards(order), apply(l, apply(u, x))) };
    }),
    variants: [
      but(([order, lower, upper, d]) => {
        const [l, u] = [invert(unitLower(lower)), invert(upperWith(upper, d))];
        return { inverse: (x) => apply(l, apply(u, permute(backwards(order), x))) };
      }),
    ],
  },
  {
    id: "triangles-exchanged",
    explanation:
      "You apply $L$ first and $U + D$ after it. In $L(U + D)z$ the matrix next to $z$ acts first.",
    implementation: ofMatrix(([order, lower, upper, d]) =>
      permute(order, multiply(upperWith(upper, d), unitLower(lower))),
    ),
  },
  {
    id: "brackets-forgotten",
    explanation:
      "You computed $P L U z + D z$. $D$ stands inside the bracket: it fills the empty diagonal of $U$ *before* $L$ and $P$ act.",
    implementation: ofMatrix(([order, lower, upper, d]) => {
      const w = permute(
        order,
        multiply(
          unitLower(lower),
          upperWith(
            upper,
            d.map(() => 0),
          ),
        ),
      );
      return w.map((row, i) => row.map((v, j) => (i === j ? v + d[i] : v)));
    }),
  },
  {
    id: "diagonal-forgotten",
    explanation:
      "$d$ has no effect on your $x$. Without $D$ the diagonal of $U$ is empty, the last coordinate of $Uz$ is always 0, and nothing can be inverted.",
    implementation: but(([order, lower, upper, d]) => ({
      forward: (z) => forwardTruth([[...order], lower as never, upper as never, d.map(() => 0), z]),
    })),
  },
  {
    id: "no-absolute-value",
    explanation:
      "You take the logarithm of $d_i$ as it is. A negative $d_i$ mirrors space and changes no volume: what counts is $\\log|d_i|$. (One well-known text has $\\sum \\log s$ here, without the bars; so has a lecture on Glow.)",
    implementation: but(([, , , d]) => ({ logDet: () => sum(d, Math.log) })),
  },
  {
    id: "logarithm-of-the-determinant",
    explanation:
      "You take the logarithm of the determinant as it is. Where it is negative there is none: what counts is its size. And the product of forty small numbers is 0 in floating point; add up the logarithms of the sizes instead.",
    implementation: but(([, , , d]) => ({ logDet: () => Math.log(d.reduce((a, b) => a * b, 1)) })),
  },
  {
    id: "product-first",
    explanation:
      "You multiply first and take the logarithm of the product. In many dimensions the product is 0 or infinite in floating point, while the sum of the logarithms is an ordinary number.",
    implementation: but(([, , , d]) => ({ logDet: () => Math.log(Math.abs(d.reduce((a, b) => a * b, 1))) })),
  },
  {
    id: "log-det-of-the-inverse",
    explanation:
      "That is the log-determinant of the direction from $x$ to $z$. Asked for is the forward one, which has the other sign.",
    implementation: but(([, , , d]) => ({ logDet: () => -sum(d, logSize) })),
  },
  {
    id: "sum-of-the-diagonal",
    explanation:
      "You add the $d_i$ themselves. A determinant multiplies them, so their *logarithms* are added.",
    implementation: but(([, , , d]) => ({ logDet: () => sum(d, (v) => v) })),
    variants: [but(([, , , d]) => ({ logDet: () => sum(d, Math.abs) }))],
  },
  {
    id: "determinant-without-logarithm",
    explanation:
      "That is the determinant, or its size. A flow adds up logarithms: return $\\log|\\det|$, in nats.",
    implementation: but(([, , , d]) => ({ logDet: () => Math.abs(d.reduce((a, b) => a * b, 1)) })),
    variants: [but(([, , , d]) => ({ logDet: () => d.reduce((a, b) => a * b, 1) }))],
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "only-the-neighbour",
    implementation: but(([order, lower, upper, d]) => ({
      inverse: (x) =>
        inverseTruth([
          [...order],
          lower.map((row, i) => row.map((v, j) => (j === i - 1 ? v : 0))),
          upper.map((row) => [...row]),
          [...d],
          [...x],
        ]),
    })),
  },
  { id: "identity", implementation: but(() => ({ forward: (z) => z, inverse: (x) => x })) },
  { id: "log-det-0", implementation: but(() => ({ logDet: () => 0 })) },
  {
    id: "five-dimensions",
    implementation: but(([order, lower, upper, d]) => ({
      forward: (z) =>
        forwardTruth([[...order], lower as never, upper as never, [...d], z]).map((v, i) => (i < 5 ? v : 0)),
    })),
  },
  {
    id: "small-d-held",
    implementation: but(([order, lower, upper, d]) => ({
      inverse: (x) =>
        inverseTruth([
          [...order],
          lower as never,
          upper as never,
          d.map((v) => (Math.abs(v) < 0.1 ? 0.1 * Math.sign(v) : v)),
          x,
        ]),
    })),
  },
];
