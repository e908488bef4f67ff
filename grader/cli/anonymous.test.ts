/** Marking without names, by the real command line: what reviewers get, and what comes back. */

import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TABLE } from "../by-hand/table.ts";
import { course } from "../course.ts";
import { readRecord } from "../record/read.ts";
import { openDesk } from "../review/desk.ts";
import { findReport } from "../review/find-report.ts";
import { zip } from "../submissions/files/archive.fixture.ts";
import { gradeFolder } from "./grade.fixture.ts";

const { grade, put, read, root } = gradeFolder();
const SOLUTION = join(import.meta.dirname, "../../solutions/09-glow/16-11-reverse-kl.ts");
const ROSTER = `id,name,login,email
s1001,Ada Lovelace,alove,ada@x.org
s1002,Jörg Müller,jmull,joerg@x.org
`;
const NAMES = /lovelace|alove|ada@|s1001|jörg|müller|jmull|joerg|s1002/i;
const WHOLE = ["--roster", "roster.csv", "--seed", "anonymous", "--trust"];

async function everyFile(folder: string): Promise<[string, string][]> {
  const entries = await readdir(join(root(), folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile() && !/\.woff2$|plotly/.test(one.name));
  return Promise.all(
    files.map(async (one) => {
      const path = join(one.parentPath, one.name);
      return [path.slice(root().length), await readFile(path, "utf8")] as [string, string];
    }),
  );
}

test("reports, table and review have pseudonyms, the same in the next run, and marks find their learners", async () => {
  const code = await readFile(SOLUTION, "utf8");
  const entry = (who: string) => ({
    name: `${who}_assignsubmission_file/${who.split(" ")[1]?.toLowerCase()} 16-11-reverse-kl.ts`,
    content: `// ${who}, s1001, alove\n${code}`,
  });
  await put("week.zip", zip([entry("Ada Lovelace_4701"), entry("Jörg Müller_4702")]));
  await put("roster.csv", ROSTER);
  const reports = ["--html", "out/report", "--json", "out/report.json", "--anonymous"];
  const first = await grade([
    "week.zip",
    ...WHOLE,
    ...reports,
    "--record",
    "first.jsonl",
    "--export",
    "csv=marks.csv",
  ]);
  expect([first.code, first.err]).toEqual([0, expect.stringContaining("who is who is in")]);
  expect(first.out).toMatch(/Person \w{4}-\w{4} +12\/15/);
  for (const [path, text] of [
    ...(await everyFile("out/report")),
    ["report.json", await read("out/report.json")],
  ])
    expect([path, NAMES.exec(`${path} ${text}`)?.[0]]).toEqual([path, undefined]);
  const known = JSON.parse(await read("out/pseudonyms.json"));
  const [[ada = ""] = []] = Object.entries(known.people).filter(
    ([, one]) => (one as { id: string }).id === "s1001",
  );
  expect(ada).toMatch(/^Person /);
  if (process.platform !== "win32")
    expect((await stat(join(root(), "out/pseudonyms.json"))).mode & 0o777).toBe(0o600);

  // The review reads the report alone.
  const report = await findReport(join(root(), "out/report"));
  const run = await readRecord(report.record);
  const desk = await openDesk(report, run, { course, anonymous: false });
  const { answers } = await desk.list();
  expect(answers.map(({ who }) => who)).toEqual(Object.keys(known.people).sort());
  const id = answers.findIndex(({ who }) => who === ada);
  const shown = await desk.answer(id);
  expect(JSON.stringify(shown)).not.toMatch(NAMES);
  await desk.save(id, "", { points: 2, remark: "Good.", version: shown?.entries[0]?.version ?? "" });
  await run.close();
  expect(await read(`out/report/${TABLE}`)).toContain(`${ada},16.11,2,3`);

  const again = await grade([
    "--from-record",
    "first.jsonl",
    ...WHOLE.slice(0, 2),
    ...reports,
    "--export",
    "csv=marks.csv",
    "--provisional",
  ]);
  expect(again.err).not.toContain("not counted");
  const marks = (await read("marks.csv")).split("\r\n");
  expect(marks.find((line) => line.includes("Ada Lovelace"))).toMatch(/14/);
  expect(marks.find((line) => line.includes("Müller"))).not.toMatch(/14/);

  const next = await grade([
    "week.zip",
    ...WHOLE,
    "--html",
    "out/next",
    "--anonymous",
    "--record",
    "second.jsonl",
  ]);
  expect(next.out).toContain(ada);
  const elsewhere = await grade([
    "--from-record",
    "first.jsonl",
    ...WHOLE.slice(0, 2),
    "--html",
    "other/report",
    "--anonymous",
  ]);
  expect(elsewhere.out).not.toContain(ada);
});

test("who is who does not lie in the report, and a damaged file is refused", async () => {
  const inside = ["--html", "out/report", "--anonymous", "--pseudonyms", "out/report/who.json"];
  const refused = await grade(["--from-record", "first.jsonl", ...inside]);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("would lie in the report")]);
  await put("out/pseudonyms.json", "{}");
  const damaged = await grade(["--from-record", "first.jsonl", "--html", "out/report", "--anonymous"]);
  expect([damaged.code, damaged.err]).toEqual([2, expect.stringContaining("is not a file of pseudonyms")]);
});
