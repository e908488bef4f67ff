import { globSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** More than somebody searches with her eyes. */
const MOST = 15;

/** Material of tests: what is graded, what is held against a bijection. */
const OF_TESTS = /(^|[\\/])(fixtures|contract|testing)([\\/]|$)/;

/** Folders and how many subjects each has: `plu.ts`, `plu.checks.ts` and `plu.domain.ts` are one, tests stand beside theirs. */
function subjects(files: readonly string[]): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const file of files) {
    if (/\.(test|fixture)\.[jt]s$|\.d\.ts$/.test(file) || OF_TESTS.test(dirname(file))) continue;
    const [subject] = basename(file).split(".");
    folders.set(dirname(file), (folders.get(dirname(file)) ?? new Set()).add(subject));
  }
  return folders;
}

test("no folder has more subjects than can be seen at once", () => {
  const files = globSync(
    "{lib,grader,notebooks,solutions,exercises,bench,scaffold,setup}/**/*.{ts,js,cjs,py}",
    {
      cwd: root,
      exclude: (path) => /(^|[\\/])(node_modules|dist)$/.test(path),
    },
  );
  expect(files.length).toBeGreaterThan(800);
  const crowded = [...subjects(files)].filter(([, { size }]) => size > MOST);
  expect(
    crowded.map(([folder, { size }]) => `${folder}: ${size} subjects; give those of one idea a folder`),
  ).toEqual([]);
});

test("parts of an exercise and tests count with their subject, and other folders for themselves", () => {
  const names = [
    "a/plu.ts",
    "a/plu.checks.ts",
    "a/plu.test.ts",
    "a/qr.ts",
    "a/deep/one.ts",
    join("a", "fixtures", "two.ts"),
  ];
  expect([...subjects(names)].map(([folder, { size }]) => [folder, size])).toEqual([
    ["a", 2],
    ["a/deep", 1],
  ]);
});
