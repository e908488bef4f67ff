/** The words for answers whose numbers once spoke for another slip. */

import { expect, test } from "vitest";
import { exerciseById } from "../course.ts";
import { inProcessSession } from "../drivers/in-process.ts";
import { misconceptions } from "../exercises/02-general-case/chain-log-determinant.misconceptions.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";
import type { Failure } from "../grading/result.ts";

async function failures(id: string, own: Record<string, unknown>): Promise<Failure[]> {
  const exercise = exerciseById(id);
  const open = () => inProcessSession({ ...exercise.reference, ...own }, exercise.signatures);
  const { checks } = await gradeExercise(exercise, open, { seed: "words" });
  return checks.flatMap(({ failure }) => failure ?? []);
}

const odds = (u: number): number => Math.log(u) - Math.log1p(-u);

test("a list that is too long was not cut off in the tails", async () => {
  const sampleLogistic = (u: number[], m: number, s: number): number[] => [
    ...u.map((v) => m + s * odds(v)),
    ...(u.length === 1 ? [0] : []),
  ];
  const [{ misconception, observation }] = (await failures("1D.sampling", { sampleLogistic })) as [Failure];
  expect(misconception).toBeUndefined();
  expect(observation?.id).toBe("one-too-many");
});

test("whoever answers a check's second question otherwise is told of both answers", async () => {
  const seen = new Set<number>();
  const density = (x: number): number => {
    if (seen.has(x)) return -1;
    seen.add(x);
    return x > 0 && x <= 1 ? 0.5 / Math.sqrt(x) : 0;
  };
  const [{ observation }] = (await failures("16.1", { density })) as [Failure];
  expect(observation?.text).toMatch(/^Asked the same twice, your code answered `\S+` and then `-1`/);
});

test("a number is not near an infinite one, as a density is infinite at 0", async () => {
  const density = (x: number): number => Math.exp(-0.5 * Math.cbrt(x) ** 2) / (7 + Math.cbrt(x));
  const [{ observation }] = (await failures("02.cube", { density })) as [Failure];
  expect(observation?.id).not.toBe("other-input");
});

test("NaN in a field that the check does not look at hides no slip in another one", async () => {
  const slip = misconceptions.find(({ id }) => id === "not-divided-by-the-determinant");
  const unchain = slip?.implementation.unchain as (L: number[][], x: number[]) => { z: number[] };
  const own = {
    unchain: (layers: number[][], x: number[]) => ({ z: unchain(layers, x).z, logDet: Number.NaN }),
  };
  const [{ misconception }] = (await failures("02.chain", own)) as [Failure];
  expect(misconception?.id).toBe(slip?.id);
});

test("of long lists that begin alike the part is shown that differs", async () => {
  const logAbsDet = (L: number[][]): number => L.reduce((sum, row, i) => sum + Math.log(Math.abs(row[i])), 0);
  const solveLower = (L: number[][], x: number[]): number[] => {
    const z: number[] = [];
    for (const [i, row] of L.entries())
      z.push((x[i] - z.reduce((sum, v, j) => sum + row[j] * v, 0)) / row[i]);
    return z.map((v, i) => (i === 7 ? v + 1 : v));
  };
  const [{ got, expected }] = (await failures("03.substitution", { solveLower, logAbsDet })) as [Failure];
  expect(got).toMatch(/^\[… 7 alike, /);
  expect(expected).toMatch(/^\[… 7 alike, /);
});

test("a list that one function has changed is not put down to a slip of another", async () => {
  const generate = (z: number[], a: number, c: number): number[] => {
    for (let i = 0; i < z.length; i++) z[i] = (z[i] - c) / a;
    return z;
  };
  const all = await failures("02.training", { generate });
  expect(all.map(({ trouble, misconception }) => [trouble, misconception?.id])).toEqual([
    ["changed", undefined],
    ["changed", undefined],
  ]);
});

test("a slip of another function is no cause, though all calls of that function are as it would answer them", async () => {
  const reverseGradient = (
    z: number[],
    a: number,
    b: number,
    q: (x: number) => number,
    qSlope: (x: number) => number,
  ) => {
    let [alongA, alongB] = [-1, 0];
    for (const v of z) {
      const x = Math.exp(a) * v + b;
      alongA -= (qSlope(x) * q(x) * Math.exp(a) * v) / z.length;
      alongB -= (qSlope(x) * q(x)) / z.length;
    }
    return { a: alongA, b: alongB };
  };
  const all = await failures("16.11", { reverseGradient });
  const ids = all.map(({ misconception }) => misconception?.id);
  expect(ids).toHaveLength(3);
  expect(ids).not.toContain("slope-without-its-bars");
});

test("whoever leaves float32 tensors for the last product is told so", async () => {
  const normalizeChannels = (x: number[], s: number[], b: number[]) => ({
    z: x.map((v, at) => Math.fround(Math.fround(s[at % s.length] * v) + b[at % b.length])),
    logDet: (x.length / s.length) * Math.fround(s.reduce((sum, v) => sum + Math.log(Math.abs(v)), 0)),
  });
  const [{ observation }] = (await failures("09.actnorm", { normalizeChannels })) as [Failure];
  expect(observation?.text).toMatch(/numbers of float32 tensors.*Math\.fround/);
});

test("where a check compares a sum that is 0, only the wrong values are said to be 0", async () => {
  const density = (x: number): number => (x > 0 && x < 0.2 ? 0.5 / Math.sqrt(x) : 0);
  const { observation } = (await failures("16.1", { density })).at(-1) as Failure;
  expect(observation?.text).toMatch(/^Each of your wrong values is \$0\$/);
  const none = (await failures("16.1", { density: () => 0 })).at(-1) as Failure;
  expect(none.observation?.text).toMatch(/^Each of your values is \$?0/);
});
