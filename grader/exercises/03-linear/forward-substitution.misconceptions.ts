import type { Misconception, Mutant } from "../../exercise.ts";
import { dot, type Matrix, transpose } from "../../oracle/matrices.ts";
import type { signatures } from "./forward-substitution.domain.ts";

/** z row by row; `next` has the rows above. */
const byRows = (next: (L: Matrix, x: readonly number[], z: readonly number[], i: number) => number) => ({
  solveLower(L: readonly (readonly number[])[], x: readonly number[]) {
    const z: number[] = [];
    for (let i = 0; i < x.length; i++) z.push(next(L, x, z, i));
    return z;
  },
});

const above = (row: readonly number[], of: readonly number[], i: number): number =>
  dot(row.slice(0, i), of.slice(0, i));

const logs = (L: Matrix, f: (v: number) => number): number => L.reduce((sum, row, i) => sum + f(row[i]), 0);

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "subtracts-x-instead-of-z",
    explanation:
      "You take away $L_{ij} x_j$. What row $i$ holds besides $L_{ii} z_i$ is $L_{ij} z_j$, with the $z_j$ that you have just found. (In one step from $x$ alone only a diagonal matrix can be undone.)",
    implementation: byRows((L, x, _z, i) => (x[i] - above(L[i], x, i)) / L[i][i]),
  },
  {
    id: "diagonal-not-divided",
    explanation:
      "You never divide by the diagonal: row $i$ gives $L_{ii} z_i$, not yet $z_i$. Your result is right only where the diagonal is all ones.",
    implementation: byRows((L, x, z, i) => x[i] - above(L[i], z, i)),
  },
  {
    id: "divides-before-subtracting",
    explanation:
      "You divide $x_i$ by the diagonal and take the rest away afterwards. The rest stands on the same side as $L_{ii} z_i$: all of $x_i - \\sum_j L_{ij} z_j$ is to be divided. In code, mind the parentheses.",
    implementation: byRows((L, x, z, i) => x[i] / L[i][i] - above(L[i], z, i)),
  },
  {
    id: "adds-instead-of-subtracting",
    explanation: "You add what the coordinates before have contributed. Going back, it has to be taken away.",
    implementation: byRows((L, x, z, i) => (x[i] + above(L[i], z, i)) / L[i][i]),
  },
  {
    id: "only-the-diagonal",
    explanation:
      "You divide by the diagonal, and what stands below it has no effect. Row $i$ also holds $L_{i1} z_1 + \\dots$ of all coordinates before. Is the sum missing, does it read `L[j][i]`, which is 0, or does the loop begin at the last row, when no $z_j$ is known yet?",
    implementation: byRows((L, x, _z, i) => x[i] / L[i][i]),
  },
  {
    id: "only-the-one-before",
    explanation:
      "From row $i$ you take away only what the coordinate just before has contributed. *All* coordinates before do: sum over $j = 1, \\dots, i - 1$.",
    implementation: byRows((L, x, z, i) => (x[i] - (i > 0 ? L[i][i - 1] * z[i - 1] : 0)) / L[i][i]),
  },
  {
    id: "diagonal-in-the-sum",
    explanation:
      "Your sum goes up to $j = i$: with $z_i$ set to $x_i$ before, a multiple of it is taken away from itself. The diagonal is what you divide by; the sum ends before it, in code `j < i`.",
    implementation: byRows((L, x, z, i) => {
      const rest = x[i] - above(L[i], z, i);
      return (rest - L[i][i] * rest) / L[i][i];
    }),
  },
  {
    id: "one-too-few",
    explanation:
      "The sum ends one term too soon: the coordinate just before $z_i$ is left out. It runs over $j = 1, \\dots, i - 1$, in code `j < i`.",
    implementation: byRows((L, x, z, i) => (x[i] - above(L[i], z, Math.max(0, i - 1))) / L[i][i]),
  },
  {
    id: "multiplies",
    explanation: "You computed $L x$, which goes forward. Asked for is the $z$ that $L$ takes *to* $x$.",
    implementation: byRows((L, x, _z, i) => dot(L[i], x)),
  },
  {
    id: "solves-the-transposed",
    explanation:
      "Your $z$ solves $L^\\top z = x$: rows and columns are exchanged, `L[j][i]` stands where `L[i][j]` should. The first index is the row, and of a *lower* triangular matrix the first row holds only one unknown.",
    implementation: {
      solveLower(L, x) {
        const [U, z] = [transpose(L), new Array<number>(x.length).fill(0)];
        for (let i = x.length - 1; i >= 0; i--)
          z[i] = (x[i] - dot(U[i].slice(i + 1), z.slice(i + 1))) / U[i][i];
        return z;
      },
    },
  },
  {
    id: "no-absolute-value",
    explanation:
      "You take the logarithm of the diagonal as it is. A negative number on it mirrors space and leaves volumes as they are: what counts is $\\log|L_{ii}|$.",
    implementation: { logAbsDet: (L) => logs(L, Math.log) },
  },
  {
    id: "logarithm-of-the-determinant",
    explanation:
      "You take the logarithm of the determinant as it is. Where it is negative there is none: what counts is its size. And the product of forty small numbers is 0 in floating point; add up the logarithms of the sizes instead.",
    implementation: { logAbsDet: (L) => Math.log(L.reduce((product, row, i) => product * row[i], 1)) },
  },
  {
    id: "product-first",
    explanation:
      "You multiply first and take the logarithm at the end. For ordinary matrices that is right. The product of forty small numbers is 0 in floating point, and $\\log 0 = -\\infty$; that of forty large ones is infinite. Add up the logarithms instead.",
    implementation: {
      logAbsDet: (L) => Math.log(Math.abs(L.reduce((product, row, i) => product * row[i], 1))),
    },
  },
  {
    id: "determinant-without-logarithm",
    explanation: "That is the determinant, or its size. Asked for is its logarithm, in nats.",
    implementation: { logAbsDet: (L) => Math.abs(L.reduce((product, row, i) => product * row[i], 1)) },
    variants: [{ logAbsDet: (L) => L.reduce((product, row, i) => product * row[i], 1) }],
  },
  {
    id: "trace",
    explanation:
      "You added the diagonal and took the logarithm of the sum. Volumes multiply: it is the logarithms that are added.",
    implementation: { logAbsDet: (L) => Math.log(Math.abs(logs(L, (v) => v))) },
    variants: [{ logAbsDet: (L) => logs(L, (v) => v) }, { logAbsDet: (L) => logs(L, Math.abs) }],
  },
  {
    id: "log-det-of-the-inverse",
    explanation:
      "The sign is wrong: that is $\\log|\\det L^{-1}|$, the logarithm of the direction from $x$ to $z$.",
    implementation: { logAbsDet: (L) => -logs(L, (v) => Math.log(Math.abs(v))) },
  },
  {
    id: "all-entries",
    explanation:
      "You take every number of $L$ into account. Those below the diagonal shear space, and a sheared box has the volume that it had.",
    implementation: {
      logAbsDet: (L) =>
        L.flat()
          .filter((v) => v !== 0)
          .reduce((sum, v) => sum + Math.log(Math.abs(v)), 0),
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "three-rows",
    implementation: byRows((L, x, z, i) => (i > 2 ? 0 : (x[i] - above(L[i], z, i)) / L[i][i])),
  },
  { id: "short", implementation: { solveLower: (_L, x) => x.slice(1) } },
  { id: "zero", implementation: { logAbsDet: () => 0 } },
  {
    id: "small-pivots-skipped",
    implementation: byRows((L, x, z, i) =>
      Math.abs(L[i][i]) < 0.01 ? 0 : (x[i] - above(L[i], z, i)) / L[i][i],
    ),
  },
];
