/**
 * Sliders as a reader moves them: by the keyboard, by the mouse, and back.
 *
 * By handles and not by locators: those look through the whole notebook at each call, with its thousands of marks, which took
 * more of the page's time than to draw the figures.
 */

import { setTimeout as delay } from "node:timers/promises";
import type { ElementHandle, Page } from "playwright-core";
import { inPage } from "./in-page.ts";
import { dragTo } from "./notebook-page.ts";

/** A slider and the picture that follows it. */
export interface Slid {
  readonly handle: ElementHandle;
  /** Where it stands, as it says itself. */
  position(): Promise<string>;
  /** The picture without its words, once it is that of the slider's position. */
  picture(): Promise<string>;
}

export interface Found {
  readonly label: string;
  readonly slid: Slid;
  /** What the mouse takes, where it is not the handle. */
  readonly grip?: ElementHandle;
}

/** In the page: marks and texts of a picture, as they are drawn. */
const marks = (
  selector: string,
) => `(root) => [...root.querySelectorAll(${JSON.stringify(selector)})].map((node) =>
  ["d", "transform", "href", "x", "y", "cx", "cy", "x1", "x2", "y1", "y2", "width", "height", "fill", "style"].map((name) => node.getAttribute(name) ?? "").join(" ") +
  (node.children.length ? "" : node.textContent)).join("\\n")`;

const DEADLINE = 20_000;

async function until<T>(what: () => Promise<T | undefined>, failure: () => Promise<string>): Promise<T> {
  for (const end = performance.now() + DEADLINE; ; ) {
    const found = await what();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`${await failure()} (waited ${DEADLINE / 1000} s)`);
    await delay(30);
  }
}

interface Panel {
  readonly labels: readonly string[];
  readonly values: readonly string[];
  /** What the picture says that it shows. */
  readonly said: string;
}

const readPanel = `(panel) => {
  const texts = (selector) => [...panel.querySelectorAll(".widget-slider " + selector)].map((node) => node.textContent);
  return {
    labels: texts(".widget-label"),
    values: texts(".widget-readout").map((text) => text.replace("-", "−")),
    said: panel.querySelector(".widget-html-content svg title")?.textContent ?? "",
  };
}`;

/** Sliders whose picture the kernel draws. */
export async function liveSliders(output: ElementHandle): Promise<Found[]> {
  const found: Found[] = [];
  for (const panel of await output.$$(".widget-vbox:has(.noUi-handle)")) {
    const read = () => panel.evaluate(inPage<Panel>(readPanel));
    const handles = await panel.$$(".widget-slider .noUi-handle");
    /** The picture is that of the values beside the sliders. */
    const isInStep = ({ labels, values, said }: Panel) =>
      said.startsWith(labels.map((label, i) => `${label} = ${values[i]}`).join(", "));
    for (const [i, label] of (await read()).labels.entries()) {
      found.push({
        label,
        slid: {
          handle: handles[i] as ElementHandle,
          position: async () => (await read()).values[i] ?? "",
          picture: () =>
            until(
              async () =>
                isInStep(await read())
                  ? panel.evaluate(inPage<string>(marks(".widget-html-content svg *:not(title)")))
                  : undefined,
              async () => {
                const { values, said } = await read();
                return `the kernel has not drawn ${label} = ${values[i]}: ${said.slice(0, 80)}`;
              },
            ),
        },
      });
    }
  }
  return found;
}

/** Sliders of figures that have all their frames with them. */
export async function frameSliders(output: ElementHandle): Promise<Found[]> {
  const found: Found[] = [];
  for (const figure of await output.$$("[data-flowlab-figure]")) {
    const keys = await figure.$("[data-flowlab-keys][role=slider]");
    if (keys === null) continue;
    const grip = await figure.$(".slider-grip-rect");
    const drawn = () => figure.evaluate(inPage<string>(marks(".mlayer path, .mlayer image, .mlayer text")));
    found.push({
      label: (await figure.getAttribute("aria-label")) ?? "",
      ...(grip && { grip }),
      slid: {
        handle: keys,
        // Several frames on the way between two layers have one name.
        position: () =>
          keys.evaluate(
            inPage<string>(
              `(node) => node.getAttribute("aria-valuetext") + " (" + node.getAttribute("aria-valuenow") + ")"`,
            ),
          ),
        picture: () => {
          let before: string | undefined;
          let same = 0;
          return until(
            async () => {
              const now = await drawn();
              same = now === before ? same + 1 : 0;
              before = now;
              return same >= 4 ? now : undefined;
            },
            async () => "the picture does not come to rest",
          );
        },
      },
    });
  }
  return found;
}

/**
 * Moves a slider to an end by the keyboard, along by the mouse, and back to where it stood.
 *
 * @param grip What the mouse takes: the handle, if it is left out.
 * @param look Called with each picture on the way.
 * @returns What was wrong.
 */
export async function moveAndReturn(
  page: Page,
  label: string,
  { handle, position, picture }: Slid,
  grip: ElementHandle = handle,
  look: (name: string) => Promise<unknown> = async () => {},
): Promise<string[]> {
  const faults: string[] = [];
  const [place, goal, first] = [await position(), await share(handle), await picture()];
  /** Presses a key; whether it has moved. */
  async function press(key: string): Promise<boolean> {
    const before = await position();
    await page.keyboard.press(key);
    for (const end = performance.now() + DEADLINE; performance.now() < end; await delay(5))
      if ((await position()) !== before) return true;
    return false;
  }
  await handle.focus();
  if (!(await press((await isAtEnd(handle)) ? "Home" : "End")))
    return [`${label}: the keyboard does not move it from ${place}`];
  const [end, atEnd] = [await position(), await picture()];
  await look("end");
  if (atEnd === first) faults.push(`${label}: the same picture at ${place} and at ${end}`);
  await dragTo(page, grip, (await isLow(handle)) ? 200 : -200, async () => undefined, 6);
  const dragged = await picture();
  await look("dragged");
  if ((await position()) === end) faults.push(`${label}: the mouse does not move it from ${end}`);
  else if (dragged === atEnd) faults.push(`${label}: the same picture at ${end} and at ${await position()}`);
  await handle.focus();
  if ((await share(handle)) > 0) await press("Home");
  // By pages until it is there or beyond, back until it is before by single steps, and on to it: a way of 115 steps would be drawn 115 times.
  // What it says to those who cannot see it may be rounded, so that the same number is said on either side.
  const isBefore = async () => (await share(handle)) < goal - 1e-9;
  const away = async () => (await position()) !== place;
  let hasPaged = false;
  while ((await away()) && (await isBefore()) && (await press("PageUp"))) hasPaged = true;
  // Where the beginning says the same number as its place there is nothing to go back from.
  while (hasPaged && (await away()) && !(await isBefore()) && (await press("ArrowLeft")));
  while (await away())
    if (!(await press("ArrowRight")))
      return [...faults, `${label}: not back at ${place}, but at ${await position()}`];
  if ((await picture()) !== first) faults.push(`${label}: another picture when it is back at ${place}`);
  return faults;
}

/** How far it is along its way, from 0 to 1. */
const share = (handle: ElementHandle): Promise<number> =>
  handle.evaluate(
    inPage<number>(`(node) => {
      const [now, min, max] = ["now", "min", "max"].map((name) => Number(node.getAttribute("aria-value" + name)));
      return (now - min) / (max - min);
    }`),
  );

const isLow = async (handle: ElementHandle): Promise<boolean> => (await share(handle)) < 0.5;
const isAtEnd = async (handle: ElementHandle): Promise<boolean> => (await share(handle)) > 1 - 1e-9;
