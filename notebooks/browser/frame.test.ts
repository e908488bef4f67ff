/** The course around the chapters, as a learner meets it: the map, her own code in an experiment, its solution explained, and put back. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { type Course, missingForBrowser, root, startCourse } from "./course.ts";
import { answer, outputOf, runAll, scrollTo } from "./notebook-page.ts";
import { shoot } from "./shots.ts";

const inJupyterLab = needing("JupyterLab in a browser", missingForBrowser());

const STEP = `/** One step of gradient descent on the average negative log-likelihood of the flow x = eᵃ z + b. */
function gradientStep(data: number[], a: number, b: number, rate: number): { a: number; b: number } {
  const z = data.map((x) => (x - b) * Math.exp(-a));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { a: a - rate * (1 - mean(z.map((v) => v * v))), b: b + rate * Math.exp(-a) * mean(z) };
}`;

inJupyterLab.describe("the course around its chapters", () => {
  let course: Course;
  const memory = mkdtempSync(join(tmpdir(), "flowlab-frame-"));
  const kept: string[] = [];

  beforeAll(async () => {
    vi.stubEnv("FLOWLAB_PROGRESS", memory);
    course = await startCourse();
  }, 240_000);
  afterAll(async () => {
    await course?.close();
    vi.unstubAllEnvs();
    rmSync(memory, { recursive: true, force: true });
    for (const folder of kept) rmSync(join(root, folder), { recursive: true, force: true });
  });

  /** A cell of one's own below the chosen one. */
  async function runNew(page: Page, code: string): Promise<void> {
    await page.keyboard.press("Escape");
    await page.keyboard.press("b");
    await page.keyboard.press("Enter");
    await page.keyboard.insertText(code);
    await page.keyboard.press("Control+Enter");
    await page.locator(".jp-CodeCell", { hasText: code }).locator(".jp-OutputArea-output").first().waitFor();
  }

  test("her step is used once it passes, explained, and put back with an undo", async () => {
    const page = await course.open("01-change-of-variables");
    await runAll(page, 150_000);
    expect(await outputOf(page, 'check.passed("1D.step"')).toContain(
      "the course's gradientStep: exercise 1D.step is not written yet",
    );
    await answer(page, "One step of gradient descent", STEP);
    const experiment = await scrollTo(
      page,
      page.locator(".jp-CodeCell", { hasText: 'check.passed("1D.step"' }),
    );
    await experiment.locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
    await experiment.getByText("your own gradientStep (1D.step passed)").waitFor({ timeout: 60_000 });
    await shoot(page, "frame-own-step");

    await runNew(page, 'worked("1D.step");');
    const worked = page.locator(".jp-CodeCell", { hasText: 'worked("1D.step");' });
    await worked.getByText("What depends on what.").waitFor({ timeout: 60_000 });
    await worked.locator("mjx-container, .MathJax").first().waitFor({ timeout: 60_000 });
    await shoot(page, "frame-worked");

    await runNew(page, 'reset("1D.step");');
    const card = page.locator(".jp-CodeCell", { hasText: 'reset("1D.step");' });
    const told = await card.locator(".jp-OutputArea-output").textContent();
    const file = /backups\/\S+\.ts/.exec(told ?? "")?.[0] as string;
    kept.push(dirname(file));
    expect(readFileSync(join(root, file), "utf8")).toContain(STEP);
    await shoot(page, "frame-reset");
    await card.getByRole("button", { name: "Put it back" }).click();
    await card.getByText("Done. Run the cell").waitFor();
    const cell = await scrollTo(
      page,
      page.locator(".jp-CodeCell", { hasText: "One step of gradient descent" }),
    );
    expect(await cell.locator(".cm-content").textContent()).toContain("// YOUR CODE HERE");
    await shoot(page, "frame-put-back");
    await cell.locator(".cm-content").click();
    await page.keyboard.press("ControlOrMeta+z");
    expect(await cell.locator(".cm-content").textContent()).toContain("const mean =");
    // What nobody has kept is not replaced.
    await page.keyboard.insertText("// half a thought");
    const again = await scrollTo(page, card);
    await again.getByRole("button", { name: "Put it back" }).click();
    await again.getByText("The cell has been edited since it was saved and run").waitFor();
    await page.close();
  }, 400_000);

  test("the map leads to the chapter, and shows what is done", async () => {
    expect(existsSync(join(memory, "progress.json"))).toBe(true);
    const page = await course.open("00-start");
    await shoot(page, "frame-map");
    await runAll(page, 60_000);
    const table = page.locator(".jp-OutputArea-output", { hasText: "Bending one variable" });
    await (await scrollTo(page, table)).getByText("Next: exercise").first().waitFor();
    await shoot(page, "frame-progress");
    await table.getByRole("link", { name: /Bending one variable/ }).click();
    await page
      .locator(".lm-TabBar-tabLabel", { hasText: "01-change-of-variables.ipynb" })
      .waitFor({ timeout: 60_000 });
    await shoot(page, "frame-chapter-from-map");
    await page.close();
  }, 240_000);
});
