/** The figures of a notebook's page, as a reader meets them: drawn, whole, in words, and reached by the keyboard. */

import { setTimeout as delay } from "node:timers/promises";
import type { ElementHandle, Page } from "playwright-core";
import { overlaps, readTexts, type Text } from "../../lib/figure/gallery/look.fixture.ts";
import { inPage } from "./in-page.ts";

/** One figure: drawn by plotly, or, under sliders, by the kernel. */
export interface Seen {
  /** What it is called, for messages. */
  readonly name: string;
  /** Lines, bars, points, cells that can be seen. */
  readonly marks: number;
  readonly axisLabels: number;
  /** Without a label on its axes it may be a row of images. */
  readonly images: number;
  /** Coordinates that are no numbers. */
  readonly broken: number;
  readonly words: string;
  readonly texts: readonly Text[];
}

/** In the page, of an output: what is seen of each figure in it. */
const readFigures = `(output) => {
  const shown = (node) => { const box = node.getBoundingClientRect(); return box.width > 1 || box.height > 1; };
  const all = (figure, selector) => [...figure.querySelectorAll(selector)].filter(shown);
  // What lies outside of its plot is there and cannot be seen.
  const inside = (areas) => (node) => { const box = node.getBoundingClientRect();
    return areas.some((area) => box.right > area.left && box.left < area.right && box.bottom > area.top && box.top < area.bottom); };
  const broken = (figure) => [...figure.querySelectorAll("svg *")].filter((node) =>
    ["d", "transform", "x", "y", "cx", "cy", "x1", "y1", "width", "height", "points"].some((name) =>
      /NaN|undefined|Infinity/.test(node.getAttribute(name) ?? ""))).length;
  const byPlotly = [...output.querySelectorAll("[data-flowlab-figure]")].filter(shown).map((figure) => ({
    name: figure.getAttribute("aria-label"),
    marks: all(figure, ".mlayer path, .mlayer image, .mlayer text")
      .filter(inside([...figure.querySelectorAll(".nsewdrag")].map((area) => area.getBoundingClientRect()))).length,
    axisLabels: all(figure, ".xtick text, .ytick text, [class*=xtick] text").length,
    images: all(figure, ".mlayer image").length,
    broken: broken(figure),
    words: figure.querySelector("[data-flowlab-words] p")?.textContent ?? "",
    texts: (${readTexts})(figure),
  }));
  const byKernel = [...output.querySelectorAll(".widget-html-content svg")].filter(shown).map((figure) => {
    const frame = figure.getBoundingClientRect();
    const scale = frame.width / figure.viewBox.baseVal.width;
    const areas = [...figure.querySelectorAll("clipPath rect")].map((rect) => {
      const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => scale * Number(rect.getAttribute(name)));
      return { left: frame.left + x, right: frame.left + x + width, top: frame.top + y, bottom: frame.top + y + height };
    });
    const texts = all(figure, "text").map((node) => [node.textContent.trim(), node.getBoundingClientRect()]);
    return {
      name: figure.querySelector("title")?.textContent.split(". ").slice(0, 2).join(". ") ?? "",
      marks: all(figure, "g[clip-path] *, g:not([stroke]) > path, g > circle, g > image").filter(inside(areas)).length,
      axisLabels: texts.filter(([text]) => /^[−\\d.,]+/.test(text)).length,
      images: all(figure, "image").length,
      broken: broken(figure),
      words: figure.querySelector("title")?.textContent ?? "",
      texts: texts.map(([text, box]) => ({ text, color: "", left: box.left - frame.left, right: box.right - frame.left,
        top: box.top - frame.top, bottom: box.bottom - frame.top,
        beyond: box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1 })),
    };
  });
  return [...byPlotly, ...byKernel];
}`;

/** Waits until everything in an output is drawn. */
export async function awaitDrawing(output: ElementHandle): Promise<void> {
  const undrawn = `(node) => [...node.querySelectorAll("[data-flowlab-figure]")]
    .filter((figure) => figure.clientWidth > 0 && !["drawn", "failed"].includes(figure.dataset.flowlabState)).length`;
  for (const end = performance.now() + 30_000; ; ) {
    if ((await output.evaluate(inPage<number>(undrawn))) === 0) return;
    if (performance.now() > end) throw new Error("a figure was not drawn within 30 s");
    await delay(50);
  }
}

export const seenIn = (output: ElementHandle): Promise<Seen[]> =>
  output.evaluate(inPage<Promise<Seen[]>>(readFigures));

/** What is wrong with a figure for those who look at it and for those who do not. */
export function faultsOf({ name, marks, axisLabels, images, broken, words, texts }: Seen): string[] {
  const faults = [
    ...(marks === 0 ? ["it is blank"] : []),
    ...(axisLabels === 0 && images === 0 ? ["its axes have no labels"] : []),
    ...(broken > 0 ? [`${broken} of its marks lie at NaN`] : []),
    ...(words.length < 20 ? [`in words it is only ${JSON.stringify(words)}`] : []),
    ...overlaps(texts).map((pair) => `text lies on text: ${pair}`),
    ...texts.filter(({ beyond }) => beyond).map(({ text }) => `cut off: ${JSON.stringify(text)}`),
  ];
  return faults.map((fault) => `${name}: ${fault}`);
}

/** What of an output is wider than the page gives it. */
export const overflowOf = (output: ElementHandle): Promise<number> =>
  output.evaluate(
    inPage<number>(
      "(node) => Math.max(0, ...[node, ...node.querySelectorAll('.jp-OutputArea-output, .jp-RenderedHTMLCommon')].map((it) => it.scrollWidth - it.clientWidth))",
    ),
  );

/**
 * Comes to a cell as a reader without a mouse does, and goes on with Tab until it has left it.
 *
 * @returns What in its output had the keyboard: names of pictures and of sliders.
 */
export async function tabThrough(page: Page, cell: ElementHandle, most = 60): Promise<string[]> {
  await (await cell.$(".cm-content"))?.click();
  await page.keyboard.press("Escape");
  const reached: string[] = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const at = await cell.evaluate(
      inPage<[boolean, string | undefined]>(`(cell) => { const it = document.activeElement;
        return [cell.contains(it), it?.closest(".jp-OutputArea") && it.matches("[data-flowlab-keys], .noUi-handle") ? it.getAttribute("aria-label") ?? "" : undefined]; }`),
    );
    if (!at[0] && i > 0 && reached.length > 0) break;
    if (at[1] !== undefined) reached.push(at[1]);
  }
  return reached;
}
