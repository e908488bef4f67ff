/** What every figure must have, in the widths and the themes in which it is met. */

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Figure } from "../figure.ts";
import { plotlyCarrier } from "../page/plotly.ts";
import { inBrowser, launchBrowser } from "./browser.fixture.ts";
import { gallery } from "./gallery.fixture.ts";
import { contrast, overlaps, readLegends, readTexts, type Text } from "./look.fixture.ts";

inBrowser.describe("every figure", () => {
  const figures = Object.entries(gallery());
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  /** A page as JupyterLab's: it says its theme on the body, and the colour of its paper. */
  async function open(shown: readonly (readonly [string, Figure])[], width: number, theme: "light" | "dark") {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    const body = shown.map(
      ([name, figure]) => `<div id="${name}">${figure.toHTML({ plotly: "page" })}</div>`,
    );
    const style = `margin:0;--jp-layout-color0:${theme === "dark" ? "#1b1b1b" : "white"}`;
    await page.setContent(
      `<!doctype html><meta charset="utf-8"><body data-jp-theme-light="${theme === "light"}" style="${style}">` +
        plotlyCarrier() +
        body.join(""),
    );
    await drawn(page, shown.length);
    expect(faults).toEqual([]);
    return page;
  }

  async function drawn(page: Page, count: number): Promise<void> {
    await page.waitForFunction(
      `document.querySelectorAll("[data-flowlab-state=drawn]").length === ${count}`,
      undefined,
      { timeout: 60_000 },
    );
  }

  const textsOf = (page: Page, name: string): Promise<Text[]> =>
    page.evaluate(`(${readTexts})(document.querySelector("#${name} [data-flowlab-figure]"))`);

  // JupyterLab's outputs in a window of 1280 pixels: at 150 %, at 1000 pixels with the file browser, and as they are.
  test.each([400, 470, 620, 860])(
    "is readable %i pixels wide: no text on another, none cut off",
    async (width) => {
      const page = await open(figures, width, "light");
      for (const [name] of figures) {
        const texts = await textsOf(page, name);
        expect(texts.length, name).toBeGreaterThan(2);
        expect(overlaps(texts), name).toEqual([]);
        expect(
          texts.filter(({ beyond }) => beyond).map(({ text }) => text),
          name,
        ).toEqual([]);
      }
      await page.close();
    },
    90_000,
  );

  test("is as if drawn there after its width has changed: a narrow figure's legend in four rows stood in the plot of the wide one", async () => {
    const shown = figures.filter(([name]) => ["samplesOfAModel", "lossCurve", "samples2d"].includes(name));
    const read = async (page: Page) =>
      Object.fromEntries((await page.evaluate(`(${readLegends})()`)) as [string, number[][]][]);
    const drawnAt = async (width: number) => {
      const page = await open(shown, width, "light");
      const legends = await read(page);
      await page.close();
      return legends;
    };
    const [narrow, wide] = [await drawnAt(320), await drawnAt(1200)];
    expect(narrow).not.toEqual(wide);
    const page = await open(shown, 320, "light");
    for (const [width, legends] of [
      [1200, wide],
      [320, narrow],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await expect.poll(() => read(page), { timeout: 10_000 }).toEqual(legends);
    }
    await page.close();
  }, 90_000);

  test.each(["light", "dark"] as const)(
    "has texts that stand out, and the page's paper, in the %s theme",
    async (theme) => {
      const page = await open(figures, 700, theme);
      const paper = theme === "dark" ? "rgb(27, 27, 27)" : "rgb(255, 255, 255)";
      for (const [name] of figures) {
        const background = await page.evaluate(
          `getComputedStyle(document.querySelector("#${name} .main-svg")).backgroundColor`,
        );
        expect(background, name).toBe(paper);
        for (const { text, color } of await textsOf(page, name)) {
          if (!text.startsWith("[")) expect(contrast(color, paper), `${name}: ${text}`).toBeGreaterThan(3.5);
        }
      }
      await page.close();
    },
    90_000,
  );

  test("follows a change of the theme, with its slider where it stood", async () => {
    const { deformation } = Object.fromEntries(figures);
    const page = await open([["deformation", deformation as Figure]], 800, "light");
    const state = () =>
      page.evaluate(`[getComputedStyle(document.querySelector(".main-svg")).backgroundColor,
        document.querySelector(".slider-label").textContent,
        document.querySelector(".subplot.xy path.js-line").getAttribute("d")]`) as Promise<string[]>;
    const first = await state();
    const rail = await page.locator(".slider-rail-touch-rect").boundingBox();
    if (rail === null) throw new Error("no slider");
    await page.mouse.click(rail.x + rail.width / 2, rail.y + rail.height / 2);
    // The name of the step changes first, the curve a moment later.
    await expect.poll(async () => (await state()).filter((part, i) => part !== first[i]).length).toBe(2);
    const [, label, curve] = await state();
    expect(label).toMatch(/bend = 0\.(48|52)/);
    await page.evaluate(
      "document.body.dataset.jpThemeLight = 'false'; document.body.style.setProperty('--jp-layout-color0', '#1b1b1b')",
    );
    await expect.poll(state).toEqual(["rgb(27, 27, 27)", label, curve]);
    await page.evaluate(
      "document.body.dataset.jpThemeLight = 'true'; document.body.style.setProperty('--jp-layout-color0', 'white')",
    );
    await expect.poll(state).toEqual(["rgb(255, 255, 255)", label, curve]);
    await page.close();
  }, 30_000);

  test.each(["deformation", "flowLayers"])(
    "%s: nothing is taken off the page while its slider moves",
    async (name) => {
      const shown = figures.filter(([one]) => one === name);
      const page = await open(shown, 800, "light");
      await page.evaluate(`window.removed = []; new MutationObserver((records) => {
      for (const { removedNodes } of records) for (const node of removedNodes)
        if (node.nodeType === 1 && (node.matches("path, text") || node.querySelector("path, text"))) removed.push(node.outerHTML.slice(0, 80));
    }).observe(document.querySelector(".cartesianlayer"), { childList: true, subtree: true })`);
      const rail = await page.locator(".slider-rail-touch-rect").boundingBox();
      if (rail === null) throw new Error("no slider");
      const step = () =>
        page.evaluate("document.querySelector('.js-plotly-plot')._fullLayout.sliders[0].active");
      const steps = new Set<unknown>();
      for (const share of [0.2, 0.4, 0.6, 0.8, 0.98]) {
        const before = await step();
        await page.mouse.click(rail.x + share * rail.width, rail.y + rail.height / 2);
        await expect.poll(step).not.toBe(before);
        steps.add(await step());
      }
      expect(steps.size).toBe(5);
      expect(await page.evaluate("removed")).toEqual([]);
      await page.close();
    },
    30_000,
  );
});
