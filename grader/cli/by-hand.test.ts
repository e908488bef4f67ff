import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TABLE } from "../by-hand/table.ts";
import { gradeFolder } from "./grade.fixture.ts";

const { grade, put, read, results } = gradeFolder();
const SOLUTION = join(import.meta.dirname, "../../solutions/09-glow/16-11-reverse-kl.ts");
const STUB = join(import.meta.dirname, "../../exercises/09-glow/16-11-reverse-kl.ts");

test("a person's points: from the report's table into the reports, kept while the text is the same", async () => {
  const solution = await readFile(SOLUTION, "utf8");
  await put("class/ada/16-11-reverse-kl.ts", solution);
  await put("class/bob/16-11-reverse-kl.ts", await readFile(STUB, "utf8"));
  const first = await grade(["class", "--html", "report", "--record", "first.jsonl", "--trust"]);
  expect(first.out).toMatch(/ada +12\/15 ✓\*[\s\S]*bob +0\/15 ○ /);
  const table = await read(join("report", TABLE));
  expect(table.match(/class\/\w+/g)).toEqual(["class/ada"]);
  expect(await read("report/index.html")).toContain(`href="${TABLE}"`);

  await put(join("report", TABLE), table.replace("16.11,,", '16.11,"2,5",'));
  const reports = ["--html", "report", "--json", "report.json"];
  const given = await grade(["--from-record", "first.jsonl", ...reports]);
  expect([given.code, given.out]).toEqual([0, expect.stringMatching(/ada +12\+2\.5\/15 ✓ +14\.5\/15/)]);
  const [ada] = (await results("report.json")).submissions;
  expect([ada?.points, ada?.pointsByHand, ada?.exercises[0]?.manual?.given]).toEqual([12, 2.5, 2.5]);
  expect(await read("report/submissions/1-ada.html")).toContain("Given by a person: 2.5 of 3 points");

  const again = await grade(["class", "--html", "report", "--record", "second.jsonl", "--trust"]);
  expect(again.out).toMatch(/ada +12\+2\.5\/15/);
  await put("class/ada/16-11-reverse-kl.ts", solution.replace(/(reasoning\(\)[\s\S]*?")/, "$1Rewritten. "));
  const changed = await grade(["class", "--html", "report", "--record", "third.jsonl", "--trust"]);
  expect(changed.out).toMatch(/ada +12\/15 ✓\*/);
  expect(changed.err).toMatch(/row 2: class\/ada, 16\.11: 2\.5 points given to another text.*waits again/);
});

test("a table that cannot be taken is refused before anything is graded, and none is lost for another", async () => {
  await put("empty.csv", "submission,exercise,points,key\n");
  await put("kept2/.flowlab-report.json", "{}");
  await put(
    join("kept2", TABLE),
    "submission,exercise,points,key\nclass/ada,16.11,2,t1\nclass/bob,16.11,1,t2\n",
  );
  const lost = await grade(["--from-record", "first.jsonl", "--html", "kept2", "--points", "empty.csv"]);
  expect([lost.code, lost.err]).toEqual([
    2,
    expect.stringMatching(/row 2: holds 2 points of class\/ada.*\n.*row 3: holds 1 point of class\/bob/),
  ]);
  await put("bad.csv", "submission,exercise,points,key\nclass/ada,16.11,good,t1\n");
  const bad = await grade(["class", "--points", "bad.csv", "--record", "never.jsonl", "--trust"]);
  expect([bad.code, bad.err]).toEqual([
    2,
    expect.stringMatching(/bad\.csv, row 2: expected a number .*"good"/),
  ]);
  await expect(read("never.jsonl")).rejects.toThrow();
  const none = await grade(["--from-record", "first.jsonl", "--points", "nowhere.csv"]);
  expect([none.code, none.err]).toEqual([2, expect.stringContaining("there is no such file")]);
});
