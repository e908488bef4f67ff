import { expect, test } from "vitest";
import {
  exerciseResult,
  failedCheck,
  gradedRun,
  passed,
  submissionResult,
} from "../report/result.fixture.ts";
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

const disputed = submissionResult("eve", [
  exerciseResult({ status: "partial", checks: [failedCheck, passed("integrates to one", 2)] }),
]);
const row = (check: string, points: string, remark: string, key = "") =>
  `submission,exercise,check,points,remark,key\neve,16.1,${check},${points},${remark},${key}`;

test("a check's points may be others for a reason, beside what it gave; they stay with its code and verdict", async () => {
  const first = await givePoints(
    gradedRun([disputed]),
    read(row("has the right value", "0.5", "half right")),
    "p",
  );
  expect(first.notes).toEqual([]);
  const eve = await first.run.submission(0);
  expect([eve.points, eve.pointsByHand]).toEqual([2, 0.5]);
  expect(eve.exercises[0]?.checks[0]).toMatchObject({
    ...{ earned: 0, status: "failed" },
    byHand: { points: 0.5, reason: "half right" },
  });
  expect(first.run.summaries[0]?.exercises[0]).toMatchObject({ points: 2, byHand: 0.5 });
  const again = await givePoints(gradedRun([disputed]), read(tableText(first.rows)), "p");
  expect(again.run.summaries[0]?.pointsByHand).toBe(0.5);
  const sources = [{ exerciseId: "16.1", code: "other", origin: "" }];
  const changed = await givePoints(gradedRun([{ ...disputed, sources }]), read(tableText(first.rows)), "p");
  expect([changed.run.summaries[0]?.pointsByHand, changed.notes]).toEqual([
    undefined,
    [expect.stringMatching(/eve, 16\.1: 0\.5 points given to “has the right value” for other code.*waits/)],
  ]);
});

test("a check may lose points by hand, and a row of none that is there is kept and said", async () => {
  const less = await givePoints(
    gradedRun([disputed]),
    read(row("integrates to one", "0", "copied from a friend")),
    "p",
  );
  expect(less.run.summaries[0]).toMatchObject({ points: 2, pointsByHand: -2 });
  const lost = await givePoints(gradedRun([disputed]), read(row("is no check", "1", "so")), "p");
  expect(lost.notes).toEqual([expect.stringMatching(/no such check is in this run.*correct .* check/)]);
  expect(lost.rows).toEqual([expect.objectContaining({ check: "is no check", points: 1, remark: "so" })]);
});

test.each([
  ["without a reason", row("has the right value", "1", " "), /row 2: expected a reason why “has the right/],
  ["more than it has", row("has the right value", "2", "so"), /at most 1 point for “has the right value”/],
])("refuses points for a check: %s", async (_what, text, message) => {
  await expect(async () => givePoints(gradedRun([disputed]), read(text), "points.csv")).rejects.toThrow(
    message,
  );
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

test("names every row that cannot be taken, in one message", async () => {
  const rows = [
    "ada,16.1,good,3,k",
    "bob,16.1,3.5,3,k",
    "bob,16.1,1,3,k",
    "cyd,16.1,2,3,k",
    "dan,16.1,-1,3,k",
  ];
  const message = (() => {
    try {
      read(`submission,exercise,points,of,key\n${rows.join("\n")}`);
    } catch (error) {
      return (error as Error).message.split("\n");
    }
  })();
  expect(message).toEqual([
    expect.stringMatching(/^points\.csv, row 2: expected a number .* got "good"/),
    expect.stringMatching(/^points\.csv, row 3: expected at most 3 points for 16\.1; got 3\.5/),
    expect.stringMatching(/^points\.csv, row 6: expected a number .* got "-1"/),
    expect.stringMatching(/^points\.csv, rows 3 and 4: expected one row for bob and 16\.1; got two/),
  ]);
  const two = "submission,exercise,points,key\nada,16.1,4,k\nbob,16.1,5,k";
  const run = gradedRun([wrote("ada", "t"), wrote("bob", "t")]);
  await expect(givePoints(run, read(two), "p")).rejects.toThrow(
    /^p, row 2: expected at most 3 points .*\np, row 3: expected at most 3 points .*$/,
  );
});

test.each([";", ",", "\t"])("takes a table with Excel's first line, sep=%s", async (sign) => {
  const [row] = (await givePoints(gradedRun([bob]), [], "")).rows;
  const table = (points: string) =>
    [
      ["submission", "exercise", "points", "key"],
      ["'=bob", "16.1", points, row?.key],
    ]
      .map((fields) => fields.join(sign))
      .join("\r\n");
  for (const first of [`sep=${sign}`, `\ufeffSEP=${sign}`, `"sep=${sign}"`]) {
    const { run } = await givePoints(gradedRun([bob]), read(`${first}\r\n${table("1.5")}`), "p");
    expect(run.summaries[0]?.pointsByHand).toBe(1.5);
  }
  // As the spreadsheet counts them, which does not show that line.
  expect(() => read(`sep=${sign}\r\n${table("x")}`)).toThrow(/row 2: expected a number/);
});

test("a text of which nothing can be seen is empty, and one of a single sign is not", async () => {
  const unseen = ["\u200b\u200b", "\u2060\ufeff \n", "\u00ad\u3164\u2800", "\u202e\u202c"];
  const { rows, run } = await givePoints(
    gradedRun([...unseen, "?", "e\u0301"].map((text, i) => wrote(`p${i}`, text))),
    [],
    "",
  );
  expect(rows.map(({ submission }) => submission)).toEqual(["p4", "p5"]);
  expect(run.summaries.map(({ exercises }) => exercises[0]?.manual?.waits)).toEqual([
    false,
    false,
    false,
    false,
    true,
    true,
  ]);
});

test("nothing in the table commands a terminal, and points come back to such a name and text", async () => {
  const run = gradedRun([
    wrote("eve\u001b[2J", "a\u001b]8;;http://x\u0007b\r\nc\u009bd\u202e"),
    wrote("bob", "t"),
  ]);
  const text = await filled(run, (name) => (name === "bob" ? 1 : 2.5));
  expect(text.slice(1)).not.toMatch(/(?![\r\n\t])[\p{Cc}\p{Cf}]/u);
  expect(text).toContain("a⟨ESC⟩]8;;http://x⟨U+0007⟩b\nc⟨U+009B⟩d⟨U+202E⟩");
  const { run: given, notes, rows } = await givePoints(run, read(text), "p");
  expect(given.summaries.map(({ pointsByHand }) => pointsByHand)).toEqual([2.5, 1]);
  expect(notes).toEqual([]);
  expect((await givePoints(run, read(tableText(rows)), "p")).run.summaries[0]?.pointsByHand).toBe(2.5);
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
