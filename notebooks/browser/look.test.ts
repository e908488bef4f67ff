/** How chapter 01 looks in JupyterLab: in a narrow window, enlarged, in the dark theme. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contrast, overlaps, readTexts, type Text } from "../../lib/figure/gallery/look.fixture.ts";
import { needing } from "../../setup/testing/needs.ts";
import { type Course, missingForBrowser, startCourse } from "./course.ts";
import { chooseTheme, readThrough, runAll } from "./notebook-page.ts";
import { shoot } from "./shots.ts";

const inJupyterLab = needing("JupyterLab in a browser", missingForBrowser());

interface Seen {
  readonly id: string;
  readonly paper: string;
  readonly texts: readonly Text[];
}

/** In the page: the figures that are drawn and in the window. */
const figuresSeen = `[...document.querySelectorAll("[data-flowlab-state=drawn]")]
  .filter((figure) => figure.clientWidth > 0)
  .map((figure) => ({ id: figure.dataset.flowlabFigure,
    paper: getComputedStyle(figure.querySelector(".main-svg")).backgroundColor, texts: (${readTexts})(figure) }))`;

inJupyterLab.describe("chapter 01 in JupyterLab looks right", () => {
  let course: Course;
  let page: Page;

  beforeAll(async () => {
    course = await startCourse();
    page = await course.open("01-change-of-variables");
    await runAll(page, 150_000);
  }, 240_000);
  afterAll(async () => {
    // JupyterLab remembers it.
    await chooseTheme(page, "JupyterLab Light").finally(() => course?.close());
  }, 120_000);

  test("the file browser lists notebooks, and nothing of what they are made of", async () => {
    const names = await page.locator(".jp-DirListing-itemName").allTextContents();
    expect(names).toContain("01-change-of-variables.ipynb");
    // A training's checkpoint and a saved flow are the learner's own.
    expect(names.filter((name) => !/\.(ipynb|checkpoint|safetensors)$/.test(name))).toEqual([]);
  });

  /** Every figure of the notebook, as it is drawn once it has been scrolled to. */
  async function lookThrough(name: string): Promise<Map<string, Seen>> {
    const seen = new Map<string, Seen>();
    let shot = 0;
    await readThrough(page, async () => {
      await shoot(page, `look-${name}-${shot++}`);
      for (const figure of (await page.evaluate(figuresSeen)) as Seen[]) seen.set(figure.id, figure);
    });
    return seen;
  }

  /** No text lies on another or is cut off. */
  function expectWhole(seen: ReadonlyMap<string, Seen>): void {
    expect(seen.size).toBeGreaterThanOrEqual(9);
    for (const { id, texts } of seen.values()) {
      expect(overlaps(texts), id).toEqual([]);
      expect(
        texts.filter(({ beyond }) => beyond).map(({ text }) => text),
        id,
      ).toEqual([]);
    }
  }

  // As it is every chapter is looked at in chapters.test.ts.
  test("in a window of 1000 pixels no text of a figure lies on another or is cut off", async () => {
    await page.setViewportSize({ width: 1000, height: 900 });
    expectWhole(await lookThrough("1000"));
  }, 240_000);

  // One way through the notebook for both: where texts lie depends on the window only, their colours on the theme only.
  test("enlarged to 150 % and in the dark theme texts are whole, figures dark, and texts stand out", async () => {
    // A window of 1280 pixels enlarged by half has 853 of CSS's; so has its height.
    await page.setViewportSize({ width: 853, height: 667 });
    await chooseTheme(page, "JupyterLab Dark");
    const paper = (await page.evaluate(`(() => {
      const probe = document.createElement("div");
      probe.style.color = getComputedStyle(document.body).getPropertyValue("--jp-layout-color0");
      document.body.appendChild(probe);
      const color = getComputedStyle(probe).color;
      probe.remove();
      return color;
    })()`)) as string;
    expect(contrast(paper, "rgb(255, 255, 255)")).toBeGreaterThan(10);
    await page.waitForFunction(
      `${figuresSeen}.every((figure) => figure.paper === ${JSON.stringify(paper)})`,
      undefined,
      { timeout: 60_000 },
    );
    const seen = await lookThrough("150-dark");
    expectWhole(seen);
    for (const figure of seen.values()) {
      expect(figure.paper, figure.id).toBe(paper);
      for (const { text, color } of figure.texts) {
        if (!text.startsWith("["))
          expect(contrast(color, paper), `${figure.id}: ${text}`).toBeGreaterThan(3.5);
      }
    }
  }, 240_000);
});
