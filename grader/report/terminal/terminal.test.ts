import stringWidth from "string-width";
import { expect, test } from "vitest";
import { plainMarkdown } from "../plain-math.ts";
import {
  exerciseResult,
  failedCheck,
  gradedRun,
  hostile,
  passed,
  submissionResult,
} from "../result.fixture.ts";
import { paint } from "./paint.ts";
import { terminalReport } from "./terminal.ts";
import { fitText } from "./terminal-table.ts";

const plain = { paint: paint(false), width: 80 };
const inBrief = ({ about, summaries }: ReturnType<typeof gradedRun>) => ({ about, summaries });
const partial = exerciseResult({ status: "partial", checks: [failedCheck, passed("integrates to one", 2)] });
const rows = (text: string) => text.split("\n\n")[0]?.split("\n") ?? [];

test("a row for each submission, without what all names share", () => {
  const other = { ...exerciseResult({ checks: [passed("a", 5)], maxPoints: 5 }), exercise: "16.2" };
  const report = terminalReport(
    gradedRun([
      submissionResult("class/ada", [exerciseResult(), other], { maxPoints: 8 }),
      submissionResult("class/bob", [partial], { maxPoints: 8 }),
      submissionResult("class/cyd", [], { maxPoints: 8, problem: "no JSON", sources: [] }),
    ]),
    { ...plain, order: ["16.2", "16.1"] },
  );
  expect(rows(report)).toEqual([
    "submission   16.2   16.1         total",
    "ada         5/5 ✓  3/3 ✓           8/8",
    "bob             –  2/3 ◐           2/8",
    "cyd             –      –  not graded !",
  ]);
  // Below the table as in it.
  expect(report).toContain("\ncyd\n  ! no JSON");
  expect(report).toMatch(
    /2 submissions graded in 1\.5 s \(1\.33 per second\), 1 not graded\nsandbox: bubblewrap {3}seed: 5eed/,
  );
});

test("whom the roster names is called so in the table and below it", () => {
  const ada = { ...submissionResult("class/qx17", [partial]), learner: "Ada Lovelace (s1)" };
  const report = terminalReport(gradedRun([ada, submissionResult("class/bob", [partial])]), plain);
  expect(report).toContain("\nAda Lovelace (s1)\n  16.1 ");
  expect(report).toContain("\nbob\n  16.1 ");
  expect(report).not.toContain("qx17");
});

test("few submissions: what each failed check found, and why; many: not", () => {
  const failing = submissionResult("ada", [partial]);
  const report = terminalReport(gradedRun([failing]), plain);
  const { misconception } = partial.checks.find(({ failure }) => failure?.misconception)?.failure ?? {};
  const lines = [
    "✗ has the right value (0/1)",
    "this value is wrong (12 of 12 tests of this check fail)",
    "on density(0.37)",
    plainMarkdown(misconception?.explanation ?? "no misconception in the fixture"),
  ];
  for (const line of lines) expect(report).toContain(`    ${line}\n`);
  expect(terminalReport(inBrief(gradedRun(Array(4).fill(failing))), plain)).not.toContain(
    "this value is wrong",
  );
});

test("what several checks have in common is said once", () => {
  const [check] = partial.checks.filter(({ failure }) => failure?.misconception);
  const twice = { ...partial, checks: [check, { ...check, name: "another" }] };
  const report = terminalReport(gradedRun([submissionResult("ada", [twice])]), plain);
  expect(report.split(plainMarkdown(check.failure?.misconception?.explanation ?? "")).length).toBe(2);
  expect(report).toContain("The cause is the one named above.");
});

test("many: each reason why something was not graded once", () => {
  const failing = (name: string, problem: string) => submissionResult(name, [], { problem, sources: [] });
  const stopped = Array.from({ length: 5 }, (_, i) => failing(`s${i}`, "interrupted"));
  const report = terminalReport(inBrief(gradedRun([...stopped, failing("ada", "no JSON")])), plain);
  expect(report).toContain("\n\n! s0, s1, s2, s3, s4: interrupted\n! ada: no JSON\n\n");
});

test("an exercise by which all are measured has its column, also where nobody answered it", () => {
  const run = gradedRun([submissionResult("ada", [exerciseResult()])], {
    exercises: [
      { id: "16.1", maxPoints: 3 },
      { id: "16.2", maxPoints: 4 },
    ],
  });
  expect(rows(terminalReport(run, plain))[0]).toBe("submission   16.1  16.2  total");
});

test("columns line up for names of every script", () => {
  const names = [
    "张伟的作业",
    "Zoë",
    "👩‍🔬 lab",
    "محمد",
    "e\u0301tudiant",
    "a name that is much longer than the place for it in a table, as long as that may be",
  ];
  const table = rows(
    terminalReport(gradedRun(names.map((name) => submissionResult(name, [exerciseResult()]))), plain),
  );
  expect(new Set(table.map((row) => stringWidth(row))).size).toBe(1);
  expect(table.at(-1)).toContain("…");
});

test.each([80, 120])("members of several archives are told apart in %d columns", (width) => {
  const names = ["autumn", "spring"].flatMap((term) =>
    ["Ada", "Bob"].map((name) => `home/downloads/${term}/${"handed-in-".repeat(9)}.zip › ${name}`),
  );
  const report = terminalReport(
    inBrief(gradedRun(names.map((name) => submissionResult(name, [exerciseResult()])))),
    { ...plain, width },
  );
  const [, ...shown] = rows(report).map((row) => row.replace(/ {2}.*/, ""));
  expect(new Set(shown).size).toBe(4);
  shown.forEach((name, i) => {
    expect(name).toMatch(i % 2 === 0 ? /› Ada$/ : /› Bob$/);
  });
  for (const row of rows(report)) expect(stringWidth(row)).toBeLessThanOrEqual(width);
});

test("more exercises than fit continue in a second table", () => {
  const many = Array.from({ length: 20 }, (_, i) => ({ ...exerciseResult(), exercise: `exercise-${i}` }));
  const report = terminalReport(gradedRun([submissionResult("ada", many)]), plain);
  for (const line of report.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  expect(report).toContain("exercise-19");
});

test("a name or a message cannot speak to the terminal", () => {
  const report = terminalReport(gradedRun([hostile]), plain);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the question.
  expect(report).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  expect(report).toContain("⟨ESC⟩[2J");
});

test("cutting never cuts a character", () => {
  expect(fitText("abcdef", 4)).toBe("abc…");
  expect(fitText("张张张", 4)).toBe("张…");
  expect(fitText("👩‍🔬👩‍🔬👩‍🔬", 5)).toBe("👩‍🔬👩‍🔬…");
});

test("points of checks that have changed since are named, with the remedy", () => {
  const stale = submissionResult("class/ada", [exerciseResult({ stale: true })]);
  const report = terminalReport(gradedRun([stale, submissionResult("class/bob", [exerciseResult()])]), plain);
  expect(report).toMatch(/changed since: 16\.1 \(1 answer\)\. With --regrade changed/);
  expect(terminalReport(gradedRun([submissionResult("ada", [exerciseResult()])]), plain)).not.toContain(
    "stale",
  );
});
