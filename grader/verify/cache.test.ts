import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { course } from "../course.ts";
import type { Signatures } from "../harness/kinds.ts";
import { KEPT, verdictCache } from "./cache.ts";
import { fingerprint, verdictKey } from "./fingerprint.ts";
import { reachable } from "./imports.ts";
import { SEEDS } from "./share.ts";

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

/** Its functions take no arguments, so that there may be no domain. */
const asksForDerivations = (signatures: Signatures) =>
  Object.values(signatures).every(({ returns }) => returns.kind === "derivation");

test("an exercise's parts count: what it checks, explains and expects is in files beside its own", () => {
  const project = join(import.meta.dirname, "../..");
  for (const { path, file: asked, signatures } of course) {
    const entry = `grader/exercises/${path}`;
    const file = join(project, entry);
    const parts = readdirSync(dirname(file))
      .filter((name) => name.startsWith(`${basename(file)}.`) && !name.endsWith(".test.ts"))
      .map((name) => join(dirname(file), name));
    const answered = asksForDerivations(signatures) ? ["misconceptions"] : ["domain", "misconceptions"];
    for (const part of ["checks", ...(asked ? ["score", "spoilt"] : answered)])
      expect(parts).toContain(`${file}.${part}.ts`);
    const counted = reachable(project, [`${entry}.ts`]);
    expect(parts.filter((part) => !counted.has(part))).toEqual([]);
  }
});

describe("what a verdict depends on", () => {
  const project = join(import.meta.dirname, "../..");
  const copy = mkdtempSync(join(tmpdir(), "flowlab-depends-"));
  beforeAll(() => {
    const isWanted = (path: string) => !/[\\/](node_modules|dist|fixtures)$/.test(path);
    for (const folder of ["lib", "grader", "solutions", "exercises"])
      cpSync(join(project, folder), join(copy, folder), { recursive: true, filter: isWanted });
    mkdirSync(join(copy, "node_modules"));
    symlinkSync(join(copy, "lib"), join(copy, "node_modules/flowlab"), "junction");
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  /** Which exercises are verified again after a change of one file. */
  function verifiedAgain(changed: string): string[] {
    const before = course.map((exercise) => verdictKey(copy, exercise, SEEDS));
    appendFileSync(join(copy, changed), "\n// changed\n");
    return course
      .filter((exercise, i) => verdictKey(copy, exercise, SEEDS) !== before[i])
      .map(({ id }) => id);
  }
  const all = course.map(({ id }) => id);
  /** Any layer may be in a file, so all of the library counts for those that are answered by one. */
  const byFile = course.filter(({ file }) => file).map(({ id }) => id);
  const otherwise = (ids: string[]) => ids.filter((id) => !byFile.includes(id));

  test.each([
    "lib/flows/glow.ts",
    "lib/bijections/residual/planar.ts",
    "lib/figure/plane/density-2d.ts",
    "lib/notebook/progress-bar.ts",
    "lib/index.ts",
    "lib/figure/index.ts",
    "grader/cli/grade.ts",
    "grader/course.ts",
  ])("is not %s, which no exercise uses", (file) => {
    expect(otherwise(verifiedAgain(file))).toEqual([]);
  });

  test.each([
    "lib/random/random.ts",
    "lib/random/philox.ts",
    "lib/ground/functions/normal-functions.ts",
    "lib/engine/tf.ts",
    "grader/domain/strata.ts",
    "grader/verify/mutants/of-region.ts",
  ])("is %s, by which every check draws, asks or is tried", (file) => {
    expect(verifiedAgain(file)).toEqual(all);
  });

  test("is the exercise's own parts, wherever they are shared", () => {
    const folder = "grader/exercises/01-change-of-variables";
    expect(verifiedAgain(`${folder}/16-1-square.domain.ts`)).toEqual(["16.1"]);
    expect(verifiedAgain("solutions/01-change-of-variables/sampling.ts")).toEqual(["1D.sampling"]);
    expect(verifiedAgain(`${folder}/density.ingredients.ts`)).toEqual(["16.1", "16.2", "1D.density"]);
  });

  test("is what a name comes from that an index passes on: where it comes from another file, too", () => {
    appendFileSync(
      join(copy, "solutions/01-change-of-variables/sampling.ts"),
      'import { glow } from "flowlab";\n',
    );
    expect(otherwise(verifiedAgain("lib/flows/glow.ts"))).toEqual(["1D.sampling"]);
    expect(otherwise(verifiedAgain("lib/serialize/flow-file.ts"))).toEqual([]);
    writeFileSync(
      join(copy, "lib/index.ts"),
      readFileSync(join(copy, "lib/index.ts"), "utf8").replace(
        'export { type GlowOptions, glow } from "./flows/glow.ts";\n',
        'export { loadFlow as glow } from "./serialize/flow-file.ts";\n',
      ),
    );
    expect(otherwise(verifiedAgain("lib/serialize/flow-file.ts"))).toEqual(["1D.sampling"]);
    // One that does more than pass on counts itself, with all that it imports.
    appendFileSync(join(copy, "lib/index.ts"), "console.log();\n");
    expect(verifiedAgain("lib/serialize/registry.ts")).toEqual(all);
    expect(verifiedAgain("lib/index.ts")).toEqual(all);
  });
});

test("the last verdicts of an exercise are kept, those that were asked for lately the longest", () => {
  const cache = verdictCache(mkdtempSync(join(root, "last-")));
  const coverage = { written: 1, generic: 2, dropped: 3 };
  for (let i = 0; i < KEPT; i++) cache.keep("16.1", `branch ${i}`, { findings: [], coverage });
  expect(cache.sound("16.1", "branch 0")).toEqual({ findings: [], coverage });
  cache.keep("16.1", "another", { findings: [], coverage });
  const kept = ["another", ...Array.from({ length: KEPT }, (_, i) => `branch ${i}`)].filter((name) =>
    cache.sound("16.1", name),
  );
  expect(kept).toEqual([
    "another",
    "branch 0",
    ...Array.from({ length: KEPT - 2 }, (_, i) => `branch ${i + 2}`),
  ]);
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
