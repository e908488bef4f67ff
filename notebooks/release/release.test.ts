import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type KitManifest, kitManifest, sha256 } from "../../grader/kit/manifest.ts";
import { readKit } from "../../grader/kit/read-kit.ts";
import type { Notebook } from "../build/nbformat.ts";
import { codeCell, codeNotebook } from "../kernel/testing/notebook.ts";
import { runNotebook } from "../run/notebook.ts";
import { archive, TOP } from "./archive.ts";
import { removeKits, root, runInKit, unpack } from "./kit.fixture.ts";
import { type KitFiles, kitFiles } from "./kit.ts";
import { findLeaks } from "./leaks.ts";

const scratch = mkdtempSync(join(tmpdir(), "flowlab-release-"));
afterAll(() => {
  removeKits();
  rmSync(scratch, { recursive: true });
});

let whole: KitFiles;
let files: KitFiles;
let kit: string;
beforeAll(async () => {
  whole = await kitFiles(root);
  files = await kitFiles(root, { chapters: ["3", "01"], heldBack: { "16.1": [3] }, commit: "abc" });
  kit = unpack(files);
}, 480_000);

const text = (path: string, of: KitFiles = files) => Buffer.from(of.get(path) ?? []).toString("utf8");

test("no line of a solution, a worked solution or an answer that tries the checks is in it", () => {
  const given = /^const omega[12] = /;
  expect(findLeaks(root, whole).filter(({ line }) => !given.test(line))).toEqual([]);
  const solution = readFileSync(join(root, "solutions/05-coupling/affine.ts"));
  const squeezed = Buffer.from(solution.toString("utf8").replace(/\s+/g, " "));
  for (const leaked of [solution, squeezed])
    expect(findLeaks(root, new Map([["exercises/x.ts", leaked]])).length).toBeGreaterThan(5);
});

