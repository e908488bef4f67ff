import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const copy = mkdtempSync(join(tmpdir(), "flowlab-build-"));
const exercise = "exercises/01-change-of-variables/16-1-square.ts";

/** What the builder reads and writes, so that the learner's own files are left alone. */
beforeAll(() => {
  const behind = new Set(["dist", "browser", "run", "images", "fixtures", ".ipynb_checkpoints"]);
  for (const folder of ["notebooks", "grader", "solutions", "exercises"]) {
    cpSync(join(root, folder), join(copy, folder), {
      recursive: true,
      filter: (path) => !behind.has(basename(path)),
    });
  }
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  symlinkSync(join(root, "lib"), join(copy, "lib"), "junction");
});
afterAll(() => rmSync(copy, { recursive: true }));

function build(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(copy, "notebooks/build/cli.ts"), ...options],
    { encoding: "utf8", env: { ...process.env, CI: "" } },
  );
  return { status, stdout, stderr };
}

test("--help lists the options; an unknown one is refused with the same list", () => {
  const help = build("--help");
  expect(help).toMatchObject({ status: 0, stderr: "" });
  expect(help.stdout).toMatch(/--check[\s\S]*--force[\s\S]*Exit code/);
  const unknown = build("--forse");
  expect(unknown.status).toBe(2);
  expect(unknown.stderr).toMatch(/unknown option '--forse'[\s\S]*--check[\s\S]*--force/);
  expect(build("everything").status).toBe(2);
});

test("an edited file is kept; --force replaces it and keeps a dated copy of it alone", () => {
  expect(build().status).toBe(0);
  const original = readFileSync(join(copy, exercise), "utf8");
  const mine = original.replace("// YOUR CODE HERE", "return 1; // a night's work");
  expect(mine).not.toBe(original);
  writeFileSync(join(copy, exercise), mine);

  const kept = build();
  expect(kept.status).toBe(1);
  expect(kept.stderr).toContain(`kept ${exercise}`);
  expect(readFileSync(join(copy, exercise), "utf8")).toBe(mine);

  const forced = build("--force");
  expect(forced.status).toBe(0);
  const folder = /kept a copy of \S+ in (backups\/\d{4}-\d\d-\d\d-\d{6})\//.exec(forced.stdout)?.[1] ?? "";
  expect(readFileSync(join(copy, folder, exercise), "utf8")).toBe(mine);
  expect(readFileSync(join(copy, exercise), "utf8")).toBe(original);
  const all = readdirSync(join(copy, folder), { recursive: true, withFileTypes: true });
  expect(all.filter((entry) => entry.isFile())).toHaveLength(1);

  // Nothing of a learner's is left: nothing is copied.
  expect(build("--force").stdout).not.toContain("copy");
  expect(readdirSync(join(copy, "backups"))).toHaveLength(1);
}, 60_000);
