/** A class in which each learner has numbers of her own: released, answered, handed in, graded. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gradeFolder } from "../../grader/cli/grade.fixture.ts";
import { type Kit, readKit } from "../../grader/kit/read-kit.ts";
import { readRoster } from "../../grader/roster/roster.ts";
import { secretOf } from "../../grader/variants/secret.ts";
import { solved as solvedMatrices } from "../../solutions/03-linear/16-4-inverses.variants.ts";
import type { Notebook } from "../build/nbformat.ts";
import { releaseClass } from "./class.ts";
import { removeKits, root, runInKit, unpack } from "./kit.fixture.ts";
import { type KitMaker, kitMaker } from "./kit.ts";

const ROSTER = "id,name\n7,Ada Lovelace\n8,Bob Stone\n9,Cy Young\n";
const BYTES = Buffer.alloc(32, "a secret of a class");
const SECRET = BYTES.toString("hex");
const scratch = mkdtempSync(join(tmpdir(), "flowlab-class-"));
const { put, grade, results, read } = gradeFolder();
afterAll(() => {
  removeKits();
  rmSync(scratch, { recursive: true });
});

const release = (folder: string) =>
  releaseClass(maker, readRoster(Buffer.from(ROSTER), "roster.csv"), secretOf(BYTES), join(scratch, folder));

let maker: KitMaker;
let ada: Kit;
let bob: Kit;
let cy: Kit;
beforeAll(async () => {
  maker = await kitMaker(root, { chapters: ["03", "04"] });
  const { archives, own } = await release("kits");
  expect(archives).toEqual(["ada-lovelace-7.zip", "bob-stone-8.zip", "cy-young-9.zip"]);
  expect(own.map(({ id }) => id)).toEqual(expect.arrayContaining(["16.4", "16.7"]));
  [ada, bob, cy] = (await Promise.all(archives.map((name) => readKit(join(scratch, "kits", name))))) as [
    Kit,
    Kit,
    Kit,
  ];
}, 480_000);

const own = <N>(kit: Kit, id: string) => kit.manifest.exercises[id]?.variant as { numbers: N; mark: string };
const text = (kit: Kit, path: string) => Buffer.from(kit.files.get(path) ?? []).toString("utf8");

const RELU = "exercises/04-elementwise/16-7-leaky-relu.ts";
const INVERSES = "exercises/03-linear/16-4-inverses.ts";

function rightRelu(kit: Kit): string {
  const { leak } = own<{ leak: number }>(kit, "16.7").numbers;
  return `export const leakyInverse = (x: number) => (x < 0 ? x / ${leak} : x);
export const inverseDeterminant = (z: number[]) => z.reduce((product, v) => (v < 0 ? product / ${leak} : product), 1);
`;
}

function rightInverses(kit: Kit): string {
  const right = solvedMatrices(own<Parameters<typeof solvedMatrices>[0]>(kit, "16.4").numbers);
  return Object.entries(right)
    .map(([name, answer]) => `export const ${name} = () => (${JSON.stringify(answer())});\n`)
    .join("");
}

/** The head of the kit's file, as it stays above what a learner writes. */
const written = (kit: Kit, path: string, answer: string) =>
  `${text(kit, path).split("\n\n")[0]}\n\n${answer}`;

