/** The whole way of an instructor, by the real command line: a class as three platforms give it, graded, marked, and handed back. */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gradeFolder, RIGHT, WRONG } from "../cli/grade.fixture.ts";
import { zip } from "../submissions/files/archive.fixture.ts";
import { openArchive } from "../submissions/files/archive.ts";
import { readCells } from "../tables/cells.ts";

const { grade, put, read, results, root } = gradeFolder();
const STUB =
  '// exercise: 16.1\nexport function density(x: number): number {\n  throw new Error("Not yet solved");\n}';

interface Person {
  readonly first: string;
  readonly last: string;
  readonly code: string;
  /** Days after the deadline, begun. */
  readonly late: number;
}

const NAMES = [
  ...["Ada Lovelace", "Jörg Müller", "Łukasz Groß", "Anna-Lena Ö'Neill", "Vincent van Gogh", "Grace Hopper"],
  ...[
    "Bo Li",
    "Chloé Dubois",
    "María José García",
    "Søren Åberg",
    "Emmy Noether",
    "Alan Turing",
    "Mary Shaw",
  ],
  ...[
    "Ivan Petrov",
    "Yuki Tanaka",
    "Omar Haddad",
    "Nina Simone",
    "Carl Gauß",
    "Sofia Kowalewska",
    "Paul Erdős",
  ],
];
const people = NAMES.map((name, i): Person => {
  const at = name.indexOf(" ");
  const code = i === 3 ? WRONG : i % 7 === 5 ? STUB : RIGHT;
  return { first: name.slice(0, at), last: name.slice(at + 1), code, late: i % 9 === 4 ? 1 : 0 };
});
const id = (i: number) => `s${100 + i}`;
const nameOf = ({ first, last }: Person) => `${first} ${last}`;
const squash = ({ first, last }: Person) => `${last}${first}`.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
const pointsOf = ({ code }: Person) => (code === RIGHT ? 3 : code === WRONG ? 1 : 0);
/** By the rules below: a tenth off for a day, and for somebody with an extension nothing. */
const markOf = (person: Person, i: number) =>
  String(person.late > 0 && i !== 4 ? (pointsOf(person) * 9) / 10 : pointsOf(person));

const ROSTER = [
  "id,name,email",
  ...people.map((one, i) => `${id(i)},"${one.last}, ${one.first}",${id(i)}@x.org`),
  "s999,Nobody Here,n@x.org",
].join("\r\n");
const RULES = `timezone: Europe/Berlin
due: 2026-11-10 23:59
late: { per-day: 10%, unknown: 1 day }
extensions: [{ who: s104, later: 3 days }]
`;
const late = (days: number) =>
  days > 0 ? "Wednesday, 11 November 2026, 10:00 AM" : "Tuesday, 10 November 2026, 10:00 AM";

async function gradeClass(
  layout: string,
  entries: readonly { readonly name: string; readonly content: string }[],
  more: readonly string[],
) {
  await put(`${layout}.zip`, zip(entries));
  await put("roster.csv", ROSTER);
  await put("course.yaml", RULES);
  const files = [
    "--record",
    `${layout}.jsonl`,
    "--json",
    `${layout}.json`,
    "--html",
    layout,
    "--export",
    `csv=${layout}.csv`,
  ];
  const options = ["--roster", "roster.csv", "--course", "course.yaml", ...files, ...more];
  return { graded: await grade([`${layout}.zip`, "--trust", ...options]), options };
}

/** Everybody's mark in our own table, by her number. */
async function marksIn(path: string): Promise<Map<string, string>> {
  const { head, rows } = readCells(Buffer.from(await read(path)), path);
  const [who, mark] = [head.indexOf("id"), head.indexOf("mark")];
  return new Map(rows.map(({ cells }) => [cells[who]?.value ?? "", cells[mark]?.value ?? ""]));
}
const expected = new Map([
  ...people.map((one, i): [string, string] => [id(i), markOf(one, i)]),
  ["s999", ""],
]);

async function namesIn(path: string): Promise<string[]> {
  const tree = await openArchive(join(root(), path), true);
  await tree.close?.();
  return tree.leaves.map((leaf) => leaf.path);
}

