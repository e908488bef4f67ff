import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { type Course, missingForBrowser, startCourse } from "./course.ts";
import { runAll, scrollTo } from "./notebook-page.ts";
import { shoot } from "./shots.ts";

const inJupyterLab = needing("JupyterLab in a browser", missingForBrowser());

inJupyterLab.describe("predictions in JupyterLab", () => {
  let course: Course;
  let page: Page;
  const memory = mkdtempSync(join(tmpdir(), "flowlab-guesses-"));

  beforeAll(async () => {
    vi.stubEnv("FLOWLAB_PROGRESS", memory);
    course = await startCourse();
    page = await course.open("01-change-of-variables");
    await runAll(page, 150_000);
  }, 300_000);
  afterAll(async () => {
    await course?.close();
    vi.unstubAllEnvs();
    rmSync(memory, { recursive: true, force: true });
  });

  const cell = (text: string) => scrollTo(page, page.locator(".jp-CodeCell", { hasText: text }));
  const cardOf = async (text: string) => (await cell(text)).locator(".jp-OutputArea-output");

  /** Puts the text in the place of the cell's remark, and runs it. */
  async function guess(id: string, text: string): Promise<void> {
    const asking = await cell(`predict("${id}"`);
    await asking.locator(".cm-content").click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(`predict("${id}", ${text});`);
    await page.keyboard.press("Control+Enter");
    await asking
      .locator(".jp-OutputArea-output")
      .getByText(/Your guess|Right|Not so|Not taken/)
      .first()
      .waitFor();
  }

  async function runAnswer(id: string): Promise<void> {
    await (await cell(`predict.answer("${id}"`)).locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
  }

  test("after Run All no answer can be read; it opens by the keyboard", async () => {
    const card = await cardOf('predict.answer("peaks")');
    await card.scrollIntoViewIfNeeded();
    await shoot(page, "predict-unguessed");
    const answer = card.getByText("Two peaks, and a valley between them");
    expect(await answer.isVisible()).toBe(false);
    await card.getByText("Show the answer").focus();
    await page.keyboard.press("Enter");
    await answer.waitFor({ state: "visible" });
  }, 120_000);

  test("a guess is compared when the answer's cell is run", async () => {
    await guess("unchanged", '"height"');
    await (await cell('predict("unchanged"')).scrollIntoViewIfNeeded();
    await shoot(page, "predict-kept");
    await runAnswer("unchanged");
    const card = await cardOf('predict.answer("unchanged")');
    await card.getByText("Otherwise than you predicted").waitFor();
    await card.scrollIntoViewIfNeeded();
    await shoot(page, "predict-answered");
    expect(await card.textContent()).toContain("The heights on the z axis stay".slice(0, 15));
    expect(await card.getByText("The masses stay.").isVisible()).toBe(true);
  }, 120_000);

  test("a sketch is drawn over the truth", async () => {
    await guess("learned-map", "[-3, -2, -1, 0, 1, 2, 3]");
    await runAnswer("learned-map");
    const card = await cardOf('predict.answer("learned-map"');
    const picture = card.getByRole("img", {
      name: /Your sketch against the truth, at each place: −3: −3 against/,
    });
    await picture.waitFor();
    await card.scrollIntoViewIfNeeded();
    await shoot(page, "predict-sketch");
  }, 120_000);

  test("a question of the quiz is answered below itself", async () => {
    await guess("recipe", '"none"');
    const card = await cardOf('predict("recipe"');
    expect(await card.getByText("von Neumann").isVisible()).toBe(false);
    await card.scrollIntoViewIfNeeded();
    await shoot(page, "quiz-wrong");
    await guess("recipe", '"uniform-inverse"');
    await card.getByText("von Neumann").waitFor({ state: "visible" });
    await card.scrollIntoViewIfNeeded();
    await shoot(page, "quiz-right");
  }, 120_000);
});
