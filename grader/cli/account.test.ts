/** Everybody and every file is accounted for, by the real command line. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { zip } from "../submissions/files/archive.fixture.ts";
import { gradeFolder, RIGHT } from "./grade.fixture.ts";
import { PROJECT } from "./own-work.ts";

const { put, grade, read, results } = gradeFolder();
const schema = new Ajv2020({ allErrors: true }).compile(
  JSON.parse(await readFile(join(PROJECT, "grader/report/schema.json"), "utf8")),
);

test("a class of which nothing can be graded lists everybody, with every file's reason, and ends with 3", async () => {
  await put(
    "class.zip",
    zip([
      { name: "ada/report.pdf", content: "%PDF" },
      { name: "ada/notes.docx", content: "x" },
      { name: "bob/answer.ipynb", content: "{" },
      { name: "cyd/helper.ts", content: "export {};" },
    ]),
  );
  const { code, out } = await grade(["class.zip", "--json", "none.json", "--html", "none"]);
  expect(code).toBe(3);
  const batch = await results("none.json");
  expect(schema(batch), JSON.stringify(schema.errors)).toBe(true);
  const index = await read("none/index.html");
  for (const name of ["ada", "bob", "cyd"]) {
    expect(out).toMatch(new RegExp(`^${name} +not graded !$`, "m"));
    expect(index).toMatch(new RegExp(`<dt><a href="submissions/\\d-${name}\\.html">`));
  }
  const files = batch.submissions.flatMap(({ files }) => files ?? []);
  expect(files.map(({ path }) => path.split("/").at(-1)).sort()).toEqual([
    "answer.ipynb",
    "helper.ts",
    "notes.docx",
    "report.pdf",
  ]);
  expect(files.filter(({ path }) => /pdf|docx|ipynb/.test(path)).every(({ reason }) => reason)).toBe(true);
  for (const report of [out, index]) {
    expect(report).toMatch(/report\.pdf.*: not a notebook or TypeScript file/s);
    expect(report).toMatch(/answer\.ipynb is not a notebook: it holds no valid JSON/);
    expect(report).toMatch(/helper\.ts: nothing says which exercise this answers/);
  }
});

test("who is graded and left a file out ends with 0; with somebody ungraded beside, with 3", async () => {
  await put("both/ada/16-1-square.ts", RIGHT);
  await put("both/ada/report.pdf", "x");
  await put("both/cyd/16-1-square.ts", RIGHT);
  const alone = await grade(["both", "--trust"]);
  expect(alone.code).toBe(0);
  await put("both/bob/report.pdf", "x");
  const { code, out } = await grade(["both", "--json", "both.json", "--trust"]);
  expect(code).toBe(3);
  expect(out).toMatch(/bob +– +not graded !/);
  const [ada] = (await results("both.json")).submissions;
  expect(ada?.files).toContainEqual({ path: "ada/report.pdf", reason: "not a notebook or TypeScript file" });
  expect(ada?.files).toContainEqual({ path: "ada/16-1-square.ts" });
});
