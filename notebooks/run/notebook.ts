import { type KernelOptions, startKernel } from "./client.ts";
import type { Output } from "./outputs.ts";

/** What the runner reads of a notebook; everything else in it is of no concern here. */
export interface Notebook {
  cells: readonly {
    id?: string;
    cell_type: string;
    source: string | readonly string[];
    metadata?: { tags?: readonly string[] };
  }[];
}

/** One executed code cell. */
export interface CellRun {
  /** Position among all cells of the notebook, from 0. */
  index: number;
  id: string | undefined;
  /** First line that says something, for reports. */
  firstLine: string;
  /** `skipped`: not reached, because a cell before it failed. `expected`: failed as its tag announces. */
  status: "ok" | "expected" | "error" | "skipped";
  ms: number;
  outputs: Output[];
  error?: { ename: string; evalue: string; traceback: string[] };
}

export interface NotebookRun {
  cells: CellRun[];
  /** True if every cell was executed and none failed unannounced. */
  ok: boolean;
  /** Time until the kernel answered, and until the last cell ended, in ms. */
  startMs: number;
  totalMs: number;
}

export interface RunOptions extends KernelOptions {
  /** Called when a cell begins (`run` undefined) and when it has ended. */
  onCell?: (index: number, run: CellRun | undefined) => void;
  /** Longest time for one cell, in ms; then it is interrupted and has failed. */
  timeoutMs?: number;
}

const sourceOf = (source: string | readonly string[]) =>
  typeof source === "string" ? source : source.join("");

function firstLineOf(source: string): string {
  const lines = source.split("\n").map((line) => line.trim());
  return lines.find((line) => line !== "" && !line.startsWith("//")) ?? lines[0] ?? "";
}

type Cell = Notebook["cells"][number];
type Kernel = Awaited<ReturnType<typeof startKernel>>;

async function runCell(kernel: Kernel, cell: Cell, index: number, timeoutMs: number): Promise<CellRun> {
  const code = sourceOf(cell.source);
  const mayFail = cell.metadata?.tags?.includes("raises-exception") === true;
  const started = performance.now();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    kernel.interrupt().catch(() => {});
  }, timeoutMs);
  const metadata = cell.id === undefined ? {} : { cellId: cell.id };
  const { outputs } = await kernel
    .execute(code, { stopOnError: !mayFail, metadata })
    .finally(() => clearTimeout(timer));
  const base = { index, id: cell.id, firstLine: firstLineOf(code), ms: performance.now() - started, outputs };
  const failure = outputs.find((output) => output.output_type === "error");
  if (failure === undefined) return { ...base, status: "ok" };
  const { ename, evalue, traceback } = failure;
  if (mayFail && !timedOut) return { ...base, status: "expected", error: { ename, evalue, traceback } };
  const limit = `the cell took longer than ${timeoutMs} ms and was interrupted`;
  const error = timedOut
    ? { ename: "Timeout", evalue: limit, traceback: [limit, ...traceback] }
    : { ename, evalue, traceback };
  return { ...base, status: "error", error };
}

/**
 * Executes a notebook from top to bottom in a kernel of its own, as Run All does: it stops at the first cell
 * that fails, unless the cell is tagged `raises-exception`.
 *
 * @throws Error if the kernel can't be started or dies
 */
export async function runNotebook(notebook: Notebook, options: RunOptions = {}): Promise<NotebookRun> {
  const { onCell, timeoutMs = 120_000, ...kernelOptions } = options;
  const begin = performance.now();
  const kernel = await startKernel(kernelOptions);
  const startMs = performance.now() - begin;
  const cells: CellRun[] = [];
  try {
    for (const [index, cell] of notebook.cells.entries()) {
      const source = sourceOf(cell.source);
      if (cell.cell_type !== "code" || source.trim() === "") continue;
      const hasFailed = cells.at(-1)?.status === "error" || cells.at(-1)?.status === "skipped";
      if (!hasFailed) onCell?.(index, undefined);
      const run: CellRun = hasFailed
        ? { index, id: cell.id, firstLine: firstLineOf(source), status: "skipped", ms: 0, outputs: [] }
        : await runCell(kernel, cell, index, timeoutMs);
      cells.push(run);
      onCell?.(index, run);
    }
  } finally {
    await kernel.shutdown();
  }
  const ok = cells.every((cell) => cell.status === "ok" || cell.status === "expected");
  return { cells, ok, startMs, totalMs: performance.now() - begin };
}
