import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

test("a run in a pipe shows failures and a summary, and neither the tests that -t leaves out nor colours", () => {
  const folder = mkdtempSync(join(tmpdir(), "flowlab-piped-"));
  try {
    mkdirSync(join(folder, "lib"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
    writeFileSync(
      join(folder, "lib/some.test.ts"),
      `import { expect, test } from "vitest";
       test.each(Array.from({ length: 300 }, (_, i) => i))("left out, number %d", () => {});
       test("chosen and right", () => expect(1).toBe(1));
       test("chosen and wrong", () => expect({ a: 1 }).toEqual({ a: 2 }));`,
    );
    const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, VITEST: ____, ...env } = process.env;
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [
        join(root, "node_modules/vitest/vitest.mjs"),
        ...["run", "--root", folder, "--config", join(root, "vitest.config.ts"), "-t", "chosen"],
      ],
      { cwd: folder, env, encoding: "utf8" },
    );
    const printed = stdout + stderr;
    expect(status).toBe(1);
    expect(printed).toMatch(/FAIL .*some\.test\.ts > chosen and wrong/);
    expect(printed).toMatch(/-\s+"a": 2/);
    expect(printed).toMatch(/Tests +1 failed \| 1 passed \| 300 skipped/);
    expect(printed).not.toContain("left out, number 7");
    expect(printed).not.toContain("\u001b");
    expect(printed.split("\n").length).toBeLessThan(60);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("format says which file there is not, and changes none", () => {
  const args = ["setup/run-tool.js", "@biomejs/biome", "check", "--write", "lib/index.ts", "nonexist.ts"];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect(stderr).toBe(`nonexist.ts: no such file in ${root}; expected paths such as lib/index.ts\n`);
  expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
});
