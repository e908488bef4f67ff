/** `npm run print -- [--run] [--out FOLDER] [01 | notebook…]` */

import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { screen } from "../../grader/cli/screen.ts";
import { writeWhole } from "../../grader/files/write-whole.ts";
import { escapeHTML } from "../../grader/report/escape.ts";
import { isAsGenerated } from "../build/generated.ts";
import { runNotebook } from "../run/notebook.ts";
import type { PrintedCell } from "./cell.ts";
import { findChromium, printToPdf } from "./chromium.ts";
import { printDocument } from "./document.ts";

const usage = `Prints notebooks as PDF, with their formulas and figures.

  npm run print -- [options] [01 | notebook…]     default: all chapters

  --run         executes the notebook first, in the course's kernel; the file itself is left as it is
  --out FOLDER  where to write (default print/)

What somebody has written in is executed only with --run: else the outputs that stand in it are printed. A chapter as it was built
has none and is executed. Without Chromium, Chrome or Edge an HTML file is written, which any browser prints.

Exit code: 0 all PDFs are there, 1 something is missing (it is said what), 2 nothing could be printed.`;

const { out, err } = screen();
const folder = join(import.meta.dirname, "..");

class Refused extends Error {}

interface Notebook {
  readonly cells: readonly (PrintedCell & {
    readonly id?: string;
    readonly source: string | readonly string[];
  })[];
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  err(`${error.message}\n`);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  if (values.help) {
    out(`${usage}\n`);
    return 0;
  }
  const files = positionals.length > 0 ? positionals.map(fileOf) : chapters();
  const browser = findChromium();
  if ("missing" in browser)
    err(`PDF: ${browser.missing}. HTML is written instead: open it in any browser and print.\n`);
  const target = resolve(values.out);
  const complete: boolean[] = [];
  for (const file of files) {
    const { cells, failed } = await cellsToPrint(file, values.run);
    const printed = await write(file, cells, target, browser);
    complete.push(printed && !failed);
  }
  return complete.every((one) => one) ? 0 : 1;
}

function readArguments() {
  const options = {
    run: { type: "boolean", default: false },
    out: { type: "string", default: "print" },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new Refused(`${(error as Error).message}\n\n${usage}`);
  }
}

function chapters(): string[] {
  return globSync("[0-9][0-9]-*.ipynb", { cwd: folder })
    .sort()
    .map((name) => join(folder, name));
}

/** `01` is a chapter; anything else is a file. */
function fileOf(name: string): string {
  if (name.endsWith(".ipynb")) return resolve(name);
  const found = chapters().find(
    (file) => basename(file, ".ipynb") === name || basename(file).startsWith(`${name}-`),
  );
  if (found !== undefined) return found;
  const known = chapters().map((file) => basename(file).slice(0, 2));
  throw new Refused(
    `there is no chapter "${name}"; there are ${known.join(", ")}, or name a notebook: path/to/it.ipynb`,
  );
}

function readNotebook(file: string): { readonly notebook: Notebook; readonly text: string } {
  try {
    const text = readFileSync(file, "utf8");
    const notebook = JSON.parse(text) as Notebook;
    if (!Array.isArray(notebook.cells)) throw new Error("it has no cells");
    return { notebook, text };
  } catch (error) {
    throw new Refused(`${file} is not a notebook that can be read: ${(error as Error).message}`);
  }
}

/** Nobody's code is executed unasked; that of a chapter as it was built is ours. */
async function cellsToPrint(
  file: string,
  run: boolean,
): Promise<{ readonly cells: readonly PrintedCell[]; readonly failed: boolean }> {
  const { notebook, text } = readNotebook(file);
  const hasOutputs = notebook.cells.some(({ outputs }) => (outputs?.length ?? 0) > 0);
  if (!run && (hasOutputs || !isAsGenerated(text))) {
    if (!hasOutputs)
      err(
        `${basename(file)}: somebody has written in it and it has no outputs, so no figures are printed; --run executes it.\n`,
      );
    return { cells: notebook.cells, failed: false };
  }
  err(`${basename(file)}: running its cells …\n`);
  const { cells } = await runNotebook(notebook as Parameters<typeof runNotebook>[0], { cwd: dirname(file) });
  const failure = cells.find(({ status }) => status === "error");
  if (failure)
    err(
      `${basename(file)}: the cell “${failure.firstLine}” failed: ${failure.error?.evalue}. What came before it is printed.\n`,
    );
  const outputs = new Map(cells.map(({ index, outputs }) => [index, outputs]));
  return {
    cells: notebook.cells.map((cell, i) => ({ ...cell, outputs: outputs.get(i) ?? [] })),
    failed: failure !== undefined,
  };
}

/** @returns Whether it is a PDF. */
async function write(
  file: string,
  cells: readonly PrintedCell[],
  target: string,
  browser: ReturnType<typeof findChromium>,
): Promise<boolean> {
  const name = basename(file, ".ipynb");
  const { title, html } = printDocument(cells, name);
  const reason = await pdf();
  if (reason === undefined) return true;
  if (reason !== "") err(`${name}: the browser could not print it: ${reason}\n`);
  await keep("html", html);
  return false;

  async function pdf(): Promise<string | undefined> {
    if (!("path" in browser)) return "";
    let bytes: Uint8Array;
    try {
      bytes = await printToPdf(html, escapeHTML(title), browser.path);
    } catch (error) {
      return (error as Error).message.split("\n")[0];
    }
    await keep("pdf", bytes);
    return undefined;
  }

  async function keep(ending: string, content: string | Uint8Array): Promise<void> {
    const path = join(target, `${name}.${ending}`);
    try {
      await writeWhole(path, content);
    } catch (error) {
      throw new Refused(
        `${path} cannot be written: ${(error as Error).message}; choose another place by --out`,
      );
    }
    out(`${path}\n`);
  }
}
