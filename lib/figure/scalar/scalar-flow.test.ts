import { describe, expect, test } from "vitest";
import { tf } from "../../engine/tf.ts";
import { normalDensity } from "../../ground/functions/normal-functions.ts";
import { lossCurveFigure } from "../curves/loss-curve.ts";
import { linspace } from "../linspace.ts";
import { binPairs } from "./bin-pairs.ts";
import { changeOfVariablesFigure } from "./change-of-variables.ts";
import { deformationFigure } from "./deformation.ts";
import { densityFitFigure } from "./density-fit.ts";
import { normalizingFigure } from "./normalizing.ts";
import { integrate } from "./quadrature.ts";
import { samplePushFigure } from "./sample-push.ts";
import { completeFlow } from "./scalar-flow.ts";

/** Midpoint sums: slow and independent of the quadrature under test. */
function midpoint(f: (value: number) => number, low: number, high: number, count = 20_000): number {
  const width = (high - low) / count;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += f(low + (i + 0.5) * width);
  return sum * width;
}

/** Density of exp(z) for standard normal z, in closed form. */
const logNormal = (x: number) => Math.exp(-0.5 * Math.log(x) ** 2) / (x * Math.sqrt(2 * Math.PI));

test("linspace holds both ends exactly, and needs room for them", () => {
  expect(linspace(-1, 2, 4)).toEqual([-1, 0, 1, 2]);
  expect(linspace(3, 0, 2)).toEqual([3, 0]);
  for (const count of [1, 0, 2.5, Number.NaN]) expect(() => linspace(0, 1, count)).toThrow(/count.*two ends/);
});

const numbers = (values: unknown) => values as number[];

/** Area of a closed polygon (shoelace formula). */
function polygonArea(x: readonly number[], y: readonly number[]): number {
  const next = (i: number) => (i + 1) % x.length;
  return (
    Math.abs(x.reduce((sum, xi, i) => sum + xi * (y[next(i)] ?? 0) - (x[next(i)] ?? 0) * (y[i] ?? 0), 0)) / 2
  );
}

describe("a flow of one number", () => {
  test("quadrature is exact for polynomials of degree nine and good for the normal density", () => {
    expect(integrate((x) => x ** 9 + x ** 8, 0, 1, 1)).toBeCloseTo(1 / 10 + 1 / 9, 13);
    expect(integrate(normalDensity, -3, 3)).toBeCloseTo(0.99730020393674, 10);
  });

  test("without a derivative, the density matches the closed form", () => {
    const { density, inverse } = completeFlow({ forward: Math.exp });
    for (const x of [0.1, 0.5, 1, 2, 10]) {
      expect(inverse(x)).toBeCloseTo(Math.log(x), 12);
      expect(density(x) / logNormal(x)).toBeCloseTo(1, 9);
    }
  });

  test.each([
    ["rising", Math.exp, logNormal],
    ["falling", (z: number) => -Math.exp(z), (x: number) => logNormal(-x)],
  ])("a %s map: each bin's mass is the integral over x of the closed form", (_, forward, closedForm) => {
    for (const bin of binPairs(completeFlow({ forward }), 6)) {
      expect(bin.x[0]).toBeLessThan(bin.x[1]);
      expect(bin.dataMass).toBeCloseTo(midpoint(closedForm, ...bin.x), 7);
      expect(bin.dataMass).toBeCloseTo(midpoint(normalDensity, ...bin.z), 7);
    }
  });

  test("a wrong derivative shows as different masses: the mass of x is not copied from z", () => {
    const [bin] = binPairs(completeFlow({ forward: (z) => 2 * z, derivative: () => 1 }), 1);
    expect(bin?.dataMass).toBeCloseTo(2 * (bin?.baseMass ?? 0), 9);
  });

  test.each([
    ["a parabola", (z: number) => z * z],
    ["a constant", () => 1],
    ["a pole", (z: number) => 1 / z],
    ["NaN", () => Number.NaN],
  ])("%s has no inverse and is refused", (_, forward) => {
    expect(() => completeFlow({ forward })).toThrow("has no inverse");
  });
});

