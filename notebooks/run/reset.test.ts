/** `reset` through the real kernel: the stub, and all that was written, whether saved or run. */

import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fingerprint } from "../../grader/put-back/card.ts";
import { buildNotebook } from "../build/generated.ts";
import { type Kernel, startKernel } from "./client.ts";

const project = join(import.meta.dirname, "../..");
const PATH = "01-change-of-variables/16-1-square";
const folder = mkdtempSync(join(tmpdir(), "flowlab-reset-"));
const file = join(folder, "01-change-of-variables.ipynb");
const stub = () => buildNotebook(project, "01-change-of-variables", "stub");
const stubOfNotebook = (): string => {
  const { source } = stub().cells.find(({ id }) => id === "ex-16-1-code") ?? {};
  return [source].flat().join("");
};
const STUB = stubOfNotebook();

let kernel: Kernel;
beforeAll(async () => {
  for (const part of ["solutions", "exercises"])
    cpSync(join(project, part), join(folder, part), { recursive: true });
  const env = { ...process.env, JPY_SESSION_NAME: file, FLOWLAB_PROGRESS: join(folder, "progress") };
  kernel = await startKernel({ cwd: folder, env });
  await run('import { check, progress, reset } from "flowlab-grader";');
});
afterAll(async () => {
  await kernel.shutdown();
  rmSync(folder, { recursive: true, force: true });
});

async function run(code: string, cellId?: string): Promise<Record<string, string>> {
  const { outputs } = await kernel.execute(code, {
    stopOnError: false,
    ...(cellId && { metadata: { cellId } }),
  });
  const last = outputs.at(-1);
  if (last?.output_type === "error") return { "text/plain": `${last.ename}: ${last.evalue}` };
  return (last as { data?: Record<string, string> } | undefined)?.data ?? {};
}
const resetHere = () => run(`reset("16.1", ${JSON.stringify(folder)});`);
const save = (code: string) => {
  const notebook = stub();
  const cell = notebook.cells.find(({ id }) => id === "ex-16-1-code");
  if (cell) cell.source = [code];
  writeFileSync(file, JSON.stringify(notebook));
};
const kept = () =>
  existsSync(join(folder, "backups"))
    ? readdirSync(join(folder, "backups"), { recursive: true })
        .map(String)
        .filter((name) => name.endsWith(".ts"))
        .sort()
    : [];
const version = (n: number) =>
  STUB.replace('throw new Error("Not yet solved");', `return ${n} / Math.sqrt(x);`);

test("untouched: the stub, and nothing is kept", async () => {
  expect(STUB).toMatch(/function density.*YOUR CODE HERE\n {2}throw new Error\("Not yet solved"\);\n}$/s);
  save(STUB);
  const shown = await resetHere();
  expect(shown["text/plain"]).toContain(STUB.replace(/^(?=.)/gm, "    "));
  expect(shown["text/plain"]).toContain("Nothing else of yours is known here");
  expect(kept()).toEqual([]);
});

test("what was saved and what has run is kept, each version once, and the progress is put back", async () => {
  await run(version(1), "ex-16-1-code");
  await run(version(2), "ex-16-1-code");
  await run(version(2), "ex-16-1-code");
  await run('await check("16.1", { density });', "ex-16-1-check");
  save(version(3));
  const shown = await resetHere();
  const [path] = kept();
  expect(shown["text/plain"]).toContain(`What you had written is kept in backups/${path}.`);
  const text = readFileSync(join(folder, "backups", path as string), "utf8");
  expect(text.match(/return \d/g)).toEqual(["return 3", "return 2", "return 1"]);
  expect(text).toContain("// as the notebook was saved");
  // The page puts the stub only over what has been kept.
  const known = [version(1), version(2), version(3), STUB].map(fingerprint);
  for (const one of known) expect(shown["text/html"]).toContain(one);
  expect(shown["text/html"]).not.toContain(fingerprint(version(4)));
  expect((await run("progress();"))["text/plain"]).toMatch(/○ 16\.1 .*: to do, 0\/3/);
  // A second time in the same second overwrites nothing.
  await resetHere();
  expect(kept()).toHaveLength(2);
});

test("where nothing can be written, it stands in the card, and the page replaces nothing but the stub", async () => {
  rmSync(join(folder, "backups"), { recursive: true });
  writeFileSync(join(folder, "backups"), "a file, where a folder would have to be");
  const shown = await resetHere();
  rmSync(join(folder, "backups"));
  expect(shown["text/plain"]).toContain("could not be kept in a file");
  expect(shown["text/plain"]).toContain("return 3");
  expect(shown["text/html"]).toContain(fingerprint(STUB));
  expect(shown["text/html"]).not.toContain(fingerprint(version(3)));
});

test("without solutions the stub comes from its file, if nobody has written in that", async () => {
  rmSync(join(folder, "solutions"), { recursive: true });
  expect((await resetHere())["text/plain"]).toContain("// YOUR CODE HERE");
  const exercise = join(folder, "exercises", `${PATH}.ts`);
  writeFileSync(exercise, readFileSync(exercise, "utf8").replace("// YOUR CODE HERE", "// mine"));
  expect((await resetHere())["text/plain"]).toContain(`exercises/${PATH}.ts has been written in`);
  expect((await run('reset("16.99");'))["text/plain"]).toContain('no exercise is called "16.99"');
});
