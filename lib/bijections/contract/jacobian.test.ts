import { expect, test } from "vitest";
import { logAbsDet } from "./float64/matrix.ts";
import { jacobianByDifferences } from "./jacobian.ts";

test("a Jacobian by differences has the error that is documented: 1e-10 for values and derivatives of size 1", () => {
  const [x, y] = [0.7, -1.3];
  const byDifferences = jacobianByDifferences(([a, b]) => [Math.sin(a) * b, Math.exp(a - b / 2)], [x, y]);
  const exact = [
    [Math.cos(x) * y, Math.sin(x)],
    [Math.exp(x - y / 2), -Math.exp(x - y / 2) / 2],
  ];
  const errors = exact.flatMap((row, i) => row.map((v, j) => Math.abs(byDifferences[i][j] - v)));
  expect(Math.max(...errors)).toBeLessThan(5e-10);
  const determinant = exact[0][0] * exact[1][1] - exact[0][1] * exact[1][0];
  expect(logAbsDet(byDifferences)).toBeCloseTo(Math.log(Math.abs(determinant)), 9);
});