describe("figures hold the numbers they show", () => {
  const forward = (z: number) => 2 * z + Math.sin(z);

  test("change of variables: both polygons of a bin have the area of its mass", () => {
    const fig = changeOfVariablesFigure({ forward, bins: 12, highlight: 4 });
    const pairs = binPairs(completeFlow({ forward }), 12);
    for (const [index, pair] of pairs.entries()) {
      for (const trace of [fig.data[index], fig.data[12 + index]]) {
        const area = polygonArea(numbers(trace?.x), numbers(trace?.y));
        expect(area / pair.baseMass).toBeCloseTo(1, 2);
        expect(trace?.text).toContain(pair.baseMass.toFixed(4));
      }
    }
  });

  test("deformation: the bins of x move, their areas and printed masses stay", () => {
    const fig = deformationFigure({ forward: (z, t) => z + t * Math.sin(z) * 0.8, steps: 5, bins: 6 });
    const masses = binPairs(completeFlow({ forward: (z) => z }), 6).map((bin) => bin.baseMass);
    expect(fig.frames).toHaveLength(5);
    for (const frame of fig.frames) {
      const polygons = frame.data.filter((trace) => trace.name?.startsWith("x bin"));
      expect(polygons).toHaveLength(6);
      polygons.forEach((trace, index) => {
        expect(polygonArea(numbers(trace.x), numbers(trace.y)) / (masses[index] ?? 0)).toBeCloseTo(1, 1);
      });
      const labels = frame.data.find((trace) => trace.name === "mass in each bin of x");
      expect(labels?.text).toEqual(masses.map((mass) => `${(100 * mass).toFixed(1)}%`));
    }
    const bin = (frame: number) => fig.frames[frame]?.data.find((trace) => trace.name === "x bin 1");
    expect(bin(0)?.y).not.toEqual(bin(4)?.y);
  });

  test("deformation: every frame names all traces, and changes those of x and of the map", () => {
    const fig = deformationFigure({ forward: (z, t) => z * (1 + t), steps: 3, bins: 4 });
    const still = ["z bin 1", "z bin 2", "z bin 3", "z bin 4", "Pr(z)", "mass in each bin of z"];
    for (const frame of fig.frames) {
      expect(frame.data).toHaveLength(fig.data.length);
      frame.data.forEach((trace, i) => {
        const name = fig.data[i]?.name ?? "";
        if (still.includes(name)) expect(trace).toEqual({});
        else expect(trace.name).toBe(name);
      });
    }
    const steps = (fig.layout.sliders as { steps: { args: [[string]] }[] }[])[0]?.steps ?? [];
    expect(steps.map((step) => step.args[0][0])).toEqual(fig.frames.map((frame) => frame.name));
  });

  test("sampling and normalizing draw the same densities with the axes exchanged", () => {
    const push = samplePushFigure({ forward, highlight: [1], samples: [-1, 0.5] });
    const back = normalizingFigure({
      forward,
      highlight: [forward(1)],
      samples: [forward(-1), forward(0.5)],
    });
    expect(numbers(push.data[1]?.x)).toEqual(numbers(back.data[0]?.y));
    const rugs = [push, back].map((fig) => fig.data.filter((trace) => trace.name?.startsWith("samples of")));
    expect(rugs[0]?.[1]?.y).toEqual([forward(-1), forward(0.5)]);
    expect(numbers(rugs[1]?.[1]?.y)[0]).toBeCloseTo(-1, 10);
    expect(() => samplePushFigure({ forward, highlight: [9] })).toThrow("z = 9 lies outside [-3, 3]");
  });

  test("the histogram of data has area one", () => {
    const data = Float32Array.from({ length: 500 }, (_, i) => Math.sin(i));
    const bars = densityFitFigure({ data, bins: 20 }).data[0];
    const area = numbers(bars?.y).reduce((sum, height) => sum + height * (bars?.width as number), 0);
    expect(area).toBeCloseTo(1, 10);
    const tensor = tf.tensor1d(data);
    expect(densityFitFigure({ data: tensor, bins: 20 }).data[0]).toEqual(bars);
    tensor.dispose();
    expect(() => densityFitFigure({ data: [Number.NaN] })).toThrow("none of them finite");
  });

  test("the running mean of a straight loss is that line, and gaps are passed over", () => {
    const training = Array.from({ length: 200 }, (_, i) => (i === 100 ? Number.NaN : i));
    const mean = numbers(lossCurveFigure({ training }).data[1]?.y);
    expect(mean[50]).toBeCloseTo(50, 10);
    expect(mean[100]).toBeCloseTo(100, 10);
  });
});
