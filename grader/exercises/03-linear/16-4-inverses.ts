import { exercise, prose } from "../../exercise.ts";
import { determinant, inverse } from "../../oracle/matrices.ts";
import { texFactor, texFraction, texMatrix } from "../../variants/tex.ts";
import { variedExercise } from "../../variants/varied.ts";
import { checks } from "./16-4-inverses.checks.ts";
import { byHand, drawMatrices, type Matrices, signatures, TEXTBOOK } from "./16-4-inverses.domain.ts";
import { misconceptions, mutants } from "./16-4-inverses.misconceptions.ts";

/** The two lowest equations of Ω₂ z = x, and what z₂ is by them. */
function secondRow({ omega2: [[first], [a, second]] }: Matrices) {
  const rest = `x_2 ${a < 0 ? "+" : "-"} ${texFactor(Math.abs(a))}z_1`;
  return {
    equations: `x_1 = ${texFactor(first)}z_1$, $x_2 = ${texFactor(a)}z_1 + ${texFactor(second)}z_2`,
    solved: second === 1 ? rest : `(${rest})/${second}`,
    row: `${texFraction(-a, first * second)}, ${texFraction(1, second)}, 0, 0`,
  };
}

const withMatrices = (of: Matrices) =>
  exercise({
    id: "16.4",
    path: "03-linear/16-4-inverses",
    title: "Inverses and determinants by hand",
    source: "Prince, Understanding Deep Learning, Problem 16.4",
    statement: prose`
With paper and pencil, find the inverses and the determinants of

$$\Omega_1 = ${texMatrix(of.omega1)}, \qquad
\Omega_2 = ${texMatrix(of.omega2)},$$

and write them down: the matrices row by row, the determinants with their sign. Fractions may stand as they are, \`1 / 2\`.`,
    signatures,
    domains: { inverse1: byHand, determinant1: byHand, inverse2: byHand, determinant2: byHand },
    checks: checks(of),
    hints: [
      "A diagonal matrix multiplies each coordinate by a number of its own. A triangular one does so too, after it has added multiples of the coordinates before.",
      `For $\\Omega_2$: $${secondRow(of).equations}$, and so on. Solve the first equation, put it into the second, …: the coefficients of the $x_j$ in $z_i$ are row $i$ of the inverse.`,
      `$z_2 = ${secondRow(of).solved}$ with $z_1 = ${of.omega2[0][0] === 1 ? "x_1" : `x_1/${of.omega2[0][0]}`}$, so row 2 of $\\Omega_2^{-1}$ is $${secondRow(of).row}$. Rows 3 and 4 go the same way. Both determinants are the products of the diagonals.`,
    ],
    reference: {
      inverse1: () => inverse(of.omega1),
      determinant1: () => determinant(of.omega1),
      inverse2: () => inverse(of.omega2),
      determinant2: () => determinant(of.omega2),
    },
    misconceptions: misconceptions(of),
    mutants: mutants(of),
  });

export const inverses = variedExercise(withMatrices, { numbers: TEXTBOOK, draw: drawMatrices });