test("each kit has its learner's numbers in text, files and manifest, and is otherwise the same", () => {
  const leaks = [ada, bob, cy].map((kit) => own<{ leak: number }>(kit, "16.7").numbers.leak);
  expect(new Set(leaks).size).toBe(3);
  for (const [i, kit] of [ada, bob, cy].entries()) {
    const { mark } = own(kit, "16.7");
    const { cells } = JSON.parse(text(kit, "notebooks/04-elementwise.ipynb")) as Notebook;
    const cell = (id: string) => cells.find((one) => one.id === id);
    expect(cell("ex-16-7-text")?.source.join("")).toContain(`${leaks[i]}\\,z`);
    expect(cell("ex-16-7-text")?.source.join("")).toContain("with other numbers");
    expect(cell("ex-16-7-code")?.metadata.flowlab).toMatchObject({ kit: mark });
    expect(text(kit, RELU)).toContain(`// kit ${mark}\n`);
    expect(text(kit, RELU.replace("exercises", "grader/handed-out"))).toBe(text(kit, RELU));
  }
  expect(ada.manifest).toMatchObject({ learner: "Ada Lovelace" });
  expect(text(ada, "README.md")).toContain("made for Ada Lovelace: the numbers of 16.4");
  const differs = [...ada.files.keys()].filter((path) => text(ada, path) !== text(bob, path));
  for (const path of differs) expect(path).toMatch(/^README|^notebooks\/0[34]|16-\d-|cubed|^exercises\//);
  expect(ada.manifest.exercises["16.5"]?.variant).toBeUndefined();
  expect(ada.manifest.exercises["16.7"]?.version).not.toBe(bob.manifest.exercises["16.7"]?.version);
});

test("no kit holds the secret, nor anybody else's numbers or mark", () => {
  const others = [bob, cy].flatMap((kit) => ["16.4", "16.7"].map((id) => own(kit, id).mark));
  const hidden = [SECRET, BYTES.toString("base64"), BYTES.toString("base64url"), "Bob", ...others];
  for (const bytes of [Buffer.from(ada.manifestText), ...ada.files.values()])
    for (const one of hidden) expect(Buffer.from(bytes).includes(one)).toBe(false);
});

test("released again, each kit is the same bytes", async () => {
  await release("again");
  for (const name of ["ada-lovelace-7.zip", "cy-young-9.zip"])
    expect(readFileSync(join(scratch, "again", name)).equals(readFileSync(join(scratch, "kits", name)))).toBe(
      true,
    );
});

test("in a learner's kit her own numbers are right, and a neighbour's are not", () => {
  const folder = unpack(new Map([...ada.files, ["kit.json", Buffer.from(ada.manifestText)]]));
  const report = join(scratch, "report.json");
  const check = (answer: string) => {
    mkdirSync(dirname(join(folder, RELU)), { recursive: true });
    writeFileSync(join(folder, RELU), written(ada, RELU, answer));
    const run = runInKit(folder, "grader/dist/cli/grade.js", "--sandbox", "none", "--json", report, RELU);
    expect(run).toMatchObject({ status: 0 });
    return JSON.parse(readFileSync(report, "utf8")).submissions[0].exercises[0];
  };
  expect(check(rightRelu(ada))).toMatchObject({ status: "passed", points: 4 });
  const swapped = check(rightRelu(bob));
  expect(swapped).toMatchObject({ status: "failed", points: 0 });
  expect(JSON.stringify(swapped)).not.toContain("Bob");
  writeFileSync(join(scratch, "bob.zip"), readFileSync(join(scratch, "kits", "bob-stone-8.zip")));
  expect(runInKit(folder, "setup/update.js", join(scratch, "bob.zip"))).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("is the kit of Bob Stone; this folder is the kit of Ada Lovelace"),
  });
});

