import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoCell, exerciseCell, notebook } from "./answers/notebook.fixture.ts";
import { zip } from "./files/archive.fixture.ts";
import { readOwnCourse, readSubmissions } from "./read.ts";

const course = [
  { id: "16.1", path: "01-change-of-variables/16-1-square", signatures: { density: true } },
  { id: "16.2", path: "01-change-of-variables/16-2-likelihood" },
];
const square = "01-change-of-variables/16-1-square.ts";
const likelihood = "01-change-of-variables/16-2-likelihood.ts";
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "flowlab-submissions-"));
});
afterAll(() => rm(root, { recursive: true }));

async function put(path: string, content: string | Uint8Array): Promise<string> {
  const whole = join(root, path);
  await mkdir(dirname(whole), { recursive: true });
  await writeFile(whole, content);
  return whole;
}
const read = async (path: string, only?: string[]) =>
  (await readSubmissions(join(root, path), { course, ...(only && { only }) })).submissions;
/** Name relative to the root, and what it answers. */
const shape = async (path: string, only?: string[]) =>
  (await read(path, only)).map((s) => [
    s.name.slice(root.length + 1),
    s.sources.map((c) => `${c.exerciseId} ${c.code}`),
  ]);

test("a file inside the course's layout, with a byte order mark and Windows line ends", async () => {
  await put(`one/${square}`, "\uFEFFa\r\nb");
  expect(await shape(`one/${square}`)).toEqual([[`one/${square}`, ["16.1 a\nb"]]]);
});

test("a file of any name with --exercise", async () => {
  await put("mine.ts", "a");
  expect(await shape("mine.ts", ["16.2"])).toEqual([["mine.ts", ["16.2 a"]]]);
  expect((await read("mine.ts"))[0]?.problem).toMatch(
    /nothing says which exercise this answers.*\/\/ exercise: 16\.1/,
  );
});

test("names of absurd length in an archive cost neither time nor the answers beside them", async () => {
  const long = Array.from({ length: 200 }, (_, i) => ({
    name: `a/${i}${" ".repeat(60_000)}!.ts`,
    content: "x",
  }));
  await put("long.zip", zip([...long, { name: `a/${square}`, content: "a" }]));
  const before = process.threadCpuUsage();
  const [ada] = await read("long.zip");
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(2000);
  expect(ada?.sources).toHaveLength(1);
  expect(ada?.notes[0]).toMatch(/… has a name of 60\d\d\d characters and was not read/);
  expect(ada?.notes[0]?.length).toBeLessThan(200);
});

test("what is left out beside the only folder is told by its own name", async () => {
  const link = { name: "grace/16-1.ts", content: "/etc/passwd", mode: 0o120777 };
  await put("beside.zip", zip([{ name: "ada/mine/16-1.ts", content: "a" }, link]));
  const found = await read("beside.zip");
  expect(found.map(({ name, problem }) => [name.split(" › ")[1], problem])).toEqual([
    ["ada", undefined],
    ["grace", "grace/16-1.ts is a link and was not followed"],
  ]);
});

test("a folder in the course's layout is one submission; what is no exercise is named", async () => {
  await put(`course/exercises/${square}`, "a");
  await put(`course/exercises/${likelihood}`, "b");
  await put("course/scratch.ts", "c");
  await put("course/.ipynb_checkpoints/01-change-of-variables-checkpoint.ipynb", "{");
  expect(await shape("course")).toEqual([["course", ["16.1 a", "16.2 b"]]]);
  expect((await read("course"))[0]?.notes).toEqual([
    "left out, because not an exercise of this course: scratch.ts",
  ]);
});

test("in a copy of the whole course, its solutions and the grader's files are not answers", async () => {
  for (const [at, content] of [
    ["exercises", 'throw new Error("Not yet solved")'],
    ["solutions", "the course's"],
    ["grader/exercises", "a specification"],
  ]) {
    await put(`clone/${at}/${square}`, content as string);
  }
  await put(`clone/exercises/${likelihood}`, "her own");
  await put("clone/notebooks/build/16-1-square.ts", "no");
  const [clone] = await read("clone");
  expect(clone?.sources.map(({ code }) => code)).toEqual(['throw new Error("Not yet solved")', "her own"]);
  expect(clone?.notes).toEqual(["holds a copy of the course; its solutions/ were not taken for answers"]);
  expect(await shape("clone/solutions")).toEqual([["clone/solutions", ["16.1 the course's"]]]);
});

