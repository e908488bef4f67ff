import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { check } from "./check.ts";
import { worked } from "./worked.ts";

const folder = mkdtempSync(join(tmpdir(), "flowlab-worked-"));
beforeEach(() => vi.stubEnv("FLOWLAB_PROGRESS", join(folder, `${Math.random()}`)));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const density = (x: number) => (x > 0 && x <= 1 ? 0.5 / Math.sqrt(x) : 0);
const bundle = (id: string, root?: string) =>
  (worked(id, root) as unknown as { [key: symbol]: () => Record<string, string> })[
    Symbol.for("Jupyter.display")
  ]();

test("it opens after three failed checks, and says before how many are missing", async () => {
  for (const missing of ["3 more failed checks", "2 more failed checks", "1 more failed check."]) {
    expect(bundle("16.1")["text/plain"]).toContain(missing);
    expect(bundle("16.1")["text/html"]).not.toContain("sqrt");
    await check("16.1", { density: (x: number) => 2 * x });
  }
  expect(bundle("16.1")["text/markdown"]).toContain("$$Pr(x) = \\frac{Pr(z)}{|f'(z)|}");
  expect(bundle("16.1")["text/plain"]).toContain("Pr(x) = Pr(z)/|f′(z)| = 1/(2√x)");
  expect(bundle("16.2")["text/plain"]).toContain("3 more failed checks");
});

test("or once the exercise is passed, and stays open; an untouched stub is no try", async () => {
  for (let i = 0; i < 3; i++)
    await check("16.1", {
      density: () => {
        throw new Error("Not yet solved");
      },
    });
  expect(bundle("16.1")["text/plain"]).toContain("3 more failed checks");
  await check("16.1", { density });
  await check("16.1", { density: (x: number) => 2 * x });
  expect(bundle("16.1")["text/markdown"]).toContain("### 16.1, worked out");
});

test("a copy for a class, without solutions, points to the instructor", async () => {
  await check("16.1", { density });
  expect(bundle("16.1", folder)["text/plain"]).toBe(
    "○ Exercise 16.1: solutions are not in this copy, which was made for a class; the course keeps them. Ask your instructor.",
  );
  expect(() => worked("16.99")).toThrow('no exercise is called "16.99"');
});
