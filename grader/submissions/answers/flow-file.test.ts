/** Saved flows among what people hand in: which is graded, and what is said of the others. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { zip } from "../files/archive.fixture.ts";
import { readSubmissions } from "../read.ts";
import type { Submission } from "../submission.ts";
import { exerciseCell, notebook } from "./notebook.fixture.ts";

const course = [
  { id: "16.1", path: "01-change-of-variables/16-1-square", signatures: { density: true } },
  {
    id: "09.capstone",
    path: "09-glow/capstone",
    signatures: { describe: true },
    file: { name: "capstone.safetensors", mostBytes: 20_000, makers: { trainGlow: "() => void" } },
  },
];
const MAKER = "export async function trainGlow() { mine(); }";
const STUB = 'export async function trainGlow() {\n  throw new Error("Not yet solved");\n}';
const root = mkdtempSync(join(tmpdir(), "flowlab-flow-files-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const put = (path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};
/** Everything there is one person's. */
async function one(path: string): Promise<Submission> {
  const layout = path.includes(".") ? {} : { layout: "one" };
  const { submissions } = await readSubmissions(join(root, path), { course, ...layout });
  expect(submissions).toHaveLength(1);
  return submissions[0]!;
}
/** The answer to the exercise, in short: the bytes as text, or why they are not read. */
async function flowIn(path: string): Promise<string | undefined> {
  const { sources } = await one(path);
  const { flow } = sources.find(({ exerciseId }) => exerciseId === "09.capstone") ?? {};
  return flow && ("bytes" in flow ? Buffer.from(flow.bytes).toString() : flow.problem);
}

describe("a saved flow", () => {
  test("beside a notebook is the answer, and the cell that made it is shown with it", async () => {
    put("ada/09-glow.ipynb", notebook([exerciseCell("09.capstone", MAKER)]));
    put("ada/capstone.safetensors", "a flow");
    const { sources, files } = await one("ada");
    expect(sources).toHaveLength(1);
    expect(sources[0]).toMatchObject({ exerciseId: "09.capstone", answered: true });
    expect(sources[0]?.origin).toMatch(/capstone\.safetensors$/);
    expect(sources[0]?.code).toMatch(
      /6 bytes, SHA-256 [0-9a-f]{64}[\s\S]*09-glow\.ipynb, cell 1[\s\S]*mine\(\)/,
    );
    expect(files.map(({ reason }) => reason)).toEqual([undefined, undefined]);
    // Named alone, the notebook brings it along, and it may be named alone itself.
    expect(await flowIn("ada/09-glow.ipynb")).toBe("a flow");
    expect(await flowIn("ada/capstone.safetensors")).toBe("a flow");
  });

  test("that is missing leaves the code, which says whether anything was written", async () => {
    put("bob/exercises/09-glow/capstone.ts", MAKER);
    put("cyd/exercises/09-glow/capstone.ts", STUB);
    const [bob, cyd] = [await one("bob"), await one("cyd")];
    expect(bob.sources[0]).toMatchObject({ exerciseId: "09.capstone", answered: true });
    expect(cyd.sources[0]).toMatchObject({ exerciseId: "09.capstone", answered: false });
    for (const { sources } of [bob, cyd]) expect(sources[0]).not.toHaveProperty("flow");
  });

  test("is known by its name, whatever stands around that, and another one is left out with a reason", async () => {
    put("eve/Capstone_final (1).safetensors", "renamed");
    put("eve/moons.safetensors", "of chapter 5");
    expect(await flowIn("eve")).toBe("renamed");
    const { files, notes } = await one("eve");
    expect(files.find(({ path }) => path.includes("moons"))?.reason).toMatch(
      /no exercise asks for by this name; an answer is called capstone\.safetensors/,
    );
    expect(notes).toEqual([]);
    put("fay/moons.safetensors", "of chapter 5");
    expect((await one("fay")).problem).toMatch(/nothing to grade: .*no exercise asks for by this name/);
  });

  test("of which there are several: the last counts, and the others are named", async () => {
    put("gil/a/capstone.safetensors", "first");
    put("gil/b/capstone.safetensors", "second");
    expect(await flowIn("gil")).toBe("second");
    expect((await one("gil")).notes.join()).toMatch(
      /09\.capstone is answered 2 times; graded: .*b\/capstone.*; not graded: .*a\/capstone/,
    );
    put("hal/capstone.safetensors", "new");
    put("hal/old/capstone.safetensors", "old");
    expect(await flowIn("hal")).toBe("new");
  });

  test("that cannot be read says why at its exercise; one that can counts before it", async () => {
    put("ida/capstone.safetensors", "x".repeat(30_000));
    expect(await flowIn("ida")).toMatch(/capstone\.safetensors has 30 kB; at most 20 kB are read/);
    mkdirSync(join(root, "jan"));
    symlinkSync("/etc/hostname", join(root, "jan/capstone.safetensors"));
    expect(await flowIn("jan")).toMatch(/is a link and was not followed/);
    put("jan/b/capstone (2).safetensors", "whole");
    expect(await flowIn("jan")).toBe("whole");
    mkdirSync(join(root, "kim/capstone.safetensors"), { recursive: true });
    put("kim/capstone.safetensors/inside.txt", "x");
    const { sources, problem } = await one("kim");
    expect(sources).toEqual([]);
    expect(problem).toMatch(/lies in a folder that is called like a saved flow: hand in the file/);
  });

  test("in an archive is read out of it, also if it claims to be endless", async () => {
    put("lee.zip", zip([{ name: "lee/capstone.safetensors", content: "packed" }]));
    expect(await flowIn("lee.zip")).toBe("packed");
    put("bomb.zip", zip([{ name: "mia/capstone.safetensors", content: "0".repeat(4_000_000) }]));
    expect(await flowIn("bomb.zip")).toMatch(/has 3\.8 MB; at most 20 kB are read|times its size/);
  });

  test("is its owner's in a class: in folders, or with people's names in those of the files", async () => {
    for (const who of ["ann", "ben"]) {
      put(`folders/${who}/09-glow.ipynb`, notebook([exerciseCell("09.capstone", MAKER)]));
      put(`folders/${who}/capstone.safetensors`, `of ${who}`);
      put(`files/${who}_09-glow.ipynb`, notebook([exerciseCell("09.capstone", MAKER)]));
      put(`files/${who}_capstone.safetensors`, `of ${who}`);
    }
    for (const layout of ["folders", "files"]) {
      const { submissions } = await readSubmissions(join(root, layout), { course });
      const found = submissions.map(({ name, sources }) => {
        const [{ flow } = {}] = sources;
        return [
          name.split("/").at(-1),
          sources.length,
          flow && "bytes" in flow && `${Buffer.from(flow.bytes)}`,
        ];
      });
      expect(found, layout).toEqual([
        ["ann", 1, "of ann"],
        ["ben", 1, "of ben"],
      ]);
    }
  });

  test("handed in a hundred times is kept as often as one person may", async () => {
    for (let i = 0; i < 100; i++) put(`nat/${i}/capstone.safetensors`, `${i}`.padEnd(20_000));
    const answer = await flowIn("nat");
    expect(answer).toMatch(/^\d+ +$/);
    const { sources, notes } = await one("nat");
    expect(sources).toHaveLength(1);
    expect(notes.length).toBeLessThan(30);
  });
});
