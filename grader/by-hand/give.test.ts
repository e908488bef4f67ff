import { expect, test } from "vitest";
import { exerciseResult, gradedRun, submissionResult } from "../report/result.fixture.ts";
import { givePoints } from "./give.ts";
import { readTable, tableText } from "./table.ts";

const read = (text: string) => readTable(new TextEncoder().encode(text), "points.csv");
const wrote = (name: string, answer: string) =>
  submissionResult(name, [exerciseResult({ manual: { answer, maxPoints: 3, criteria: [] } })], {
    maxPoints: 6,
  });
/** The table of a run with a value in each row's column `points`. */
async function filled(run: ReturnType<typeof gradedRun>, value: (name: string) => number | undefined) {
  const { rows } = await givePoints(run, [], "");
  return tableText(
    rows.map((row) => {
      const points = value(row.submission);
      return points === undefined ? row : { ...row, points };
    }),
  );
}
const HOSTILE = '=HYPERLINK("http://x";"y"),\n"1,5";é\u202e';
const ada = wrote("ada, née é", HOSTILE);
const bob = wrote("=bob", "No, as …");
const cyd = wrote("cyd", " ");

test("each text has a row, and its points come back to it, apart from those of the checks", async () => {
  const run = gradedRun([ada, bob, cyd]);
  const table = await filled(run, (name) => (name === "=bob" ? 0 : 2.5));
  expect(read(table).map(({ submission }) => submission)).toEqual(["ada, née é", "=bob"]);
  const { run: given, notes } = await givePoints(run, read(table), "points.csv");
  expect(notes).toEqual([]);
  expect(given.summaries.map(({ points, pointsByHand }) => [points, pointsByHand])).toEqual([
    [3, 2.5],
    [3, 0],
    [3, undefined],
  ]);
  expect(given.summaries.map(({ exercises }) => exercises[0]?.manual)).toEqual([
    { maxPoints: 3, waits: false, given: 2.5 },
    { maxPoints: 3, waits: false, given: 0 },
    { maxPoints: 3, waits: false },
  ]);
  expect((await given.submission(0)).exercises[0]?.points).toBe(3);
});

test("spreadsheets may write it with semicolons, a decimal comma and without its first mark", async () => {
  const run = gradedRun([bob]);
  const [row] = (await givePoints(run, [], "")).rows;
  const text = `submission;exercise;points;of;remark;text;key\r\n'=bob;16.1;1,5;3;;"No, as …";${row?.key}\r\n;;;;;;\r\n`;
  for (const table of [
    text,
    text.replaceAll("\r\n", "\r"),
    text.replaceAll(";", "\t"),
    text.replaceAll(";", "|"),
  ])
    expect((await givePoints(run, read(table), "p")).run.summaries[0]?.pointsByHand).toBe(1.5);
});

