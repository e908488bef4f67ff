import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { determinant, identity, inverse, type Matrix, multiply } from "../../oracle/matrices.ts";
import { byHand, type Matrices, type signatures } from "./16-4-inverses.domain.ts";

const isSquare = (a: readonly (readonly number[])[]): boolean =>
  a.length === 4 && a.every((row) => row.length === 4);

/** The first place where Ω times the answer is not the identity, for a reader who has only numbers before her. */
function mismatch(omega: Matrix, got: Matrix): string {
  const product = multiply(omega, got);
  const unit = identity(4);
  for (const [i, row] of product.entries()) {
    for (const [j, value] of row.entries()) {
      if (Math.abs(value - unit[i][j]) > 1e-6)
        return `row ${i + 1} of Ω times column ${j + 1} of your matrix is ${Number(value.toPrecision(6))}; in the identity there is ${unit[i][j]}`;
    }
  }
  return "the product with Ω is nearly the identity, but not all of it";
}

function inverseCheck(
  which: "inverse1" | "inverse2",
  omega: Matrix,
  points: number,
  name: string,
  text: string,
): Check<typeof signatures> {
  const want = inverse(omega).flat();
  return {
    name,
    points,
    hints: [{ text }],
    async run({ learner, random, expect }) {
      for (const _ of strata(random, byHand.regions)) {
        const got = await learner[which]();
        if (isSquare(got))
          expect.close(got.flat(), want, {
            ...allowedErrors(byHand, want),
            message: mismatch(omega, got),
            reveal: false,
          });
        else expect.that(false, "the inverse has 4 rows of 4 numbers", { got });
      }
    },
  };
}

function determinantCheck(
  which: "determinant1" | "determinant2",
  omega: Matrix,
  name: string,
  text: string,
): Check<typeof signatures> {
  const want = determinant(omega);
  return {
    name,
    points: 1,
    hints: [{ text }],
    async run({ learner, random, expect }) {
      for (const _ of strata(random, byHand.regions))
        expect.close(await learner[which](), want, {
          ...allowedErrors(byHand, want),
          message: "this is not the determinant",
          reveal: false,
        });
    },
  };
}

export const checks = ({ omega1, omega2 }: Matrices): readonly Check<typeof signatures>[] => [
  inverseCheck(
    "inverse1",
    omega1,
    1,
    "Ω₁ times its inverse is the identity",
    "$\\Omega_1$ multiplies each coordinate by a number of its own. What undoes that, coordinate by coordinate?",
  ),
  determinantCheck(
    "determinant1",
    omega1,
    "the determinant of Ω₁",
    "A box with sides along the axes becomes a box whose sides are as many times as long as the numbers on the diagonal say. What happens to its volume, and to its orientation?",
  ),
  inverseCheck(
    "inverse2",
    omega2,
    2,
    "Ω₂ times its inverse is the identity",
    "Take the columns one at a time: column $j$ of the inverse is the $z$ with $\\Omega_2 z = e_j$, and its first entries are found first. The message names the row and the column where the product fails.",
  ),
  determinantCheck(
    "determinant2",
    omega2,
    "the determinant of Ω₂",
    "Expand along the first row: only one entry of it is not 0, and what is left is a triangular matrix again, one size smaller.",
  ),
];
