import { expect, test } from "vitest";
import { integrate, quadraturePoints } from "./quadrature.ts";

test("is exact for a polynomial of degree 15 on one panel", () => {
  const exact = (2 ** 16 - 1) / 16;
  expect(Math.abs(integrate((x) => x ** 15, 1, 2, 1) / exact - 1)).toBeLessThan(1e-14);
});

test("gives the normal density's mass", () => {
  const density = (z: number) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  // Mass outside ±8 is 1.2e-15.
  expect(Math.abs(integrate(density, -8, 8) - 1)).toBeLessThan(1e-14);
});

test("points and weights give the same sum", () => {
  const { x, weights } = quadraturePoints(0, 3, 5);
  const sum = x.reduce((total, at, i) => total + weights[i] * Math.cos(at), 0);
  expect(sum).toBeCloseTo(integrate(Math.cos, 0, 3, 5), 13);
  expect(sum).toBeCloseTo(Math.sin(3), 12);
});