test("a folder of folders, archives and files is a class", async () => {
  await put(`class/ada/${square}`, "a");
  await put("class/bob/hand in/16-2.ts", "b");
  await put("class/cyd.ts", "// exercise: 16.1");
  await put("class/dan.zip", zip([{ name: `work/${likelihood}`, content: "d" }]));
  await put("class/eve/notes.txt", "no answer");
  await put("class/fay/a.ts", "nothing");
  expect(await shape("class")).toEqual([
    ["class/ada", ["16.1 a"]],
    ["class/bob", ["16.2 b"]],
    ["class/cyd.ts", ["16.1 // exercise: 16.1"]],
    ["class/dan.zip", ["16.2 d"]],
    // Nobody who handed in something is passed over in silence.
    ["class/eve", []],
    ["class/fay", []],
  ]);
  const eve = (await read("class")).find(({ name }) => name.endsWith("class/eve"));
  expect(eve?.problem).toContain("eve/notes.txt: not a notebook or TypeScript file");
});

test("Moodle's and Canvas's downloads", async () => {
  const moodle = zip([
    { name: "Ada Lovelace_4711_assignsubmission_file_/16-1.ts", content: "a" },
    { name: "Bob B_4712_assignsubmission_file_16-1-square.ts", content: "b" },
    { name: "__MACOSX/Ada Lovelace_4711_assignsubmission_file_/._16-1.ts", content: "noise" },
  ]);
  await put("moodle.zip", moodle);
  expect(await shape("moodle.zip")).toEqual([
    ["moodle.zip › Ada Lovelace_4711", ["16.1 a"]],
    ["moodle.zip › Bob B_4712", ["16.1 b"]],
  ]);
  const canvas = zip([
    { name: "lovelaceada_LATE_12_345_16-1-square-1.ts", content: "a" },
    { name: "lovelaceada_12_346_16-2.ts", content: "b" },
    {
      name: "bobb_13_347_01-change-of-variables.ipynb",
      content: notebook([demoCell("no"), exerciseCell("16.1", "c")]),
    },
  ]);
  await put("canvas.zip", canvas);
  expect(await shape("canvas.zip")).toEqual([
    ["canvas.zip › bobb_13", ["16.1 c"]],
    ["canvas.zip › lovelaceada_12", ["16.1 a", "16.2 b"]],
  ]);
});

test("an answer counts before a stub, the last answer before others, and the rest is named", async () => {
  const answer = (text: string) => `export const density = () => ${text};`;
  const stub = 'export const density = () => {\n  throw new Error("Not yet solved");\n};';
  const cells = [answer("1"), answer("2"), stub].map((code) => exerciseCell("16.1", code));
  await put("twice.ipynb", notebook(cells));
  const [twice] = await read("twice.ipynb");
  expect(twice?.sources.map(({ code }) => code)).toEqual([answer("2")]);
  expect(twice?.notes[0]).toMatch(/16\.1 is answered in cells 1 and 2; graded: cell 2$/);
});

test("links are not followed", async () => {
  await put("secret.ts", "secret");
  await put(`linked/${likelihood}`, "b");
  await symlink(join(root, "secret.ts"), join(root, `linked/${square}`));
  const [linked] = await read("linked");
  expect(linked?.sources.map(({ code }) => code)).toEqual(["b"]);
  expect(linked?.notes).toEqual([`${square} is a link and was not followed`]);
});

test("what is wrong in an archive costs only the one it belongs to", async () => {
  const bad = zip([
    { name: "ada/16-1.ts", content: "a" },
    { name: "bob/16-1.ts", content: "b", encrypted: true },
    { name: "cyd/16-1.ts", content: "/etc/passwd", mode: 0o120777 },
    { name: "dan/16-1.ts", content: " ".repeat(300 * 1024) },
    { name: "eve/16-1.ipynb", content: "0".repeat(4 * 1024 * 1024) },
    { name: "fay/16-1.ts", content: "f", claimedSize: 9 },
    { name: "gil/16-1.ts", content: "g", method: 14 },
    { name: "hal/work.zip", content: "no archive" },
    { name: "ivy/16-1.ts", content: Buffer.from([0x61, 0x00, 0x62]) },
  ]);
  await put("bad.zip", bad);
  const found = await read("bad.zip");
  const problems = Object.fromEntries(found.map((s) => [s.name.split(" › ")[1], s.problem]));
  expect(problems).toEqual({
    ada: undefined,
    bob: expect.stringMatching(/is encrypted/),
    cyd: expect.stringMatching(/is a link/),
    dan: expect.stringMatching(/has 300 kB; at most 256 kB are read/),
    eve: expect.stringMatching(/times its size, as no honest file does/),
    fay: expect.stringMatching(/is damaged/),
    gil: expect.stringMatching(/packed by method 14/),
    hal: expect.stringMatching(/cannot be read as a zip archive/),
    ivy: expect.stringMatching(/is not text; save it as UTF-8/),
  });
});

