import fc from "fast-check";
import { expect, test } from "vitest";
import { NoInverseError } from "../../ground/errors.ts";
import { DIRECTIONS, type Direction, type Pattern } from "./case.ts";
import { exactLogDet, jacobians } from "./jacobian.ts";
import { apply, expectClose, referenceAt, rowsOf, type Subject } from "./subject.ts";

/** Decides the inputs of the round trips; a failure prints it, and the smallest input that fails. */
const SEED = Number(process.env.FLOWLAB_TEST_SEED ?? 20261120);
/** What is asked of every log-determinant at least. */
const LOG_DET = 1e-5;
const BACK: Record<Direction, Direction> = { forward: "inverse", inverse: "forward" };

/** Round trips, log-determinants and zeros of the Jacobian. */
export function testAccuracy(current: () => Subject): void {
  test.each(DIRECTIONS)("values and logDet of %s are those of the map in double precision", (direction) => {
    const s = current();
    if (isMissing(s, direction)) return expect(() => apply(s, direction)).toThrow(NoInverseError);
    compareWithReference(s, direction);
  });

  test(`round trips come back and their logDets cancel (seed ${SEED})`, () => {
    for (const direction of DIRECTIONS) roundTrips(current(), direction);
  });

  test("no two points are moved further apart than the bound of it allows", () => {
    for (const direction of DIRECTIONS) stretchesAtMost(current(), direction);
  });
}

/** The zeros that a form promises. */
export function testZeros(current: () => Subject): void {
  test("the Jacobian is zero where the form says so", () => {
    const s = current();
    const pattern = patternOf(s);
    for (const direction of DIRECTIONS) {
      if (!pattern || isMissing(s, direction)) continue;
      for (const matrix of jacobians(s, direction)) {
        const nonZero = matrix.flatMap((row, i) =>
          row.flatMap((slope, j) => (slope === 0 || pattern(i, j) ? [] : [[i, j]])),
        );
        expect(nonZero, "entries that should be 0").toEqual([]);
      }
    }
  });
}

function compareWithReference(s: Subject, direction: Direction): void {
  const { value, logDet } = apply(s, direction);
  const logDets = logDet.dataSync();
  rowsOf(value).forEach((row, i) => {
    const reference = referenceAt(s, s.contexts[i]);
    const input = [...s.inputs[direction][i]];
    expectClose(row, reference[direction](input), s.tolerance, `${direction}, point ${i}, value`);
    const exact = exactLogDet(reference, direction, input);
    expectClose([logDets[i]], [exact], Math.min(s.tolerance, LOG_DET), `${direction}, point ${i}, logDet`);
  });
}

/** Starts on the side from which `direction` leads away, so that both compositions are tried. */
function roundTrips(s: Subject, direction: Direction): void {
  if (isMissing(s, "inverse")) return;
  const [low, high] = s.case.domain?.[direction === "forward" ? "z" : "x"] ?? [-3, 3];
  const size = s.inputs[direction][0].length;
  // Some kernels flush denormal numbers to 0; and rounding to float32 may lead out of the domain.
  const number = fc
    .double({ min: low, max: high, noNaN: true })
    .map((v) => (Math.abs(v) < 1e-30 ? 0 : Math.min(Math.max(Math.fround(v), low), high)));
  const batch = fc.array(fc.array(number, { minLength: size, maxLength: size }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(batch, (rows) => {
      const there = apply(s, direction, rows);
      const back = apply(s, BACK[direction], rowsOf(there.value));
      rowsOf(back.value).forEach((row, i) => {
        expectClose(row, rows[i], s.tolerance, `${direction} and back, row ${i}, number`);
      });
      const [first, second] = [there.logDet.dataSync(), back.logDet.dataSync()];
      expectClose(
        second,
        Array.from(first, (v) => -v),
        s.tolerance,
        "logDet of the way back",
      );
    }),
    { numRuns: 12, seed: SEED },
  );
}

/** The distance is the largest difference of two numbers. */
function stretchesAtMost(s: Subject, direction: Direction): void {
  const bound = s.bijection.lipschitz?.(direction) ?? Infinity;
  expect(bound).toBeGreaterThan(0);
  if (bound === Infinity) return;
  const distance = (a: readonly number[], b: readonly number[]) =>
    Math.max(...a.map((v, i) => Math.abs(v - b[i])));
  const [before, after] = [s.inputs[direction], rowsOf(apply(s, direction).value)];
  before.forEach((a, i) => {
    for (const [j, b] of before.slice(0, i).entries()) {
      const message = `${direction} of points ${i} and ${j}`;
      const rounding = s.tolerance * Math.max(1, ...after[i].map(Math.abs));
      expect(distance(after[i], after[j]), message).toBeLessThanOrEqual(bound * distance(a, b) + rounding);
    }
  });
}

export function isMissing({ bijection }: Subject, direction: Direction): boolean {
  return (direction === "forward" ? bijection.forwardKind : bijection.inverseKind) === "none";
}

function patternOf({ case: { jacobian } }: Subject): Pattern | undefined {
  if (typeof jacobian === "function") return jacobian;
  if (jacobian === "diagonal") return (i, j) => i === j;
  if (jacobian === "lower triangular") return (i, j) => j <= i;
  if (jacobian === "upper triangular") return (i, j) => j >= i;
  return undefined;
}
