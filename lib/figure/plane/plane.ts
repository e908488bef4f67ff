import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { anything, aTensor, checkKind, demand, either, listOf } from "../../ground/arguments/kinds.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";
import { ShapeError } from "../../ground/errors.ts";
import { plural } from "../../ground/plural.ts";
import type { Axis, Layout } from "../types.ts";

/** Points of the plane, [x, y] each. */
export type Points = readonly ArrayLike<number>[];

/** Points of the plane as they are given: a tensor of shape [n, 2], or [x, y] each. */
export type GivenPoints = tf.Tensor | Points;

/** Lower and upper end of both coordinates. */
export type PlaneRange = readonly [readonly [number, number], readonly [number, number]];

/** Which space something lives in; its colour follows from it. */
export type Space = "base" | "data";

/** Computes on many points [n][2] at once, with tensors (which are then disposed) or with numbers. */
export type OnPoints<T> = (points: number[][]) => tf.Tensor | T;

/** What a plane shows unless it is told: six standard deviations and a little. */
export const defaultRange: PlaneRange = [
  [-4, 4],
  [-4, 4],
];

/**
 * The points in plain numbers.
 *
 * @throws ShapeError if a tensor does not have the shape [n, 2].
 */
export function plainPoints(points: GivenPoints): Points {
  checkKind("points", "they", points, demand(either(aTensor, listOf(anything))));
  if (!(points instanceof tf.Tensor)) {
    const wrong = points.find((point) => !isPoint(point));
    if (wrong === undefined) return points;
    throw new ShapeError(
      `points: expected points of the plane, [x, y] each; got ${describe(wrong)} among them`,
    );
  }
  if (points.rank === 2 && points.shape[1] === 2) return points.arraySync() as number[][];
  throw new ShapeError(`points: expected points of the plane, shape [n, 2]; got shape [${points.shape}]`);
}

/**
 * One number for each point.
 *
 * @throws ShapeError if the function gives fewer or more: it may be one of a single point.
 */
export function valuesAt(compute: OnPoints<ArrayLike<number>>, points: number[][]): number[] {
  return tidy(() => {
    const result = compute(points);
    return oneForEach(
      points,
      Array.from(result instanceof tf.Tensor ? result.dataSync() : (result ?? [])),
      "number",
    );
  });
}

/**
 * One point for each point.
 *
 * @throws ShapeError if the function gives fewer or more.
 */
export function imagesOf(map: OnPoints<Points>, points: Points): number[][] {
  const given = points.map((point) => Array.from(point));
  return tidy(() => {
    const result = map(given);
    const images =
      result instanceof tf.Tensor ? (result.arraySync() as number[][]) : Array.from(result ?? []);
    return oneForEach(
      given,
      images.map((point) => Array.from(point)),
      "point",
    );
  });
}

function oneForEach<T>(points: Points, results: T[], what: string): T[] {
  if (results.length === points.length) return results;
  throw new ShapeError(
    `figure: expected one ${what} for each of ${plural(points.length, "point")}; got ${results.length}. The function is given all ` +
      "points at once: for one of a single point, f, give (points) => points.map(f)",
  );
}

function isPoint(point: unknown): boolean {
  const isList = Array.isArray(point) || ArrayBuffer.isView(point);
  const numbers = isList ? Array.from(point as ArrayLike<unknown>) : [];
  return numbers.length === 2 && numbers.every((one) => typeof one === "number");
}

/** @throws RangeError if a range of the plane is not two pairs, each with its lower end first. */
export function checkRange(who: string, range: PlaneRange | undefined): void {
  const isPair = (pair: readonly number[]) => pair.length === 2 && pair[0] < pair[1];
  if (range === undefined || (range.length === 2 && range.every(isPair))) return;
  throw new RangeError(
    `${who}: expected a range of the plane, such as [[-4, 4], [-4, 4]]; got ${JSON.stringify(range)}`,
  );
}

/** Both axes of a plane on which one unit is as long across as it is up. */
export function planeAxes(
  range: PlaneRange,
  [x, y]: readonly [string, string],
): Pick<Layout, "xaxis" | "yaxis"> {
  const xaxis: Axis = { title: x, range: range[0], constrain: "domain" };
  const yaxis: Axis = { title: y, range: range[1], scaleanchor: "x", constrain: "domain" };
  return { xaxis, yaxis };
}

/** Names of the coordinates of a space: z₁ and z₂, or x₁ and x₂. */
export function coordinateNames(space: Space): readonly [string, string] {
  const letter = space === "base" ? "z" : "x";
  return [`<i>${letter}</i><sub>1</sub>`, `<i>${letter}</i><sub>2</sub>`];
}

/** A square that holds all but the outermost 0.2% of the points at each side, with some room. */
export function rangeAround(points: Points): PlaneRange {
  const coordinate = (i: number): readonly [number, number] => {
    const sorted = points
      .map((point) => point[i])
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    if (sorted.length === 0) return [-1, 1];
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    return [at(0.002), at(0.998)];
  };
  const [x, y] = [coordinate(0), coordinate(1)];
  const half = 0.56 * Math.max(x[1] - x[0], y[1] - y[0], 1e-6);
  const around = ([low, high]: readonly [number, number]) =>
    [(low + high) / 2 - half, (low + high) / 2 + half] as const;
  return [around(x), around(y)];
}
