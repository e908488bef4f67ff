/** The course as a learner has it: `npm start`, a real browser, and the pages of JupyterLab. For tests. */

import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, existsSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

export const root = join(import.meta.dirname, "../..");

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Why the browser tests cannot run here; undefined if they can. */
export function missingForBrowser(): string | undefined {
  if (!CHROMIUM) return "no Chromium is installed";
  if (!existsSync(join(root, ".venv"))) return "JupyterLab is not installed; npm start installs it";
  return undefined;
}

export interface Course {
  /** Opens a fresh copy of a notebook, so that the committed one is never saved over. */
  open(slug: string): Promise<Page>;
  close(): Promise<void>;
}

export async function startCourse(): Promise<Course> {
  const port = await freePort();
  const server = spawn(process.execPath, ["setup/start.js", "--no-browser", "--port", String(port)], {
    cwd: root,
  });
  const url = await waitForAddress(server);
  const browser = await launch();
  const copies: string[] = [];
  return {
    async open(slug) {
      const copy = `browser-test-${process.pid}-${copies.length}.ipynb`;
      copies.push(join(root, "notebooks", copy));
      copyFileSync(join(root, `notebooks/${slug}.ipynb`), join(root, "notebooks", copy));
      const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
      // Reset: tabs of an earlier visit are not opened again.
      await page.goto(`${url.replace(/\/tree\/[^?]*/, `/tree/notebooks/${copy}`)}&reset`);
      await page.locator(".jp-Notebook-cell").first().waitFor({ timeout: 60_000 });
      // Running before the kernel is there makes JupyterLab ask which one.
      await page.getByText("TypeScript (flowlab) | Idle").waitFor({ timeout: 60_000 });
      return page;
    },
    async close() {
      await browser.close();
      await stop(server);
      for (const path of copies) rmSync(path, { force: true });
    },
  };
}

function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM as string, args: QUIET, headless: true });
}

async function waitForAddress(server: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/lab\S*token=\w+/.exec(said);
      if (found) resolve(found[0]);
    };
    server.stdout?.on("data", listen);
    server.stderr?.on("data", listen);
    server.once("exit", (code) => reject(new Error(`npm start ended with code ${code}: ${said}`)));
  });
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once("exit", () => resolve());
    server.kill("SIGINT");
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
