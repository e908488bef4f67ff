import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needingLinux } from "../../setup/testing/needs.ts";
import { stdio } from "./descriptors.ts";

const MODULE = join(import.meta.dirname, "descriptors.ts");
/** Beyond a gap: Node itself marks the descriptors up to the first number that is free. */
const STRAY = 40;

needingLinux().describe("descriptors that the grader was started with", () => {
  /** Runs a script in a Node that was given one more descriptor, open on a file. */
  function startedWithStray(script: string): unknown {
    const file = openSync(MODULE, "r");
    const given = Array.from({ length: STRAY + 1 }, (_, fd) =>
      fd < 3 ? "pipe" : fd === STRAY ? file : "ignore",
    );
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--no-warnings", "--input-type=module", "--eval", script],
      { encoding: "utf8", stdio: given as never },
    );
    closeSync(file);
    return JSON.parse(stdout || JSON.stringify(stderr));
  }

  test("are found, and Node's own are not", () => {
    const script = `import { inheritable } from ${JSON.stringify(MODULE)}; console.log(JSON.stringify(inheritable(3)));`;
    expect(startedWithStray(script)).toContain(STRAY);
    expect((startedWithStray(script) as number[]).length).toBeLessThan(4);
  });

  test("do not reach a child", () => {
    const script = `
      import { spawnSync } from "node:child_process";
      import { stdio } from ${JSON.stringify(MODULE)};
      const target = (options) => spawnSync("readlink", ["/proc/self/fd/${STRAY}"], { encoding: "utf8", stdio: options }).stdout.trim();
      console.log(JSON.stringify([target(["pipe", "pipe", "pipe"]), target(stdio(4))]));`;
    expect(startedWithStray(script)).toEqual([MODULE, expect.stringMatching(/^socket:/)]);
  });

  test("leave the child's own channel alone", async () => {
    const child = spawn("/bin/sh", ["-c", "echo here >&3"], { stdio: stdio(4) });
    const said = await new Promise<Buffer>((done) => child.stdio[3]?.once("data", done));
    expect(String(said)).toBe("here\n");
  });
});
