import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, type TestContext, test, vi } from "vitest";
import { codeCell, codeNotebook, type NotebookCell } from "./testing/notebook.ts";
import { jupyterEnvironment, jupyterPython, run, temporaryFolder } from "./testing/python.ts";

/** Executes a notebook with nbclient and prints how it went. */
const script = `
import json, sys, nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
notebook = nbformat.read(sys.argv[1], as_version=4)
failure = None
try:
    NotebookClient(notebook, timeout=int(sys.argv[2])).execute()
except CellExecutionError as error:
    failure = {"kind": "CellExecutionError", "ename": error.ename, "evalue": error.evalue, "text": str(error)}
except CellTimeoutError as error:
    failure = {"kind": "CellTimeoutError", "ename": "", "evalue": str(error), "text": str(error)}
nbformat.validate(notebook)
print(json.dumps({"failure": failure, "cells": [
    {"count": cell.execution_count, "outputs": cell.outputs} for cell in notebook.cells]}))
`;

/** Sends all cells at once, as Run All in JupyterLab does, and prints the status of each reply. */
const runAll = `
import json, sys
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="flowlab")
try:
    ids = [client.execute(code, stop_on_error=flag) for code, flag in json.loads(sys.argv[1])]
    replies = {}
    while len(replies) < len(ids):
        reply = client.get_shell_msg(timeout=60)
        # A kernel that starts slowly was asked several times whether it is there, and answers that as well.
        if reply["parent_header"]["msg_id"] in ids:
            replies[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
    print(json.dumps([replies[id] for id in ids]))
finally:
    client.stop_channels()
    manager.shutdown_kernel()
`;

interface Result {
  failure: { kind: string; ename: string; evalue: string; text: string } | null;
  cells: { count: number | null; outputs: Record<string, unknown>[] }[];
}

// Each waits for Python, then for a kernel: two at a time.
vi.setConfig({ maxConcurrency: 2 });

describe.concurrent("a standard client, nbclient", { timeout: 240_000 }, () => {
  const { folder, remove } = temporaryFolder("nbclient");
  let env: NodeJS.ProcessEnv | undefined;
  let notebooks = 0;
  afterAll(remove);

  async function runPython(context: TestContext, code: string, ...args: string[]): Promise<unknown> {
    const python = await jupyterPython(context);
    env ??= jupyterEnvironment(folder, python);
    const ran = await run(python, ["-c", code, ...args], {
      cwd: folder,
      env,
    });
    if (ran.code !== 0) throw new Error(ran.stderr);
    return JSON.parse(ran.stdout);
  }

  function execute(context: TestContext, cells: NotebookCell[], timeoutSeconds = 30): Promise<Result> {
    const file = path.join(folder, `notebook-${notebooks++}.ipynb`);
    writeFileSync(file, JSON.stringify(codeNotebook(cells)));
    return runPython(context, script, file, String(timeoutSeconds)) as Promise<Result>;
  }

  test("a failing cell fails the notebook and the rest is not executed", async (context) => {
    const { expect } = context;
    const { failure, cells } = await execute(context, [
      codeCell("a", "console.log('one'); 1 + 1"),
      codeCell("b", "function f(): void { throw new RangeError('two'); }\nf();"),
      codeCell("c", "console.log('three')"),
    ]);
    expect(failure).toMatchObject({ kind: "CellExecutionError", ename: "RangeError", evalue: "two" });
    expect(failure?.text).toContain("at f (cell[2]:1:28)");
    expect(cells.map((cell) => cell.count)).toEqual([1, 2, null]);
    expect(cells[0]?.outputs).toEqual([
      { output_type: "stream", name: "stdout", text: "one\n" },
      { output_type: "execute_result", execution_count: 1, data: { "text/plain": "2" }, metadata: {} },
    ]);
    expect(cells[1]?.outputs).toMatchObject([{ output_type: "error", ename: "RangeError", evalue: "two" }]);
  });

  test("a type error fails the notebook", async (context) => {
    const { expect } = context;
    const { failure } = await execute(context, [codeCell("a", "const n: number = 'text';")]);
    expect(failure).toMatchObject({ kind: "CellExecutionError", ename: "TypeScriptError" });
    expect(failure?.text).toContain("Type 'string' is not assignable to type 'number'");
  });

  test("a cell tagged raises-exception may fail", async (context) => {
    const { expect } = context;
    const { failure, cells } = await execute(context, [
      codeCell("a", "throw new Error('expected')", { tags: ["raises-exception"] }),
      codeCell("b", "'reached'"),
    ]);
    expect(failure).toBeNull();
    expect(cells[0]?.outputs).toMatchObject([{ output_type: "error", evalue: "expected" }]);
    expect(cells[1]?.outputs).toMatchObject([{ data: { "text/plain": "'reached'" } }]);
  });

  test("a cell that takes too long is reported as such", async (context) => {
    const { expect } = context;
    const { failure } = await execute(context, [codeCell("a", "for (;;);")], 3);
    expect(failure?.kind).toBe("CellTimeoutError");
  });

  test("waiting cells are aborted, unless the failing one's client said otherwise", async (context) => {
    const { expect } = context;
    const slowFailure = "await new Promise((r) => setTimeout(r, 300)); throw new Error('x')";
    const requests = [
      [slowFailure, false],
      ["1", true],
      [slowFailure, true],
      ["2", true],
      ["3", true],
    ];
    expect(await runPython(context, runAll, JSON.stringify(requests))).toEqual([
      "error",
      "ok",
      "error",
      "aborted",
      "aborted",
    ]);
  });
});
