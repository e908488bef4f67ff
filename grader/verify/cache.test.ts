import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { course } from "../course.ts";
import { verdictCache } from "./cache.ts";
import { fingerprint } from "./fingerprint.ts";
import { reachable } from "./imports.ts";

const root = mkdtempSync(join(tmpdir(), "flowlab-verified-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const write = (path: string, text: string) => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};

test("a fingerprint changes with every file that is imported, however far away, and with nothing else", () => {
  write("a/exercise.ts", 'import { b } from "../b/oracle.ts";\nimport type { C } from "./c.ts";\n');
  write("b/oracle.ts", 'export * from "./deep.ts";\n');
  write("b/deep.ts", "export const b = 1;\n");
  write("a/c.ts", "export type C = 1;\n");
  write("a/other.ts", "");
  const now = () => fingerprint(root, ["a/exercise.ts"], ["20 seeds"]);
  const before = now();
  write("a/other.ts", "// nobody imports this");
  expect(now()).toBe(before);
  write("b/deep.ts", "export const b = 2;\n");
  expect(now()).not.toBe(before);
  write("b/deep.ts", "export const b = 1;\n");
  expect(now()).toBe(before);
  expect(fingerprint(root, ["a/exercise.ts"], ["200 seeds"])).not.toBe(before);
  write("package-lock.json", "{}");
  expect(now()).not.toBe(before);
});

test("an exercise's parts count: what it checks, explains and expects is in files beside its own", () => {
  const project = join(import.meta.dirname, "../..");
  for (const { path } of course) {
    const file = `grader/exercises/${path}`;
    const counted = [...reachable(project, [`${file}.ts`])].map((found) => found.slice(project.length + 1));
    for (const part of ["checks", "domain", "misconceptions"])
      expect(counted).toContain(`${file}.${part}.ts`);
  }
});

test("keeps sound verdicts only, for one fingerprint, and survives a spoilt file", () => {
  const cache = verdictCache(root);
  const coverage = { written: 3, generic: 40, dropped: 2 };
  cache.keep("16.1", "abc", { findings: [{ exercise: "16.1", problem: "wrong" }], coverage });
  expect(cache.sound("16.1", "abc")).toBeUndefined();
  cache.keep("16.1", "abc", { findings: [], coverage });
  expect(cache.sound("16.1", "abc")).toEqual({ findings: [], coverage });
  expect(cache.sound("16.1", "abd")).toBeUndefined();
  expect(cache.sound("16.2", "abc")).toBeUndefined();
  const folder = join(root, ".setup/verified");
  expect(readdirSync(folder)).toEqual(["16.1.json"]);
  writeFileSync(join(folder, "16.1.json"), '{"fingerprint":"abc","cov');
  expect(cache.sound("16.1", "abc")).toBeUndefined();
});
