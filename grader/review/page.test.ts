/** The page as two people use it, in a real browser. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { findChromium, QUIET } from "../../notebooks/print/chromium.ts";
import { needing } from "../../setup/testing/needs.ts";
import { readTable, TABLE } from "../by-hand/table.ts";
import { HOSTILE } from "../report/result.fixture.ts";
import { type Reviewed, reviewOf } from "./review.fixture.ts";
import { type ReviewServer, serveReview } from "./server.ts";

const found = findChromium();
const inBrowser = needing("a browser", "missing" in found ? found.missing : undefined);
// On a machine that may be busy with others.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

inBrowser.describe("the page of a review", () => {
  let reviewed: Reviewed;
  let server: ReviewServer;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];
  beforeAll(async () => {
    reviewed = await reviewOf({
      ...{
        ada: "No, as $x = f(z)$ is *pushed*.",
        bob: `${HOSTILE} $\\kern-99em\\text{FAKE}$`,
        cyd: "Yes.",
        dan: "",
      },
    });
    server = await serveReview(reviewed.desk, { title: "Review", anonymous: false, again: "npm run grade" });
    browser = await chromium.launch({
      executablePath: "path" in found ? found.path : "",
      chromiumSandbox: process.getuid?.() !== 0,
      args: [...QUIET],
    });
    page = await open();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await reviewed?.remove();
  });

  /** Whatever the page asks of another address, reports as an error or opens as a dialog is a trouble. */
  async function open(width = 1280): Promise<Page> {
    const opened = await browser.newPage({ viewport: { width, height: 800 } });
    opened.on("pageerror", ({ message }) => troubles.push(message));
    opened.on("dialog", (dialog) => troubles.push(dialog.message()));
    opened.on("request", (asked) => {
      const url = asked.url();
      if (!url.startsWith(new URL(server.address).origin) && !url.startsWith("data:")) troubles.push(url);
    });
    await opened.goto(server.address);
    await opened.locator("#heading").waitFor();
    return opened;
  }
  const rowOf = async (name: string, check = "") =>
    readTable(await readFile(join(reviewed.report.folder, TABLE)), TABLE).find(
      (row) => row.submission === `class/${name}` && row.check === check,
    );
  const heading = (of: Page) => of.locator("#heading").innerText();
  const saved = (of: Page) => of.locator(".state[data-kind=saved]").first().waitFor();
  const remark = (of: Page) => of.locator("form .remark").first();

  test("points and words by keys alone, kept at once", async () => {
    expect(await heading(page)).toContain("ada");
    expect(await page.locator(".written .katex").count()).toBe(1);
    await page.keyboard.press("2");
    await page.keyboard.press("+");
    await saved(page);
    expect(await rowOf("ada")).toMatchObject({ points: 2.5, remark: "" });
    await page.keyboard.press("c");
    await page.keyboard.type("Why is it 3?");
    // The figure is part of a word here, and no points.
    await page.keyboard.press("Control+Enter");
    await page.locator("#heading", { hasText: "bob" }).waitFor();
    expect(await rowOf("ada")).toMatchObject({ points: 2.5, remark: "Why is it 3?" });
    await page.keyboard.press("b");
    await page.keyboard.press("1");
    await page.keyboard.press("Escape");
    await page.keyboard.press("0");
    await page.keyboard.press("j");
    await page.locator("#heading", { hasText: "cyd" }).waitFor();
    expect(await rowOf("bob")).toMatchObject({ points: 0, remark: "Why is it 3?" });
    await page.keyboard.press("k");
    await page.locator("#heading", { hasText: "bob" }).waitFor();
    await page.keyboard.press("x");
    await saved(page);
    expect((await rowOf("bob"))?.points).toBeUndefined();
  });

  test("what a learner wrote runs nothing, asks for nothing and stays in its box", async () => {
    expect(await heading(page)).toContain("bob");
    const box = page.locator(".written.prose");
    expect(await box.innerText()).toContain("<script>alert(1)</script>");
    expect(await box.locator("a, img, script").count()).toBe(0);
    expect(
      await page.evaluate(`getComputedStyle(document.querySelector(".written.prose")).contain`),
    ).toContain("paint");
    await page.keyboard.press("m");
    expect(await page.locator("pre.written").isVisible()).toBe(true);
    expect(troubles).toEqual([]);
  });

  test("of two who have the same text open, the second sees both and chooses", async () => {
    const other = await open();
    await other.locator("#queue").selectOption("texts");
    for (const one of [page, other]) {
      await one.locator("#find").fill("cyd");
      await one.locator("#heading", { hasText: "cyd" }).waitFor();
      await one.keyboard.press("Escape");
    }
    await page.keyboard.press("3");
    await saved(page);
    await remark(other).fill("No reason.");
    await other.locator(".conflict").first().waitFor();
    expect(await other.locator(".theirs").first().innerText()).toContain("3 points");
    expect(await remark(other).inputValue()).toBe("No reason.");
    expect(await rowOf("cyd")).toMatchObject({ points: 3, remark: "" });
    await other.locator(".insist").first().click();
    await saved(other);
    expect((await rowOf("cyd"))?.remark).toBe("No reason.");
    // And the first page follows without being asked.
    await expect.poll(() => remark(page).inputValue(), { timeout: 20_000 }).toBe("No reason.");
    await other.close();
  });

  test("criteria are ticked and add up; points that are given in another way have no ticks", async () => {
    await page.keyboard.press("Escape");
    const worth: number[] = await page.evaluate(
      `[...document.querySelectorAll(".tick")].map(({ dataset }) => Number(dataset.points))`,
    );
    expect(worth.length).toBeGreaterThan(1);
    await page.keyboard.press("x");
    await page.keyboard.press("t");
    await page.keyboard.press("1");
    await page.keyboard.press("2");
    const sum = (worth[0] ?? 0) + (worth[1] ?? 0);
    await expect.poll(async () => (await rowOf("cyd"))?.criteria, { timeout: 20_000 }).toBe("1 2");
    expect((await rowOf("cyd"))?.points).toBe(sum);
    await page.keyboard.press("1");
    await expect.poll(async () => (await rowOf("cyd"))?.criteria, { timeout: 20_000 }).toBe("2");
    await page.keyboard.press("Escape");
    await page.keyboard.press("0");
    await expect.poll(async () => (await rowOf("cyd"))?.points, { timeout: 20_000 }).toBe(0);
    expect((await rowOf("cyd"))?.criteria).toBeUndefined();
    expect(await page.locator(".tick:checked").count()).toBe(0);
    await page.keyboard.press("3");
    await expect.poll(async () => (await rowOf("cyd"))?.points, { timeout: 20_000 }).toBe(3);
  });

  test("a check gets other points for a reason only, found by its key", async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("d");
    const form = page.locator("li.failed form");
    await form.locator(".value").fill("1");
    await form.locator(".state", { hasText: "write a reason" }).waitFor();
    await form.locator(".remark").fill("the limit is right");
    await form.locator(".state[data-kind=saved]").waitFor();
    expect(await rowOf("cyd", "has the right value")).toMatchObject({
      points: 1,
      remark: "the limit is right",
    });
  });

  test("at 390 pixels nothing is wider than the page, and a server that has ended is said", async () => {
    const narrow = await open(390);
    expect(await narrow.evaluate("document.documentElement.scrollWidth")).toBe(390);
    await server.close();
    await narrow.locator("#next").click();
    await narrow.locator("#trouble", { hasText: "does not answer" }).waitFor();
    expect(troubles).toEqual([]);
  });
});
