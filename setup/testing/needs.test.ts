import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "flowlab-needs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tests = `
import { expect } from "vitest";
import { needing, tellAbsent } from ${JSON.stringify(join(import.meta.dirname, "needs.ts"))};
const there = needing("air", undefined);
const away = needing("a unicorn", "none was seen");
there.test("breathes", () => expect(1).toBe(1));
away.test("rides", () => expect(1).toBe(2));
away.describe("a stable", () => away.test.each([1, 2])("has stall %s", () => expect(1).toBe(2)));
there.test("finds out late", (context) => tellAbsent(context, "a dragon", "it has just left"));
`;

/** What vitest says of these tests, with CI set to this. */
function outcome(CI: string) {
  const file = join(folder, "absence.test.ts");
  writeFileSync(file, tests);
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const json = join(folder, "result.json");
  const args = [vitest, "run", "--root", folder, "--reporter", "verbose", "--reporter", "json"];
  const env = { ...process.env, CI, NO_COLOR: "1" };
  const { status, stdout } = spawnSync(process.execPath, [...args, "--outputFile.json", json], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  const { testResults } = JSON.parse(readFileSync(json, "utf8"));
  const states = testResults[0].assertionResults.map((one: { title: string; status: string }) => [
    one.title,
    one.status,
  ]);
  const text = JSON.stringify(testResults[0].assertionResults);
  return { status, stdout, text, states: Object.fromEntries(states) };
}

test("what is absent is skipped, and one test says why", () => {
  const { status, stdout, states } = outcome("");
  expect(status).toBe(0);
  expect(states).toEqual({
    breathes: "passed",
    "needs a unicorn": "skipped",
    rides: "skipped",
    "has stall 1": "skipped",
    "has stall 2": "skipped",
    "finds out late": "skipped",
  });
  expect(stdout).toContain("needs a unicorn: none was seen");
  expect(stdout).toContain("needs a dragon: it has just left");
});

test("in continuous integration what is absent fails, once", () => {
  const { status, states, text } = outcome("true");
  expect(status).toBe(1);
  expect(states).toMatchObject({
    breathes: "passed",
    "needs a unicorn": "failed",
    rides: "skipped",
    "finds out late": "failed",
  });
  expect(text).toContain("needs a unicorn: none was seen. In continuous integration");
  expect(text).toContain("needs a dragon: it has just left. In continuous integration");
});
