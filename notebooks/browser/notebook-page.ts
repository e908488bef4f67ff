/** What a learner does on a notebook's page, in steps that a test can read. */

import type { ElementHandle, Locator, Page } from "playwright-core";

/** Runs every cell and waits until the kernel has done them. */
export async function runAll(page: Page, timeout: number): Promise<void> {
  await chooseRunAll(page);
  const started = page.locator(".jp-InputPrompt", { hasText: "[1]:" });
  await started.first().waitFor({ timeout });
  await page.waitForFunction(allDone, undefined, { timeout, polling: 250 });
}

/** Has every cell sent to the kernel, and waits for none. */
export async function chooseRunAll(page: Page): Promise<void> {
  await page.getByRole("menuitem", { name: "Run", exact: true }).click();
  await page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
}

/** In the page: the kernel is idle, and no cell waits. As text, because the page's types are not this program's. */
const allDone = `
  document.querySelector(".jp-Notebook-ExecutionIndicator")?.getAttribute("data-status") === "idle" &&
  ![...document.querySelectorAll(".jp-InputPrompt")].some((prompt) => prompt.textContent?.includes("*"))`;

/** Scrolls the notebook by so many window heights; false at its end. */
function scroll(page: Page, windows: number): Promise<boolean> {
  return page.evaluate(`(() => {
    const pane = document.querySelector(".jp-WindowedPanel-outer");
    const before = pane.scrollTop;
    pane.scrollBy(0, pane.clientHeight * ${windows});
    return pane.scrollTop !== before;
  })()`);
}

/** Until the page has drawn what a scroll has brought into its window: by its frames, however slow they come. */
const settle = (page: Page): Promise<void> =>
  page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))",
  );

const toTop = (page: Page): Promise<boolean> => scroll(page, -1000);

/** Scrolls until something is on the page: JupyterLab keeps only the cells near the window in the document. */
export async function scrollTo(page: Page, wanted: Locator): Promise<Locator> {
  for (const fromTop of [false, true]) {
    if (fromTop) await toTop(page);
    for (let more = true; more; more = await scroll(page, 0.7)) {
      await settle(page);
      // A cell that is only being measured is in the document, but not to be seen.
      const visible = wanted.filter({ visible: true });
      if ((await visible.count()) === 0) continue;
      await visible.first().scrollIntoViewIfNeeded();
      return visible.first();
    }
  }
  throw new Error(`not found anywhere in the notebook: ${wanted}`);
}

/** In the page: no figure that is there is still to be drawn. */
const allDrawn = `[...document.querySelectorAll("[data-flowlab-figure]")].every((figure) =>
  figure.clientWidth === 0 || ["drawn", "failed"].includes(figure.dataset.flowlabState))`;

/** Visits every part of the notebook, so that everything that draws itself when seen has been seen. */
export async function readThrough(page: Page, seen: () => Promise<void>): Promise<void> {
  await toTop(page);
  for (let more = true; more; more = (await scroll(page, 0.8)) || (await again(page))) {
    await settle(page);
    await page.waitForFunction(allDrawn, undefined, { timeout: 60_000, polling: 50 });
    await settle(page);
    await seen();
  }
}

/** JupyterLab may be measuring its cells anew: what looks like the end counts if it still is one a moment later. */
async function again(page: Page): Promise<boolean> {
  await page.waitForTimeout(700);
  return scroll(page, 0.8);
}

/** Writes an answer into the cell that has `mark` in it, runs it and the check below it. */
export async function answer(page: Page, mark: string, text: string): Promise<void> {
  const cell = await scrollTo(page, page.locator(".jp-CodeCell", { hasText: mark }));
  await cell.locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Shift+Enter");
  await page.waitForFunction(allDone, undefined, { timeout: 90_000, polling: 100 });
}

/** What the cell that has `mark` in it shows under its code. */
export async function outputOf(page: Page, mark: string): Promise<string> {
  const output = page.locator(".jp-CodeCell", { hasText: mark }).locator(".jp-OutputArea-output");
  return (await (await scrollTo(page, output)).textContent()) ?? "";
}

/** Its accessible name is not always its label. */
const menuItem = (page: Page, label: string): Locator =>
  page.locator(".lm-Menu-item", {
    has: page.locator(".lm-Menu-itemLabel").getByText(label, { exact: true }),
  });

export async function chooseInMenu(page: Page, menu: string, label: string): Promise<void> {
  await page.getByRole("menuitem", { name: menu, exact: true }).click();
  await menuItem(page, label).click();
}

/** Chooses a theme in the menu, as a reader does, and waits until the page has it. */
export async function chooseTheme(page: Page, name: "JupyterLab Light" | "JupyterLab Dark"): Promise<void> {
  await page.getByRole("menuitem", { name: "Settings", exact: true }).click();
  await menuItem(page, "Theme").first().hover();
  await menuItem(page, name).click();
  await page.locator(`body[data-jp-theme-name="${name}"]`).waitFor({ state: "attached" });
}

/** Drags something to the right by so many pixels, as a hand does, and looks on the way. */
export async function dragTo(
  page: Page,
  handle: Locator | ElementHandle,
  pixels: number,
  look: () => Promise<unknown>,
  steps = 25,
): Promise<void> {
  // Waits until it no longer moves: outputs above may just be drawn, and a press beside it would be a jump.
  await handle.hover();
  const box = await handle.boundingBox();
  if (box === null) throw new Error(`nothing to drag: ${handle}`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= steps; step++) {
    await page.mouse.move(x + (pixels * step) / steps, y);
    await page.waitForTimeout(16);
    await look();
  }
  await page.mouse.up();
}
