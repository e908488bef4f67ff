import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { course } from "../grader/course.ts";
import { maxPoints } from "../grader/exercise.ts";
import { filesUnder } from "./stamp.js";
import { realRoot } from "./testing/course-copy.js";

const readme = readFileSync(join(realRoot, "README.md"), "utf8");
const { scripts } = JSON.parse(readFileSync(join(realRoot, "package.json"), "utf8"));
const sources = [
  "lib",
  "grader",
  "notebooks",
  "solutions",
  "exercises",
  "bench",
  "setup",
  "scaffold",
  "findings",
];
/** @param {string} text */
const inCode = (text) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);
/** @param {string} path */
const isThere = (path) => globSync(path, { cwd: realRoot }).length > 0;

test("every npm script that README names exists, and every other one is told there", () => {
  const named = new Set([...readme.matchAll(/npm run (\w+(?::\w+)*)/g)].map(([, name]) => name));
  expect([...named].filter((name) => !(name in scripts))).toEqual([]);
  const own = Object.keys(scripts).filter((name) => !/^pre/.test(name) && !["start", "test"].includes(name));
  expect(own.filter((name) => !named.has(name))).toEqual([]);
});

test("every file and folder that README's part for maintainers names exists", () => {
  const [, maintainers] = readme.split("\n## For maintainers\n");
  const paths = inCode(maintainers).filter((code) =>
    new RegExp(`^(${[...sources, "\\.vscode"].join("|")})/[\\w./*-]*$`).test(code),
  );
  expect(paths.length).toBeGreaterThan(40);
  expect(paths.filter((path) => !/^notebooks\/NN/.test(path) && !isThere(path))).toEqual([]);
});

test("each file that a row of “Adding something else” names is in the folder of that row", () => {
  const section = /### Adding something else\n([\s\S]*?)\n### /.exec(readme)?.[1] ?? "";
  const rows = [...section.matchAll(/^\| (.+?) \| (.+) \|$/gm)].slice(1);
  expect(rows.length).toBeGreaterThan(15);
  const files = sources
    .flatMap((folder) => filesUnder(join(realRoot, folder)))
    .map((file) => relative(realRoot, file).replaceAll("\\", "/"));
  const lost = rows.flatMap(([, what, where]) => {
    const named = inCode(where).filter(
      (code) => !code.includes("NN-") && /^[\w./-]+(\.(ts|js|json)|\/)$/.test(code),
    );
    const tops = new Set(named.filter((code) => /\w\/\w/.test(code)).map((code) => code.split("/")[0]));
    const inRow = files.filter((file) => tops.size === 0 || tops.has(file.split("/")[0]));
    return named
      .filter((code) => !inRow.some((file) => `/${file}`.includes(`/${code}`)))
      .map((code) => `${what}: ${code}`);
  });
  expect(lost).toEqual([]);
});

test("README's table has each problem of the textbook with its chapter, checks and points", () => {
  const rows = course
    .filter(({ id }) => /^16\.\d+$/.test(id))
    .toSorted((a, b) => Number(a.id.slice(3)) - Number(b.id.slice(3)))
    .map((one) => {
      const byPerson = one.rubric?.points ?? 0;
      const points = `${maxPoints(one) - byPerson}${byPerson > 0 ? `, and ${byPerson} by a person` : ""}`;
      return [`\`${one.id}\``, one.title, one.path.slice(0, 2), one.checks.length, points].join(" | ");
    });
  expect(rows).toHaveLength(11);
  expect([...readme.matchAll(/^\| (`16\..*) \|$/gm)].map(([, row]) => row)).toEqual(rows);
});

test("every finding is told in README, and all have one form", () => {
  const files = readdirSync(join(realRoot, "findings"));
  const told = [...(/### Findings\n([\s\S]*?)\n### /.exec(readme)?.[1] ?? "").matchAll(/^\| `([^`]+)` \|/gm)];
  expect(told.map(([, name]) => name)).toEqual(files.toSorted());
  for (const file of files) {
    const text = readFileSync(join(realRoot, "findings", file), "utf8");
    expect(text, file).toMatch(/^#!\/usr\/bin\/env bash\n# \S+(?: and \S+)* \d+\.\d+.* \((npm|PyPI)/);
    expect(text, file).toMatch(/^# Matters to /m);
    expect(text, file).toMatch(/^# Seen with .*\d:?/m);
    expect(text, file).toMatch(/exit code 0 as long as/);
    expect(text, file).toMatch(/^set -euo pipefail$/m);
    expect(text.replaceAll("flowlab-", ""), file).not.toMatch(/flowlab|\.\.\/lib/);
  }
});

/**
 * The editor's files may hold comments.
 *
 * @param {string} name
 */
const readSettings = (name) =>
  JSON.parse(readFileSync(join(realRoot, ".vscode", name), "utf8").replace(/^\s*\/\/.*$/gm, ""));

test("the editor's tasks and launches start what exists, with the TypeScript of node_modules", () => {
  /** @type {{ tasks: { type: string, script: string, label: string, command?: string, windows?: { command?: string } }[] }} */
  const { tasks } = readSettings("tasks.json");
  expect(tasks.filter(({ type, script }) => type === "npm" && !(script in scripts))).toEqual([]);
  // The system's Node may be an old one.
  const processes = tasks.filter(({ type }) => type !== "npm");
  expect(processes.length).toBeGreaterThan(1);
  for (const { command, windows } of processes) {
    expect(command).toBe(`\${workspaceFolder}/node_modules/node/bin/node`);
    expect(windows?.command).toBe(`${command}.exe`);
  }
  /** @type {{ configurations: { preLaunchTask?: string | string[] }[] }} */
  const { configurations } = readSettings("launch.json");
  const labels = tasks.map(({ label }) => label);
  expect(
    configurations
      .flatMap(({ preLaunchTask = [] }) => preLaunchTask)
      .filter((name) => !labels.includes(name)),
  ).toEqual([]);
  const text = ["tasks.json", "launch.json"].map((name) => JSON.stringify(readSettings(name))).join("");
  const files = [
    ...text.matchAll(/"(?:\$\{workspaceFolder\}\/)?((?:node_modules|grader|setup)\/[^"]+)"/g),
  ].map(([, file]) => file);
  expect(files.length).toBeGreaterThan(4);
  expect(files.filter((file) => !file.endsWith(".exe") && !existsSync(join(realRoot, file)))).toEqual([]);
  // What the extension looks for beside the path: a package whose `bin` is tsc, and its program for this system.
  const tsdk = readSettings("settings.json")["js/ts.tsdk.path"];
  const { name, bin } = JSON.parse(readFileSync(join(realRoot, tsdk, "..", "package.json"), "utf8"));
  expect([name, Object.keys(bin)]).toEqual(["typescript", ["tsc"]]);
  expect(existsSync(join(realRoot, tsdk, "tsserver.js"))).toBe(false);
  expect(isThere(`node_modules/@typescript/typescript-${process.platform}-${process.arch}/lib/tsc*`)).toBe(
    true,
  );
});

test("what instructors may be pointed to has a heading, which can be linked to", () => {
  const [, instructors = ""] = /\n## For instructors\n([\s\S]*?)\n## /.exec(readme) ?? [];
  const headings = [...instructors.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(expect.arrayContaining(["Saved flows", "Texts for a person", "What you get"]));
});
