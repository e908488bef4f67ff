import type { Misconception, Mutant } from "../../exercise.ts";
import { determinant, inverse, type Matrix, transpose } from "../../oracle/matrices.ts";
import { texFraction } from "../../variants/tex.ts";
import type { Matrices, signatures } from "./16-4-inverses.domain.ts";

const each = (a: Matrix, f: (value: number, i: number, j: number) => number): number[][] =>
  a.map((row, i) => row.map((value, j) => f(value, i, j)));

const trace = (a: Matrix): number => a.reduce((sum, row, i) => sum + row[i], 0);

export function misconceptions({ omega1, omega2 }: Matrices): readonly Misconception<typeof signatures>[] {
  const [right1, right2] = [inverse(omega1), inverse(omega2)];
  const negative = Math.min(...omega1.flat());
  // In the textbook's Ω₂ both are 8.
  const hides = trace(omega2) === determinant(omega2);
  return [
    {
      id: "trace-instead-of-determinant",
      explanation: `You **added** the diagonal. A determinant multiplies: stretching by $a$ along one axis and by $b$ along another makes an area $ab$ times as large, not $a + b$ times.${hides ? ` (For $\\Omega_2$ sum and product happen to be the same number, ${trace(omega2)}, so that this slip hides there.)` : ""}`,
      implementation: {
        determinant1: () => trace(omega1),
        ...(!hides && { determinant2: () => trace(omega2) }),
      },
      ...(!hides && {
        variants: [{ determinant1: () => trace(omega1) }, { determinant2: () => trace(omega2) }],
      }),
    },
    {
      id: "determinant-without-sign",
      explanation:
        "You gave the size of the determinant. It has a sign: one negative number on the diagonal mirrors space. Densities need only the absolute value, but the question is for the determinant itself.",
      implementation: { determinant1: () => Math.abs(determinant(omega1)) },
    },
    {
      id: "determinant-of-the-inverse",
      explanation:
        "That is the determinant of the inverse. It is one over the one asked for: what $\\Omega$ stretches, $\\Omega^{-1}$ shrinks by the same factor.",
      implementation: {
        determinant1: () => 1 / determinant(omega1),
        determinant2: () => 1 / determinant(omega2),
      },
    },
    {
      id: "log-of-the-determinant",
      explanation:
        "That is $\\log|\\det \\Omega|$, which a flow adds up. Here the determinant itself is asked for.",
      implementation: {
        determinant1: () => Math.log(Math.abs(determinant(omega1))),
        determinant2: () => Math.log(determinant(omega2)),
      },
    },
    {
      id: "negated-instead-of-inverted",
      explanation:
        "You turned the signs of the entries. The inverse of *multiplying* by 2 is dividing by 2; the other sign would undo an addition.",
      implementation: { inverse1: () => each(omega1, (v) => 0 - v) },
      variants: [{ inverse2: () => each(omega2, (v) => 0 - v) }],
    },
    {
      id: "sign-lost-in-the-inverse",
      explanation: `The sign of $${negative}$ got lost. Dividing by $${negative}$ also turns the coordinate round: $1/(${negative}) = ${texFraction(1, negative)}$.`,
      implementation: { inverse1: () => each(right1, Math.abs) },
    },
    {
      id: "reciprocal-of-each-entry",
      explanation:
        "You took one over each entry and left the zeros alone. That is the inverse of a **diagonal** matrix only. Below the diagonal of $\\Omega_2$ the coordinates mix, and to get $z_2$ back one has to take away what $z_1$ has added.",
      implementation: { inverse2: () => each(omega2, (v) => (v === 0 ? 0 : 1 / v)) },
    },
    {
      id: "only-signs-turned-below-the-diagonal",
      explanation:
        "On the diagonal you are right. Below it you turned the signs of the entries, which works when the diagonal is all ones and only one column has anything below it. Here row $i$ is divided by its diagonal entry, and what $z_1$ does to $x_3$ it also does by way of $z_2$: substitute row by row.",
      implementation: { inverse2: () => each(omega2, (v, i, j) => (i === j ? 1 / v : 0 - v)) },
      variants: [{ inverse2: () => each(omega2, (v, i, j) => (i === j ? 1 / v : -v / omega2[i][i] + 0)) }],
    },
    {
      id: "transposed",
      explanation:
        "Rows and columns are exchanged. The inverse of a **lower** triangular matrix is lower triangular too: $z_1$ is known from $x_1$ alone. Write the matrix row by row.",
      implementation: { inverse2: () => transpose(right2) },
    },
    {
      id: "adjugate",
      explanation:
        "That is the matrix of cofactors, transposed. It still has to be divided by the determinant.",
      implementation: {
        inverse1: () => each(right1, (v) => v * determinant(omega1)),
        inverse2: () => each(right2, (v) => v * determinant(omega2)),
      },
      variants: [
        { inverse1: () => each(right1, (v) => v * determinant(omega1)) },
        { inverse2: () => each(right2, (v) => v * determinant(omega2)) },
      ],
    },
    {
      id: "matrix-instead-of-inverse",
      explanation: "You returned $\\Omega$ itself. Which matrix brings $\\Omega z$ back to $z$?",
      implementation: { inverse1: () => each(omega1, (v) => v), inverse2: () => each(omega2, (v) => v) },
    },
  ];
}

/** Wrong programs without a story. */
export function mutants({ omega1, omega2 }: Matrices): readonly Mutant<typeof signatures>[] {
  const [right1, right2] = [inverse(omega1), inverse(omega2)];
  return [
    {
      id: "one-entry-of-the-last-row",
      implementation: { inverse2: () => each(right2, (v, i, j) => (i === 3 && j === 0 ? -v : v)) },
    },
    {
      id: "half-of-the-size",
      implementation: { inverse1: () => right1.slice(0, 3), determinant2: () => 2 * determinant(omega2) },
    },
    {
      id: "one-reciprocal-missing",
      implementation: { inverse1: () => each(right1, (v, i) => (i === 3 ? 4 * v : v)) },
    },
  ];
}
