import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { realRoot } from "../testing/course-copy.js";
import { checkTasks } from "./checks.js";
import { runSideBySide } from "./side-by-side.js";

/** @param {string} script */
const node = (script) => `"${process.execPath}" -e "${script}"`;

test("what commands print comes in their order, and one that fails keeps none from its end", async () => {
  /** @type {string[]} */
  const texts = [];
  const failed = await runSideBySide(
    [
      { name: "slow", command: node("setTimeout(() => console.log('slow ends'), 400)") },
      { name: "broken", command: node("console.error('broken says why'); process.exit(3)") },
      { name: "quick", command: node("console.log('quick ends')") },
      { name: "unknown", command: "no-such-program-of-anybody" },
    ],
    (text) => texts.push(text),
  );
  expect(failed).toEqual(["broken", "unknown"]);
  expect(texts.join("")).toMatch(
    /^── slow\nslow ends\n── broken\nbroken says why\n── quick\nquick ends\n── unknown\n.*no-such-program-of-anybody/,
  );
});

test("they run at the same time, and the first is seen while it runs", async () => {
  let seen = "";
  // Each waits for the other: one after another they would never end.
  /** @type {(mine: string, other: string) => string} */
  const wait = (mine, other) =>
    node(
      `const fs = require('node:fs'); console.log('here'); fs.writeFileSync('${mine}', ''); const t = setInterval(() => fs.existsSync('${other}') && clearInterval(t), 5)`,
    );
  const folder = mkdtempSync(join(tmpdir(), "flowlab-side-"));
  try {
    const ran = runSideBySide(
      [
        { name: "one", command: wait("one", "seen") },
        { name: "two", command: wait("two", "one") },
      ],
      (text) => {
        seen += text;
        if (seen.includes("here")) writeFileSync(join(folder, "seen"), "");
      },
      { cwd: folder },
    );
    expect(await ran).toEqual([]);
    expect(seen).toBe("── one\nhere\n── two\nhere\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("npm run check tries rooms, names and completeness, too", () => {
  const { scripts } = JSON.parse(readFileSync(join(realRoot, "package.json"), "utf8"));
  const commands = checkTasks(scripts, false).map(({ command }) => command);
  for (const part of [
    "tsc",
    "biome",
    "lib/rooms.test.ts",
    "lib/names.test.ts",
    "lib/completeness.test.ts",
    "verify.ts",
  ])
    expect(commands.filter((command) => command.includes(part))).toHaveLength(1);
});

test("npm run check verifies under few seeds, and so does npm test", () => {
  const { scripts } = JSON.parse(readFileSync(join(realRoot, "package.json"), "utf8"));
  const verifying = (/** @type {boolean} */ isWhole) =>
    checkTasks(scripts, isWhole).find(({ name }) => name === "verify")?.command;
  expect(verifying(false)).toBe(`${scripts.verify} --quick`);
  expect(verifying(true)).toBe(`${scripts.verify} --quick`);
  expect(scripts.test).toMatch(/^npm run check -- --whole && /);
});

test("npm test runs what structure tries once: among all tests", () => {
  const { scripts } = JSON.parse(readFileSync(join(realRoot, "package.json"), "utf8"));
  const names = (/** @type {boolean} */ isWhole) => checkTasks(scripts, isWhole).map(({ name }) => name);
  expect(names(true)).toEqual(names(false).filter((name) => name !== "structure"));
  expect(scripts.test).toMatch(/ && node setup\/run-tool\.js vitest run$/);
  const files = scripts.structure.split(" vitest run ")[1].split(" ");
  expect(files.length).toBeGreaterThan(5);
  // What vitest.config.ts takes for tests.
  for (const file of files) {
    expect(file).toMatch(/^lib\/.*\.test\.ts$|^setup\/.*\.test\.(ts|js)$/);
    expect(existsSync(join(realRoot, file)), file).toBe(true);
  }
});
