import { readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { fingerprint, tracesOf } from "./stamp.js";
import { createCourseCopy, removeCourseCopies, runScript, write } from "./testing/course-copy.js";

afterAll(removeCourseCopies);

// Compilers and TensorFlow run in here, and other tests beside them.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

describe("fingerprint", () => {
  it("differs as soon as one value does, and keeps values apart", () => {
    expect(fingerprint("a", "b")).toBe(fingerprint("a", "b"));
    expect(fingerprint("a", "b")).not.toBe(fingerprint("ab"));
    expect(fingerprint("a", null)).not.toBe(fingerprint("a"));
  });

  it("sees a file that only its time tells from the old one", () => {
    const folder = createCourseCopy();
    const file = join(folder, "source.ts");
    writeFileSync(file, "1");
    const before = fingerprint(tracesOf(file));
    utimesSync(file, 1, 1);
    expect(fingerprint(tracesOf(file))).not.toBe(before);
    rmSync(file);
    expect(tracesOf(file)).toBeNull();
  });
});

describe("the compile step", () => {
  const folder = createCourseCopy();
  const compileStep = `import { compile } from "./setup/steps/compile.js"; console.log(compile.isNeeded())`;
  const isNeeded = () =>
    runScript(folder, ["--input-type=module", "-e", compileStep]).stdout.trim() === "true";
  const compile = () => runScript(folder, ["setup/compile.js"]);

  it("runs in a fresh clone, and then not again", () => {
    expect(isNeeded()).toBe(true);
    expect(compile().code).toBe(0);
    expect(readdirSync(join(folder, "lib", "dist"))).toEqual(
      expect.arrayContaining(["index.js", "index.d.ts"]),
    );
    expect(isNeeded()).toBe(false);
  });

  it("runs when a source changes, and drops the output of a source that is gone", () => {
    write(folder, "lib/extra.ts", "export const extra = 1;\n");
    expect(isNeeded()).toBe(true);
    compile();
    expect(readdirSync(join(folder, "lib", "dist"))).toContain("extra.js");
    rmSync(join(folder, "lib", "extra.ts"));
    compile();
    expect(readdirSync(join(folder, "lib", "dist"))).not.toContain("extra.js");
  });

  it("takes assets along", () => {
    write(folder, "lib/figure/assets/style.css", "a{}");
    expect(isNeeded()).toBe(true);
    compile();
    expect(readdirSync(join(folder, "lib", "dist", "figure", "assets"))).toEqual(["style.css"]);
  });

  it("runs when the output was deleted or its stamp is unreadable", () => {
    rmSync(join(folder, "grader", "dist"), { recursive: true });
    expect(isNeeded()).toBe(true);
    compile();
    expect(isNeeded()).toBe(false);
    write(folder, ".setup/stamps/compile.json", '{ "inputs": "cut o');
    expect(isNeeded()).toBe(true);
    compile();
  });

  it("shows the compiler's message and is still needed after an error", () => {
    write(folder, "lib/index.ts", 'export const answer: number = "no";\n');
    const { code, stderr } = compile();
    expect(code).toBe(1);
    expect(stderr).toContain("lib/index.ts(1,14): error TS2322");
    expect(isNeeded()).toBe(true);
  });
});
