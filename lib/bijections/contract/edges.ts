import { expect, test } from "vitest";
import { tf } from "../../engine/tf.ts";
import { DIRECTIONS, type Direction } from "./case.ts";
import {
  apply,
  applyTo,
  expectClose,
  parametersOf,
  referenceAt,
  rowsOf,
  type Subject,
  tensor,
} from "./subject.ts";

/** How many floats below and above an edge are tried: rounding may take them for numbers of either bin. */
const REACH = 3;
/** So far from an edge, there is no doubt which bin a number is in. */
const CLEAR = 2e-5;
/** The distance in which a reference's slope is taken, smaller than the floats' but far from double precision's. */
const STEP = 1e-7;

/** Elementwise maps at the edges between their bins. */
export function testEdges(current: () => Subject): void {
  test.each(DIRECTIONS)(
    "%s is exact on each edge between bins, and close to it on both sides",
    (direction) => {
      const s = current();
      const rows = aroundEdges(s, direction);
      const { value, logDet } = apply(s, direction, rows);
      const reference = referenceAt(s, s.contexts[0])[direction];
      const exact = rows.flatMap((row) => reference(row));
      expectClose(rowsOf(value).flat(), exact, s.tolerance, "value");
      const slopes = Array.from(logDet.dataSync(), Math.exp);
      const allowed = edgesOf(s, direction).flatMap((edge) => slopesAround((v) => reference([v])[0], edge));
      slopes.forEach((slope, i) => {
        const nearest = Math.min(...allowed[i].map((one) => Math.abs(slope / one - 1)));
        expect(nearest, `slope ${slope} at ${rows[i]}, expected ${allowed[i].join(" or ")}`).toBeLessThan(
          1e-5,
        );
      });
      // Values and log-determinants must choose the same bin.
      const values = (x: tf.Tensor) => tf.sum(applyTo(s, direction, x).value);
      const byTape = tf.grad(values)(tensor(rows, s.event[direction]));
      expectClose(byTape.dataSync(), slopes, s.tolerance, "slope by automatic differentiation");
    },
  );
}

/** Every edge, the floats next to it, and a number in each of both bins; each as an event. */
export function aroundEdges(s: Subject, direction: Direction): number[][] {
  return edgesOf(s, direction).flatMap((edge) => {
    const floats = Array.from({ length: 2 * REACH + 1 }, (_, i) => floatAfter(edge, i - REACH));
    return [edge - CLEAR, ...floats, edge + CLEAR].map((v) => [v]);
  });
}

function edgesOf(s: Subject, direction: Direction): number[] {
  return s.case.edges?.(parametersOf(s.bijection))[direction === "forward" ? "z" : "x"] ?? [];
}

/** Which slopes are right at each of the numbers around an edge: that of its bin, or those of both. */
function slopesAround(f: (x: number) => number, edge: number): number[][] {
  const slope = (from: number, side: number) => (f(from + side * STEP) - f(from)) / (side * STEP);
  const both = [-1, 1].map((side) => slope(edge + side * STEP, side));
  const [below, above] = [-1, 1].map((side) => [slope(edge + side * CLEAR, side)]);
  return [below, ...Array<number[]>(2 * REACH + 1).fill(both), above];
}

/** The float32 that is so many floats above the one nearest to a number. */
function floatAfter(value: number, steps: number): number {
  const bits = new Int32Array(Float32Array.of(value).buffer);
  // Bits count upwards from 0, those of negative numbers from −2³¹.
  const rank = (bits[0] < 0 ? -(2 ** 31) - bits[0] : bits[0]) + steps;
  return new Float32Array(Int32Array.of(rank < 0 ? -(2 ** 31) - rank : rank).buffer)[0];
}
