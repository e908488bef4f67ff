import { expect, test } from "vitest";
import { normalCdf, normalDensity, normalQuantile } from "./normal-functions.ts";

/** Φ(z) to 17 digits, computed with 50 digits (mpmath). */
const CDF: [number, number][] = [
  [-37, 5.725571222524577e-300],
  [-12, 1.776482112077679e-33],
  [-6, 9.86587645037698e-10],
  [-4.75, 0.0000010170832425687032],
  [-3, 0.0013498980316300946],
  [-2, 0.02275013194817921],
  [-1.5, 0.06680720126885807],
  [-0.7, 0.241963652223073],
  [-0.01, 0.4960106436853684],
  [0.3, 0.6179114221889527],
  [1, 0.8413447460685429],
  [1.96, 0.9750021048517795],
  [2.5, 0.9937903346742238],
  [5, 0.9999997133484281],
  [8, 0.9999999999999993],
];

test.each(CDF)("Φ(%d) keeps 13 digits, in the tails too", (z, p) => {
  expect(Math.abs(normalCdf(z) / p - 1)).toBeLessThan(1e-13);
});

test.each(CDF.filter(([z]) => z < 2))("the quantile of Φ(%d) is that number", (z, p) => {
  // Above, the rounding of p itself moves the quantile: dz = dp/φ(z).
  expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1e-14 * Math.max(1, Math.abs(z)));
});

test("the density is the derivative of the distribution function", () => {
  for (const z of [-3.1, -2, -0.4, 0, 1.2, 2.7]) {
    const slope = (normalCdf(z + 1e-4) - normalCdf(z - 1e-4)) / 2e-4;
    expect(slope).toBeCloseTo(normalDensity(z), 8);
  }
});

test("ends and nonsense", () => {
  expect([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(-50)]).toEqual([0, 1, 0]);
  expect([normalQuantile(0), normalQuantile(1), normalQuantile(0.5)]).toEqual([-Infinity, Infinity, 0]);
  expect(() => normalQuantile(1.2)).toThrow(/probability.*got 1.2/);
});
