import { describe, expect, test } from "vitest";
import { digamma, logGamma, scaledBesselI } from "./special-functions.ts";

const EULER = 0.5772156649015329;

describe("log Γ", () => {
  test("of whole numbers is the logarithm of a factorial", () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      expect(Math.abs(logGamma(n) - Math.log(factorial))).toBeLessThan(
        1e-13 * Math.max(1, Math.log(factorial)),
      );
      factorial *= n;
    }
  });

  test("of halves holds √π", () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
    expect(logGamma(3.5)).toBeCloseTo(Math.log((15 / 8) * Math.sqrt(Math.PI)), 14);
  });

  test("satisfies the reflection formula", () => {
    for (const x of [0.01, 0.2, 0.37, 0.8]) {
      expect(logGamma(x) + logGamma(1 - x)).toBeCloseTo(Math.log(Math.PI / Math.sin(Math.PI * x)), 13);
    }
  });

  test("refuses what is not positive", () => {
    expect(() => logGamma(0)).toThrow(/expected x > 0; got 0/);
    expect(() => digamma(-1)).toThrow(/expected x > 0; got -1/);
  });
});

describe("ψ", () => {
  test("known values", () => {
    expect(digamma(1)).toBeCloseTo(-EULER, 13);
    expect(digamma(0.5)).toBeCloseTo(-EULER - 2 * Math.log(2), 13);
    expect(digamma(4)).toBeCloseTo(1 + 1 / 2 + 1 / 3 - EULER, 13);
  });

  test("is the derivative of log Γ", () => {
    for (const x of [0.3, 1.7, 11.9, 12.1, 400]) {
      const slope = (logGamma(x * 1.0001) - logGamma(x * 0.9999)) / (0.0002 * x);
      expect(Math.abs(digamma(x) - slope)).toBeLessThan(2e-7 * Math.max(1, Math.abs(slope)));
    }
  });
});

describe("the scaled Bessel functions", () => {
  /** e^{−κ} I_n(κ) = (1/π) ∫₀^π exp(κ(cos t − 1)) cos nt dt; the trapezoid rule converges faster than any power. */
  const byQuadrature = (order: number, kappa: number) => {
    const n = 4000;
    const at = (i: number) => {
      const t = (Math.PI * i) / n;
      return Math.exp(kappa * (Math.cos(t) - 1)) * Math.cos(order * t) * (i === 0 || i === n ? 0.5 : 1);
    };
    return Array.from({ length: n + 1 }, (_, i) => at(i)).reduce((sum, value) => sum + value, 0) / n;
  };

  test.each([0, 1e-8, 0.3, 2, 15, 39.9, 40.1, 200, 5000])("at κ = %d", (kappa) => {
    for (const order of [0, 1] as const) {
      expect(Math.abs(scaledBesselI(order, kappa) - byQuadrature(order, kappa))).toBeLessThan(1e-14);
    }
  });

  test("do not overflow", () => {
    expect(scaledBesselI(0, 1e9)).toBeCloseTo(1 / Math.sqrt(2e9 * Math.PI), 12);
    expect(() => scaledBesselI(0, -1)).toThrow(/κ ≥ 0/);
  });
});
