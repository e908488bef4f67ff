import { expect, test } from "vitest";
import { evaluateSteps } from "./soft-steps.ts";

test("is the sum of its parts, with the slope of differences", () => {
  const steps = [
    { height: 0.8, centre: -1, width: 0.5 },
    { height: -0.3, centre: 2, width: 1.5 },
  ];
  const map = { slope: 1.25, offset: -0.5, steps };
  const value = (x: number) => 1.25 * x - 0.5 + 0.8 * Math.tanh(2 * (x + 1)) - 0.3 * Math.tanh((x - 2) / 1.5);
  for (const x of [-3, -1, 0.3, 2, 7]) {
    const got = evaluateSteps(x, map);
    expect(got.value).toBeCloseTo(value(x), 13);
    expect(got.slope).toBeCloseTo((value(x + 1e-6) - value(x - 1e-6)) / 2e-6, 8);
  }
});
