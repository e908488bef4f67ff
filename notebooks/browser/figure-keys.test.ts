import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { type Course, missingForBrowser, startCourse } from "./course.ts";
import { runAll } from "./notebook-page.ts";
import { shoot } from "./shots.ts";

const inJupyterLab = needing("JupyterLab in a browser", missingForBrowser());

inJupyterLab.describe(
  "a figure by the keyboard in JupyterLab, which has meanings of its own for the same keys",
  () => {
    let course: Course;
    let page: Page;

    beforeAll(async () => {
      course = await startCourse();
      const tab = await course.openCells([
        'import { deformationFigure, lineFigure } from "flowlab/figure";\ndeformationFigure({ forward: (z, t) => (1 + t) * z, steps: 6, bins: 4 });',
        'lineFigure({ series: [{ x: [0, 1, 2], y: [3, 1, 2], name: "curve" }], xTitle: "x", yTitle: "y" });',
      ]);
      page = tab.page;
      await runAll(page, 120_000);
      await page.locator("[data-flowlab-state=drawn]").nth(1).waitFor({ timeout: 60_000 });
    }, 300_000);
    afterAll(() => course?.close());

    test("arrows move the slider and no cell, and the figure says where it stands", async () => {
      const slider = page.getByRole("slider", { name: /A slider deforms f/ });
      await slider.focus();
      const selected = () =>
        page.locator(".jp-Notebook-cell.jp-mod-active").first().getAttribute("data-windowed-list-index");
      const before = await selected();
      for (const key of ["ArrowRight", "ArrowUp", "ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
      await expect.poll(() => slider.getAttribute("aria-valuetext"), { timeout: 15_000 }).toBe("t = 0.40");
      await shoot(page, "figure-keys");
      await page.keyboard.press("Home");
      await expect.poll(() => slider.getAttribute("aria-valuenow"), { timeout: 15_000 }).toBe("0");
      expect(await selected()).toBe(before);
      // Letters are JupyterLab's commands: d, d deletes a cell.
      await page.keyboard.press("d");
      await page.keyboard.press("d");
      expect(await page.locator(".jp-CodeCell").count()).toBe(2);
    }, 60_000);

    test("points are shown one after the other, and the words open by Enter", async () => {
      const picture = page.getByRole("img", { name: "curve" });
      await picture.focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      const output = page.locator("[data-flowlab-figure]", { has: picture });
      await expect.poll(() => output.locator(".hovertext").first().textContent()).toContain("1");
      await output.getByText("In words").focus();
      await page.keyboard.press("Enter");
      await output.getByText("Line “curve”: through (0, 3), (1, 1), (2, 2).").waitFor({ state: "visible" });
      await shoot(page, "figure-words");
    }, 60_000);

    test("the accessibility tree has the figures by their names, and none of plotly's loose words", async () => {
      const tree = await page.locator(".jp-Notebook").ariaSnapshot();
      expect(tree).toMatch(/figure "A slider deforms f|figure \\?"A slider deforms f/);
      expect(tree).not.toMatch(/text: [−0-9. ]+$/m);
    }, 60_000);
  },
);
