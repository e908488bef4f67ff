/** Flows of the plane that are fitted without training: what wrong answers about a trained one are made of. */

import type { Implementation } from "../../harness/kinds.ts";
import { apply, inverse as invert, type Matrix } from "../../oracle/matrices.ts";
import { logNormal, meanOf, type signatures } from "./realnvp.domain.ts";

type Program = Implementation<typeof signatures>;
type Fitted = ReturnType<Program["fitRealNVP"]> extends infer F ? Awaited<F> : never;

const column = (data: readonly (readonly number[])[], i: number): number[] => data.map((x) => x[i]);

/** A log-density by z and by log |det| of the way from x to z. */
type Density = (z: readonly number[], logDet: number) => number;

/** x = root z + mean, with the density that this has, or another. */
export function linearFlow(
  root: Matrix,
  mean: readonly number[],
  density: Density = (z, logDet) => logNormal(z) + logDet,
): Fitted {
  const back = invert(root);
  const logDet = -Math.log(Math.abs(root[0][0] * root[1][1] - root[0][1] * root[1][0]));
  const inverse = (x: readonly number[]) =>
    apply(
      back,
      x.map((v, i) => v - mean[i]),
    );
  return {
    forward: (z) => apply(root, z).map((v, i) => v + mean[i]),
    inverse,
    logDensity: (points) => points.map((x) => density(inverse(x), logDet)),
  };
}

const deviations = (data: readonly (readonly number[])[]) => {
  const mean = [0, 1].map((i) => meanOf(column(data, i)));
  const covariance = [0, 1].map((i) =>
    [0, 1].map((j) => meanOf(data.map((x) => (x[i] - mean[i]) * (x[j] - mean[j])))),
  );
  return { mean, covariance };
};

/** The root of the covariance that has 0 above its diagonal. */
export function whiten(data: readonly (readonly number[])[]): { mean: number[]; root: number[][] } {
  const { mean, covariance } = deviations(data);
  const first = Math.sqrt(covariance[0][0]);
  const across = covariance[0][1] / first;
  return {
    mean,
    root: [
      [first, 0],
      [across, Math.sqrt(covariance[1][1] - across * across)],
    ],
  };
}

export const standardize = (data: readonly (readonly number[])[]) => {
  const { mean, covariance } = deviations(data);
  return {
    mean,
    root: [
      [Math.sqrt(covariance[0][0]), 0],
      [0, Math.sqrt(covariance[1][1])],
    ],
  };
};

/** The best linear flow, with another log-density. */
export const bestLinear =
  (density: Density): Program["fitRealNVP"] =>
  (data) => {
    const { root, mean } = whiten(data);
    return linearFlow(root, mean, density);
  };

const DEGREE = 6;

/** The coefficients of the polynomial in u that comes nearest to the values. */
function fitPolynomial(u: readonly number[], values: readonly number[]): number[] {
  const powers = u.map((v) => Array.from({ length: DEGREE + 1 }, (_, k) => v ** k));
  const normal = Array.from({ length: DEGREE + 1 }, (_, i) =>
    Array.from({ length: DEGREE + 1 }, (__, j) => powers.reduce((sum, row) => sum + row[i] * row[j], 0)),
  );
  return apply(
    invert(normal),
    Array.from({ length: DEGREE + 1 }, (_, i) => powers.reduce((sum, row, n) => sum + row[i] * values[n], 0)),
  );
}

/** A coupling that changes the second number under the first: its shift a polynomial, its scale one number. */
export const oneCoupling: Program["fitRealNVP"] = (data) => {
  const { root, mean } = standardize(data);
  const first = root[0][0];
  const u = column(data, 0).map((v) => (v - mean[0]) / first);
  const coefficients = fitPolynomial(u, column(data, 1));
  // Beyond the data a polynomial of that degree goes nowhere sensible.
  const [low, high] = [Math.min(...u), Math.max(...u)];
  const shift = (a: number): number => {
    const within = Math.min(high, Math.max(low, a));
    return coefficients.reduceRight((sum, c) => sum * within + c, 0);
  };
  const scale = Math.sqrt(meanOf(data.map(([, y], n) => (y - shift(u[n])) ** 2)));
  const inverse = ([x, y]: readonly number[]): number[] => {
    const a = (x - mean[0]) / first;
    return [a, (y - shift(a)) / scale];
  };
  return {
    forward: ([a, b]) => [mean[0] + first * a, shift(a) + scale * b],
    inverse,
    logDensity: (points) => points.map((x) => logNormal(inverse(x)) - Math.log(first * scale)),
  };
};
