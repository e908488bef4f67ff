/** Chapter 03 as a learner runs it in JupyterLab: all of it, and every slider moved. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { type Course, missingForBrowser, root, startCourse } from "./course.ts";
import { readThrough, runAll, scrollTo } from "./notebook-page.ts";

const inJupyterLab = needing("JupyterLab in a browser", missingForBrowser());
const shots = join(root, "test-results");

inJupyterLab.describe("chapter 03 in JupyterLab", () => {
  let course: Course;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    course = await startCourse();
    page = await course.open("03-linear");
    page.setDefaultTimeout(30_000);
  }, 120_000);
  afterAll(() => course?.close());

  test("Run All on the untouched notebook ends without an error", async () => {
    await runAll(page, 180_000);
    let errors = 0;
    await readThrough(page, async () => {
      errors += await page.locator("[data-mime-type='application/vnd.jupyter.error']").count();
    });
    expect(errors).toBe(0);
  }, 240_000);

  test.each([
    ["shear", "Home"],
    ["stretch", "End"],
    ["turn (degrees)", "Home"],
    ["first mirror (degrees)", "End"],
    ["second mirror (degrees)", "Home"],
    ["rounds", "End"],
  ])(
    "the slider %s draws its figure anew",
    async (label, key) => {
      const handle = await scrollTo(page, page.locator(`.noUi-handle[aria-label="${label}"]`));
      const area = page.locator(".jp-OutputArea", { has: handle }).last();
      const said = area.locator(".widget-html-content svg title").first();
      const picture = async () => (await area.locator(".widget-html-content svg").first().innerHTML()).length;
      const [before, shape] = [await said.textContent(), await picture()];
      await handle.focus();
      await page.keyboard.press(key);
      await expect.poll(() => said.textContent(), { timeout: 15_000 }).not.toBe(before);
      const value =
        (await handle.getAttribute("aria-valuetext")) ?? (await handle.getAttribute("aria-valuenow"));
      await expect
        .poll(() => said.textContent(), { timeout: 15_000 })
        .toContain(`${label} = ${`${value}`.replace("-", "−")}`);
      expect(await picture()).not.toBe(shape);
      await page.screenshot({ path: join(shots, `chapter-03-${label.split(" ")[0]}.png`) });
    },
    60_000,
  );
});
