import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { course } from "../course.ts";
import { collectSimilar } from "./groups.ts";
import { longestCommon } from "./longest.ts";

const PROJECT = join(import.meta.dirname, "../..");
const ANSWER = `export function invert(forward: (z: number) => number, x: number): number {
  let [low, high] = [-1, 1];
  while (forward(low) > x) low *= 2;
  while (forward(high) < x) high *= 2;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (forward(middle) < x) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}`;
const RENAMED = `// All my own work.
${ANSWER.replaceAll("low", "left").replaceAll("high", "right").replaceAll("middle", "m").replace("200", "150")}`;
const OTHER = `export const invert = (forward: (z: number) => number, x: number): number => {
  const step = (z: number, left: number): number => {
    const slope = (forward(z + 1e-6) - forward(z - 1e-6)) / 2e-6;
    return left === 0 ? z : step(z - (forward(z) - x) / Math.max(slope, 1e-9), left - 1);
  };
  return [0, 1, -1].map((start) => step(start, 60)).find((z) => Math.abs(forward(z) - x) < 1e-9) ?? Number.NaN;
};`;

/** Groups as lists of people, of answers to one exercise. */
function groupsOf(codes: readonly string[], given: readonly string[] = []) {
  const collector = collectSimilar(() => given);
  for (const [who, code] of codes.entries()) collector.add(who, "1D.inverse", code);
  const { groups, judged } = collector.similarity();
  return { people: groups.map((group) => group.people), judged, groups };
}

test("a copy is found under other names, numbers and comments, and another way to do it is not", () => {
  const { people, judged, groups } = groupsOf([ANSWER, OTHER, RENAMED]);
  expect([people, judged]).toEqual([[[0, 2]], 3]);
  expect(groups[0]?.strongest.similarity).toBe(1);
  const { tokens, pieces } = longestCommon(ANSWER, RENAMED);
  expect(tokens).toBeGreaterThan(100);
  expect(pieces).toEqual([ANSWER, RENAMED.slice(RENAMED.indexOf("export"))]);
});

test("another operator, member or order is a difference", () => {
  const changed = ANSWER.replaceAll("<", ">")
    .replaceAll("*= 2", "-= 1")
    .replace("(low + high) / 2", "low - high");
  expect(groupsOf([ANSWER, changed]).people).toEqual([]);
});

test("what everybody was given says nothing, nor what many have, and one line is not judged", () => {
  expect(groupsOf([ANSWER, RENAMED], [ANSWER])).toMatchObject({ people: [], judged: 0 });
  const many = Array.from({ length: 6 }, () => ANSWER);
  expect(groupsOf(many).people).toEqual([]);
  expect(groupsOf(many.slice(1)).people).toEqual([[0, 1, 2, 3, 4]]);
  const line =
    "export const density = (x: number): number => (x > 0 && x <= 1 ? 1 / (2 * Math.sqrt(x)) : 0);";
  expect(groupsOf([line, line])).toMatchObject({ people: [], judged: 0 });
});

test("what is no program, or nobody's program, is left out", () => {
  const deep = `export const x = ${"(".repeat(9_000)}1${")".repeat(9_000)};`;
  const long = `${ANSWER}\n//${"x".repeat(20_000)}`;
  expect(groupsOf(["export function (", deep, deep, long, long])).toMatchObject({ people: [], judged: 0 });
});

test("people who are together in several exercises come first", () => {
  const collector = collectSimilar(() => []);
  for (const exercise of ["a", "b", "c"]) {
    collector.add(0, exercise, exercise === "a" ? OTHER : ANSWER);
    collector.add(1, exercise, RENAMED);
    collector.add(2, exercise, exercise === "a" ? RENAMED : "");
  }
  expect(collector.similarity().groups.map(({ exercise, also }) => [exercise, also])).toEqual([
    ["b", ["c"]],
    ["c", ["b"]],
    ["a", []],
  ]);
});

test("of right answers that were written apart, hardly any are taken for copies", () => {
  const collector = collectSimilar((id) => {
    const path = course.find((exercise) => exercise.id === id)?.path;
    return ["exercises", "solutions"].map((folder) =>
      readFileSync(join(PROJECT, folder, `${path}.ts`), "utf8"),
    );
  });
  const files = globSync("grader/fixtures/answers/0{1,2,3}-*/right-*.ts", { cwd: PROJECT });
  for (const [who, file] of files.entries()) {
    const code = readFileSync(join(PROJECT, file), "utf8");
    collector.add(who, /exercise: (\S+)/.exec(code)?.[1] ?? "", code);
  }
  const { groups, judged } = collector.similarity();
  expect(judged).toBeGreaterThan(80);
  expect(groups.length / judged).toBeLessThan(0.02);
});
