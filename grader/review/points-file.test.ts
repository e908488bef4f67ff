import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { givePoints } from "../by-hand/give.ts";
import { readTable, TABLE } from "../by-hand/table.ts";
import { writeHTML } from "../report/html.ts";
import { course, type Reviewed, reviewOf } from "./review.fixture.ts";

const NAMES = ["ada", "bob", "cyd", "dan", "eve", "fay", "gus", "hal"];
let reviewed: Reviewed;
beforeAll(async () => {
  reviewed = await reviewOf(Object.fromEntries(NAMES.map((name) => [name, `As ${name} says.`])));
});
afterAll(() => reviewed.remove());

const table = () => join(reviewed.report.folder, TABLE);
const rows = async () => readTable(await readFile(table()), TABLE);
const rowOf = async (name: string, check = "") =>
  (await rows()).find((row) => row.submission === `class/${name}` && row.check === check);
const entry = async (id: number, i = 0) => (await reviewed.desk.answer(id))!.entries[i]!;
const FAILED = "has the right value";

test("what is saved is in the table at once, and what a spreadsheet puts there is on the page", async () => {
  const { version } = await entry(0);
  const saved = await reviewed.desk.save(0, "", { points: 2.5, remark: "=Why?\nWhere?", version });
  expect(saved).toMatchObject({ saved: true, entry: { points: 2.5, remark: "=Why?\nWhere?" } });
  expect(await rowOf("ada")).toMatchObject({
    points: 2.5,
    remark: "=Why?\nWhere?",
    of: 3,
    text: "As ada says.",
  });
  // What would not show itself is kept so that it does, and the next change is not taken for somebody else's.
  const odd = await reviewed.desk.save(0, "", {
    ...{ points: 2.5, remark: "a\u202e\rb", version: saved?.entry.version ?? "" },
  });
  expect(odd?.entry.remark).toBe("a⟨U+202E⟩\nb");
  expect((await entry(0)).version).toBe(odd?.entry.version);
  const text = await readFile(table(), "utf8");
  const own = text
    .replace(/key\r\n/, "key,Mine\r\n")
    .replace(/(class\/bob,16\.11,)(.*)\r\n/, '$1"1,5"$2,seen\r\n');
  await writeFile(table(), own);
  expect(await entry(1)).toMatchObject({ points: 1.5 });
  expect((await reviewed.desk.list()).answers.map(({ text }) => text).slice(0, 3)).toEqual([
    "given",
    "given",
    "waits",
  ]);
  const { version: second } = await entry(1);
  await reviewed.desk.save(1, "", { points: 1, remark: "", version: second });
  expect(await rowOf("bob")).toMatchObject({ points: 1, others: { Mine: "seen" } });
});

test("the second of two who have seen the same is told what the first has saved, and may then save hers", async () => {
  const { version } = await entry(2);
  expect((await reviewed.desk.save(2, "", { points: 3, remark: "first", version }))?.saved).toBe(true);
  const refused = await reviewed.desk.save(2, "", { points: 1, remark: "second", version });
  expect(refused).toMatchObject({ saved: false, entry: { points: 3, remark: "first" } });
  expect(await rowOf("cyd")).toMatchObject({ points: 3, remark: "first" });
  const seen = { points: 1, remark: "second", version: refused!.entry.version };
  expect((await reviewed.desk.save(2, "", seen))?.saved).toBe(true);
  expect(await rowOf("cyd")).toMatchObject({ points: 1, remark: "second" });
});

test("a check's points get a row of their own, with a reason or not at all", async () => {
  const { version } = await entry(3, 2);
  await expect(reviewed.desk.save(3, FAILED, { points: 1, remark: " ", version })).rejects.toThrow(
    /a reason/,
  );
  await expect(reviewed.desk.save(3, FAILED, { points: 2, remark: "so", version })).rejects.toThrow(
    /from 0 to 1/,
  );
  await expect(reviewed.desk.save(3, FAILED, { points: Number.NaN, remark: "so", version })).rejects.toThrow(
    /got NaN/,
  );
  expect(
    (await reviewed.desk.save(3, FAILED, { points: 1, remark: "the limit is right", version }))?.saved,
  ).toBe(true);
  expect(await rowOf("dan", FAILED)).toMatchObject({ points: 1, of: 1, remark: "the limit is right" });
  expect((await reviewed.desk.list()).answers[3]).toMatchObject({ changed: 1, text: "waits" });
  expect(await reviewed.desk.save(3, "no such check", { remark: "", version })).toBeUndefined();
  expect(await reviewed.desk.save(99, "", { remark: "", version })).toBeUndefined();
});

