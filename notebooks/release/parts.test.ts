import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { course } from "../../grader/course.ts";
import { dropMutants, holdBack, keepChapters } from "./cut-sources.ts";
import { hideTexts } from "./hide-texts.ts";
import { type LockFile, pruneLock } from "./packages.ts";
import { packageOf, reachable } from "./reachable.ts";

test("of a list only what is imported from the chapters that are kept stays", () => {
  const source = `import { a } from "./exercises/01-one/a.ts";
import { b } from "./exercises/02-two/b.ts";
import { near } from "./near.ts";
const exercises = [a, b] as const;
const other = { "02-two": b };
`;
  const isKept = (from: string) => !from.includes("02-two");
  expect(keepChapters(source, "exercises", isKept)).toContain(
    'near } from "./near.ts";\nconst exercises = [a, ] as const;',
  );
  expect(keepChapters(source, "exercises", isKept)).not.toContain("b.ts");
  expect(keepChapters(source, "other", isKept)).toContain("const other = {  };");
  expect(() => keepChapters(source.replace("a, b", "a"), "exercises", isKept)).toThrow("does not list b");
  expect(() => keepChapters(source, "course", isKept)).toThrow("no list called course");
});

test("mutants and spoilt files are emptied, misconceptions stay", () => {
  const source = `export const misconceptions = [{ id: "m" }];\nexport const mutants: readonly M[] = [{ id: "x", f: () => [1] }];\n`;
  expect(dropMutants(source)).toBe(
    `export const misconceptions = [{ id: "m" }];\nexport const mutants: readonly M[] = [];\n`,
  );
  expect(dropMutants(`export const spoilt = [one()];`)).toBe("export const spoilt = [];");
  expect(dropMutants("export const mutants = (of: N): M[] => [one(of)];")).toBe(
    "export const mutants = (of: N): M[] => [];",
  );
  expect(dropMutants("export function mutants(of: N): M[] {\n  return [one(of)];\n}")).toBe(
    "export function mutants(of: N): M[] { return []; }",
  );
});

test("a check is held back by its place, and one has to be left", () => {
  const source = `export const checks: readonly Check[] = [\n  one("a"),\n  { name: "b", run() {} },\n  three(),\n];\n`;
  expect(holdBack(source, [2])).toBe(
    `export const checks: readonly Check[] = [\n  one("a"),\n  \n  three(),\n];\n`,
  );
  expect(holdBack(source, [3, 1])).not.toMatch(/one|three/);
  expect(() => holdBack(source, [1, 2, 3])).toThrow("none of its checks would be left");
  expect(() => holdBack(source, [0])).toThrow("it has 3 checks, and no check 0");
  expect(holdBack("export const checks = (of: N) => [one(of), two(of)];", [1])).toBe(
    "export const checks = (of: N) => [ two(of)];",
  );
  expect(
    holdBack("export function checks(of: N) {\n  const n = 2 * of;\n  return [one(n), two(n)];\n}", [2]),
  ).toBe("export function checks(of: N) {\n  const n = 2 * of;\n  return [one(n), ];\n}");
  expect(() => holdBack("export const checks = [...many];", [1])).toThrow("not written out one by one");
});

test("whatever form its list has, each check of the course's exercises can be held back", () => {
  for (const { path, checks } of course) {
    const source = readFileSync(
      join(import.meta.dirname, `../../grader/exercises/${path}.checks.ts`),
      "utf8",
    );
    if (checks.length > 1)
      for (const place of checks.keys())
        expect(holdBack(source, [place + 1]).length, path).toBeLessThan(source.length);
  }
});

test("a module without readable texts does what it did", async () => {
  const code = `import { sep } from "node:path";
export { join } from "node:path";
const kept = { "a key": "a secret", method() { return"another"; } };
const tagged = String.raw\`left \\as it is\`;
export const all = [kept["a key"], kept.method(), \`no \${sep.length} and \${\`more \${1}\`}\`, \`plain\`, tagged, typeof sep === "string"];
export default (x) => { switch (x) { case "secret case": return 1; default: return 2; } };
`;
  const hidden = hideTexts("exercises/01-one/a.js", code);
  expect(hidden).toMatch(/^import \{ unpackTexts \} from "..\/..\/kit\/texts.js";/);
  expect(hidden).not.toMatch(/a secret|another|plain|secret case|more | and /);
  const folder = mkdtempSync(join(tmpdir(), "flowlab-texts-"));
  try {
    const run = async (text: string, name: string) => {
      const texts = pathToFileURL(join(import.meta.dirname, "../../grader/kit/texts.ts")).href;
      writeFileSync(join(folder, name), text.replace("../../kit/texts.js", texts));
      const module = await import(pathToFileURL(join(folder, name)).href);
      return [module.all, module.default("secret case"), module.default("x"), typeof module.join];
    };
    expect(await run(hidden, "hidden.mjs")).toEqual(await run(code, "plain.mjs"));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a lock file keeps what is needed, where Node would find it, and says what is optional", () => {
  const lock: LockFile = {
    packages: {
      "": { dependencies: { a: "1" }, devDependencies: { d: "1", t: "1" } },
      w: { name: "w", dependencies: { b: "2" } },
      "node_modules/w": { resolved: "w", link: true },
      "node_modules/a": { dependencies: { b: "1" }, optionalDependencies: { o: "1" } },
      "node_modules/b": { version: "1" },
      "w/node_modules/b": { version: "2", dependencies: { c: "1" } },
      "node_modules/c": { version: "1" },
      "node_modules/d": { dev: true, dependencies: { e: "1" } },
      "node_modules/e": { dev: true },
      "node_modules/o": { devOptional: true },
      "node_modules/t": { dev: true },
    },
  };
  const { packages } = pruneLock(lock, { "": { dependencies: { a: "1", t: "1" } } });
  expect(Object.keys(packages)).toEqual(Object.keys(lock.packages).filter((path) => !/\/[de]$/.test(path)));
  expect(packages[""]).toEqual({ dependencies: { a: "1", t: "1" } });
  expect(packages["node_modules/t"]).toEqual({});
  expect(packages["node_modules/o"]).toEqual({ optional: true });
  expect(() => pruneLock(lock, { "": { dependencies: { x: "1" } } })).toThrow("has no x for the course");
});

test("what is needed is followed through imports of every form", () => {
  const modules: Record<string, string> = {
    "a.js": `import x from "./in/b.js"; export * from"./c.js"; await import("./d.js"); new URL("./e.js", import.meta.url);`,
    "in/b.js": `import "../f.js"; import pkg from "@scope/name/deep";`,
    "c.js": "",
    "d.js": "",
    "e.js": "",
    "f.js": `import fs from "node:fs";`,
    "g.js": "",
  };
  expect([...reachable(["a.js"], (path) => modules[path] as string)].sort()).toEqual(
    ["a.js", "in/b.js", "c.js", "d.js", "e.js", "f.js"].sort(),
  );
  expect(["@scope/name/deep", "flowlab/data", "node:fs", "./a.js"].map(packageOf)).toEqual([
    "@scope/name",
    "flowlab",
    undefined,
    undefined,
  ]);
});