test("neither solutions, nor what tries the checks, nor sources of the grader are in it", () => {
  const paths = [...whole.keys()];
  expect(
    paths.filter((path) =>
      /solutions|fixtures|\.(test|fixture)\.|verify|\.safetensors$|^[^/]*\.md$/.test(path),
    ),
  ).toEqual(["README.md"]);
  expect(
    paths.filter((path) => /^grader\/.*(?<!\.d)\.ts$/.test(path) && !path.includes("/handed-out/")),
  ).toEqual([]);
  expect(text("grader/dist/exercises/05-coupling/nice.mutants.js", whole)).not.toMatch(/[[{].*=>/);
  expect(
    text("grader/dist/exercises/01-change-of-variables/16-1-square.misconceptions.js", whole),
  ).not.toContain("//");
});

test("it is the same bytes each time, and every file is in its manifest", async () => {
  // Compiled anew for each kit: what both have is the same, but for the exercise that lacks a check, and what lists the chapters.
  const differs = [...files.keys()].filter((path) => text(path) !== text(path, whole));
  expect(
    differs.filter((path) => !/\/16-1-square\.checks\.js$|\/course\.(js|d\.ts)$|\.ipynb$/.test(path)),
  ).toEqual(["kit.json", "README.md"]);
  const bytes = await archive(files);
  expect(sha256(await archive(files))).toBe(sha256(bytes));
  const file = join(scratch, "kit.zip");
  writeFileSync(file, bytes);
  const read = await readKit(file);
  expect([...read.files.keys()]).toEqual([...files.keys()].filter((path) => path !== "kit.json"));
  expect(read.manifest).toEqual(kitManifest(kit));
  const damaged = Buffer.from(await archive(new Map([...files, ["LICENSE", Buffer.from("other")]])));
  writeFileSync(file, damaged);
  await expect(readKit(file)).rejects.toThrow("LICENSE is not what kit.json says");
  writeFileSync(file, await archive(new Map([["a.txt", Buffer.from("a")]])));
  await expect(readKit(file)).rejects.toThrow("holds no kit.json");
  expect(bytes.subarray(30, 30 + TOP.length).toString()).toBe(TOP);
}, 240_000);

test("of the chapters only those that are asked for, and of a check that is held back only that it is", () => {
  const manifest = kitManifest(kit);
  expect(manifest).toMatchObject({
    chapters: ["01-change-of-variables", "03-linear"],
    commit: "abc",
    exercises: { "16.1": { heldBack: { checks: 1, points: 1 } } },
  });
  expect(Object.keys(manifest?.exercises ?? {})).toHaveLength(16);
  expect([...files.keys()].filter((path) => /04-elementwise|05-coupling|09-glow/.test(path))).toEqual([]);
  const map = text("notebooks/00-start.ipynb");
  expect(map).toContain("[3 Linear flows](03-linear.ipynb)");
  expect(map).toContain("2 The general case *(not in this copy)*");
  expect(map).toContain("`reset(");
  expect(map).not.toContain("The solution explained");
  expect(text("notebooks/03-linear.ipynb")).toContain("(01-change-of-variables.ipynb)");
});

test("what cannot be released is refused with what there is", async () => {
  await expect(kitFiles(root, { chapters: ["17"] })).rejects.toThrow(
    "--chapters 17: there is no such chapter",
  );
  await expect(kitFiles(root, { chapters: ["01"], heldBack: { "16.4": [1] } })).rejects.toThrow(
    "--hold-back 16.4: the kit has no exercise of that name",
  );
  await expect(kitFiles(root, { chapters: ["01"], heldBack: { "16.1": [7] } })).rejects.toThrow(
    "--hold-back 16.1: it has 3 checks, and no check 7",
  );
});

test("it checks a blank answer and a right one, by itself", () => {
  const path = "exercises/01-change-of-variables/16-1-square.ts";
  const report = join(scratch, "report.json");
  const check = () => {
    const { status, stderr } = runInKit(
      kit,
      "grader/dist/cli/grade.js",
      "--sandbox",
      "none",
      "--json",
      report,
      path,
    );
    const [submission] = status === 2 ? [] : JSON.parse(readFileSync(report, "utf8")).submissions;
    return { status, stderr, exercise: submission?.exercises[0] };
  };
  expect(check()).toMatchObject({ exercise: { status: "unsolved", checks: { length: 2 } } });
  copyFileSync(join(root, "solutions/01-change-of-variables/16-1-square.ts"), join(kit, path));
  expect(check()).toMatchObject({ status: 0, exercise: { status: "passed", points: 2 } });
  copyFileSync(join(root, "exercises/01-change-of-variables/16-1-square.ts"), join(kit, path));
});

test("npm takes its lock file, without the network", () => {
  const folder = mkdtempSync(join(scratch, "npm-"));
  for (const path of ["package.json", "package-lock.json"]) writeFileSync(join(folder, path), text(path));
  const command = "npm ci --dry-run --offline --ignore-scripts --no-audit --no-fund";
  const { status, stderr } = spawnSync(command, { cwd: folder, encoding: "utf8", shell: true });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const { packages } = JSON.parse(text("package-lock.json"));
  expect(Object.keys(packages)).not.toContain("node_modules/vitest");
  expect(packages["node_modules/@types/node"].dev).toBeUndefined();
});

test("in its notebooks a check says what is held back, solutions stay with the course, an exercise can be put back", async () => {
  const notebook = codeNotebook([
    codeCell("a", `import { check, progress, reset, worked } from "flowlab-grader";`),
    codeCell("b", `const density = (x: number) => (x > 0 && x <= 1 ? 0.5 / Math.sqrt(x) : 0);`),
    codeCell("c", `await check("16.1", { density });`),
    codeCell("d", `worked("16.1")`),
    codeCell("e", `reset("16.1")`),
    codeCell("f", `progress()`),
  ]);
  const env = { ...process.env, FLOWLAB_PROGRESS: join(scratch, "progress") };
  const run = await runNotebook(notebook as never, { course: kit, cwd: join(kit, "notebooks"), env });
  const shown = run.cells.map(({ outputs }) => JSON.stringify(outputs));
  expect(run.ok, shown.join("\n")).toBe(true);
  expect(shown[2]).toContain("Exercise 16.1 has 1 more check, for 1 point, which your instructor runs");
  expect(shown[2]).toContain("2 of 2 points");
  expect(shown[3]).toContain("solutions are not in this copy");
  expect(shown[4]).toContain("YOUR CODE HERE");
  expect(shown[5]).toContain("1 · Bending one variable");
  expect(shown[5]).not.toContain("The general case");
});

test("Run All of one of its notebooks passes in its own kernel", async () => {
  const notebook = JSON.parse(text("notebooks/03-linear.ipynb")) as Notebook;
  const run = await runNotebook(notebook, { course: kit, cwd: join(kit, "notebooks"), timeoutMs: 240_000 });
  expect(run.cells.filter(({ error }) => error).map(({ error }) => error)).toEqual([]);
  expect(run.ok).toBe(true);
}, 480_000);

test("npm run update takes a new kit, also where half of it is there already, and keeps what is written", async () => {
  const folder = unpack(files);
  const start = "notebooks/00-start.ipynb";
  const solved = "exercises/01-change-of-variables/16-1-square.ts";
  const zip = join(scratch, "next.zip");
  const next = new Map(files);
  next.set(start, Buffer.from(text(start).replace("The map of the course", "The map, corrected")));
  next.set("lib/index.ts", Buffer.from(`${text("lib/index.ts")}// corrected\n`));
  next.set(
    "grader/dist/kit/manifest.js",
    Buffer.from(`${text("grader/dist/kit/manifest.js")}// corrected\n`),
  );
  next.delete("LICENSE");
  const about = JSON.parse(text("kit.json")) as KitManifest & {
    files: Record<string, string>;
    commit: string;
  };
  about.commit = "def";
  about.files = Object.fromEntries(
    [...next].filter(([path]) => path !== "kit.json").map(([path, bytes]) => [path, sha256(bytes)]),
  );
  next.set("kit.json", Buffer.from(JSON.stringify(about)));
  writeFileSync(zip, await archive(next));
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const mine = read(start)
    .replace("# Normalizing flows", "# My notes on flows")
    .replace("progress();", "progress(); // mine");
  writeFileSync(join(folder, start), mine);
  copyFileSync(join(root, "solutions/01-change-of-variables/16-1-square.ts"), join(folder, solved));

  expect(runInKit(folder, "setup/update.js", "no.zip")).toMatchObject({ status: 2 });
  expect(existsSync(join(folder, ".setup/updater"))).toBe(false);
  // As an update leaves it that was killed.
  writeFileSync(join(folder, "lib/index.ts"), next.get("lib/index.ts") as Uint8Array);
  const { status, stdout, stderr } = runInKit(folder, "setup/update.js", zip);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("files brought up to date");
  expect(read(start)).toContain("# My notes on flows");
  expect(read(start)).toContain("progress(); // mine");
  expect(read(start)).toContain("The map, corrected");
  expect(read(solved)).toBe(
    readFileSync(join(root, "solutions/01-change-of-variables/16-1-square.ts"), "utf8"),
  );
  expect(existsSync(join(folder, "LICENSE"))).toBe(false);
  expect(kitManifest(folder)).toMatchObject({ commit: "def" });
  expect(runInKit(folder, "setup/update.js", zip).stdout).toBe("All is as in the new kit.\n");
  expect(runInKit(root, "setup/update.js", zip)).toMatchObject({ status: 2 });
});
