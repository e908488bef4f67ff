import type { Check } from "../../exercise.ts";
import { type AsRead, derivationCheck } from "../../oracle/derivation-check.ts";
import type { OpenTask } from "../../oracle/matrix-derivation.ts";
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

const asRead =
  (taskOf: (convention: Convention) => OpenTask) =>
  (lines: readonly string[]): AsRead => {
    const convention = conventionOf(lines);
    return { task: taskOf(convention), readAs: named[convention] };
  };

export const checks: readonly Check<typeof signatures>[] = [
  derivationCheck({
    of: "inverseJacobian",
    name: "the Jacobian of the inverse: every line equals the one before",
    points: 3,
    hint: "Take the product of three for a product of two, $J_3 \\cdot (J_2 J_1)$, and use $(AB)^{-1} = B^{-1}A^{-1}$; then once more.",
    task: asRead(jacobianTask),
  }),
  derivationCheck({
    of: "inverseDeterminant",
    name: "its absolute determinant: every line equals the one before",
    points: 2,
    hint: "The determinant of a product is the product of the determinants, and $\\det A^{-1} = 1/\\det A$, because $A A^{-1} = I$ has the determinant 1.",
    task: asRead(determinantTask),
  }),
];