test("Moodle: its worksheet tells the times and takes the marks, its folders the feedback", async () => {
  const head =
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments";
  const row = (one: Person, i: number) =>
    `Participant ${4700 + i},${nameOf(one)},hidden@x.org,Submitted for grading,,3.00,Yes,"${late(one.late)}",-,`;
  await put("worksheet.csv", [head, ...people.map(row), ""].join("\n"));
  const entries = people.map((one, i) => ({
    name: `${nameOf(one)}_${4700 + i}_assignsubmission_file/16-1-square.ts`,
    content: one.code,
  }));
  // The worksheet's times are found by the numbers of the folders.
  const merged = [
    "--times",
    "worksheet.csv",
    "--merge",
    "moodle=worksheet.csv",
    "--export",
    "moodle=upload.csv",
  ];
  const { graded, options } = await gradeClass("moodle", entries, [...merged, "--feedback", "feedback.zip"]);
  expect([graded.code, graded.err]).toEqual([
    0,
    expect.stringContaining(
      "roster.csv: 21 learners, 20 with a submission; 20 submissions, 20 with a learner",
    ),
  ]);
  expect(graded.err).toMatch(/handed in nothing: Nobody Here\n/);
  expect(await marksIn("moodle.csv")).toEqual(expected);
  const lines = (await read("upload.csv")).split("\n");
  for (const [i, one] of people.entries())
    expect(lines[i + 1]).toMatch(
      new RegExp(
        `^Participant ${4700 + i},.*,Submitted for grading,${markOf(one, i).replace(".", "\\.")},3\\.00,Yes,".*",-,"?${pointsOf(one)} of 3 points`,
      ),
    );
  expect((await namesIn("feedback.zip")).toSorted()).toEqual(
    people.map((one, i) => `${nameOf(one)}_${4700 + i}_assignsubmission_file/feedback.html`).toSorted(),
  );
  const [name = ""] = (await readdir(join(root(), "moodle/submissions"))).filter((one) =>
    /ivan-petrov-s113/.test(one),
  );
  const page = await read(`moodle/submissions/${name}`);
  expect(page).toMatch(/Mark: 2\.7 of 3 points/);
  expect(page).toMatch(
    /<li>handed in 2026-11-11 10:00 Europe\/Berlin, due 2026-11-10 23:59 Europe\/Berlin, 10 h 1 min late, which is 1 day begun: 10% of 3 is 0\.3 off/,
  );

  const before = await read("upload.csv");
  const again = await grade([
    "--from-record",
    "moodle.jsonl",
    ...options.filter((one, i) => one !== "--record" && options[i - 1] !== "--record"),
  ]);
  expect([again.code, await read("upload.csv")]).toEqual([0, before]);
});

test("Canvas: LATE is a day by the rules, and the gradebook is the same but for one column", async () => {
  const head = "Student,ID,SIS User ID,SIS Login ID,Section,Flows 1 (4711),Final Score";
  const row = (one: Person, i: number) =>
    `"${one.last}, ${one.first}",${900 + i},${id(i)},${id(i)}@x.org,A,,(read only)`;
  const gradebook = [`\ufeff${head}`, "    Points Possible,,,,,3,(read only)", ...people.map(row), ""].join(
    "\r\n",
  );
  await put("gradebook.csv", gradebook);
  const entries = people.map((one, i) => ({
    name: `${squash(one)}_${one.late > 0 && i !== 4 ? "LATE_" : ""}${900 + i}_${5000 + i}_16-1-square.ts`,
    content: one.code,
  }));
  const merged = [
    "--merge",
    "canvas=gradebook.csv",
    "--export",
    "canvas=canvas-upload.csv",
    "--feedback",
    "canvas-feedback.zip",
  ];
  const { graded } = await gradeClass("canvas", entries, merged);
  expect([graded.code, graded.err]).toEqual([
    0,
    expect.stringContaining("20 submissions, 20 with a learner"),
  ]);
  expect(await marksIn("canvas.csv")).toEqual(expected);
  const upload = await read("canvas-upload.csv");
  expect(upload).toBe(
    people.reduce(
      (text, one, i) => text.replace(`${row(one, i)}`, row(one, i).replace(",A,,", `,A,${markOf(one, i)},`)),
      gradebook,
    ),
  );
  expect(await namesIn("canvas-feedback.zip")).toHaveLength(20);
});

test("Gradescope: its list tells times and who belongs together; each submission gets its results", async () => {
  const together = 7;
  const yaml = people.flatMap((one, i) => {
    // The last two handed in together.
    if (i === people.length - 1) return [];
    const members = i === people.length - 2 ? [one, people[i + 1] as Person] : [one];
    const listed = members
      .map((member, j) => `  - :name: ${JSON.stringify(nameOf(member))}\n    :sid: ${id(i + j)}\n`)
      .join("");
    const at = one.late > 0 ? "2026-11-11 09:00:00.000000000 Z" : "2026-11-10 09:00:00.000000000 Z";
    return [`submission_${together}${i}:\n  :submitters:\n${listed}  :created_at: ${at}\n`];
  });
  const entries = people
    .slice(0, -1)
    .map((one, i) => ({ name: `submission_${together}${i}/16-1-square.ts`, content: one.code }));
  const list = { name: "submission_metadata.yml", content: `---\n${yaml.join("")}` };
  const asked = [
    "--export",
    "gradescope=results/",
    "--export",
    "junit=junit.xml",
    "--export",
    "nbgrader=nbgrader.csv",
  ];
  const { graded } = await gradeClass("gradescope", [list, ...entries], asked);
  expect([graded.code, graded.err]).toEqual([
    0,
    expect.stringContaining("21 learners, 20 with a submission; 19 submissions, 19 with a learner"),
  ]);
  const last = people.at(-2) as Person;
  expect(await marksIn("gradescope.csv")).toEqual(new Map([...expected, [id(19), markOf(last, 18)]]));
  expect((await results("gradescope.json")).submissions.map(({ learner }) => learner)).toContain(
    "Sofia Kowalewska (s118), Paul Erdős (s119)",
  );
  expect(JSON.parse(await read("results/14-ivan-petrov-s113.json"))).toMatchObject({
    score: 2.7,
    tests: [{ score: 1 }, { score: 1 }, { score: 1 }],
  });
  expect((await read("nbgrader.csv")).split("\n")[14]).toBe(
    "Normalizing flows,,2026-11-11T09:00:00Z,s113,Petrov,Ivan,s113@x.org,3,0.3,2.7,3",
  );
  expect((await read("junit.xml")).match(/<testsuite /g)).toHaveLength(19);
});