test.each([
  ["../../evil/16-1.ts", /leads out of its archive/],
  ["/etc/16-1.ts", /absolute path/],
])("an archive with the name %s is refused", async (name, message) => {
  await put("slip.zip", zip([{ name, content: "x" }]));
  const [slip] = await read("slip.zip");
  expect(slip?.sources).toEqual([]);
  expect(slip?.problem).toMatch(message);
});

test("archives in archives end", async () => {
  let nested: Buffer = zip([{ name: "16-1.ts", content: "deep" }]);
  for (let i = 0; i < 4; i++) nested = zip([{ name: "in.zip", content: nested }]);
  await put("deep.zip", nested);
  expect((await read("deep.zip"))[0]?.problem).toMatch(/archive in an archive/);
});

test("paths that are no submission", async () => {
  await put("essay.pdf", "x");
  await put("empty/readme.txt", "x");
  await expect(read("absent")).rejects.toThrow(/does not exist/);
  await expect(read("essay.pdf")).rejects.toThrow(
    /expected a \.ts file, an \.ipynb notebook, a saved flow, a folder or a \.zip/,
  );
  expect((await read("empty"))[0]?.problem).toMatch(/nothing to grade/);
});

test("only the exercise asked for", async () => {
  expect(await shape("course", ["16.2"])).toEqual([["course", ["16.2 b"]]]);
  expect((await read("class/ada", ["16.2"]))[0]?.problem).toBe("ada has no answer to 16.2; it answers 16.1");
});

test("one bad name costs its entry, not the archive, and is told to whom it belongs", async () => {
  const names = [
    "ada/../../16-1.ts",
    "/etc/passwd.ts",
    "C:\\a.ts",
    "ada/b\0.ts",
    "ada/./16-1-square.ts",
    "bob\\16-1-square.ts",
  ];
  await put("names.zip", zip(names.map((name) => ({ name, content: "x" }))));
  const { submissions, layout } = await readSubmissions(join(root, "names.zip"), { course });
  expect(submissions.map((one) => [one.name.split(" › ")[1], one.sources.length])).toEqual([
    ["ada", 1],
    ["bob", 1],
  ]);
  const told = [
    ...submissions.flatMap(({ notes }) => notes),
    ...layout.beside.map(({ reason }) => reason),
  ].join("\n");
  expect(told).toMatch(/ada\/\.\.\/\.\.\/16-1\.ts leads out of its archive/);
  expect(told).toMatch(/\/etc\/passwd\.ts has an absolute path/);
  expect(told).toMatch(/C:\/a\.ts has an absolute path/);
  expect(told).toMatch(/has a NUL in its name/);
});

test("names without the flag, and an archive that ends too soon", async () => {
  const raw = (text: string) => Buffer.from(text);
  const entries = [
    { name: raw(`U\u0308bung/Ju\u0308rgen/16-1-square.ts`), content: "j", unflagged: true },
    { name: raw("U\u0308bung/山田 花子/16-1-square.ts"), content: "y", unflagged: true },
  ];
  await put("macos.zip", zip(entries));
  expect(await shape("macos.zip")).toEqual([
    ["macos.zip › Übung/Jürgen", ["16.1 j"]],
    ["macos.zip › Übung/山田 花子", ["16.1 y"]],
  ]);
  const whole = zip(entries);
  await put("cut.zip", Buffer.concat([whole.subarray(0, 20), whole.subarray(60)]));
  expect((await read("cut.zip"))[0]?.problem).toMatch(/cannot be read as a zip archive|is damaged/);
});

test("a person's own work in the course's folder: what she wrote in either place, as one submission", async () => {
  await put(`own/exercises/${square}`, "mine");
  await put(
    "own/notebooks/01-change-of-variables.ipynb",
    notebook([exerciseCell("16.2", "export const x = 1;")]),
  );
  await put(`own/solutions/${likelihood}`, "the course's");
  const { submissions, layout } = await readOwnCourse(join(root, "own"), "exercises and notebooks", {
    course,
  });
  expect(layout.name).toBe("course");
  expect(submissions.map((one) => [one.name, one.sources.map(({ exerciseId }) => exerciseId)])).toEqual([
    ["exercises and notebooks", ["16.1", "16.2"]],
  ]);
});
