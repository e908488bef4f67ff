/** A network under masks, and what its Jacobian is exactly 0 of. */

import { multiply } from "../../oracle/matrices.ts";
import type { Random } from "../../random.ts";

type Matrix = readonly (readonly number[])[];

/**
 * ∂output/∂input of a perceptron with tanh between its layers, at a random point, with random weights where the masks are not 0:
 * the product of its layers' matrices, each row of a hidden one times the slope of its tanh there. Exactly 0 where no path leads
 * from the input to the output, and with probability 1 nowhere else.
 */
export function jacobianUnder(masks: readonly Matrix[], random: Random): number[][] {
  let values = masks[0][0].map(() => random.normal());
  let jacobian: number[][] = values.map((_, i) => values.map((__, j) => (i === j ? 1 : 0)));
  for (const [k, mask] of masks.entries()) {
    const spread = 1 / Math.sqrt(mask[0].length);
    const weights = mask.map((row) =>
      row.map((open) =>
        open === 0 ? 0 : spread * (random.integer(2) === 0 ? -1 : 1) * random.uniform(0.5, 1.5),
      ),
    );
    const sums = weights.map((row) => row.reduce((sum, weight, j) => sum + weight * values[j], 0));
    const isLast = k === masks.length - 1;
    values = isLast ? sums : sums.map(Math.tanh);
    jacobian = multiply(
      isLast ? weights : weights.map((row, i) => row.map((weight) => weight * (1 - values[i] ** 2))),
      jacobian,
    );
  }
  return jacobian;
}
