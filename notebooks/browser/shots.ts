/** Pictures of what a browser test looks at, for people: FLOWLAB_SHOTS names their folder, and without it none are taken. */

import { join } from "node:path";
import type { ElementHandle, Locator, Page } from "playwright-core";

const folder = process.env.FLOWLAB_SHOTS;

/** Takes one of a page or of a part of it. */
export async function shoot(what: Page | Locator | ElementHandle, name: string): Promise<void> {
  if (folder !== undefined) await what.screenshot({ path: join(folder, `${name}.png`) });
}
