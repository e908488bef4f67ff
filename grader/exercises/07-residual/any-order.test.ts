import { describe, expect, it } from "vitest";
import { buildMap, mapRef } from "../../harness/maps.ts";
import { stepsOf } from "./fixed-point.bound.ts";
import { searchOf } from "./fixed-point.search.ts";
import { type Asked, residualOf, solveOf } from "./invert.domain.ts";

/** Wrong answers are compared with what the right one gives for arguments in another order, or twice as large. */
describe("the own answers of the chapter end, whatever they are asked", () => {
  it("counts no steps of what is no contraction", () => {
    expect(stepsOf([0.5, 10, 0.3])).toBe(6);
    expect(stepsOf([1, 3, 0.1])).toBe(Number.POSITIVE_INFINITY);
    expect(stepsOf([5, 0.5, 0.01])).toBe(Number.POSITIVE_INFINITY);
    expect(stepsOf([0.5, 3, 0])).toBe(Number.POSITIVE_INFINITY);
    expect(stepsOf([0.5, 0.1, 3])).toBe(0);
  });

  it("takes no more steps than a number that need not be whole", () => {
    expect(searchOf(buildMap(mapRef("affine", 2, 0)), 1, 1e-6, 3.5).steps).toBe(4);
    expect(searchOf(buildMap(mapRef("affine", 2, 0)), 1, 1e-6, -1).steps).toBe(1);
  });

  it("iterates no longer than a contraction of this constant would", () => {
    let evaluations = 0;
    const counted = new Proxy([0], {
      get: (list, name) => {
        if (name === "0") evaluations += 1;
        return Reflect.get(list, name);
      },
    });
    // f(z) = −3 tanh z goes away from the solution and to another one; f(z) = 3 tanh z goes to and fro for ever.
    const asked: Asked = [[[1]], counted, [[3]], 0.9, [0.5], 1e-9];
    solveOf(asked);
    expect(evaluations).toBeGreaterThan(0);
    expect(evaluations).toBeLessThan(1000);
    expect(residualOf(asked, [0])).toEqual([0]);
  });
});
