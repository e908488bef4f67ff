/** The Chromium that is on this machine, for prints and for tests, and HTML to PDF by it. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

/** So that it does and asks nothing of its own. */
export const QUIET: readonly string[] = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What is tried after `CHROMIUM`, in this order. */
function usualPlaces(
  { ProgramFiles = "", "ProgramFiles(x86)": x86 = "", LOCALAPPDATA = "" } = process.env,
): string[] {
  const onWindows = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];
  const perSystem: Partial<Record<NodeJS.Platform, string[]>> = {
    darwin: ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    ),
    win32: [ProgramFiles, x86, LOCALAPPDATA].flatMap((folder) => onWindows.map((path) => join(folder, path))),
  };
  const onUnix = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
  return (
    perSystem[process.platform] ??
    ["/usr/bin", "/usr/local/bin", "/snap/bin"].flatMap((folder) => onUnix.map((name) => join(folder, name)))
  );
}

/** The program, or why there is none. */
export function findChromium(): { readonly path: string } | { readonly missing: string } {
  const { CHROMIUM } = process.env;
  if (CHROMIUM !== undefined && CHROMIUM !== "")
    return existsSync(CHROMIUM)
      ? { path: CHROMIUM }
      : { missing: `CHROMIUM=${CHROMIUM}: there is no such file` };
  const path = usualPlaces().find(existsSync);
  return path === undefined
    ? { missing: "no Chromium, Chrome or Edge was found; install one, or set CHROMIUM to its program" }
    : { path };
}

/**
 * A PDF of A4 pages with the title and the number of each at its foot, an outline of the headings and tags for screen readers.
 * Scripts of the page do not run, and nothing is loaded from outside of it.
 *
 * @throws Error if the browser cannot be started or does not finish.
 */
export async function printToPdf(html: string, title: string, executablePath: string): Promise<Uint8Array> {
  const browser = await chromium.launch({
    executablePath,
    // As root, as in most containers, Chromium's own sandbox refuses to start.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...QUIET],
  });
  try {
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
    const page = await context.newPage();
    await page.setContent(html, { waitUntil: "load", timeout: 60_000 });
    const style =
      "width:100%;padding:0 18mm;font:8pt system-ui,sans-serif;color:#555;display:flex;justify-content:space-between";
    return await page.pdf({
      format: "A4",
      margin: { top: "18mm", bottom: "20mm", left: "18mm", right: "18mm" },
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: "<span></span>",
      footerTemplate: `<div style="${style}"><span>${title}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`,
      tagged: true,
      outline: true,
    });
  } finally {
    await browser.close();
  }
}
