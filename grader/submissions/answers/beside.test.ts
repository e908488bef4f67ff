import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSandboxedSession } from "../../drivers/sandboxed.ts";
import { fn, number, parameter } from "../../harness/kinds.ts";
import { zip } from "../files/archive.fixture.ts";
import { readSubmissions } from "../read.ts";
import type { Source } from "../submission.ts";
import { demoCell, exerciseCell, notebook } from "./notebook.fixture.ts";

const signatures = { density: fn([parameter("x", number)], number) };
const course = [{ id: "16.1", path: "01-change-of-variables/16-1-square", signatures }];
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "flowlab-beside-"));
});
afterAll(() => rm(root, { recursive: true }));

async function put(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}
const read = async (path: string) => (await readSubmissions(join(root, path), { course })).submissions;

async function density(source: Source | undefined): Promise<unknown> {
  const exercise = { path: "01/16-1-square", signatures };
  const session = await openSandboxedSession({ source: source?.program ?? source?.code ?? "", exercise });
  try {
    return await session.call({ export: "density" }, [0.25]);
  } finally {
    await session.close();
  }
}

const uses = (from: string) =>
  `import { root } from ${JSON.stringify(from)};\nexport const density = (x: number) => 0.5 / root(x);`;
const helper = "export const root = (x: number): number => Math.sqrt(x);";

test.each([
  ["./helpers.ts", "16-1-square.ts", "helpers.ts"],
  ["./helpers", "16-1-square.ts", "helpers.ts"],
  ["./helpers.js", "16-1-square.ts", "helpers.ts"],
  ["./lib", "16-1-square.ts", "lib/index.ts"],
  ["../common/roots.ts", "01-change-of-variables/16-1-square.ts", "common/roots.ts"],
])("brings along %s", async (from, answer, other) => {
  const folder = `ada ${other.replace(/\W/g, "")}${from.length}`;
  await put({ [`${folder}/${answer}`]: uses(from), [`${folder}/${other}`]: helper });
  const [submission] = await read(folder);
  expect(submission?.notes).toEqual([]);
  expect(submission?.files.filter(({ reason }) => reason !== undefined)).toEqual([]);
  expect(await density(submission?.sources[0])).toBe(1);
  expect(submission?.sources[0]?.code).toContain(helper);
});

test("files that import each other, also out of an archive", async () => {
  const a =
    'import { half } from "./b.ts";\nexport const root = (x: number) => Math.sqrt(x);\nexport const one = () => 2 * half();';
  const b =
    'import { one } from "./a.ts";\nexport const half = () => 0.5;\nexport const two = () => 2 * one();';
  const entries = { "01-change-of-variables/16-1-square.ts": uses("../a.ts"), "a.ts": a, "b.ts": b };
  await put({ "ada.zip": zip(Object.entries(entries).map(([name, content]) => ({ name, content }))) });
  const [submission] = await read("ada.zip");
  expect(await density(submission?.sources[0])).toBe(1);
});

test("a file that was named by itself brings along those in its folder", async () => {
  await put({ "alone/16-1-square.ts": uses("./near.ts"), "alone/near.ts": helper });
  const [submission] = await read("alone/16-1-square.ts");
  expect(await density(submission?.sources[0])).toBe(1);
});

test("nothing comes from another person, from above, or from the machine", async () => {
  await put({
    "class/ada/16-1-square.ts": uses("../bob/helpers.ts"),
    "class/bob/16-1-square.ts": "export const density = (x: number) => x;",
    "class/bob/helpers.ts": helper,
    "class/cyd/16-1-square.ts": uses("../../helpers.ts"),
    "helpers.ts": helper,
  });
  const people = await read("class");
  for (const name of ["ada", "cyd"]) {
    const source = people.find((one) => one.name.endsWith(name))?.sources[0];
    expect(source?.program).toBeUndefined();
    await expect(density(source)).rejects.toThrow(/which was not handed in beside it/);
  }
});

test("errors name the file that they are in", async () => {
  await put({
    "err/16-1-square.ts": uses("./bad.ts"),
    "err/bad.ts": "\nexport const root = (x: number) => { return x + ; };",
  });
  const [submission] = await read("err");
  await expect(density(submission?.sources[0])).rejects.toThrow(/^bad\.ts:2:\d+: /);
});

