/** Every chapter as a learner meets it in JupyterLab: all of it run, every figure seen, every slider moved. */

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { ElementHandle, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { notebookSlugs } from "../build/generated.ts";
import type { Notebook } from "../build/nbformat.ts";
import { type Course, missingForBrowser, root, startCourse } from "./course.ts";
import { awaitDrawing, faultsOf, overflowOf, seenIn, tabThrough } from "./figures.ts";
import { chooseInMenu, chooseRunAll, scrollTo } from "./notebook-page.ts";
import { shoot } from "./shots.ts";
import { frameSliders, liveSliders, moveAndReturn } from "./sliders.ts";
import { type Traffic, watchTraffic } from "./traffic.ts";

const inJupyterLab = needing("JupyterLab in a browser", missingForBrowser());

/** What takes longer hangs: the longest cell, Glow's training, takes 18 s on two quiet cores, and others compute beside it. */
const DEADLINE = 180_000;

/** The code cells that are run, with their places among all cells. */
function codeCells(slug: string) {
  const { cells } = JSON.parse(readFileSync(join(root, `notebooks/${slug}.ipynb`), "utf8")) as Notebook;
  return cells
    .map(({ cell_type, id, source, metadata }, place) => ({
      isCode: cell_type === "code",
      isCheck: (metadata.flowlab as { role?: string } | undefined)?.role === "check",
      id,
      place,
      code: [source].flat().join(""),
    }))
    .filter(({ isCode, code }) => isCode && code.trim() !== "");
}

const html = (bundle: Record<string, unknown>) => `${bundle["text/html"] ?? ""}`;
const isLive = (bundle: Record<string, unknown>) => "application/vnd.jupyter.widget-view+json" in bundle;
const figuresIn = (bundle: Record<string, unknown>) => html(bundle).split('data-flowlab-figure="').length - 1;

inJupyterLab.describe.each(notebookSlugs(root))("%s in JupyterLab", (slug) => {
  let page: Page;
  let traffic: Traffic;
  const cells = codeCells(slug);

  beforeAll(async () => {
    page = await course.open(slug, (opening) => {
      traffic = watchTraffic(opening);
    });
    page.setDefaultTimeout(30_000);
  }, 120_000);
  afterAll(() => course.leave(page));

  const look = (what: ElementHandle, name: string) =>
    shoot(what, `${slug.slice(0, 2)}-${name}`.replace(/[^\w.-]+/g, "-"));

  test("opened and saved it is the file that it was, so that looking at it changes nothing", async () => {
    const copy = join(root, "notebooks", basename(new URL(page.url()).pathname));
    const saved = page.waitForResponse(
      (response) => response.request().method() === "PUT" && response.url().includes(basename(copy)),
    );
    await page.locator(".jp-Notebook-cell").first().click();
    await page.keyboard.press("Control+s");
    expect((await saved).status()).toBe(200);
    expect(readFileSync(copy, "utf8")).toBe(readFileSync(join(root, `notebooks/${slug}.ipynb`), "utf8"));
  });

  test(
    "Run All comes to its end in every cell, and none complains",
    async () => {
      await chooseRunAll(page);
      await traffic.allDone(cells.length, DEADLINE);
      expect(traffic.cells.map(({ id }) => id)).toEqual(cells.map(({ id }) => id));
      expect(
        traffic.cells.flatMap(({ id, complaints }) => complaints.map((said) => `${id}: ${said}`)),
      ).toEqual([]);
      expect(traffic.cells.filter(({ status }) => status !== "ok")).toEqual([]);
      // Nothing is written yet, and every check says so; none warns.
      for (const { id } of cells.filter(({ isCheck }) => isCheck)) {
        const card = traffic.cells.find((sent) => sent.id === id)?.shown.at(-1)?.["text/plain"];
        expect(card, id).toMatch(/to do/i);
        expect(card, id).not.toMatch(/^ {2}! /m);
      }
    },
    cells.length * DEADLINE,
  );

  test("every figure is drawn, whole and in words, reached by Tab; every slider moves it there and back", async () => {
    const faults: string[] = [];
    let moved = 0;
    const count = { figures: 0, sliders: 0 };
    for (const { id, place } of cells) {
      const { shown = [] } = traffic.cells.find((sent) => sent.id === id) ?? {};
      const figures = shown.reduce((sum, bundle) => sum + figuresIn(bundle), 0);
      const panels = shown.filter(isLive).length;
      if (figures + panels === 0 && !shown.some((bundle) => html(bundle).includes("<table"))) continue;
      const found = await scrollTo(page, page.locator(`.jp-CodeCell[data-windowed-list-index="${place}"]`));
      const cell = (await found.elementHandle()) as ElementHandle;
      const output = (await cell.$(".jp-Cell-outputArea")) as ElementHandle;
      await awaitDrawing(output);
      const [live, framed] = [await liveSliders(output), await frameSliders(output)];
      const seen = await seenIn(output);
      await look(output, `${place}`);
      const wrong = seen.flatMap(faultsOf);
      if (seen.length !== figures + panels)
        wrong.push(`${seen.length} figures are seen of ${figures + panels}`);
      const overflow = await overflowOf(output);
      if (overflow > 1) wrong.push(`${overflow} pixels wider than the page`);
      if (figures + panels > 0) {
        const reached = await tabThrough(page, cell);
        if (reached.length !== figures + live.length)
          wrong.push(`Tab comes to ${reached.length} of ${figures + live.length} pictures and sliders`);
        if (reached.includes("")) wrong.push("what Tab comes to has no name");
      }
      for (const { label, slid, grip } of [...live, ...framed]) {
        wrong.push(
          ...(await moveAndReturn(page, label, slid, grip, (where) =>
            look(output, `${place}-${label}-${where}`),
          )),
        );
        moved += 1;
      }
      faults.push(...wrong.map((fault) => `cell ${place}: ${fault}`));
      count.figures += figures + panels;
      count.sliders += live.length + framed.length;
    }
    expect(faults).toEqual([]);
    expect(moved).toBe(count.sliders);
    // The map of the course has none.
    if (slug !== "00-start") expect(count.figures).toBeGreaterThan(0);
    console.log(`${slug}: ${count.figures} figures, ${count.sliders} sliders`);
  }, 600_000);

  test("the page has had no error", () => expect(traffic.pageErrors).toEqual([]));
});

inJupyterLab.test(
  "what hangs, fails or shows nothing is found, and named",
  async () => {
    let traffic: Traffic | undefined;
    const { page } = await course.openCells(
      [
        'import { figure } from "flowlab/figure";\nfigure([{ x: [0, 1], y: [5, 6] }], { yaxis: { range: [0, 1] } }, { description: "A line outside of its plot." });',
        'figure([{ x: [0, 1], y: [0, 1] }], { annotations: ["first words", "other words"].map((text) => ({ text, x: 0.5, y: 0.5, showarrow: false })) }, { description: "Two texts in one place." });',
        'console.error("a complaint");',
        "for (;;);",
      ],
      (opening) => {
        traffic = watchTraffic(opening);
      },
    );
    await chooseRunAll(page);
    // The first cell waits for the engine, so the last is given less only once it runs.
    await traffic?.allDone(4, 20_000).then(
      () => expect.fail("a cell without an end has ended"),
      (error: Error) =>
        expect(error.message).toBe('code cell 4 (cell-3), "for (;;);" is not done after 20 s'),
    );
    expect(traffic?.cells.map(({ complaints }) => complaints)).toEqual([
      [],
      [],
      ["stderr: a complaint\n"],
      [],
    ]);
    const outputs = (await page.$$(".jp-CodeCell .jp-Cell-outputArea")).slice(0, 2);
    for (const output of outputs) await awaitDrawing(output);
    const faults = (await Promise.all(outputs.map(seenIn))).flat().flatMap(faultsOf);
    expect(faults).toEqual([
      expect.stringContaining("it is blank"),
      expect.stringMatching(/text lies on text: "(first|other) words" on "(first|other) words"/),
    ]);
    await chooseInMenu(page, "Kernel", "Interrupt Kernel");
    await traffic?.allDone(4, 20_000);
    await course.leave(page);
  },
  180_000,
);

let course: Course;
if (missingForBrowser() === undefined) {
  beforeAll(async () => {
    course = await startCourse();
  }, 120_000);
  afterAll(() => course?.close());
}
