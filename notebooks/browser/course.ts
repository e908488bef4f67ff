/** The course as a learner has it: `npm start`, a real browser, and the pages of JupyterLab. For tests. */

import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium, QUIET } from "../print/chromium.ts";

export const root = join(import.meta.dirname, "../..");

const found = findChromium();

/** Why the browser tests cannot run here; undefined if they can. */
export function missingForBrowser(): string | undefined {
  if ("missing" in found) return found.missing;
  if (!existsSync(join(root, ".venv"))) return "JupyterLab is not installed; npm start installs it";
  return undefined;
}

export interface Course {
  /**
   * Opens a fresh copy of a notebook, so that the committed one is never saved over.
   *
   * @param onPage Called with the page before anything is on it.
   */
  open(slug: string, onPage?: (page: Page) => void): Promise<Page>;
  /** Closes the page and ends its kernels. */
  leave(page: Page): Promise<void>;
  /** Opens a new notebook of these code cells. */
  openCells(sources: readonly string[], onPage?: (page: Page) => void): Promise<NotebookTab>;
  close(): Promise<void>;
}

/** A notebook that a test has written. */
export interface NotebookTab {
  readonly page: Page;
  /** Where its file is. */
  readonly path: string;
  /** Opens it once more: with `fresh`, after its kernel has been ended. */
  reopen(options?: { fresh?: boolean }): Promise<void>;
}

export async function startCourse(): Promise<Course> {
  const port = await freePort();
  const server = spawn(process.execPath, ["setup/start.js", "--no-browser", "--port", String(port)], {
    cwd: root,
  });
  const url = await waitForAddress(server);
  const browser = await launch();
  const copies: string[] = [];
  function newCopy(): string {
    const path = join(root, "notebooks", `browser-test-${process.pid}-${copies.length}.ipynb`);
    copies.push(path);
    return path;
  }
  async function visit(page: Page, path: string): Promise<Page> {
    // Reset: tabs of an earlier visit are not opened again.
    await page.goto(`${url.replace(/\/tree\/[^?]*/, `/tree/notebooks/${basename(path)}`)}&reset`);
    await page.locator(".jp-Notebook-cell").first().waitFor({ timeout: 60_000 });
    // Running before the kernel is there makes JupyterLab ask which one.
    await page.getByText("TypeScript (flowlab) | Idle").waitFor({ timeout: 60_000 });
    return page;
  }
  const newPage = () => browser.newPage({ viewport: { width: 1280, height: 1000 } });
  const { origin, searchParams } = new URL(url);
  const api = (path: string, method = "GET") =>
    fetch(`${origin}/api/${path}`, {
      method,
      headers: { Authorization: `token ${searchParams.get("token")}` },
    });
  /** Ends the kernels of a notebook. */
  async function endKernels(path: string): Promise<void> {
    const sessions = (await (await api("sessions")).json()) as { id: string; path: string }[];
    const mine = sessions.filter((session) => session.path.endsWith(basename(path)));
    for (const { id } of mine) await api(`sessions/${id}`, "DELETE");
  }
  const opened = new Map<Page, string>();
  return {
    async open(slug, onPage) {
      const copy = newCopy();
      copyFileSync(join(root, `notebooks/${slug}.ipynb`), copy);
      const page = await newPage();
      opened.set(page, copy);
      onPage?.(page);
      return visit(page, copy);
    },
    async leave(page) {
      await page.close();
      await endKernels(opened.get(page) as string);
    },
    async openCells(sources, onPage) {
      const path = newCopy();
      writeFileSync(path, JSON.stringify(newNotebook(sources)));
      const page = await newPage();
      opened.set(page, path);
      onPage?.(page);
      await visit(page, path);
      return {
        page,
        path,
        async reopen({ fresh = false } = {}) {
          await page.goto("about:blank");
          if (fresh) await endKernels(path);
          await visit(page, path);
        },
      };
    },
    async close() {
      await browser.close();
      await stop(server);
      for (const path of copies) rmSync(path, { force: true });
    },
  };
}

function newNotebook(sources: readonly string[]) {
  const cells = sources.map((source, index) => ({
    ...{ cell_type: "code", id: `cell-${index}`, source, metadata: {}, outputs: [], execution_count: null },
  }));
  const kernelspec = { name: "flowlab", display_name: "TypeScript (flowlab)", language: "typescript" };
  return { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells };
}

function launch(): Promise<Browser> {
  if ("missing" in found) throw new Error(found.missing);
  return chromium.launch({ executablePath: found.path, args: ["--no-sandbox", ...QUIET], headless: true });
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
