import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { type Course, missingForBrowser, root, startCourse } from "./course.ts";
import { scrollTo } from "./notebook-page.ts";

const inJupyterLab = needing("JupyterLab in a browser", missingForBrowser());

const shots = join(root, "test-results");

const ENDLESS = `function invert(forward: (z: number) => number, x: number): number {
let low = -1;
let high = 1;
while (forward(low) > x) low *= 2;
while (forward(high) < x) high *= 2;
while (high - low > 1e-9) {
const middle = (low + high) / 2;
if (forward(middle) < x) low = middle;
else high = middle;
console.log(low, high);
}
return (low + high) / 2;
}`;

inJupyterLab.describe("an answer that never ends", () => {
  let course: Course;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    course = await startCourse();
    page = await course.open("01-change-of-variables");
  }, 240_000);
  afterAll(() => course?.close());

  const cell = (text: string) => scrollTo(page, page.locator(".jp-CodeCell", { hasText: text }));

  async function press(text: string, keys: string): Promise<void> {
    await (await cell(text)).locator(".cm-content").click();
    await page.keyboard.press(keys);
  }

  test("is checked under the eyes of the learner, and the card names its loop", async () => {
    await press("flowlab-grader", "Shift+Enter");
    await press("function invert(", "ControlOrMeta+a");
    await page.keyboard.insertText(ENDLESS);
    await page.keyboard.press("Control+Enter");
    await press('check("1D.inverse"', "Control+Enter");
    const output = () =>
      page.locator(".jp-CodeCell", { hasText: 'check("1D.inverse"' }).locator(".jp-OutputArea");
    await output().getByRole("status").getByText("Checking 1D.inverse: 2 of 3").waitFor({ timeout: 60_000 });
    await page.screenshot({ path: join(shots, "1D.inverse-being-checked.png") });
    await output().getByText("The loop in line 6 goes on and on").waitFor({ timeout: 120_000 });
    const shown = (await output().textContent()) ?? "";
    expect(shown).toContain("2 of 3 points");
    expect(shown).toMatch(/ran longer than 10 s at invert\(/);
    expect(shown).toMatch(/… and \d+ more lines, printed while checking/);
    expect(shown).not.toContain("Checking 1D.inverse");
    await (await cell('check("1D.inverse"')).locator(".jp-OutputArea").scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(shots, "1D.inverse-endless.png"), fullPage: true });
    await output().screenshot({ path: join(shots, "1D.inverse-endless-card.png") });
  }, 240_000);
});
