/** Files whose name several chapters have, out of their chapters' folders. */

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSubmissions } from "./read.ts";

const course = [
  { id: "06.maf", path: "06-autoregressive/maf", signatures: { maf: true } },
  { id: "06.train", path: "06-autoregressive/train", signatures: { fitAutoregressive: true } },
  { id: "07.fixed-point", path: "07-residual/fixed-point", signatures: { fixedPoint: true } },
  { id: "07.spectral", path: "07-residual/spectral", signatures: { spectralNorm: true } },
  { id: "07.train", path: "07-residual/train", signatures: { fitResidual: true } },
  { id: "08.split", path: "08-multiscale/split", signatures: { split: true } },
  { id: "08.train", path: "08-multiscale/train", signatures: { fitMultiscale: true } },
];
const defines = (name: string): string => `export function ${name}() {\n  return 1;\n}`;
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "flowlab-same-name-"));
});
afterAll(() => rm(root, { recursive: true }));

/** What each person's submission answers, by which file, and what is said about it. */
async function graded(files: { readonly [path: string]: string }, at = "", only?: readonly string[]) {
  const folder = await mkdtemp(join(root, "work-"));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const { submissions } = await readSubmissions(join(folder, at), { course, ...(only && { only }) });
  return submissions.map(({ sources, notes, files: accounted, problem }) => ({
    answers: Object.fromEntries(
      sources.map(({ exerciseId, origin }) => [exerciseId, origin.replace(`${folder}/`, "")]),
    ),
    notes: notes.map((note) => note.replaceAll(`${folder}/`, "")),
    reasons: accounted.flatMap(({ reason }) => reason ?? []),
    problem: problem?.replaceAll(`${folder}/`, ""),
  }));
}

test.each([
  [
    "what each declares, as a browser numbers them",
    {
      "train.ts": defines("fitResidual"),
      "train (1).ts": defines("fitAutoregressive"),
      "train (2).ts": defines("fitMultiscale"),
    },
    { "06.train": "train (1).ts", "07.train": "train.ts", "08.train": "train (2).ts" },
  ],
  [
    "what it declares, against the files beside it",
    { "maf.ts": defines("maf"), "train.ts": "export const fitMultiscale = () => 1;" },
    { "06.maf": "maf.ts", "08.train": "train.ts" },
  ],
  [
    "the chapter's word in the name, which is no person's",
    { "train_maf.ts": "a", "train_residual.ts": "b", "train 08.ts": "c" },
    { "06.train": "train_maf.ts", "07.train": "train_residual.ts", "08.train": "train 08.ts" },
  ],
  [
    "the chapter's folder as a part of the name",
    { "06-autoregressive-train.ts": "a", "07-residual_train.ts": "b", "06-autoregressive-maf.ts": "c" },
    {
      "06.maf": "06-autoregressive-maf.ts",
      "06.train": "06-autoregressive-train.ts",
      "07.train": "07-residual_train.ts",
    },
  ],
])("the exercise of a file in a flat folder is known by %s", async (_how, files, answers) => {
  expect(await graded(files)).toEqual([{ answers, notes: [], reasons: [], problem: undefined }]);
});

const spellings = {
  "07.train": [
    "train_residual",
    "train-residual",
    "train residual (1)",
    "train.residual",
    "TrainResidual",
    "trainResidual-2",
    "TRAIN-RESIDUAL",
    "residual-train",
    "train-07",
  ],
  "07.fixed-point": [
    "fixed_point",
    "fixed point (2)",
    "FixedPoint",
    "fixedPoint",
    "FIXED-POINT",
    "residual-fixed-point",
  ],
  "07.spectral": ["Spectral", "spectral-residual", "residualSpectral"],
  "06.train": ["train-maf", "MAFTrain"],
};
test.each(
  Object.entries(spellings).flatMap(([id, names]) => names.map((name) => [`${name}.ts`, id] as const)),
)("%s is %s, however the words are joined", async (name, id) => {
  const [folder, ...others] = await graded({ [name]: "a" });
  expect(folder).toEqual({ answers: { [id]: name }, notes: [], reasons: [], problem: undefined });
  expect(others).toEqual([]);
});

test("words that a common name is only a part of say nothing", async () => {
  const [folder] = await graded({ "train-of-thought.ts": "a", "SplitPersonality.ts": "a" });
  expect(folder?.answers).toEqual({});
});

test("what declares none of the functions belongs to the chapter of all files beside it, and a note says so", async () => {
  const files = { "split.ts": defines("split"), "train.ts": defines("fitMultiscal"), "notes.txt": "" };
  const [folder] = await graded(files);
  expect(folder?.answers).toEqual({ "08.split": "split.ts", "08.train": "train.ts" });
  expect(folder?.notes).toEqual([
    "train.ts was taken for 08.train: the files beside it are of 08-multiscale, and other chapters have a file of this name, too",
  ]);
  const [single] = await graded(files, "train.ts");
  expect(single?.answers).toEqual({ "08.train": "train.ts" });
});

test("where nothing decides, it says which exercises it may be, and never that it is none", async () => {
  const files = { "split.ts": defines("split"), "maf.ts": defines("maf"), "train.ts": defines("fit") };
  const [folder] = await graded(files);
  expect(folder?.answers).toEqual({ "06.maf": "maf.ts", "08.split": "split.ts" });
  expect(folder?.notes).toEqual([
    "train.ts may be 06.train, 07.train or 08.train, which have a file of this name each, and was not graded: it defines none of their functions (fitAutoregressive, fitResidual, fitMultiscale). Put it into the folder of its chapter, or begin it with the line // exercise: 06.train",
  ]);
  expect(folder?.reasons).toEqual([
    "may be 06.train, 07.train or 08.train, which have a file of this name each",
  ]);
  const both = `${defines("fitResidual")}\n${defines("fitMultiscale")}`;
  const [several] = await graded({ "train.ts": both }, "train.ts");
  expect(several?.problem).toMatch(
    /^train\.ts may be 07\.train or 08\.train, .* it defines functions of each \(fitResidual, fitMultiscale\)/,
  );
});

test("--exercise decides where the code does not", async () => {
  const files = { "split.ts": defines("split"), "maf.ts": defines("maf"), "train.ts": defines("fit") };
  expect((await graded(files, "", ["07.train"]))[0]?.answers).toEqual({ "07.train": "train.ts" });
  const other = { ...files, "train.ts": defines("fitMultiscale") };
  expect((await graded(other, "", ["07.train"]))[0]?.answers).toEqual({});
});

test("people are told apart by the rest of the name", async () => {
  const files = { "ada_train.ts": defines("fitResidual"), "ben_train.ts": defines("fitResidual") };
  expect((await graded(files)).map(({ answers }) => answers)).toEqual([
    { "07.train": "ada_train.ts" },
    { "07.train": "ben_train.ts" },
  ]);
});

test("one person's folders with a file of this name each are no class in a class", async () => {
  const [ada] = await graded({
    "ada/six/train.ts": defines("fitAutoregressive"),
    "ada/seven/train.ts": defines("fitResidual"),
    "ben/maf.ts": defines("maf"),
  });
  expect(ada?.answers).toEqual({ "06.train": "ada/six/train.ts", "07.train": "ada/seven/train.ts" });
});
