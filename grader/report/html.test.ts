import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TABLE } from "../by-hand/table.ts";
import { writeHTML } from "./html.ts";
import { sourceOf } from "./report-folder.ts";
import {
  course,
  exerciseResult,
  failedCheck,
  gradedRun,
  hostile,
  passed,
  submissionResult,
} from "./result.fixture.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "flowlab-html-"));
});
afterAll(() => rm(root, { recursive: true }));

const right = submissionResult("class/ada", [exerciseResult()]);
const wrong = submissionResult("class/Bob Ü.", [
  exerciseResult({ status: "partial", checks: [failedCheck, passed("integrates to one", 2)] }),
]);
const page = (folder: string, name: string) => readFile(join(root, folder, name), "utf8");

test("an index and a page for each submission, with the statement, the verdicts and the code", async () => {
  await writeHTML(join(root, "whole"), gradedRun([right, wrong]), course);
  const index = await page("whole", "index.html");
  expect(index).toContain('href="submissions/1-ada.html"');
  expect(index).toContain('href="submissions/2-bob-u.html"');
  expect(index).toMatch(/data-value="2"><span class="score">2\/3/);
  expect(index).toMatch(/<code>multiplied-by-the-slope<\/code> 1×/);
  const bob = await page("whole", "submissions/2-bob-u.html");
  expect(bob).toMatch(/katex-display.*z.*2/s);
  expect(bob).toContain("<code>density(0.37)</code>");
  expect(bob).toMatch(/You <strong>multiplied<\/strong> by <span class="katex">/);
  expect(bob).toContain("export const density = (x: number) =&gt; 1;");
  expect(bob).toMatch(/<img src="data:image\/svg\+xml;base64,/);
  expect(bob).toContain('src="../assets/plotly.js"');
  expect(await page("whole", "submissions/1-ada.html")).not.toContain("plotly.js");
});

test("everything a page refers to is there, and nothing comes from elsewhere", async () => {
  for (const name of ["index.html", "submissions/2-bob-u.html"]) {
    const text = await page("whole", name);
    const references = [...text.matchAll(/(?:href|src)="([^"#]+)"/g)].map(
      ([, reference]) => reference as string,
    );
    for (const reference of references.filter((r) => !r.startsWith("data:"))) {
      expect(reference).not.toMatch(/^\w+:|^\/\//);
      await stat(join(root, "whole", name, "..", reference));
    }
  }
  const css = await page("whole", "assets/katex/katex.min.css");
  const fonts = [...css.matchAll(/url\((fonts\/[^)]+\.woff2)\)/g)].map(([, font]) => font as string);
  expect(fonts.length).toBeGreaterThan(10);
  for (const font of fonts) await stat(join(root, "whole/assets/katex", font));
});

test("nothing that a learner wrote is markup, script, template or control", async () => {
  await writeHTML(join(root, "hostile"), gradedRun([right, hostile]), course);
  const [name = ""] = (await readdir(join(root, "hostile/submissions"))).filter((file) =>
    file.startsWith("2"),
  );
  for (const text of [await page("hostile", "index.html"), await page("hostile", `submissions/${name}`)]) {
    const scripts = [...text.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes);
    for (const attributes of scripts)
      expect(attributes).toMatch(/^ (?:nonce="[\w-]{22}" src="|type="application\/json")/);
    expect(text).not.toMatch(/<img src=x/);
    expect(text.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+=/);
    expect(text).not.toMatch(/href="javascript/i);
    expect(text).toContain("&lt;script&gt;alert(1)&lt;");
    expect(text).toContain("⟨U+202E⟩gnp.exe⟨U+202C⟩");
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|(?![\n\t])\p{Cc}|\p{Cs}/u);
  }
});

test("beside the total stands whether a text waits for a person: its own column may be out of sight", async () => {
  const waiting = submissionResult("class/ada", [
    exerciseResult({ manual: { answer: "No, as …", maxPoints: 3, criteria: [] } }),
  ]);
  await writeHTML(join(root, "waiting"), gradedRun([waiting, wrong]), course);
  const totals = [...(await page("waiting", "index.html")).matchAll(/number total".*?<\/td>/g)].map(
    ([total]) => />\*<\/span>/.test(total),
  );
  expect(totals).toEqual([true, false]);
});

test("while texts wait for a person, the mean is that of the checks, and says so", async () => {
  const text = (name: string, points: number, given?: number) =>
    submissionResult(`class/${name}`, [
      exerciseResult({
        exercise: "free-text",
        points,
        maxPoints: 3,
        manual: { answer: "No, as …", maxPoints: 2, criteria: [], ...(given !== undefined && { given }) },
      }),
    ]);
  const mean = async (...people: ReturnType<typeof text>[]) => {
    await writeHTML(join(root, "means"), gradedRun(people), course);
    return /class="mean">(.*?)<\/p>/
      .exec(await page("means", "index.html"))?.[1]
      ?.replace(/<\/?strong>/g, "");
  };
  expect(await mean(text("ada", 1, 2), text("bob", 0), text("cyd", 1))).toBe(
    "mean 0.67 of 1 by checks, 3 graded; 2 texts wait for a person, with up to 2 more points each",
  );
  expect(await mean(text("ada", 1, 2), text("bob", 0, 1))).toBe("mean 2 of 3, 2 graded");
});

test("what is said beside a name has signs between", async () => {
  const files = [{ path: "class/ada/a.pdf", reason: "no notebook" }];
  const noted = submissionResult("class/ada", [exerciseResult()], { files, notes: ["read so"] });
  await writeHTML(join(root, "noted"), gradedRun([noted, wrong]), course);
  const [, head = ""] = /<th scope="row"[^>]*>(.*?)<\/th>/.exec(await page("noted", "index.html")) ?? [];
  expect(head.replace(/<[^>]*>/g, "")).toBe("ada · 1 file left out · 1 note");
});

test("an earlier report is replaced, other files stay, and a folder of other files is refused", async () => {
  const folder = join(root, "again");
  await writeHTML(folder, gradedRun([right, wrong]), course);
  await writeFile(join(folder, "my-notes.txt"), "mine");
  await writeHTML(folder, gradedRun([right]), course);
  expect(await readdir(join(folder, "submissions"))).toEqual(["1-ada.html"]);
  expect(await readdir(join(folder, "assets"))).not.toContain("plotly.js");
  expect(await readFile(join(folder, "my-notes.txt"), "utf8")).toBe("mine");
  const foreign = await mkdtemp(join(root, "foreign-"));
  await writeFile(join(foreign, "index.html"), "mine");
  await expect(writeHTML(foreign, gradedRun([right]), course)).rejects.toThrow(
    /holds other files and no earlier report/,
  );
  expect(await readFile(join(foreign, "index.html"), "utf8")).toBe("mine");
});

test("a list of files that was edited leads nowhere else", async () => {
  const folder = join(root, "edited");
  await writeHTML(folder, gradedRun([right]), course);
  await writeFile(join(root, "precious.txt"), "mine");
  await writeFile(
    join(folder, ".flowlab-report.json"),
    JSON.stringify({ files: ["../precious.txt", "a/../../precious.txt"] }),
  );
  await writeHTML(folder, gradedRun([right]), course);
  expect(await readFile(join(root, "precious.txt"), "utf8")).toBe("mine");
});

test("says what it was written from, and what a person has done to a check beside what the check gave", async () => {
  const changed = { ...failedCheck, byHand: { points: 1, reason: "the <limit> is right" } };
  const eve = submissionResult("eve", [exerciseResult({ status: "partial", checks: [changed] })], {
    pointsByHand: 1,
  });
  const folder = join(root, "source");
  const record = join(root, "run.jsonl");
  await writeHTML(folder, gradedRun([eve]), course, { rows: [], again: "npm run grade", record });
  expect(await sourceOf(folder)).toEqual({ record, again: "npm run grade" });
  const text = await page("source", "submissions/1-eve.html");
  expect(text).toContain("0 + 1 of 3");
  expect(text).toMatch(/<span class="score">0\/1<.*Changed by a person: 1 of 1 point instead of 0/s);
  expect(text).toContain("the &lt;limit&gt; is right");
  expect(await page("source", "index.html")).toMatch(/class="score">0\+1\/3/);
});

test("points that a person has entered while the report was written are not lost: the earlier report stays", async () => {
  const folder = join(root, "entered");
  const written = { rows: [], again: "", record: join(root, "run.jsonl"), folderDigest: "" };
  await writeHTML(folder, gradedRun([right]), course, written);
  await writeFile(join(folder, TABLE), "submission,exercise,points,key\n");
  await expect(writeHTML(folder, gradedRun([wrong]), course, written)).rejects.toThrow(
    /points-by-hand\.csv has been changed while the report was written/,
  );
  expect(await readdir(join(folder, "submissions"))).toEqual(["1-ada.html"]);
});

test("points of checks that have changed since are marked, on the index and on the page", async () => {
  const stale = submissionResult("class/ada", [exerciseResult({ stale: true })]);
  await writeHTML(join(root, "stale"), gradedRun([stale, right]), course);
  expect(await page("stale", "index.html")).toContain("16.1 (1 answer). With --regrade changed");
  const pages = await Promise.all(
    [1, 2].map((n) => page("stale", `submissions/${n}-ada.html`).catch(() => "")),
  );
  expect(
    pages.filter((text) => text.includes("The checks of this exercise have changed since")),
  ).toHaveLength(1);
});