test("every name comes back as it is, and no field is a formula, whatever lines follow it", async () => {
  const names = [
    "ada",
    " ada",
    "ada ",
    "=bob",
    "'=bob",
    "''=bob",
    "=c\nd",
    "\te",
    "f\tg;h,i",
    '"j"',
    "'k",
    "",
  ];
  const run = gradedRun(
    names.map((name, i) => wrote(name, ["=1+1\n2", "@SUM(1)\r\n2", "3;4,5\t6"][i % 3] as string)),
  );
  const text = await filled(run, (name) => names.indexOf(name) / 4);
  expect(text.match(/(?:^|,)"?[=+\-@\t]/gm)).toBeNull();
  const { run: given, notes } = await givePoints(run, read(text), "p");
  expect(notes).toEqual([]);
  expect(given.summaries.map(({ pointsByHand }) => pointsByHand)).toEqual(names.map((_, i) => i / 4));
});

test("a spreadsheet may have made a date of an exercise or taken a name's spaces: the key tells its text, and only one", async () => {
  const run = gradedRun([wrote("ada ", "one"), wrote("bob", "two"), wrote("cyd", "three")]);
  const keys = (await givePoints(run, [], "")).rows.map(({ key }) => key);
  const table = `submission,exercise,points,key\nada,16.1,1,${keys[0]}\nbob,16. Jan,2,${keys[1]}\ncyd,16.1,3,${keys[2]}\ncyd,other,1,${keys[2]}`;
  const { run: given, notes } = await givePoints(run, read(table), "p");
  expect(given.summaries.map(({ pointsByHand }) => pointsByHand)).toEqual([1, 2, 3]);
  expect(notes).toEqual([expect.stringMatching(/row 5: 1 point of cyd for other not counted/)]);
});

test("points of a text that has changed wait again, and those of somebody else are kept: both are said", async () => {
  const table = await filled(gradedRun([ada, bob]), () => 2);
  const later = gradedRun([wrote("ada, née é", "another text")]);
  const { run, rows, notes } = await givePoints(later, read(table), "points.csv");
  expect(run.summaries[0]?.pointsByHand).toBeUndefined();
  expect(notes).toEqual([
    expect.stringMatching(/row 2: ada, née é, 16\.1: 2 points given to another text.*waits again/),
    expect.stringMatching(/row 3: 2 points of =bob for 16\.1 not counted/),
  ]);
  expect(rows.map(({ submission, points }) => [submission, points])).toEqual([
    ["ada, née é", undefined],
    ["=bob", 2],
  ]);
  const back = await givePoints(gradedRun([ada, bob]), read(tableText(rows)), "points.csv");
  expect(back.run.summaries.map(({ pointsByHand }) => pointsByHand)).toEqual([undefined, 2]);
});

test("what a person writes comes back with the points, to the learner too, and outlives a changed text", async () => {
  const [row] = (await givePoints(gradedRun([bob]), [], "")).rows;
  const table = `submission,exercise,points,remark,key,Mine\n'=bob,16.1,2,"=Say, why?\nWhere?",${row?.key},seen`;
  const first = await givePoints(gradedRun([bob]), read(table), "p");
  expect((await first.run.submission(0)).exercises[0]?.manual).toMatchObject({
    given: 2,
    remark: "=Say, why?\nWhere?",
  });
  const changed = gradedRun([wrote("=bob", "another text")]);
  const second = await givePoints(changed, read(tableText(first.rows)), "p");
  expect((await second.run.submission(0)).exercises[0]?.manual?.remark).toBeUndefined();
  const third = await givePoints(changed, read(tableText(second.rows)), "p");
  expect(third.notes).toEqual([]);
  expect(third.rows).toEqual([
    expect.objectContaining({
      remark: "=Say, why?\nWhere?",
      note: "2 points given to another text; it has changed since",
      others: { Mine: "seen" },
    }),
  ]);
  const away = await givePoints(gradedRun([ada]), read(tableText(third.rows)), "p");
  expect(away.rows.map(({ submission, remark }) => [submission, remark])).toEqual([
    ["ada, née é", ""],
    ["=bob", "=Say, why?\nWhere?"],
  ]);
});

test.each([
  ["no number", "bob,16.1,two,k", /points\.csv, row 2: expected a number .* got "two"/],
  ["below 0", "bob,16.1,-1,k", /got "-1"/],
  ["too many", "bob,16.1,3.5,k", /row 2: expected at most 3 points for 16\.1; got 3\.5/],
  ["two rows", "bob,16.1,1,k\nbob,16.1,2,k", /rows 2 and 3: expected one row for bob and 16\.1; got two/],
])("refuses %s", async (_what, rows, message) => {
  const text = `submission,exercise,points,key\n${rows}`;
  await expect(async () =>
    givePoints(gradedRun([wrote("bob", "t")]), read(text), "points.csv"),
  ).rejects.toThrow(message);
});

test("refuses a column that stands there twice, and a quote that would take other rows with it", () => {
  expect(() => read("submission,exercise,points,key,Points\nada,16.1,2,k,")).toThrow(
    /two that are called points/,
  );
  expect(() => read('submission,exercise,points,key\nada,16.1,2,"k\nbob,16.1,1,k')).toThrow(
    /row 2: expected a second quote/,
  );
});

test("refuses a table without its columns, and one in another encoding", () => {
  expect(() => read("name,points\nada,2")).toThrow(/there is no submission, no exercise, no key/);
  expect(() => readTable(new Uint8Array([0xe9, 0x0a]), "points.csv")).toThrow(/expected text in UTF-8/);
});