test("everybody is graded by her own numbers, and whose kit or numbers an answer has is said to the instructor", async () => {
  await put("class.secret", `${SECRET}\n`);
  await put("roster.csv", ROSTER);
  await put(`class/Ada Lovelace/${RELU}`, written(ada, RELU, rightRelu(ada)));
  await put(`class/Ada Lovelace/${INVERSES}`, written(ada, INVERSES, rightInverses(ada)));
  // Bob has Ada's kit: her notebook of one chapter, her file of the other.
  const notebook = JSON.parse(text(ada, "notebooks/04-elementwise.ipynb")) as Notebook;
  const cells = notebook.cells.map((cell) =>
    cell.id === "ex-16-7-code" ? { ...cell, source: [rightRelu(ada).replace(/^export /gm, "")] } : cell,
  );
  await put("class/Bob Stone/04-elementwise.ipynb", JSON.stringify({ ...notebook, cells }));
  await put(`class/Bob Stone/${INVERSES}`, written(ada, INVERSES, rightInverses(ada)));
  // Cy has copied Ada's answers into her own files.
  await put(`class/Cy Young/${RELU}`, written(cy, RELU, rightRelu(ada)));
  await put(`class/Cy Young/${INVERSES}`, rightInverses(ada));
  const asked = ["class", "--roster", "roster.csv", "--exercise", "16.4", "--exercise", "16.7"];
  const refused = await grade([...asked, "--json", "none.json"]);
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("grade with --variants FILE") });

  const run = await grade([
    ...asked,
    ...["--variants", "class.secret", "--json", "a.json", "--html", "a", "--record", "a.jsonl"],
  ]);
  expect(run, run.err).toMatchObject({ code: 0 });
  const { submissions } = await results("a.json");
  const of = (name: string) =>
    Object.fromEntries(
      submissions
        .find(({ learner }) => learner?.startsWith(name))
        ?.exercises.map(({ exercise, points, otherKit }) => [exercise, { points, otherKit }]) ?? [],
    );
  const hers = "Ada Lovelace (7)";
  expect(of("Ada")).toEqual({ "16.4": { points: 5 }, "16.7": { points: 4 } });
  expect(of("Bob")).toMatchObject({
    "16.4": { otherKit: { writtenIn: hers, rightFor: [hers] } },
    "16.7": { points: 0, otherKit: { writtenIn: hers, rightFor: [hers] } },
  });
  expect(of("Cy")).toMatchObject({
    "16.4": { otherKit: { rightFor: [hers] } },
    "16.7": { points: 0, otherKit: { rightFor: [hers] } },
  });
  expect(of("Cy")["16.4"]?.otherKit).not.toHaveProperty("writtenIn");
  expect(run.out).toContain(
    `16.4 and 16.7: written in the kit of ${hers}, right with the numbers of ${hers}`,
  );
  expect(run.out + run.err + (await read("a.json")) + (await read("a.jsonl"))).not.toContain(SECRET);
  const { leak } = own<{ leak: number }>(bob, "16.7").numbers;
  const page = await read(`a/${/submissions\/[^"]*bob[^"]*\.html/i.exec(await read("a/index.html"))?.[0]}`);
  expect(page).toContain(`${leak}`);
  expect(page).toContain("written in the kit of Ada Lovelace");
});

test("a record and a gradebook take no result that was graded with other numbers", async () => {
  await put("other.secret", `${"b".repeat(64)}\n`);
  const asked = ["class", "--roster", "roster.csv", "--exercise", "16.4", "--exercise", "16.7"];
  const by = (secret: string, ...more: string[]) => grade([...asked, "--variants", secret, ...more]);
  const graded = async (path: string) =>
    (await results(path)).submissions.map(({ submission, exercises }) => [
      submission,
      exercises.map(({ exercise, points, numbers, otherKit }) => [exercise, points, numbers, otherKit]),
    ]);
  const resumed = await by("class.secret", "--resume", "a.jsonl");
  expect(resumed.err).toContain("not graded again: 6 answers");
  expect((await by("other.secret", "--resume", "a.jsonl", "--json", "b.json")).code).toBe(0);
  expect((await results("b.json")).submissions.every(({ points }) => points < 9)).toBe(true);

  const first = await by("class.secret", "--database", "book", "--json", "c.json");
  expect(first, first.err).toMatchObject({ code: 0 });
  expect(await graded("c.json")).toEqual(await graded("a.json"));
  expect((await by("class.secret", "--database", "book")).err).toContain("6 of 6 answers are graded");
  const other = await by("other.secret", "--database", "book", "--json", "d.json");
  expect(other.err).toContain("0 of 6 answers are graded");
  expect(await graded("d.json")).toEqual(await graded("b.json"));
});
