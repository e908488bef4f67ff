import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { type Course, missingForBrowser, root, startCourse } from "./course.ts";
import { answer, scrollTo } from "./notebook-page.ts";

const inJupyterLab = needing("JupyterLab in a browser", missingForBrowser());

const shots = join(root, "test-results");

inJupyterLab.describe("an answer that was edited and not run", () => {
  let course: Course;
  let page: Page;
  const mark = "Density of x = z²";
  const density = (line: string) => `/** ${mark}. */\nfunction density(x: number): number {\n  ${line}\n}`;
  const right = density("return x > 0 && x <= 1 ? 1 / (2 * Math.sqrt(x)) : 0;");

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    course = await startCourse();
    page = await course.open("01-change-of-variables");
  }, 240_000);
  afterAll(() => course?.close());

  const answerCell = () => scrollTo(page, page.locator(".jp-CodeCell", { hasText: mark }));
  const checkCell = () => scrollTo(page, page.locator(".jp-CodeCell", { hasText: 'check("16.1"' }));
  const card = async () => (await checkCell()).locator(".jp-OutputArea-output").first();
  const edited = async () => (await card()).getByText("The cell above was edited after it last ran").first();

  async function runCheck(): Promise<void> {
    await (await checkCell()).locator(".cm-content").click();
    await page.keyboard.press("Shift+Enter");
    await page.waitForFunction(
      `document.querySelector(".jp-Notebook-ExecutionIndicator")?.getAttribute("data-status") === "idle"`,
      undefined,
      { timeout: 60_000, polling: 100 },
    );
    await page.waitForTimeout(500);
  }

  async function write(text: string): Promise<void> {
    await (await answerCell()).locator(".cm-content").click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(text);
  }

  test("a check in a fresh kernel says to run the cells above", async () => {
    await runCheck();
    const shown = (await (await card()).textContent()) ?? "";
    expect(shown).toContain("run the cells above first");
    expect(shown).not.toContain("TS2304");
  }, 120_000);

  test("the card of an answer that ran says nothing of the kind", async () => {
    await (await scrollTo(page, page.locator(".jp-CodeCell", { hasText: "flowlab-grader" })))
      .locator(".cm-content")
      .click();
    await page.keyboard.press("Shift+Enter");
    await answer(page, mark, right);
    expect(await (await card()).textContent()).toContain("3 of 3 points");
    expect(await (await edited()).isVisible()).toBe(false);
  }, 120_000);

  test("an edit is told at once, without saving, and until the cell is run", async () => {
    await write(density("return 1;"));
    await runCheck();
    expect(await (await card()).textContent()).toContain("3 of 3 points");
    expect(await (await edited()).isVisible()).toBe(true);
    await page.screenshot({ path: join(shots, "16.1-edited.png") });
  }, 120_000);

  test("once it is saved, the kernel knows it too", async () => {
    await page.keyboard.press("ControlOrMeta+s");
    await page.waitForTimeout(1500);
    await runCheck();
    const shown = (await (await card()).textContent()) ?? "";
    await page.screenshot({ path: join(shots, "16.1-edited-and-saved.png") });
    expect(shown).toMatch(/Cell \d+ was edited after it last ran: run it, then check again/);
  }, 120_000);

  test("run again, it is checked as it stands", async () => {
    await answer(page, mark, right);
    const shown = await card();
    expect(await shown.textContent()).not.toMatch(/Cell \d+ was edited/);
    expect(await (await edited()).isVisible()).toBe(false);
  }, 120_000);
});
