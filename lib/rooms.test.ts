import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from "dependency-cruiser";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const { default: config, rooms } = (await import(
  pathToFileURL(join(root, ".dependency-cruiser.mjs")).href
)) as { default: { forbidden: IFlattenedRuleSet["forbidden"]; options: object }; rooms: readonly string[] };

async function look(baseDir: string, folders: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(folders, {
    ...config.options,
    baseDir,
    validate: true,
    ruleSet: { forbidden: config.forbidden ?? [] },
  });
  return output as ICruiseResult;
}

const arrows = ({ summary }: ICruiseResult) =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).toSorted();

test("imports lead down, without a circle, those of types as well", async () => {
  const seen = await look(root, [
    "lib",
    "solutions",
    "grader",
    "notebooks",
    "exercises",
    "bench",
    "scaffold",
    "setup",
  ]);
  expect(arrows(seen)).toEqual([]);
  const importsOf = (file: string) =>
    seen.modules.find(({ source }) => source === file)?.dependencies.map(({ resolved }) => resolved);
  expect(importsOf("lib/bijections/bijection.ts")).toContain("lib/ground/config.ts");
  // By its name, the library is its sources.
  expect(importsOf("notebooks/01-change-of-variables.ts")).toContain("lib/index.ts");
  // swc's visitor passes over `typeof import("…")`: an import statement says the same, and is seen. JavaScript has types in comments only.
  const unseen = seen.modules.filter(
    ({ source, coreModule, couldNotResolve }) =>
      !coreModule &&
      !couldNotResolve &&
      source.endsWith(".ts") &&
      /(?<!await )import\("\.[^"$]*"\)/.test(readFileSync(join(root, source), "utf8")),
  );
  expect(unseen.map(({ source }) => source)).toEqual([]);
});

test("a circle and an arrow upwards are seen where only types are imported", async () => {
  const folder = mkdtempSync(join(tmpdir(), "flowlab-rooms-"));
  const write = (path: string, ...imports: string[]) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const lines = imports.map((from, i) => `import type { T as T${i} } from "${from}";`);
    writeFileSync(join(folder, path), [...lines, "export type T = 1;", ""].join("\n"));
  };
  try {
    write("lib/ground/low.ts", "../bijections/bijection.ts");
    write("lib/bijections/bijection.ts");
    write("lib/bijections/linear/plu.ts", "../bijection.ts", "../../engine/tf.test.ts");
    write("lib/engine/tf.test.ts", "../bijections/linear/plu.ts");
    write("lib/figure/one.ts", "./other.ts");
    write("lib/figure/other.ts", "./one.ts");
    write("grader/check.ts", "../notebooks/cell.ts", "../lib/figure/one.ts");
    write("notebooks/cell.ts");
    expect(arrows(await look(folder, ["lib", "grader", "notebooks"]))).toEqual([
      "circle: lib/bijections/linear/plu.ts → lib/engine/tf.test.ts",
      "circle: lib/figure/one.ts → lib/figure/other.ts",
      "upwards: grader/check.ts → notebooks/cell.ts",
      "upwards: lib/ground/low.ts → lib/bijections/bijection.ts",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("every file of lib stands in one room", () => {
  const files = readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" })
    .map((path) => `lib/${path.replaceAll("\\", "/")}`)
    .filter((path) => /\.ts$/.test(path) && !/\.(test|fixture)\.ts$|^lib\/(dist|node_modules)\//.test(path))
    .filter((path) => !path.startsWith("lib/bijections/contract/"));
  const homeless = files.filter((path) => rooms.filter((room) => path.startsWith(room)).length !== 1);
  expect(homeless).toEqual([]);
  expect(
    rooms.filter((room) => room.startsWith("lib/") && !files.some((file) => file.startsWith(room))),
  ).toEqual([]);
});
