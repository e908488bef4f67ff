import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "flowlab-run-"));
afterAll(() => rmSync(folder, { recursive: true }));

const CLI = join(import.meta.dirname, "cli.ts");
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is the question.
const ACTING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

test("what a cell prints or throws, and what a broken file holds, does not act on the terminal", {
  timeout: 300_000,
}, () => {
  const attack = "\u001b[2J\u009b31m\b\r\u202eok";
  const source = `throw new Error(${JSON.stringify(attack)})`;
  const cell = { cell_type: "code", id: "a", metadata: {}, source, outputs: [], execution_count: null };
  const files = {
    throws: { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] },
    broken: undefined,
  };
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, `${name}.ipynb`);
    writeFileSync(file, content ? JSON.stringify(content) : `[${attack}`);
    const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, file], { encoding: "utf8" });
    expect(status).toBe(content ? 1 : 2);
    expect(`${stdout}${stderr}`).toMatch(content ? /FAILED.*⟨U\+0008⟩/s : /is not a notebook.*⟨ESC⟩\[2J/);
    expect(`${stdout}${stderr}`).not.toMatch(ACTING);
  }
});