const importing = (from: string) => demoCell(`import { root, type Root } from ${JSON.stringify(from)};`);
const answer = exerciseCell("16.1", "function density(x: number): number {\n  return 0.5 / root(x);\n}");
const chapter = (...cells: object[]) => notebook([...cells, answer]);
const typed = `export type Root = (x: number) => number;\n${helper}`;

test.each([
  ["./helpers", "helpers.ts", ""],
  ["./helpers.js", "helpers.ts", ""],
  ["./lib/roots", "lib/roots.ts", ""],
  ["./lib", "lib/index.ts", "work/"],
  ["./the roots", "the roots.ts", "work/"],
])("a notebook brings along %s", async (from, other, inside) => {
  const folder = `notebook ${other.replace(/\W/g, "")}${from.length}`;
  await put({
    [`${folder}/${inside}01-change-of-variables.ipynb`]: chapter(importing(from)),
    [`${folder}/${inside}${other}`]: typed,
  });
  const [submission] = await read(folder);
  expect(submission?.notes).toEqual([]);
  expect(submission?.files.filter(({ reason }) => reason !== undefined)).toEqual([]);
  expect(await density(submission?.sources[0])).toBe(1);
  expect(submission?.sources[0]?.code).toContain(`// ${other}\n${typed}`);
});

test("a notebook brings along what its helper imports, also out of an archive", async () => {
  const files = {
    "01-change-of-variables.ipynb": chapter(importing("./helpers")),
    "helpers.ts": 'import { half } from "./lib/half";\nexport const root = (x: number) => x ** half;',
    "lib/half.ts": "export const half = 0.5;",
  };
  await put(Object.fromEntries(Object.entries(files).map(([name, content]) => [`near/${name}`, content])));
  await put({ "near.zip": zip(Object.entries(files).map(([name, content]) => ({ name, content }))) });
  for (const path of ["near", "near.zip"]) {
    const [submission] = await read(path);
    expect(submission?.notes).toEqual([]);
    expect(await density(submission?.sources[0])).toBe(1);
  }
});

test("a notebook that was named by itself brings along what it imports of its folder", async () => {
  await put({
    "single/01-change-of-variables.ipynb": chapter(importing("./helpers")),
    "single/helpers.ts": typed,
  });
  const [submission] = await read("single/01-change-of-variables.ipynb");
  expect(await density(submission?.sources[0])).toBe(1);
});

test("an answer that imports nothing has no use for a file beside its notebook", async () => {
  const other = demoCell('import { twice } from "./plots";');
  const own = exerciseCell("16.1", "const density = (x: number) => x;");
  await put({
    "idle/01-change-of-variables.ipynb": notebook([other, own]),
    "idle/plots.ts": "export const twice = 2;",
  });
  const [submission] = await read("idle");
  expect(submission?.sources[0]?.code).not.toContain("twice");
  expect(submission?.sources[0]?.program?.modules).toHaveLength(1);
});

test("a notebook that imports what was not handed in, or lies outside of its folder, says so", async () => {
  await put({ "lost/01-change-of-variables.ipynb": chapter(importing("./helpers")) });
  const [lost] = await read("lost");
  await expect(density(lost?.sources[0])).rejects.toThrow(/"\.\/helpers", which was not handed in beside it/);
  await put({
    "above/work/01-change-of-variables.ipynb": chapter(importing("../helpers")),
    "above/helpers.ts": typed,
  });
  const [above] = await read("above");
  expect(above?.notes).toContainEqual(
    expect.stringMatching(/imports "\.\.\/helpers", which lies outside of the notebook's folder/),
  );
  await expect(density(above?.sources[0])).rejects.toThrow(/which was not handed in beside it/);
});

test("errors in a file beside a notebook name that file", async () => {
  await put({
    "bad/01-change-of-variables.ipynb": chapter(importing("./helpers")),
    "bad/helpers.ts": "\nexport const root = (x: number) => { return x + ; };",
  });
  const [submission] = await read("bad");
  await expect(density(submission?.sources[0])).rejects.toThrow(/^helpers\.ts:2:\d+: /);
  await put({
    "further/01-change-of-variables.ipynb": chapter(importing("./helpers")),
    "further/helpers.ts": `import { half } from "./half";\n${typed}\nexport const quarter = half / 2;`,
  });
  const [further] = await read("further");
  await expect(density(further?.sources[0])).rejects.toThrow(
    /^helpers\.ts was not run: it imports "\.\/half"/,
  );
});
