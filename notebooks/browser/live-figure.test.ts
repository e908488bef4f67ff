/** Sliders as a learner moves them in JupyterLab; each step has its deadline, so that a hang is a failure. */

import { readFileSync, writeFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { type Course, missingForBrowser, type NotebookTab, startCourse } from "./course.ts";
import { chooseInMenu, chooseTheme, dragTo, runAll } from "./notebook-page.ts";
import { shoot } from "./shots.ts";

const inJupyterLab = needing("JupyterLab in a browser", missingForBrowser());
const cells = [
  `import { random, realNVP, tf } from "flowlab";
import { figure, samples2dFigure } from "flowlab/figure";
import { slider } from "flowlab/notebook";
let live = false;
let runs = 0;
const z = tf.tensor2d(Array.from(random(1).normal(20_000)), [10_000, 2]);`,
  `slider({ name: "bend", from: 0, to: 2, step: 0.01, value: 0.5 }, (bend) => {
  console.log("drawn with", bend);
  const [a, b] = tf.unstack(z, 1);
  return samples2dFigure({ samples: tf.stack([a, tf.add(b, tf.mul(bend, tf.square(a)))], 1) as tf.Tensor2D });
});`,
  `slider({ scale: { from: 0.1, to: 2, step: 0.1, value: 1 }, shift: { from: -2, to: 2, step: 0.1, value: 0 } }, ({ scale, shift }) => {
  if (scale > 1.45) throw new RangeError("too wide");
  if (shift > 1.45 && live) for (;;);
  return figure([{ x: [0, 1], y: [shift, shift + scale], name: "line" }]);
});`,
  "live = true;",
  // Not at Run All: that this has ended cannot be seen, as the page draws only the cells that are in its window.
  "runs += 1; if (runs > 1) for (const end = performance.now() + 3000; performance.now() < end; );",
];

inJupyterLab.describe("live figures in JupyterLab", () => {
  let course: Course;
  let tab: NotebookTab;
  let page: Page;

  beforeAll(async () => {
    course = await startCourse();
    tab = await course.openCells(cells);
    page = tab.page;
    page.setDefaultTimeout(30_000);
    await runAll(page, 120_000);
  }, 240_000);
  afterAll(async () => {
    await chooseTheme(page, "JupyterLab Light").finally(() => course?.close());
  }, 120_000);

  const output = (cell: number): Locator =>
    page.locator(".jp-CodeCell").nth(cell).locator(".jp-OutputArea").first();
  const handle = (cell: number, nth = 0): Locator => output(cell).locator(".noUi-handle").nth(nth);
  /** What the picture says of itself, for those who cannot see it. */
  const said = (cell: number): Locator => output(cell).locator(".widget-html-content svg title");
  const readout = async (cell: number, nth = 0): Promise<string> =>
    (await output(cell).locator(".widget-readout").nth(nth).textContent())?.replace("-", "−") ?? "";
  const shot = (name: string) => shoot(page, `live-${name}`);
  async function save(): Promise<void> {
    await page.keyboard.press("ControlOrMeta+s");
    await page.waitForTimeout(1500);
  }
  /** Where the points lie, as drawn. */
  const drawn = (cell: number) =>
    output(cell).locator(".widget-html-content svg path").last().getAttribute("d");

  /** The picture is that of the value at the slider, a moment after the hand has stopped. */
  async function expectInStep(cell: number): Promise<void> {
    await expect
      .poll(async () => (await said(cell).textContent())?.includes(`= ${await readout(cell)}`), {
        timeout: 20_000,
      })
      .toBe(true);
  }

  test("a drag by mouse changes the picture, and the last value arrives", async () => {
    const before = await drawn(1);
    let steps = 0;
    // The hand pauses now and then, and the picture is there before it lets go.
    await dragTo(page, handle(1), 200, async () => (++steps % 8 === 0 ? expectInStep(1) : undefined));
    expect(steps).toBe(25);
    await expectInStep(1);
    expect(await said(1).textContent()).toMatch(/^bend = (?!0\.50)\d\.\d\d\. /);
    expect(await drawn(1)).not.toBe(before);
    expect(await output(1).locator(".widget-html-content pre").textContent()).toMatch(
      /^drawn with \d\.\d+\n$/,
    );
    await shot("dragged");
  }, 60_000);

  test("it is reached and moved by keyboard, and says its name", async () => {
    await output(1).locator(".noUi-handle[aria-label=bend]").waitFor();
    await page.locator(".jp-CodeCell").nth(1).locator(".cm-content").click();
    await page.keyboard.press("Escape");
    for (let i = 0; i < 20; i++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate("document.activeElement.classList.contains('noUi-handle')")) break;
    }
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe("bend");
    const before = Number(await readout(1));
    for (let i = 0; i < 7; i++) await page.keyboard.press("ArrowLeft");
    await expectInStep(1);
    expect(Number(await readout(1))).toBeCloseTo(before - 0.07, 6);
    // JupyterLab's own keys for another cell, where a slider has not the keyboard.
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
    await expectInStep(1);
    expect(Number(await readout(1))).toBeCloseTo(before - 0.1, 6);
    await page.keyboard.press("End");
    await expectInStep(1);
    expect(await said(1).textContent()).toMatch(/^bend = 2\.00\. /);
  }, 60_000);

  test("below it, it says in words what it shows: opened by keyboard, the words stay open and follow the slider", async () => {
    const words = output(1).locator(".widget-html-content [data-flowlab-words]");
    await handle(1).focus();
    await page.keyboard.press("Home");
    await expectInStep(1);
    const focused = () => page.evaluate("document.activeElement.textContent");
    // The number beside the slider and the picture come between them.
    const tabs = 3;
    for (let i = 0; i < tabs; i++) await page.keyboard.press("Tab");
    expect(await focused()).toBe("In words");
    expect(await words.locator("p").isVisible()).toBe(false);
    await page.keyboard.press("Enter");
    await words.locator("p").waitFor({ state: "visible" });
    expect(await words.locator("p").textContent()).toBe(await said(1).textContent());
    expect(await words.locator("p").textContent()).toMatch(/^bend = 0\.00\. .*10000 values/);
    await shot("words");
    for (let i = 0; i < tabs; i++) await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("End");
    await expect
      .poll(() => words.locator("p").textContent(), { timeout: 20_000 })
      .toMatch(/^bend = 2\.00\. /);
    expect(await words.locator("p").isVisible()).toBe(true);
    for (let i = 0; i < tabs; i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await words.locator("p").waitFor({ state: "hidden" });
  }, 60_000);

  test("an error stands under the picture and the slider goes on", async () => {
    await handle(2).focus();
    await page.keyboard.press("End");
    await output(2).locator("[data-flowlab-failure]").waitFor();
    expect(await output(2).locator("[data-flowlab-failure]").textContent()).toContain("RangeError: too wide");
    await shot("error");
    await page.keyboard.press("Home");
    await expect
      .poll(() => said(2).textContent(), { timeout: 20_000 })
      .toMatch(/scale = 0\.1, shift = 0\.0\. line/);
    expect(await output(2).locator("[data-flowlab-failure]").count()).toBe(0);
  }, 60_000);

  test("the stop button ends a picture that never comes", async () => {
    await handle(2, 1).focus();
    await page.keyboard.press("End");
    await page.waitForTimeout(500);
    await chooseInMenu(page, "Kernel", "Interrupt Kernel");
    await output(2).locator("[data-flowlab-failure]").waitFor();
    expect(await output(2).locator("[data-flowlab-failure]").textContent()).toContain("Stopped before");
    await handle(2, 1).focus();
    await page.keyboard.press("Home");
    await expect.poll(() => said(2).textContent(), { timeout: 20_000 }).toContain("shift = −2.0");
  }, 60_000);

  test("while a cell runs the picture waits for its end, and then has the last value", async () => {
    await page.locator(".jp-CodeCell").nth(4).locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
    await page.waitForTimeout(300);
    await dragTo(page, handle(1), -150, async () => {});
    expect(await said(1).textContent()).toContain("bend = 2.00");
    await expectInStep(1);
    expect(await said(1).textContent()).not.toContain("bend = 2.00");
  }, 60_000);

  test("it fits a narrow window and a dark page", async () => {
    await chooseTheme(page, "JupyterLab Dark");
    await page.setViewportSize({ width: 667, height: 900 });
    await handle(1).scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    await shot("narrow-dark");
    const fill = await page.evaluate(
      `getComputedStyle(document.querySelector('.widget-html-content svg > rect')).fill`,
    );
    expect(fill).toMatch(/^rgb\((\d\d?), (\d\d?), (\d\d?)\)$/);
    const overflow = await output(1).evaluate((it) => it.scrollWidth - it.clientWidth);
    expect(overflow).toBeLessThanOrEqual(1);
    await page.setViewportSize({ width: 1280, height: 1000 });
    await chooseTheme(page, "JupyterLab Light");
  }, 60_000);

  test("a page that is loaded again has slider and picture where they were", async () => {
    await page.keyboard.press("Escape");
    const before = await said(1).textContent();
    await save();
    await tab.reopen();
    await said(1).waitFor({ state: "attached", timeout: 30_000 });
    expect(await said(1).textContent()).toBe(before);
    expect(before).toContain(`bend = ${await readout(1)}.`);
    expect(await output(1).locator("[data-flowlab-live]").isVisible()).toBe(false);
    await handle(1).focus();
    await page.keyboard.press("Home");
    await expect.poll(() => said(1).textContent(), { timeout: 20_000 }).toContain("bend = 0.00");
  }, 90_000);

  test("without its kernel, nothing is dead: sliders move among pictures computed ahead", async () => {
    await save();
    await tab.reopen({ fresh: true });
    const still = output(1).locator("[data-flowlab-live]");
    await still.locator("input").waitFor({ timeout: 30_000 });
    await page.waitForTimeout(4000);
    expect(await page.getByText("Error displaying widget").filter({ visible: true }).count()).toBe(0);
    expect(await page.getByText("Loading widget").filter({ visible: true }).count()).toBe(0);
    const title = still.locator("[data-flowlab-picture] svg title");
    await expect.poll(() => title.textContent(), { timeout: 10_000 }).toContain("bend = 0.50");
    const words = still.locator("[data-flowlab-words]");
    await words.locator("summary").focus();
    await page.keyboard.press("Enter");
    await words.locator("p").waitFor({ state: "visible" });
    await still.locator("input").focus();
    await page.keyboard.press("End");
    await expect.poll(() => title.textContent(), { timeout: 10_000 }).toContain("bend = 2.00");
    expect(await words.locator("p").isVisible()).toBe(true);
    expect(await words.locator("p").textContent()).toBe(await title.textContent());
    await shot("fresh");
  }, 90_000);

  test("nor while a kernel is started anew; run again, it is alive again, and nothing is left of the old", async () => {
    await runAll(page, 120_000);
    await handle(1).waitFor();
    await expect
      .poll(() => output(1).locator("[data-flowlab-live]").isVisible(), { timeout: 20_000 })
      .toBe(false);
    await chooseInMenu(page, "Kernel", "Restart Kernel…");
    await page.locator(".jp-Dialog button", { hasText: "Restart" }).click();
    await output(1).locator("[data-flowlab-live] input").waitFor({ timeout: 30_000 });
    await shot("restarted");
    expect(await handle(1).isVisible()).toBe(false);
    await page.getByText("TypeScript (flowlab) | Idle").waitFor({ timeout: 60_000 });
    await runAll(page, 120_000);
    await expect.poll(() => handle(1).isVisible(), { timeout: 20_000 }).toBe(true);
    expect(await output(1).locator(".jupyter-widgets.widget-slider").count()).toBe(1);
  }, 240_000);

  test("a notebook of somebody else, whose scripts are not run, shows the first picture", async () => {
    await save();
    const saved = readFileSync(tab.path, "utf8");
    const other = await course.openCells([]);
    // Another notebook with these outputs was never trusted.
    writeFileSync(
      other.path,
      saved.replaceAll('"id": "cell-', '"id": "other-').replaceAll("drawn with", "made with"),
    );
    await other.reopen({ fresh: true });
    const picture = other.page.locator(".jp-OutputArea img[alt^='bend = 0.50']");
    await picture.waitFor({ timeout: 30_000 });
    expect(await other.page.getByText("Error displaying widget").filter({ visible: true }).count()).toBe(0);
    await shoot(other.page, "live-untrusted");
  }, 120_000);
});
