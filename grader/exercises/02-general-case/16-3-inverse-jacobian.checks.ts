import type { Check } from "../../exercise.ts";
import { judgeMatrixDerivation, type OpenTask } from "../../oracle/matrix-derivation.ts";
import {
  type Convention,
  conventionOf,
  determinantTask,
  jacobianTask,
  type signatures,
} from "./16-3-inverse-jacobian.domain.ts";

const named: { readonly [convention in Convention]: string } = {
  rows: "read with ∂f_i/∂z_j in row i, the last layer on the left",
  columns: "read with ∂f_j/∂z_i in row i, as later printings have it, the first layer on the left",
};

function derivationCheck(
  which: "inverseJacobian" | "inverseDeterminant",
  name: string,
  points: number,
  taskOf: (convention: Convention) => OpenTask,
  text: string,
): Check<typeof signatures> {
  return {
    name,
    points,
    hints: [{ text }],
    async run({ learner, random, expect }) {
      const lines = await learner[which]();
      const convention = conventionOf(lines);
      const { holds, message, step } = await judgeMatrixDerivation(lines, taskOf(convention), random);
      expect.that(holds, `${message} (${named[convention]})`, {
        got: step === undefined ? lines : lines[step],
      });
    },
  };
}

export const checks: readonly Check<typeof signatures>[] = [
  derivationCheck(
    "inverseJacobian",
    "the Jacobian of the inverse: every line equals the one before",
    3,
    jacobianTask,
    "Take the product of three for a product of two, $J_3 \\cdot (J_2 J_1)$, and use $(AB)^{-1} = B^{-1}A^{-1}$; then once more.",
  ),
  derivationCheck(
    "inverseDeterminant",
    "its absolute determinant: every line equals the one before",
    2,
    determinantTask,
    "The determinant of a product is the product of the determinants, and $\\det A^{-1} = 1/\\det A$, because $A A^{-1} = I$ has the determinant 1.",
  ),
];
