import { type Browser, chromium } from "playwright-core";
import { findChromium, QUIET } from "../../../notebooks/print/chromium.ts";
import { needing } from "../../../setup/testing/needs.ts";

const found = findChromium();

/** Tests that are skipped with the reason where there is no browser. */
export const inBrowser = needing("a browser", "missing" in found ? found.missing : undefined);

export async function launchBrowser(): Promise<Browser> {
  if ("missing" in found) throw new Error(found.missing);
  return chromium.launch({ executablePath: found.path, args: ["--no-sandbox", ...QUIET] });
}
