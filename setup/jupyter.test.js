import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { root, venvProgram } from "./project.js";
import { createCourseCopy, removeCourseCopies, runScript } from "./testing/course-copy.js";
import { needing, needingPosix } from "./testing/needs.ts";

afterAll(removeCourseCopies);

const { test } = needing(
  "the course's own JupyterLab",
  existsSync(venvProgram("jupyter")) ? undefined : "there is none in .venv; npm start installs it",
);

// These are the ones of JupyterLab's commands that run a program in Node.
test.each([
  ["jupyter", ["labextension", "list"]],
  ["jupyter", ["lab", "path"]],
  ["jlpm", ["--version"]],
])(
  "%s %j runs inside the course, a package of type module",
  (program, args) => {
    const { status, stdout, stderr } = spawnSync(venvProgram(program), args, { cwd: root, encoding: "utf8" });
    expect(status).toBe(0);
    expect(stdout + stderr).not.toMatch(/Error|Fail to|Dynamic require/);
  },
  60_000,
);

needingPosix().test("an environment that an earlier version of the course has made is mended", () => {
  const folder = createCourseCopy();
  mkdirSync(join(folder, ".venv", "bin"), { recursive: true });
  writeFileSync(join(folder, ".venv", "bin", "python"), "");
  const step = `
    import { kernelSpec } from "./setup/steps/kernel-spec.js";
    console.log(await kernelSpec.isNeeded());
    await kernelSpec.run();
    console.log(await kernelSpec.isNeeded());`;
  expect(runScript(folder, ["--input-type=module", "-e", step]).stdout).toBe("true\nfalse\n");
  const script = join(folder, ".venv", "program.js");
  writeFileSync(script, 'process.stdout.write(typeof require("node:util").inspect)');
  expect(execFileSync(process.execPath, [script], { encoding: "utf8" })).toBe("function");
});
