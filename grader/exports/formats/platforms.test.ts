import { execFileSync } from "node:child_process";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { needingPython } from "../../../setup/testing/needs.ts";
import type { SubmissionResult } from "../../grading/result.ts";
import { marksOf } from "../../marks/marks.ts";
import { exerciseResult, gradedRun, passed } from "../../report/result.fixture.ts";
import type { ExportOptions, SubmissionExport } from "../export.ts";
import { attack, faulty, marks, options, partly, right, run, waiting } from "./class.fixture.ts";
import { classroom50 } from "./classroom50.ts";
import { exercism } from "./exercism.ts";
import { githubClassroom } from "./github-classroom.ts";
import { gradescope } from "./gradescope.ts";
import { junit } from "./junit.ts";
import { prairielearn } from "./prairielearn.ts";
import { CLASSROOM50, EXERCISM, GITHUB_CLASSROOM, GRADESCOPE, PRAIRIELEARN } from "./schemas.fixture.ts";

const ENVIRONMENT = {
  CLASSROOM: "flows",
  ASSIGNMENT: "week-1",
  OWNER: "ada",
  SUBMISSION_TAG: "submit/2026-06-01T14-32-05Z-a1b2c3d",
  COMMIT_URL: "https://example.org/commit/1",
  RELEASE_URL: "https://example.org/releases/1",
};
const all: ExportOptions = { ...options, environment: ENVIRONMENT };
const markOf = (result: SubmissionResult) =>
  marksOf(gradedRun([result], { exercises: [{ id: "16.1", maxPoints: 3 }] })).marks[0];
const text = (format: SubmissionExport, result: SubmissionResult, given = all) =>
  format.write(result, markOf(result), given).content as string;
const json = (format: SubmissionExport, result: SubmissionResult) =>
  format === githubClassroom
    ? JSON.parse(Buffer.from(text(format, result).replace(/^result=|\n$/g, ""), "base64").toString("utf8"))
    : JSON.parse(text(format, result));

const ajv = new Ajv2020({ allErrors: true, strict: false });
test.each([
  [gradescope, GRADESCOPE],
  [classroom50, CLASSROOM50],
  [githubClassroom, GITHUB_CLASSROOM],
  [prairielearn, PRAIRIELEARN],
  [exercism, EXERCISM],
] as const)("$name: right, partly right, waiting and hostile results fit its rules", (format, schema) => {
  const validate = ajv.compile(schema);
  for (const result of [right, partly, waiting, attack]) {
    const file = json(format, result);
    expect(validate(file) ? [] : validate.errors).toEqual([]);
    const texts = JSON.stringify(file);
    expect(texts).not.toMatch(/\\ud[89a-f]|\\u0000|\\u001b/i);
  }
});

test("points are those of the checks, a text that waits is no zero of them, and a person's points count", () => {
  expect(json(gradescope, partly).tests).toEqual([
    {
      ...{ score: 0, max_score: 1, status: "failed", name: "16.1 has the right value", number: "16.1.1" },
      output: expect.stringContaining("this value is wrong"),
      tags: ["16.1"],
    },
    {
      ...{ score: 2, max_score: 2, status: "passed", name: "16.1 integrates to one", number: "16.1.2" },
      tags: ["16.1"],
    },
  ]);
  const waits = json(gradescope, waiting).tests.at(-1);
  expect(waits).toMatchObject({ max_score: 2, output: expect.stringContaining("gives up to 2 points") });
  expect(waits).not.toHaveProperty("score");
  expect(json(classroom50, waiting)).toMatchObject({ score: 3, "max-score": 3 });
  expect(json(githubClassroom, waiting)).toMatchObject({ max_score: 3, status: "pass" });
  expect(json(prairielearn, waiting)).toMatchObject({ score: 1, gradable: true });
  expect(json(prairielearn, partly).score).toBeCloseTo(2 / 3, 15);
  const given = {
    ...waiting,
    exercises: [exerciseResult({ manual: { answer: "x", maxPoints: 2, criteria: [], given: 1.5 } })],
  };
  expect(json(gradescope, given).tests.at(-1)).toMatchObject({ score: 1.5, max_score: 2 });
  expect(() => json(classroom50, given)).toThrow(/expected whole points; got 1\.5/);
  const changed = exerciseResult({
    checks: [
      { ...passed("a", 1), earned: 0, status: "failed", byHand: { points: 1, reason: "It is right." } },
    ],
  });
  expect(json(gradescope, { ...right, exercises: [changed] }).tests[0]).toMatchObject({
    ...{ score: 1, status: "passed", output: expect.stringContaining("It is right.") },
  });
});

