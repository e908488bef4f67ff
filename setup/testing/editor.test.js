import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { realRoot } from "./course-copy.js";

/**
 * As VS Code reads it: lines of remarks are none.
 *
 * @param {string} file
 */
const read = (file) =>
  JSON.parse(readFileSync(join(realRoot, ".vscode", file), "utf8").replace(/^\s*\/\/.*$/gm, ""));
/** @type {{ label: string, type: string, script?: string, command?: string, args?: string[], problemMatcher: unknown }[]} */
const tasks = read("tasks.json").tasks;
/** @type {{ name: string, type: string, request: string, preLaunchTask?: string, program?: string, args?: string[], runtimeExecutable?: string }[]} */
const launches = read("launch.json").configurations;
const { scripts } = JSON.parse(readFileSync(join(realRoot, "package.json"), "utf8"));
const inFolder = (/** @type {string} */ path) => path.replace(/^\$\{workspaceFolder\}/, () => realRoot);

test("every task runs a script that there is, or a program and a file that there are", () => {
  expect(tasks.length).toBeGreaterThan(3);
  for (const { label, type, script, command, args = [] } of tasks) {
    expect(["npm", "process"], label).toContain(type);
    if (type === "npm") expect(Object.keys(scripts), label).toContain(script);
    else {
      expect(existsSync(inFolder(command ?? "")), label).toBe(true);
      expect(existsSync(join(realRoot, args[0] ?? "none")), label).toBe(true);
    }
  }
});

test("every configuration starts a program that there is, after a task that there is", () => {
  expect(launches.length).toBeGreaterThan(2);
  for (const { name, request, program, runtimeExecutable, preLaunchTask } of launches) {
    expect(["launch", "attach"], name).toContain(request);
    if (request === "launch")
      for (const path of [program, runtimeExecutable])
        expect(existsSync(inFolder(path ?? "")), `${name}: ${path}`).toBe(true);
    if (preLaunchTask) expect(tasks.map(({ label }) => label)).toContain(preLaunchTask);
  }
});

test("only variables that VS Code documents stand in them", () => {
  const known = ["workspaceFolder", "relativeFile", "file", "command:PickProcess"];
  const used = ["tasks.json", "launch.json"].flatMap((file) =>
    [...JSON.stringify(read(file)).matchAll(/\$\{([^}]+)\}/g)].map(([, name]) => name),
  );
  expect(used.filter((name) => !known.includes(name))).toEqual([]);
});

test("the editor checks with the TypeScript of node_modules, as npm run types does", () => {
  const settings = read("settings.json");
  expect(existsSync(join(realRoot, settings["js/ts.tsdk.path"]))).toBe(true);
  expect(existsSync(join(realRoot, settings["biome.configurationPath"]))).toBe(true);
});
