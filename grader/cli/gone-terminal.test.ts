/** A reader that goes away, or a terminal that is closed, costs what it would have read and nothing else. Real pipes, a real terminal. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { CLI, gradeFolder, RIGHT, WRONG } from "./grade.fixture.ts";

const { root, put, start, read, results } = gradeFolder();

async function aClass(): Promise<string[]> {
  for (const name of ["ada", "bob", "cyd", "dan"])
    await put(`class/${name}.ts`, name === "bob" ? WRONG : RIGHT);
  return ["class", "--jobs", "1", "--trust"];
}
const points = async (path: string) => (await results(path)).submissions.map((one) => one.points);

test.each([
  ["stdout", ["stdout"]],
  ["stderr", ["stderr"]],
  ["both", ["stdout", "stderr"]],
] as const)("closed from the start: %s", async (what, closed) => {
  const child = start([...(await aClass()), "--json", `${what}.json`, "--html", what]);
  for (const name of closed) child[name]?.destroy();
  for (const name of ["stdout", "stderr"] as const) child[name]?.resume();
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
  expect(await points(`${what}.json`)).toEqual([3, 1, 3, 3]);
  expect(await read(`${what}/index.html`)).toContain("bob");
});

test("a reader that stops after the first line", async () => {
  const child = start([...(await aClass()), "--json", "head.json"]);
  child.stdout?.resume();
  child.stderr?.once("data", () => child.stderr?.destroy());
  const [code] = await once(child, "exit");
  expect([code, await points("head.json")]).toEqual([0, [3, 1, 3, 3]]);
});

test("SIGHUP to all of the run's processes ends nothing", async () => {
  const child = start([...(await aClass()), "--json", "hup.json"]);
  child.stdout?.resume();
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
    // After each line, so that it also falls into the middle of answers.
    process.kill(-(child.pid as number), "SIGHUP");
  });
  const [code] = await once(child, "exit");
  expect(said).toContain("dan.ts: 3/3");
  expect([code, await points("hup.json")]).toEqual([0, [3, 1, 3, 3]]);
});

const script = spawnSync("script", ["--version"]).status === 0;
needing("the program script", script ? undefined : "it makes a terminal; install util-linux").test(
  "a terminal that is closed in the middle ends nothing",
  async () => {
    const args = [...(await aClass()), "--json", "closed.json", "--html", "closed"];
    const command = [process.execPath, CLI, ...args].map((part) => `'${part}'`).join(" ");
    const terminal = spawn("script", ["-qec", command, "/dev/null"], {
      cwd: root(),
      env: { ...process.env, TERM: "xterm" },
    });
    let shown = "";
    terminal.stdout.on("data", (chunk) => {
      shown += chunk;
    });
    while (!/grading .*1\/\d/.test(shown)) await sleep(10);
    // `script` holds the terminal's other end.
    terminal.kill("SIGKILL");
    while (!(await stat(join(root(), "closed/index.html")).catch(() => undefined))) await sleep(50);
    expect(await points("closed.json")).toEqual([3, 1, 3, 3]);
  },
);
