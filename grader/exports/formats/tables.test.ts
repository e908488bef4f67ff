import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { needingPython } from "../../../setup/testing/needs.ts";
import { marksOf } from "../../marks/marks.ts";
import { gradedRun } from "../../report/result.fixture.ts";
import { readCells } from "../../tables/cells.ts";
import type { ExportOptions, MergedExport } from "../export.ts";
import { canvas } from "./canvas.ts";
import { ATTACK, marks, options, partly, right, run } from "./class.fixture.ts";
import { csv } from "./csv.ts";
import { moodle } from "./moodle.ts";
import { nbgrader } from "./nbgrader.ts";

const GRADEBOOK = `\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Note,Flows 1 (4711),Flows 2 (4712),Current Score,"Final, Score"\r
    Points Possible,,,,,,5.00,10,(read only),(read only)\r
"Lovelace, Ada",101,s1,ada,"A ""x""",,,7,,\r
"Ross, Bob",,s2,bob,A,'=1,1.5,,,\r
"Young, Cy",103,,,B,,,,,\r
"Dee, Dan",104,s4,dan,B,,2,,,\r
"Hopper, Grace",106,s6,grace,B,,EX,,,\r
"Student, Test",999,,abc,,,,,,`;

const WORKSHEET = `Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments
Participant 4711,Ada Lovelace,ada@x.org,Submitted for grading,-,5.00,Yes,-,-,
Participant 4712,Robert R.,other@x.org,Submitted for grading,1.00,5.00,Yes,"Monday, 2 November 2026, 10:00 AM",-,Good
Participant 4713,Cy Young,cy@x.org,Submitted for grading,,5.00,Yes,-,-,
Participant 4714,Dan Dee,dan@x.org,No submission,,5.00,Yes,-,-,
Participant 4716,Grace Hopper,grace@x.org,No submission,,5.00,No,-,-,
`;

const merge = (format: MergedExport, text: string, more: Partial<ExportOptions> = {}) => {
  const table = readCells(Buffer.from(text), "download.csv");
  const all = { ...options, ...more };
  format.check(table, all);
  const { content, notes } = format.write(marks, all, table);
  return { text: content as string, notes };
};
const first = { column: "Flows 1 (4711)" };

test("Canvas: the marks and nothing else change; what is open, excused or unknown stays and is said", () => {
  const { text, notes } = merge(canvas, GRADEBOOK, first);
  const expected = GRADEBOOK.replace('"A ""x""",,,7', '"A ""x""",,3,7').replace("'=1,1.5,", "'=1,2,");
  expect(text).toBe(expected);
  expect(notes).toEqual([
    expect.stringMatching(/download\.csv has no row for =HYPERLINK/),
    "no mark for Cy Young yet: 16.1: 2 points for its text wait for a person",
    "no mark for Dan Dee yet: 16.1 was not graded: 16.1 could not be graded, by a fault of the grader",
  ]);
});

test("Canvas: semicolons and decimal commas stay, marks that are open go out only where that was asked for", () => {
  const german = `Student;ID;SIS User ID;SIS Login ID;Section;Flows 1 (4711)\nPoints Possible;;;;;10,0\n"Ross, Bob";;;BOB;A;\nYoung, Cy;103;;;A;\n`;
  const { text, notes } = merge(canvas, german, { scale: true, provisional: true });
  expect(text).toBe(german.replace(";A;\nYoung", ";A;4\nYoung").replace("103;;;A;", "103;;;A;6"));
  expect(notes).toContainEqual("Cy Young: 6 so far; 16.1: 2 points for its text wait for a person");
  const halves = merge(canvas, german.replace("10,0", "6,25"), { scale: true });
  expect(halves.text).toContain("BOB;A;2,5\n");
});

