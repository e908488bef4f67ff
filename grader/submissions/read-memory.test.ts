/** What people hand in may be made to fill the memory: whatever it is, reading stays small, and costs only its owner. */

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { zip } from "./files/archive.fixture.ts";
import { MAX_LISTED, MAX_NOTES } from "./limits.ts";

const MOST_MB = 600;
const READER = join(import.meta.dirname, "read-alone.fixture.ts");
const right = "export const density = (x: number) => x;";
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "flowlab-memory-"));
});
afterAll(() => rm(root, { recursive: true }));

interface Said {
  readonly name: string;
  readonly answers: number;
  readonly notes: number;
  readonly files: number;
  readonly characters: number;
}

async function read(path: string): Promise<{ peakMB: number; said: readonly Said[] }> {
  const { stdout } = await promisify(execFile)(process.execPath, [READER, join(root, path)], {
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout);
}

/** Ada's answer counts, and what is said of everybody is short. */
function expectHarmless({ peakMB, said }: { peakMB: number; said: readonly Said[] }): void {
  expect(peakMB).toBeLessThan(MOST_MB);
  expect(said.find(({ name }) => name.endsWith("ada"))?.answers).toBe(1);
  for (const { notes, files, characters } of said) {
    expect(notes).toBeLessThanOrEqual(MAX_NOTES + 1);
    expect(files).toBeLessThanOrEqual(MAX_LISTED + 1);
    expect(characters).toBeLessThan(120_000);
  }
}

const ada = { name: "ada/16-1-square.ts", content: right };
const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const blanks = zip(many(200, (i) => ({ name: `d${i}/16-1-square.ts`, content: " ".repeat(256 * 1024) })));
/** Text that does not pack well, always the same. */
function noise(length: number): string {
  let state = 1;
  return many(length, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(97 + (state % 26));
  }).join("");
}

const stuffed = noise(1_000_000);
const cells = (count: number, cell: string) =>
  `{"nbformat":4,"cells":[${`${cell},`.repeat(count - 1)}${cell}]}`;
const claim = `{"cell_type":"code","metadata":{"flowlab":{"exercise":"${"x".repeat(300)}"}},"source":""}`;

test.each([
  [
    "archives in archives of blanks",
    () => [{ name: "eve/a.zip", content: zip(many(60, (i) => ({ name: `m${i}.zip`, content: blanks }))) }],
  ],
  ["a class of such archives", () => many(50, (i) => ({ name: `eve ${i}/a.zip`, content: blanks }))],
  [
    "notebooks of 30 MB",
    () =>
      many(6, (i) => ({
        name: `eve/${i}.ipynb`,
        content: cells(30, `{"cell_type":"code","metadata":{},"source":"${stuffed}"}`),
      })),
  ],
  [
    "notebooks whose cells all claim an exercise that does not exist",
    () => many(4, (i) => ({ name: `eve/${i}.ipynb`, content: cells(20_000, claim) })),
  ],
  [
    "long names",
    () => [
      {
        name: "eve/a.zip",
        content: zip(many(7_000, (i) => ({ name: `d${i}/${"n".repeat(900)}.ts`, content: "x" }))),
      },
    ],
  ],
  [
    "names that lead nowhere",
    () => [
      {
        name: "eve/a.zip",
        content: zip(many(7_000, (i) => ({ name: `../${"n".repeat(900)}${i}.ts`, content: "x" }))),
      },
    ],
  ],
  [
    "many small answers to one exercise",
    () => [
      {
        name: "eve/a.zip",
        content: zip(many(7_000, (i) => ({ name: `${i}/16-1-square.ts`, content: right }))),
      },
    ],
  ],
] as const)("%s", { timeout: 180_000 }, async (what, eves) => {
  await writeFile(join(root, `${what}.zip`), zip([ada, ...eves()]));
  expectHarmless(await read(`${what}.zip`));
});

test("notebooks on disk that hold millions of objects, keys or outputs", { timeout: 180_000 }, async () => {
  const put = async (path: string, content: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
  await put("heavy/ada/16-1-square.ts", right);
  await put("heavy/eve/objects.ipynb", cells(10_000_000, "{}"));
  await put(
    "heavy/max/keys.ipynb",
    `{"nbformat":4,"cells":[],"x":{${many(2_000_000, (i) => `"${i}k":1`).join(",")}}}`,
  );
  await put("heavy/neo/outputs.ipynb", `{"nbformat":4,"cells":[{"outputs":[${"{},".repeat(9_000_000)}{}]}]}`);
  expectHarmless(await read("heavy"));
});
