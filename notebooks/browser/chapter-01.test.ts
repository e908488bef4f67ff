import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { type Course, missingForBrowser, root, startCourse } from "./course.ts";
import { answer, outputOf, readThrough, runAll } from "./notebook-page.ts";

const inJupyterLab = needing("JupyterLab in a browser", missingForBrowser());

/** Screenshots to look at. */
const shots = join(root, "test-results");

inJupyterLab.describe("chapter 01 in JupyterLab", () => {
  let course: Course;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    course = await startCourse();
    page = await course.open("01-change-of-variables");
  }, 120_000);
  afterAll(() => course?.close());

  test("Run All on the untouched notebook ends without an error", async () => {
    await runAll(page, 150_000);
    let errors = 0;
    await readThrough(page, async () => {
      errors += await page
        .locator(
          "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr']",
        )
        .count();
    });
    expect(errors).toBe(0);
  }, 180_000);

  test("every figure is drawn by plotly, once loaded, and can be seen", async () => {
    const drawn = new Set<string>();
    const failed = new Set<string>();
    await readThrough(page, async () => {
      const figures = page.locator("[data-flowlab-figure]");
      for (const figure of await figures.all()) {
        const id = (await figure.getAttribute("data-flowlab-figure")) ?? "";
        const visible = await figure
          .locator(".main-svg")
          .first()
          .isVisible()
          .catch(() => false);
        if (visible) drawn.add(id);
        if ((await figure.getAttribute("data-flowlab-state")) === "failed") failed.add(id);
      }
    });
    expect(failed.size).toBe(0);
    expect(drawn.size).toBeGreaterThanOrEqual(9);
    expect(await page.evaluate("window.flowlabPlotly.loads")).toBe(1);
  }, 60_000);

  test("an unsolved exercise shows its to-do card", async () => {
    const card = await outputOf(page, 'check("16.2"');
    expect(card).toContain("to do");
    expect(card).toContain("Not solved yet");
  }, 60_000);

  const code = "Density of x = z²";
  const check = 'check("16.1"';
  const density = (line: string) => `/** ${code}. */\nfunction density(x: number): number {\n  ${line}\n}`;

  test("a wrong answer in 16.1 is met with its misconception's explanation", async () => {
    await answer(page, code, density("return x > 0 && x <= 1 ? 2 * Math.sqrt(x) : 0;"));
    const card = await outputOf(page, check);
    await page.screenshot({ path: join(shots, "16.1-wrong.png") });
    expect(card).toContain("You multiplied by the slope");
    // Fresh numbers each time, some of them very small.
    expect(card).toMatch(/density\(\d[\d.e-]*\)/);
    expect(card).toContain("1 of 3 points");
  }, 60_000);

  test("the right answer passes", async () => {
    await answer(page, code, density("return x > 0 && x <= 1 ? 1 / (2 * Math.sqrt(x)) : 0;"));
    const card = await outputOf(page, check);
    await page.screenshot({ path: join(shots, "16.1-right.png") });
    expect(card).toContain("3 of 3 points");
    expect(card).not.toContain("You multiplied");
  }, 60_000);

  test("a type error is shown at its line", async () => {
    await answer(page, code, density("return x.sqrt();"));
    const error = await outputOf(page, code);
    await page.screenshot({ path: join(shots, "16.1-type-error.png") });
    expect(error).toContain("Property 'sqrt' does not exist on type 'number'");
  }, 60_000);
});