test.each<[string, Partial<ExportOptions>, RegExp]>([
  [
    GRADEBOOK,
    {},
    /2 columns could be meant; say which by --column, one of "Flows 1 \(4711\)", "Flows 2 \(4712\)"/,
  ],
  [GRADEBOOK, { column: "4712" }, /row 2, "Flows 2 \(4712\)": expected 5 points at most.*got 10.*--scale/],
  [GRADEBOOK, { column: "Flows 3" }, /--column "Flows 3": 0 columns could be meant/],
  [GRADEBOOK.replace("5.00,10", "(read only),10"), first, /"Flows 1 \(4711\)" is read only/],
  [GRADEBOOK.replace("5.00,", ","), first, /expected 5 in the row "Points Possible".*got ""/],
  [WORKSHEET, {}, /expected Canvas's gradebook, whose first row begins with Student, ID; got "Identifier"/],
])("Canvas: what cannot be merged is refused with the remedy (%#)", (text, more, message) => {
  expect(() => merge(canvas, text, more)).toThrow(message);
});

test("Moodle: grade and comment by Identifier, e-mail or name; a teacher's comment stays; locked rows stay", () => {
  const { text, notes } = merge(moodle, WORKSHEET);
  const lines = text.split("\n");
  expect(lines[1]).toBe(
    "Participant 4711,Ada Lovelace,ada@x.org,Submitted for grading,3,5.00,Yes,-,-,3 of 5 points. 16.1: 3/5.",
  );
  expect(lines[2]).toBe(
    'Participant 4712,Robert R.,other@x.org,Submitted for grading,2,5.00,Yes,"Monday, 2 November 2026, 10:00 AM",-,Good',
  );
  expect(lines.slice(3)).toEqual(WORKSHEET.split("\n").slice(3));
  expect(notes).toEqual([
    expect.stringContaining("no row for =HYPERLINK"),
    expect.stringContaining("no mark for Cy Young yet"),
    expect.stringContaining("no mark for Dan Dee yet"),
    "download.csv, row 6: Grace Hopper's grade cannot be changed in Moodle, and stays",
    "download.csv: had another grade before, which this one replaces: Bob Ross",
  ]);
});

test.each<[string, RegExp]>([
  [
    WORKSHEET.replace("Identifier", "Kennung"),
    /there is no Identifier\. Download it anew: .*with Moodle in English/,
  ],
  [
    WORKSHEET.replaceAll("5.00", "Satisfactory"),
    /row 2, "Maximum Grade": expected a number of points; got "Satisfactory"/,
  ],
  [WORKSHEET.replaceAll("5.00", "100.00"), /row 2, "Maximum Grade": expected 5 points at most.*got 100/],
])("Moodle: what cannot be merged is refused with the remedy (%#)", (text, message) => {
  expect(() => merge(moodle, text)).toThrow(message);
});

test("Moodle: scaled marks are exact to two decimals, and said to be rounded where they are not", () => {
  const { text, notes } = merge(moodle, WORKSHEET.replaceAll("5.00", "7,00").replaceAll(",7,00", ',"7,00"'), {
    scale: true,
    provisional: true,
  });
  expect(text).toContain('Submitted for grading,"4,2","7,00"');
  const thirds = marksOf(gradedRun([right, partly], { exercises: [{ id: "16.1", maxPoints: 3 }] }));
  const table = readCells(Buffer.from(WORKSHEET.replaceAll("5.00", "10.00")), "w.csv");
  expect(moodle.write(thirds, { ...options, scale: true }, table).content).toContain(",6.67,10.00,");
  expect(notes.join()).toContain("so far");
});

test("our own table: a row for everybody, no mark where none is certain, no formula anywhere", () => {
  const { content } = csv.write(marks, options, run) as { content: string };
  const table = readCells(Buffer.from(content), "marks.csv");
  const rows = table.rows.map(({ cells }) => cells.map(({ value }) => value));
  expect(table.head.slice(0, 3)).toEqual(["name", "id", "login"]);
  expect(rows.map((row) => [row[1], ...row.slice(6, 11), row[12]])).toEqual([
    ["s1", "graded", "3", "5", "3", "5", "3"],
    ["s2", "graded", "2", "5", "2", "5", "2"],
    ["s3", "open", "3", "5", "", "5", "3"],
    ["s4", "open", "0", "5", "", "5", ""],
    ["s5", "open", "0", "5", "", "5", "0"],
    ["s6", "nothing handed in", "", "5", "", "5", ""],
  ]);
  expect(rows[4]?.[0]).toBe(`'${ATTACK}`);
  for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+@\t\r\n]|^-(?!\d)/);
});

test("nbgrader's columns; what is open is empty, and not zero as there", () => {
  const { content, notes } = nbgrader.write(marks, options, run) as { content: string; notes: string[] };
  const [head, ...rows] = content.trimEnd().split("\n");
  expect(head).toBe(
    "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score",
  );
  expect(rows[0]).toBe("Flows 1,,,s1,Lovelace,Ada,ada@x.org,3,0,3,5");
  expect(rows[2]).toBe("Flows 1,,,s3,Young,Cy,cy@x.org,,,,5");
  expect(rows.at(-1)).toBe("Flows 1,,,s6,Hopper,Grace,grace@x.org,0,0,0,5");
  expect(notes).toContain("0 for who handed in nothing, as nbgrader itself gives: 1 learner");
});

/** The platforms' own rules, by another language's reader of CSV. */
const IMPORTERS = `
import csv, io, json, sys
given = json.load(sys.stdin)
def rows(text): return list(csv.reader(io.StringIO(text.lstrip('\\ufeff'), newline='')))
def canvas(text):
    head, points, *students = rows(text)
    at = head.index('Flows 1 (4711)')
    assert 'Student' in head[0] and 'ID' in head[1] and 'Section' in head
    assert 'Points Possible' in points[0] and 'read only' not in points[at]
    return {s[1] or s[3]: s[at].strip() for s in students if s[at].strip()}
def moodle(text):
    head, *people = rows(text)
    i, g, m, c = (head.index(n) for n in ('Identifier', 'Grade', 'Maximum Grade', 'Feedback comments'))
    assert 'Last modified (grade)' in head
    found = {}
    for p in people:
        number = int(p[i][len('Participant '):])
        try: grade = float(p[g].replace(',', '.'))
        except ValueError: continue
        assert 0 <= grade <= float(p[m])
        found[number] = [grade, p[c]]
    return found
print(json.dumps({'canvas': canvas(given['canvas']), 'moodle': moodle(given['moodle']), 'csv': rows(given['csv']), 'nbgrader': list(csv.DictReader(io.StringIO(given['nbgrader'], newline='')))}))
`;

needingPython().test("Python's csv module finds the marks where the platforms' importers look", () => {
  const given = {
    canvas: merge(canvas, GRADEBOOK, first).text,
    moodle: merge(moodle, WORKSHEET).text,
    csv: (csv.write(marks, options, run) as { content: string }).content,
    nbgrader: (nbgrader.write(marks, options, run) as { content: string }).content,
  };
  const read = JSON.parse(
    execFileSync("python3", ["-c", IMPORTERS], { input: JSON.stringify(given), encoding: "utf8" }),
  );
  expect(read.canvas).toEqual({ "101": "3", bob: "2", "104": "2", "106": "EX" });
  expect(read.moodle).toEqual({ "4711": [3, "3 of 5 points. 16.1: 3/5."], "4712": [2, "Good"] });
  expect(read.csv.map((row: string[]) => row.length)).toEqual(Array(7).fill(13));
  expect(read.nbgrader[1]).toMatchObject({ student_id: "s2", score: "2", max_score: "5" });
});
