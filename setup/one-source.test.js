import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { filesUnder } from "./stamp.js";
import { realRoot } from "./testing/course-copy.js";
import { doors, PACKAGES, readPackage } from "./testing/doors.js";

describe("what flowlab and flowlab-grader export", () => {
  test("is the source for whoever states no condition", async () => {
    const require = createRequire(join(realRoot, "solutions", "any.js"));
    for (const { specifier, source } of doors) {
      expect(source).toMatch(/index\.ts$/);
      expect(require.resolve(specifier)).toBe(join(realRoot, source));
      // vitest: the same module object as by its path.
      expect(await import(specifier)).toBe(await import(join(realRoot, source)));
    }
  });

  test("is what was compiled of the same source for the kernel and the sandbox, also where exports are not read", () => {
    for (const { specifier, folder, subpath, source, compiled } of doors) {
      const print = `console.log(require.resolve(${JSON.stringify(specifier)}))`;
      const { stdout } = node(realRoot, "--conditions=flowlab:compiled", "--print", print);
      expect(stdout.split("\n")[0]).toBe(join(realRoot, compiled));
      expect(compiled).toBe(join(folder, "dist", relative(folder, source)).replace(/\.ts$/, ".js"));
      const { main, types, type } = readPackage(join(folder, subpath));
      expect(join(folder, subpath, main)).toBe(compiled);
      expect(join(folder, subpath, types)).toBe(compiled.replace(/\.js$/, ".d.ts"));
      expect(type).toBe("module");
    }
  });

  test("has declarations that lead to the source", () => {
    for (const folder of Object.values(PACKAGES)) {
      const dist = join(realRoot, folder, "dist");
      const declarations = filesUnder(dist, []).filter((file) => file.endsWith(".d.ts"));
      expect(declarations.length).toBeGreaterThan(50);
      for (const file of declarations) {
        const { sources, mappings } = JSON.parse(readFileSync(`${file}.map`, "utf8"));
        expect(mappings).not.toBe("");
        const source = join(realRoot, folder, relative(dist, file).replace(/\.d\.ts$/, ".ts"));
        expect(sources.map((/** @type {string} */ path) => join(dirname(file), path))).toEqual([source]);
        expect(existsSync(source)).toBe(true);
      }
    }
  });
});

test("no file imports what was compiled", () => {
  const places = ["lib", "solutions", "exercises", "grader", "notebooks", "bench", "setup", "findings"];
  const texts = places
    .flatMap((place) => filesUnder(join(realRoot, place)))
    .filter((file) => /\.(m|c)?[jt]s$/.test(file) && !file.includes(join("fixtures", "submissions")));
  expect(texts.length).toBeGreaterThan(500);
  const ours =
    /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'](?:[./]*|flowlab(?:-grader)?\/|.*\/(?:lib|grader)\/)dist\//;
  expect(texts.filter((file) => ours.test(readFileSync(file, "utf8")))).toEqual([]);
});

describe("in a course of which something was changed since it was compiled", () => {
  /** @type {string} */
  let folder;
  beforeAll(() => {
    folder = copyOfSources();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** @param {string[]} files */
  const vitest = (...files) =>
    node(
      folder,
      join(realRoot, "node_modules/vitest/vitest.mjs"),
      "run",
      "--config",
      "plain.config.js",
      ...files,
    );

  test("Node, the compiler and vitest see a new export", () => {
    appendFileSync(join(folder, "lib/index.ts"), "export const notYetCompiled: number = 42;\n");
    appendFileSync(join(folder, "lib/figure/index.ts"), "export const neither: number = 43;\n");
    const imports =
      'import { notYetCompiled } from "flowlab";\nimport { neither } from "flowlab/figure";\nconst sum: number = notYetCompiled + neither;\n';
    write("solutions/new.ts", `${imports}console.log(sum);\n`);
    write(
      "solutions/new.test.ts",
      `import { expect, test } from "vitest";\n${imports}test("sum", () => expect(sum).toBe(85));\n`,
    );
    expect(node(folder, "solutions/new.ts").stdout).toBe("85\n");
    expect(vitest("solutions/new.test.ts")).toMatchObject({ status: 0 });
    const compiler = join(realRoot, "node_modules/typescript/bin/tsc");
    write(
      "tsconfig.new.json",
      JSON.stringify({ extends: "./tsconfig.json", include: ["solutions"], exclude: [] }),
    );
    expect(node(folder, compiler, "-p", "tsconfig.new.json")).toMatchObject({ status: 0, stdout: "" });
    write("solutions/new.ts", imports.replace(": number", ": string"));
    expect(node(folder, compiler, "-p", "tsconfig.new.json").stdout).toContain(
      "solutions/new.ts(3,7): error TS2322",
    );
  });

  test("the grader's tests, and what verify stands on, fail with a random() that throws", () => {
    const file = "grader/domain/strata.test.ts";
    expect(vitest(file)).toMatchObject({ status: 0 });
    const random = join(folder, "lib/random/random.ts");
    const text = readFileSync(random, "utf8");
    const begins = "export function random(seed: number | string): Random {\n";
    expect(text).toContain(begins);
    const fingerprint = () =>
      node(
        folder,
        ...["--input-type=module", "--eval"],
        `import { fingerprint } from "./grader/verify/fingerprint.ts"; console.log(fingerprint(process.cwd(), ["grader/random.ts"]))`,
      ).stdout;
    const before = fingerprint();
    expect(before).toMatch(/^[0-9a-f]{64}\n$/);
    writeFileSync(random, text.replace(begins, `${begins}  throw new Error("broken on purpose");\n`));
    const { status, stderr } = vitest(file);
    expect(status).toBe(1);
    expect(stderr).toContain("broken on purpose");
    expect(fingerprint()).not.toBe(before);
  });

  /**
   * @param {string} path
   * @param {string} text
   */
  function write(path, text) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});

/**
 * @param {string} cwd
 * @param {string[]} args
 */
function node(cwd, ...args) {
  /** @type {NodeJS.ProcessEnv} */
  const all = { ...process.env, NO_COLOR: "1" };
  const { FORCE_COLOR: _, ...env } = all;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** The sources of the library and the grader, with what was compiled of them, beside links to all packages of others. */
function copyOfSources() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "flowlab-source-")));
  for (const name of ["lib", "grader"]) {
    const isWanted = (/** @type {string} */ path) => !/[\\/](node_modules|fixtures)$/.test(path);
    cpSync(join(realRoot, name), join(folder, name), { recursive: true, filter: isWanted });
  }
  for (const name of ["package.json", "tsconfig.json"]) cpSync(join(realRoot, name), join(folder, name));
  writeFileSync(join(folder, "plain.config.js"), "export default {};\n");
  linkPackages("node_modules");
  if (existsSync(join(realRoot, "grader/node_modules"))) linkPackages("grader/node_modules");
  for (const [name, own] of Object.entries(PACKAGES))
    symlinkSync(join(folder, own), join(folder, "node_modules", name), "junction");
  return folder;

  /** @param {string} path */
  function linkPackages(path) {
    mkdirSync(join(folder, path));
    for (const name of readdirSync(join(realRoot, path)))
      if (!(name in PACKAGES) && !name.startsWith("."))
        symlinkSync(join(realRoot, path, name), join(folder, path, name), "junction");
  }
}
