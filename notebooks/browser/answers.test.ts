/** Answers as a learner writes them in JupyterLab: untouched, wrong, right, mistyped, edited and not run, without an end. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { type Course, missingForBrowser, startCourse } from "./course.ts";
import { answer, outputOf, scrollTo } from "./notebook-page.ts";
import { shoot } from "./shots.ts";

const inJupyterLab = needing("JupyterLab in a browser", missingForBrowser());

const mark = "Density of x = f(z)";
const density = (line: string) => `/** ${mark}. */\nfunction density(x: number): number {\n  ${line}\n}`;
const RIGHT = density("return x > 0 && x <= 1 ? 1 / (2 * Math.sqrt(x)) : 0;");

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

/** Runs the cell that has `text` in it. */
async function runCell(page: Page, text: string): Promise<void> {
  await (await scrollTo(page, page.locator(".jp-CodeCell", { hasText: text })))
    .locator(".cm-content")
    .click();
  await page.keyboard.press("Shift+Enter");
}

inJupyterLab.describe("answers in JupyterLab", () => {
  let course: Course;
  beforeAll(async () => {
    course = await startCourse();
  }, 120_000);
  afterAll(() => course?.close());

  inJupyterLab.describe("an answer that is checked", () => {
    let page: Page;
    beforeAll(async () => {
      page = await course.open("01-change-of-variables");
      page.setDefaultTimeout(30_000);
    }, 120_000);
    afterAll(() => course.leave(page));

    test("an unsolved exercise shows its to-do card", async () => {
      await runCell(page, "flowlab-grader");
      await runCell(page, "function sigmoidDensity");
      await runCell(page, 'check("16.2"');
      const card = await outputOf(page, 'check("16.2"');
      expect(card).toContain("to do");
      expect(card).toContain("Not solved yet");
    }, 60_000);

    const check = 'check("16.1"';

    test("a wrong answer in 16.1 is met with its misconception's explanation", async () => {
      await answer(page, mark, density("return x > 0 && x <= 1 ? 2 * Math.sqrt(x) : 0;"));
      const card = await outputOf(page, check);
      await shoot(page, "16.1-wrong");
      expect(card).toContain("You multiplied by the slope");
      // Fresh numbers each time, some of them very small.
      expect(card).toMatch(/density\(\d[\d.e-]*\)/);
      expect(card).toContain("1 of 3 points");
    }, 60_000);

    test("the right answer passes", async () => {
      await answer(page, mark, RIGHT);
      const card = await outputOf(page, check);
      await shoot(page, "16.1-right");
      expect(card).toContain("3 of 3 points");
      expect(card).not.toContain("You multiplied");
    }, 60_000);

    test("a type error is shown at its line", async () => {
      await answer(page, mark, density("return x.sqrt();"));
      const error = await outputOf(page, mark);
      await shoot(page, "16.1-type-error");
      expect(error).toContain("Property 'sqrt' does not exist on type 'number'");
    }, 60_000);
  });

  inJupyterLab.describe("an answer that was edited and not run", () => {
    let page: Page;
    beforeAll(async () => {
      page = await course.open("01-change-of-variables");
      page.setDefaultTimeout(30_000);
    }, 120_000);
    afterAll(() => course.leave(page));

    const answerCell = () => scrollTo(page, page.locator(".jp-CodeCell", { hasText: mark }));
    const checkCell = () => scrollTo(page, page.locator(".jp-CodeCell", { hasText: 'check("16.1"' }));
    const card = async () => (await checkCell()).locator(".jp-OutputArea-output").first();
    const edited = async () =>
      (await card()).getByText("The cell above was edited after it last ran").first();

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
      await runCell(page, "flowlab-grader");
      await answer(page, mark, RIGHT);
      expect(await (await card()).textContent()).toContain("3 of 3 points");
      expect(await (await edited()).isVisible()).toBe(false);
    }, 120_000);

    test("an edit is told at once, without saving, and until the cell is run", async () => {
      await write(density("return 1;"));
      await runCheck();
      expect(await (await card()).textContent()).toContain("3 of 3 points");
      expect(await (await edited()).isVisible()).toBe(true);
      await shoot(page, "16.1-edited");
    }, 120_000);

    test("once it is saved, the kernel knows it too", async () => {
      await page.keyboard.press("ControlOrMeta+s");
      await page.waitForTimeout(1500);
      await runCheck();
      const shown = (await (await card()).textContent()) ?? "";
      await shoot(page, "16.1-edited-and-saved");
      expect(shown).toMatch(/Cell \d+ was edited after it last ran: run it, then check again/);
    }, 120_000);

    test("run again, it is checked as it stands", async () => {
      await answer(page, mark, RIGHT);
      const shown = await card();
      expect(await shown.textContent()).not.toMatch(/Cell \d+ was edited/);
      expect(await (await edited()).isVisible()).toBe(false);
    }, 120_000);
  });

  inJupyterLab.describe("an answer that never ends", () => {
    let page: Page;
    beforeAll(async () => {
      page = await course.open("01-change-of-variables");
      page.setDefaultTimeout(30_000);
    }, 120_000);
    afterAll(() => course.leave(page));

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
      await output()
        .getByRole("status")
        .getByText("Checking 1D.inverse: 2 of 3")
        .waitFor({ timeout: 60_000 });
      await shoot(page, "1D.inverse-being-checked");
      await output().getByText("The loop in line 6 goes on and on").waitFor({ timeout: 120_000 });
      const shown = (await output().textContent()) ?? "";
      expect(shown).toContain("2 of 3 points");
      expect(shown).toMatch(/ran longer than 10 s at invert\(/);
      expect(shown).toMatch(/… and \d+ more lines, printed while checking/);
      expect(shown).not.toContain("Checking 1D.inverse");
      await (await cell('check("1D.inverse"')).locator(".jp-OutputArea").scrollIntoViewIfNeeded();
      await shoot(page, "1D.inverse-endless");
      await shoot(output(), "1D.inverse-endless-card");
    }, 240_000);
  });
});
