import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { chapters, timeText } from "./chapters.ts";
import { check } from "./check.ts";
import { courseFolder } from "./files/course-folder.ts";
import { progress } from "./progress.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flowlab-progress-"));
  vi.stubEnv("FLOWLAB_PROGRESS", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const shown = (root?: string) =>
  (progress(root) as unknown as { [key: symbol]: () => Record<string, string> })[
    Symbol.for("Jupyter.display")
  ]();
const text = (root?: string) => shown(root)["text/plain"] as string;
const lineOf = (id: string) =>
  text()
    .split("\n")
    .find((line) => line.includes(` ${id} `));
const density = (x: number) => (x > 0 && x <= 1 ? 0.5 / Math.sqrt(x) : 0);
const today = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

test("nothing is done at first, and the first exercise is next", () => {
  const [first] = text().split("\n");
  expect(first).toMatch(/^1 · Bending one variable: 0 of \d+ points$/);
  expect(lineOf("16.1")).toBe("  ○ 16.1 The density of a squared uniform variable: to do, 0/3");
  expect(text()).toMatch(/\nNext: exercise 1D\.sampling, .* \(notebooks\/01-change-of-variables\.ipynb\)$/);
  expect(shown()["text/html"]).toContain('<a href="01-change-of-variables.ipynb">Next: exercise 1D.sampling');
});

test("points of the last check, in part too, with the day", async () => {
  await check("16.1", { density: (x: number) => (x > 0 && x <= 1 ? 2 * Math.sqrt(x) : 0) });
  expect(lineOf("16.1")).toMatch(new RegExp(`^  ◐ 16\\.1 .*: partly, 1/3, ${today}$`));
  await check("16.1", { density });
  expect(lineOf("16.1")).toMatch(new RegExp(`^  ✓ 16\\.1 .*: passed, 3/3, ${today}$`));
  expect(text()).toMatch(/^1 · Bending one variable: 3 of/);
});

test("an exercise that has changed since is to be checked again, and is next", async () => {
  await check("16.1", { density });
  const file = join(folder, "progress.json");
  writeFileSync(file, readFileSync(file, "utf8").replace(/"version": "[^"]*"/, '"version": "another"'));
  expect(lineOf("16.1")).toContain(
    "↻ 16.1 The density of a squared uniform variable: changed since: check it again, 0/3",
  );
  await check("16.1", { density });
  expect(lineOf("16.1")).toContain("✓");
});

test("what cannot be read is said", () => {
  writeFileSync(join(folder, "progress.json"), "{");
  expect(text()).toMatch(/^! progress\/progress\.json cannot be read/);
});

test("only chapters whose notebook is there", () => {
  mkdirSync(join(folder, "notebooks"));
  expect(text(folder)).toBe("No chapter is in this folder.");
});

test("each chapter has a number of its own, in order, and a time", () => {
  const numbers = chapters.map(({ slug }) => slug.slice(0, 2));
  expect(numbers).toEqual([...new Set(numbers)].sort());
  expect(courseFolder()).toBe(join(import.meta.dirname, ".."));
  expect([45, 90, 120, 150].map(timeText)).toEqual(["45 minutes", "1½ hours", "2 hours", "2½ hours"]);
});