test("words used before on the same exercise come first by how often", async () => {
  for (const id of [4, 5, 6]) {
    const { version } = await entry(id);
    await reviewed.desk.save(id, "", {
      points: 1,
      remark: id === 6 ? "Why?" : "Says no reason.\nWhy?",
      version,
    });
  }
  expect((await reviewed.desk.answer(7))?.banks.text.slice(0, 2)).toEqual(["Why?", "Says no reason."]);
});

test("processes that save at the same time lose nothing of each other", async () => {
  const { folder, record } = reviewed.report;
  // Each as a review of its own would: from the record's subjects, through the same lock.
  const code = (from: number) => `
    import { saveChange } from ${JSON.stringify(join(import.meta.dirname, "points-file.ts"))};
    for (let i = ${from}; i < ${from} + 12; i++) {
      const subject = { index: 0, submission: "class/p" + i, exercise: "16.11", check: "", text: "t", key: "t" + i, best: 3, earned: 0 };
      const first = await saveChange({ folder: ${JSON.stringify(folder)}, record: ${JSON.stringify(record)}, again: "" }, [subject], subject, { points: 9 % 4, remark: "r" + i, version: "none" });
      const kept = await saveChange({ folder: ${JSON.stringify(folder)}, record: ${JSON.stringify(record)}, again: "" }, [subject], subject, { points: i % 4, remark: "r" + i, version: first.entry.version });
      if (first.saved || !kept.saved) throw new Error("row " + i);
    }`;
  const run = (from: number) =>
    promisify(execFile)(process.execPath, ["--input-type=module", "-e", code(from)]);
  await Promise.all([run(0), run(100)]);
  const found = (await rows()).filter(({ submission }) => submission.startsWith("class/p"));
  expect(found.map(({ remark }) => remark).sort()).toEqual(
    [0, 100].flatMap((from) => Array.from({ length: 12 }, (_, i) => `r${from + i}`)).sort(),
  );
  expect(await rowOf("ada")).toMatchObject({ points: 2.5 });
}, 60_000);

test("a report that has been replaced by that of another run takes no points of this one", async () => {
  const { version } = await entry(7);
  const other = { rows: [], again: "", record: join(reviewed.report.folder, "..", "other.jsonl") };
  await writeHTML(reviewed.report.folder, reviewed.run, course, other);
  await expect(reviewed.desk.save(7, "", { points: 1, remark: "", version })).rejects.toThrow(
    /replaced by that of another run/,
  );
});

test("who gave it, and for which criteria, is kept; of an old table, and of columns of one's own, nothing is lost", async () => {
  const signed = await reviewOf({ ada: "As ada says.", bob: "As bob says." }, false, "Dr. Reed");
  try {
    const path = join(signed.report.folder, TABLE);
    // As earlier tables were, with a column of somebody's own that is now called like one of the table's.
    const old = (await readFile(path, "utf8")).replace(",criteria,reviewer,", ",").replaceAll(",,,,", ",,");
    await writeFile(path, old.replace(/key\r\n/, "key,Criteria\r\n").replace(/(bob.*)\r\n/, "$1,see me\r\n"));
    const of = async (id: number) => (await signed.desk.answer(id))!.entries[0]!;
    expect([(await of(0)).criteria, (await of(1)).criteria]).toEqual([[], []]);
    const { version } = await of(0);
    const saved = await signed.desk.save(0, "", { points: 2, remark: "", criteria: [1, 3], version });
    expect(saved).toMatchObject({ saved: true, entry: { criteria: [1, 3], reviewer: "Dr. Reed" } });
    const [ada, bob] = readTable(await readFile(path), TABLE);
    expect(ada).toMatchObject({ points: 2, criteria: "1 3", reviewer: "Dr. Reed" });
    expect(bob?.criteria).toBe("see me");
    // Other ticks for the same points are another entry, which nobody writes over unseen.
    const seen = { points: 2, remark: "", version: saved?.entry.version ?? "" };
    expect(await signed.desk.save(0, "", { ...seen, criteria: [2] })).toMatchObject({ saved: true });
    const other = await signed.desk.save(0, "", { ...seen, criteria: [1, 3] });
    expect(other).toMatchObject({ saved: false, entry: { criteria: [2], reviewer: "Dr. Reed" } });
    const { rows } = await givePoints(signed.run, readTable(await readFile(path), TABLE), path);
    expect(rows[0]).toMatchObject({ criteria: "2", reviewer: "Dr. Reed" });
  } finally {
    await signed.remove();
  }
});
