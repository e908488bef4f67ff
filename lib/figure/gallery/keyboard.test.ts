/** Every figure without a mouse: it is reached by Tab, says what it is, and its slider or its points are moved by the arrows. */

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plotlyCarrier } from "../page/plotly.ts";
import { inBrowser, launchBrowser } from "./browser.fixture.ts";
import { gallery } from "./gallery.fixture.ts";

inBrowser.describe("every figure by the keyboard", () => {
  const figures = Object.entries(gallery());
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 860, height: 900 } });
    const body = figures.map(
      ([name, figure]) => `<div id="${name}">${figure.toHTML({ plotly: "page" })}</div>`,
    );
    await page.setContent(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Figures</title><body>
      <script>window.heard = []; document.addEventListener("keydown", (e) => window.heard.push(e.key))</script>
      ${plotlyCarrier()}${body.join("")}`);
    await page.waitForFunction(
      `document.querySelectorAll("[data-flowlab-state=drawn]").length === ${figures.length}`,
      undefined,
      { timeout: 60_000 },
    );
  }, 90_000);
  afterAll(() => browser?.close());

  const keysOf = (name: string) => page.locator(`#${name} [data-flowlab-keys]`);
  const hasSlider = (name: string) => name.startsWith("deformation") || name.startsWith("flowLayers");

  test("it is in the accessibility tree with a role, a name and its text, and nothing of plotly's drawing is", async () => {
    for (const [name, { alternative }] of figures) {
      const tree = await page.locator(`#${name}`).ariaSnapshot();
      expect(tree, name).toMatch(/^- '?figure /);
      expect(tree, name).toMatch(hasSlider(name) ? /^ {2}- '?slider /m : /^ {2}- '?img /m);
      // Beside the picture there are the title, the caption and the buttons: no tick label, no title of an axis is a loose word.
      const loose = tree.match(/- (text|img)\b/g)?.length ?? 0;
      expect(loose, `${name}: ${tree}`).toBeLessThanOrEqual(3);
      const described = await keysOf(name).evaluate((node) => {
        const { ownerDocument } = node as unknown as {
          ownerDocument: { getElementById(id: string): { textContent: string } | null };
        };
        return ownerDocument.getElementById(node.getAttribute("aria-describedby") ?? "")?.textContent;
      });
      expect(described, name).toBe(alternative);
    }
  });

  test("everything that can be focused has a name and can be seen, and nothing hidden can be focused", async () => {
    const faults =
      await page.evaluate(`[...document.querySelectorAll("button, summary, a[href], [tabindex]")].flatMap((node) => {
      const name = node.getAttribute("aria-label") || node.textContent.trim();
      return [
        ...(name ? [] : [node.outerHTML.slice(0, 90) + " has no name"]),
        ...(node.closest("[aria-hidden=true]") ? [node.outerHTML.slice(0, 90) + " is hidden and can be focused"] : []),
      ];
    })`);
    expect(faults).toEqual([]);
  });

  test("Tab comes to it and a ring shows where it is", async () => {
    await page.locator("body").click({ position: { x: 1, y: 1 } });
    const seen = new Set<string>();
    for (let i = 0; i < 30 && seen.size < 2; i++) {
      await page.keyboard.press("Tab");
      const at = (await page.evaluate(
        `document.activeElement.matches("[data-flowlab-keys]") ? [document.activeElement.closest("[data-flowlab-figure]").parentNode.id, getComputedStyle(document.activeElement).outlineStyle] : []`,
      )) as string[];
      if (at.length > 0) {
        expect(at[1]).toBe("solid");
        seen.add(at[0] as string);
      }
    }
    expect([...seen]).toEqual(figures.slice(0, 2).map(([name]) => name));
  });

  test.each(figures.filter(([name]) => hasSlider(name)).map(([name]) => name))(
    "%s: arrows, Home and End move the slider, and it says where it stands",
    async (name) => {
      const key = keysOf(name);
      const text = () => key.getAttribute("aria-valuetext");
      const label = () => page.locator(`#${name} .slider-label`).first().textContent();
      const both = async () => [await text(), await label()];
      await key.focus();
      await page.keyboard.press("Home");
      await expect.poll(() => key.getAttribute("aria-valuenow"), { timeout: 15_000 }).toBe("0");
      const [first] = await both();
      await page.keyboard.press("ArrowRight");
      await expect.poll(() => key.getAttribute("aria-valuenow"), { timeout: 15_000 }).toBe("1");
      const [second, drawn] = await both();
      expect(second).not.toBe(first);
      expect(drawn).toBe(second);
      await page.keyboard.press("End");
      const max = await key.getAttribute("aria-valuemax");
      await expect.poll(() => key.getAttribute("aria-valuenow"), { timeout: 15_000 }).toBe(max);
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowLeft");
      await expect
        .poll(() => key.getAttribute("aria-valuenow"), { timeout: 15_000 })
        .toBe(`${Number(max) - 1}`);
      // The space bar plays from the beginning to the end.
      await page.keyboard.press("Home");
      await expect.poll(() => key.getAttribute("aria-valuenow"), { timeout: 15_000 }).toBe("0");
      await page.keyboard.press("Space");
      await expect.poll(() => key.getAttribute("aria-valuenow"), { timeout: 20_000 }).toBe(max);
      expect(await page.evaluate("heard.filter((key) => key !== 'Tab')")).toEqual([]);
    },
    90_000,
  );

  test.each(["densityFit", "line", "lossCurve", "samplePush", "samples2d", "plain", "deformation"])(
    "%s: what pointing at a point shows is shown by the arrows",
    async (name) => {
      const shift = hasSlider(name) ? "Shift+" : "";
      await keysOf(name).focus();
      const told = new Set<string>();
      for (let i = 0; i < 3; i++) {
        await page.keyboard.press(`${shift}${i < 2 ? "ArrowRight" : "ArrowDown"}`);
        // Plotly shows one in 50 ms at most.
        await page.waitForTimeout(120);
        const hover = page.locator(`#${name} .hoverlayer .hovertext`).first();
        await hover.waitFor({ timeout: 5000 });
        told.add((await hover.textContent()) ?? "");
      }
      expect(told.size).toBeGreaterThanOrEqual(2);
      for (const text of told) expect(text).toMatch(/\d/);
    },
    30_000,
  );
});
