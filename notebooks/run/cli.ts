/** `npm run notebooks -- [--json FILE] [--timeout SECONDS] [notebook…]` */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { screen } from "../../grader/cli/screen.ts";
import { writeAtomically } from "../../lib/ground/write-atomically.ts";
import { type Notebook, type NotebookRun, runNotebook } from "./notebook.ts";
import { cellLine, errorLines, tableHead, totalLine } from "./report.ts";

const usage = `Executes notebooks from top to bottom in the course's kernel and reports the time of each cell.

  npm run notebooks -- [options] [notebook…]     default: notebooks/*.ipynb

  --json FILE        also writes status, times and outputs of all cells
  --timeout SECONDS  longest time for one cell (default 120)

Exit code: 0 all cells ran, 1 a cell failed, 2 nothing could be run.`;

const { out, err } = screen();

function fail(message: string): never {
  err(`${message}\n`);
  process.exit(2);
}

function readArguments() {
  const options = {
    json: { type: "string" },
    timeout: { type: "string", default: "120" },
    help: { type: "boolean", default: false },
  } as const;
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

function readNotebook(file: string): Notebook {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    return fail(`${file} is not a notebook: ${error instanceof Error ? error.message : error}`);
  }
}

/** A line that is rewritten while a cell runs; only in a terminal. It moves the cursor, so it goes past the filter: only ours is in it. */
function showRunning(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K${text}`);
}

async function runFile(file: string, timeoutMs: number): Promise<NotebookRun> {
  const notebook = readNotebook(file);
  out(`\n${path.relative(process.cwd(), file)}\n${tableHead}\n`);
  showRunning("       starting the kernel …");
  const run = await runNotebook(notebook, {
    cwd: path.dirname(path.resolve(file)),
    timeoutMs,
    onCell(index, cell) {
      if (cell === undefined) return showRunning(`${String(index).padStart(5)}  running …`);
      showRunning("");
      out(`${cellLine(cell)}\n`);
    },
  });
  out(`${totalLine(run)}\n`);
  for (const line of run.cells.flatMap(errorLines)) err(`${line}\n`);
  return run;
}

function writeJson(file: string, value: unknown): void {
  writeAtomically(file, `${JSON.stringify(value, null, 2)}\n`);
}

const { values, positionals } = readArguments();
if (values.help) {
  out(`${usage}\n`);
  process.exit(0);
}
const seconds = Number(values.timeout);
if (!(seconds > 0)) fail(`--timeout ${values.timeout}: expected a number of seconds above 0`);
const folder = path.join(import.meta.dirname, "..");
const files =
  positionals.length > 0 ? positionals : globSync(path.join(folder, "*.ipynb").replaceAll("\\", "/")).sort();
if (files.length === 0) fail(`There is no notebook in ${folder}. Build them with npm run build.`);

const results: ({ file: string } & NotebookRun)[] = [];
for (const file of files) results.push({ file, ...(await runFile(file, seconds * 1000)) });
if (values.json !== undefined) writeJson(values.json, { notebooks: results });
const failed = results.filter((result) => !result.ok).length;
out(`\n${results.length - failed} of ${results.length} notebooks ran without an error.\n`);
process.exitCode = failed > 0 ? 1 : 0;
