/** Local files of a notebook, through the real kernel: what a cell imports, directly or not, is compiled along with it. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kernel, startKernel } from "../../run/client.ts";

const folder = mkdtempSync(join(tmpdir(), "flowlab-local-"));
const files: Record<string, string> = {
  "direct.ts":
    'import { half } from "./deep/half";\nimport type { Pair } from "./deep/pair";\nexport const quarter = (x: number): number => half(half(x));\nexport const both = ([a, b]: Pair): number => a + b;',
  "deep/half.ts":
    'import type { Pair } from "./pair";\nexport const half = (x: number): number => x / 2;\nexport const halves = (x: number): Pair => [half(x), half(x)];',
  "deep/pair.ts": "export type Pair = readonly [number, number];",
  "passed-on.ts": 'export * from "./deep/half";',
  "plain.js": "export const plain = 7;",
  "late.ts": "export const late: number = 11;",
  "uses-a-wrong-one.ts": 'import { wrong } from "./deep/wrong";\nexport const uses = wrong;',
  "deep/wrong.ts": 'export const wrong: number = "a text";',
};
const write = (name: string, text: string) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};

let kernel: Kernel;
beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) write(name, text);
  kernel = await startKernel({ cwd: folder });
});
afterAll(async () => {
  await kernel?.shutdown();
  rmSync(folder, { recursive: true, force: true });
});

async function run(code: string): Promise<string> {
  const { outputs } = await kernel.execute(code, { stopOnError: false });
  const last = outputs.at(-1);
  if (last?.output_type === "error") return `${last.ename}: ${last.evalue}`;
  return last && "data" in last ? String(last.data["text/plain"]) : "";
}

test.each([
  [
    "a file that imports another",
    'import { quarter, both } from "./direct";\nquarter(8) + both([1, 2]);',
    "5",
  ],
  ["a file that only passes on", 'import { halves } from "./passed-on";\nhalves(8)[1];', "4"],
  ["JavaScript", 'import { plain } from "./plain";\nplain;', "7"],
  ["what is imported while it runs", 'const { late } = await import("./late");\nlate;', "11"],
  [
    "only types, and a later cell's use of them",
    'import type { Pair } from "./deep/pair";\nconst pair: Pair = [1, 2];\npair[1];',
    "2",
  ],
  ["names of earlier cells", "quarter(pair[1] * 2) + plain + late;", "19"],
])("%s", async (_, code, shown) => expect(await run(code)).toBe(shown));

test("a mistake in a file that is imported by one that is imported is said, with its place", async () => {
  const said = await run('import { uses } from "./uses-a-wrong-one";\nuses;');
  expect(said).toContain("Type 'string' is not assignable to type 'number'");
  expect(said).toContain("wrong.ts");
});

test("a changed file is compiled anew for the next cell that imports it", async () => {
  // Changes are seen by the file's time, which the disk keeps in milliseconds.
  await new Promise((resolve) => setTimeout(resolve, 50));
  write(
    "deep/half.ts",
    "export const half = (x: number): number => x / 2;\nexport const tenth = (x: number): number => x / 10;",
  );
  for (const end = performance.now() + 20_000; performance.now() < end; ) {
    if ((await run('import { tenth } from "./deep/half";\ntenth(20);')) === "2") return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(await run('import { tenth } from "./deep/half";\ntenth(20);')).toBe("2");
});