test("a fault of the grader is never a mark of zero", () => {
  for (const format of [gradescope, classroom50, githubClassroom])
    expect(() => text(format, faulty)).toThrow(
      /was not graded, and gets no file, which would be a mark of zero/,
    );
  expect(json(prairielearn, faulty)).toMatchObject({
    gradable: false,
    message: expect.stringContaining("fault"),
  });
  expect(json(exercism, faulty)).toEqual({ version: 3, status: "error", message: faulty.problem });
});

test("Classroom 50 needs its runner's variables", () => {
  expect(() => text(classroom50, right, options)).toThrow(/there is no CLASSROOM, no ASSIGNMENT.*no OWNER/);
});

test("what was printed is cut for Exercism, and texts for PrairieLearn, and both say so", () => {
  const loud = { ...right, exercises: [exerciseResult({ output: "😀".repeat(5000) })] };
  const { output } = json(exercism, loud).tests[0];
  expect([...output].length).toBeLessThanOrEqual(500);
  expect(output).toMatch(/… and more was printed$/);
  const huge = {
    ...right,
    sources: [],
    exercises: Array.from({ length: 40 }, (_, i) =>
      exerciseResult({
        exercise: `e${i}`,
        checks: [
          { ...passed("a", 1), status: "failed", earned: 0, failure: { message: "x".repeat(40_000) } },
        ],
      }),
    ),
  };
  const { content, notes } = prairielearn.write(huge, undefined, all);
  expect(Buffer.byteLength(content)).toBeLessThan(1024 * 1024);
  expect(notes).toEqual([expect.stringContaining("texts were cut")]);
});

/** By the rules of the Ant JUnit schema that CI services read: counts agree, and a case has one outcome at most. */
const READ_JUNIT = `
import json, sys, xml.etree.ElementTree as tree
root = tree.fromstring(sys.stdin.buffer.read())
assert root.tag == 'testsuites'
found = []
for suite in root:
    assert suite.tag == 'testsuite'
    cases = suite.findall('testcase')
    kinds = [[child.tag for child in case] for case in cases]
    assert all(len(kind) <= 1 for kind in kinds) and all(case.get('classname') and case.get('name') for case in cases)
    for tag, count in (('failure', 'failures'), ('error', 'errors'), ('skipped', 'skipped')):
        assert int(suite.get(count)) == sum(kind == [tag] for kind in kinds), (tag, kinds)
    assert int(suite.get('tests')) == len(cases)
    found.append([suite.get('name'), *[kind[0] if kind else 'passed' for kind in kinds]])
for count in ('tests', 'failures', 'errors', 'skipped'):
    assert int(root.get(count)) == sum(int(suite.get(count)) for suite in root)
print(json.dumps(found))
`;

needingPython().test("JUnit's XML is read by Python's parser, whatever a learner wrote", async () => {
  const { content } = await junit.write(marks, options, run);
  const read = JSON.parse(
    execFileSync("python3", ["-c", READ_JUNIT], { input: content as string, encoding: "utf8" }),
  );
  expect(read).toEqual([
    ["Ada Lovelace", "passed", "passed"],
    ["Bob Ross", "failure", "passed"],
    ["Cy Young", "passed", "passed", "skipped"],
    ["Dan Dee", "error"],
    ["=HYPERLINK(1) +second line", "failure", "skipped"],
  ]);
});
