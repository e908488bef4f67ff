import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { codeCell, codeNotebook, type NotebookCell } from "../kernel/testing/notebook.ts";
import { runNotebook } from "./notebook.ts";

const cwd = import.meta.dirname;

describe("runNotebook", { timeout: 120_000 }, () => {
  test("executes the code cells in order and gives their outputs as a notebook stores them", async () => {
    const begun: number[] = [];
    const run = await runNotebook(
      codeNotebook([
        codeCell("one", "// sets x\nconst x = 20;\nconsole.log('hi');"),
        codeCell("two", ""),
        codeCell("three", "x + 1"),
      ]),
      { cwd, onCell: (index, cell) => cell === undefined && begun.push(index) },
    );
    expect(run.ok).toBe(true);
    expect(begun).toEqual([0, 2]);
    expect(run.cells).toMatchObject([
      {
        index: 0,
        id: "one",
        status: "ok",
        firstLine: "const x = 20;",
        outputs: [{ name: "stdout", text: "hi\n" }],
      },
      {
        index: 2,
        id: "three",
        status: "ok",
        outputs: [{ data: { "text/plain": "21" }, execution_count: 2 }],
      },
    ]);
    expect(run.totalMs).toBeGreaterThan(run.startMs);
  });

  test("stops at the first failure, but not at an announced one", async () => {
    const run = await runNotebook(
      codeNotebook([
        codeCell("a", "throw new Error('announced')", { tags: ["raises-exception"] }),
        codeCell("b", "throw new TypeError('real')"),
        codeCell("c", "1"),
      ]),
      { cwd },
    );
    expect(run.ok).toBe(false);
    expect(run.cells.map(({ status }) => status)).toEqual(["expected", "error", "skipped"]);
    expect(run.cells[1]?.error).toMatchObject({ ename: "TypeError", evalue: "real" });
  });

  test("a cell that takes too long fails", async () => {
    const run = await runNotebook(codeNotebook([codeCell("a", "for (;;);")]), { cwd, timeoutMs: 3000 });
    expect(run.cells[0]).toMatchObject({ status: "error", error: { ename: "Timeout" } });
  });

  test("a kernel that dies is an error", async () => {
    const killed = codeNotebook([
      codeCell("a", "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})"),
    ]);
    await expect(runNotebook(killed, { cwd })).rejects.toThrow("The kernel has ended");
  });
});

describe("npm run notebooks", { timeout: 120_000 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), "flowlab-run-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function save(name: string, cells: NotebookCell[]): string {
    const file = path.join(folder, name);
    writeFileSync(file, JSON.stringify(codeNotebook(cells)));
    return file;
  }

  async function cli(...args: string[]) {
    const script = path.join(import.meta.dirname, "cli.ts");
    const run = promisify(execFile)(process.execPath, [script, ...args]);
    return run.then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ code: Number(code), stdout: String(stdout), stderr: String(stderr) }),
    );
  }

  test("reports times, shows the error and exits with 1 if a cell fails", async () => {
    const good = save("good.ipynb", [codeCell("a", "const ready = true;")]);
    const bad = save("bad.ipynb", [codeCell("a", "1"), codeCell("b", "const n: number = 'x';")]);
    const json = path.join(folder, "out.json");
    const { code, stdout, stderr } = await cli(good, bad, "--json", json);
    expect(code).toBe(1);
    expect(stdout).toMatch(/ 0 +\d+ {2}ok +const ready = true;/);
    expect(stdout).toMatch(/ 1 +\d+ {2}FAILED +const n: number = 'x';/);
    expect(stdout).toContain("1 of 2 notebooks ran without an error.");
    expect(stderr).toContain("Type 'string' is not assignable to type 'number'");
    const written = JSON.parse(readFileSync(json, "utf8"));
    expect(written.notebooks.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false]);
  });

  test("exits with 2 on wrong usage", async () => {
    expect(await cli("--speed", "fast")).toMatchObject({ code: 2 });
    const missing = await cli(path.join(folder, "missing.ipynb"));
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain("missing.ipynb is not a notebook");
  });
});
