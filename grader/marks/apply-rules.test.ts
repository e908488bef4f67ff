import { expect, test } from "vitest";
import { course } from "../course.ts";
import { markFor } from "../exports/formats/merge.ts";
import type { SubmissionResult } from "../grading/result.ts";
import { exerciseResult, gradedRun, passed, submissionResult } from "../report/result.fixture.ts";
import { matchRoster } from "../roster/match.ts";
import { readRoster } from "../roster/roster.ts";
import { applyRules } from "./apply-rules.ts";
import { readCourseFile } from "./course-file.ts";
import { fraction, fractionText, ZERO } from "./fraction.ts";
import type { HandIn } from "./lateness.ts";
import { stateOf } from "./mark.ts";
import { marksOf } from "./marks.ts";
import { readTimes } from "./times-table.ts";

const ASKED = [
  { id: "16.1", maxPoints: 3 },
  { id: "16.2", maxPoints: 4 },
  { id: "16.3", maxPoints: 5 },
];
const answer = (exercise: string, earned: number, maxPoints: number) =>
  exerciseResult({ exercise, maxPoints, checks: [passed("all", earned)] });
const handedIn = (name: string, points: readonly (number | undefined)[]): SubmissionResult =>
  submissionResult(
    `class/${name}`,
    ASKED.flatMap(({ id, maxPoints }, i) =>
      points[i] === undefined ? [] : [answer(id, points[i] as number, maxPoints)],
    ),
    { maxPoints: 12, sender: { layout: "folders", entries: [name], people: [{ label: name }] } },
  );

/** The mark, its account and what is open, of somebody with these points who handed in so. */
function markBy(yaml: string, points: readonly (number | undefined)[], how: Partial<HandIn> = {}) {
  const run = gradedRun([handedIn("ada", points)], { exercises: ASKED });
  const roster = readRoster(Buffer.from("id,name\nada,Ada Lovelace\nbob,Bob Ross"), "r.csv");
  const matching = matchRoster(
    run.summaries.map(({ submission, sender }) => ({ name: submission, ...(sender && { sender }) })),
    roster,
  );
  const rules = readCourseFile(yaml, "course.yaml", course);
  const { marks } = marksOf(
    run,
    matching,
    applyRules(rules, () => ({ late: false, attempts: 1, ...how })),
  );
  const texts = marks.map((mark) => ({
    ...{ mark: `${fractionText(mark.final)}/${fractionText(mark.maxFinal)}`, raw: fractionText(mark.points) },
    ...{ account: mark.account, open: mark.open, penalty: fractionText(mark.penalty) },
  }));
  return { ...(texts[0] as (typeof texts)[number]), absent: texts[1] };
}
const LATE =
  "timezone: UTC\ndue: 2026-11-10 12:00\nlate: { per-day: 10%, grace: 15 minutes, cap: 50%, until: 7 days }\n";
const at = (...parts: [number, number?, number?]) => ({
  at: Date.UTC(2026, 10, parts[0], parts[1] ?? 12, parts[2] ?? 0),
});

test("without rules that change anything the mark is the points, and nothing is said", () => {
  expect(markBy("title: x", [3, 2, 5])).toMatchObject({ mark: "10/12", raw: "10", account: [], open: [] });
});

test.each<[string, Partial<HandIn>, string, string | undefined]>([
  ["in time", at(10), "10/12", undefined],
  ["within the grace", at(10, 12, 15), "10/12", undefined],
  ["a minute beyond it", at(10, 12, 16), "9/12", "16 min late, which is 1 day begun: 10% of 10 is 1 off"],
  ["two days and an hour", at(12, 13), "7/12", "2 days 1 h late, which is 3 days begun: 30% of 10 is 3 off"],
  ["up to the cap", at(16), "5/12", "6 days late, which is 6 days begun: 50% of 10 is 5 off"],
  ["too late", at(17, 12, 1), "0/12", "7 days late: nothing counts any more"],
  ["no time at all", {}, "10/12", undefined],
])("late by days that have begun: %s", (_what, how, mark, said) => {
  const found = markBy(LATE, [3, 2, 5], how);
  expect(found).toMatchObject({ mark, raw: "10" });
  if (said === undefined) expect(found.account).toEqual([]);
  else expect(found.account).toEqual([expect.stringContaining(said)]);
});

test("of the maximum: never below zero", () => {
  const rule = LATE.replace("per-day: 10%", "per-day: 20%, of: maximum");
  expect(markBy(rule, [3, 2, 5], at(12))).toMatchObject({
    ...{ mark: "5.2/12", penalty: "4.8" },
    account: [expect.stringContaining("40% of 12 is 4.8 off")],
  });
  expect(markBy(rule, [1, 0, 0], at(12)).mark).toBe("0/12");
});

test("a platform's mark without a time is no deduction that somebody made up, and no mark either", () => {
  expect(markBy(LATE, [3, 2, 5], { late: true }).open).toEqual([
    expect.stringContaining("give --times FILE"),
  ]);
  const unknown = LATE.replace("cap:", "unknown: 1 day, cap:");
  expect(markBy(unknown, [3, 2, 5], { late: true })).toMatchObject({ mark: "9/12", open: [] });
});

test("an extension is one learner's, for one assignment or all", () => {
  const more = "extensions: [{ who: Ada Lovelace, later: 2 days }, { who: bob, later: 9 days }]";
  expect(markBy(LATE + more, [3, 2, 5], at(12)).mark).toBe("10/12");
  expect(markBy(LATE + more, [3, 2, 5], at(13)).mark).toBe("9/12");
  expect(markBy(`${LATE}extensions: [{ who: bob, later: 9 days }]`, [3, 2, 5], at(12)).mark).toBe("8/12");
});

test("attempts beyond the number take a share of what is left", () => {
  const rule = `${LATE}attempts: { most: 2, per-extra: 5% }`;
  expect(markBy(rule, [3, 2, 5], { ...at(11), attempts: 4 })).toMatchObject({
    mark: "8.1/12",
    account: [expect.stringContaining("1 off"), "4 attempts, 2 more than 2: 10% of 9 is 0.9 off"],
  });
});

test("what exercises count, drops and scales: each said, exact to the end", () => {
  const rule = 'exercises: { "16.1": { points: 1 }, "16.2": { weight: 2 } }\ndrop: 1\npoints: 100';
  expect(markBy(rule, [2, 3, 5])).toMatchObject({
    mark: "84.62/100",
    account: [
      "16.1: 2 of 3 count as 0.67 of 1",
      "16.2: 3 of 4 count as 6 of 8",
      "the lowest does not count: 16.1 (0.67 of 1)",
      "11 of 13 count as 84.62 of 100",
    ],
  });
  expect(markBy("drop: 1", [3, undefined, 5]).account).toEqual(["the lowest does not count: 16.2 (0 of 4)"]);
  expect(markBy("drop: 9", [3, 2, 5]).mark).toBe("3/3");
});

test("assignments have their own deadlines, and the lowest of them may be dropped", () => {
  const rule = `timezone: UTC
late: { per-day: 50% }
drop-assignments: 1
assignments:
  first: { exercises: ["16.1"], due: 2026-11-10 12:00 }
  second: { exercises: ["16.2"], due: 2026-11-20 12:00 }
  third: { exercises: ["16.3"], due: 2026-11-20 12:00 }
`;
  expect(markBy(rule, [3, 4, 1], at(11))).toMatchObject({
    mark: "5.5/7",
    account: [
      expect.stringContaining("first: handed in 2026-11-11 12:00 UTC, due 2026-11-10 12:00 UTC, 1 day late"),
      "The lowest assignment does not count: third (1 of 5)",
    ],
  });
});

test("who handed in nothing has a zero only where the rules say so", () => {
  expect(markBy("missing: zero", [3, 2, 5]).absent).toMatchObject({ account: ["Nothing was handed in: 0"] });
  expect(markBy("title: x", [3, 2, 5]).absent).toMatchObject({ account: [] });
});

/** The mark of Cy, who handed in nothing, of the group of Ada and Bob who did. */
function ofGroup(ada: readonly (number | undefined)[], bob: readonly (number | undefined)[]) {
  const run = gradedRun([handedIn("ada", ada), handedIn("bob", bob)], { exercises: ASKED });
  const roster = readRoster(Buffer.from("name,group\nCy,A\nada,A\nbob,A"), "r.csv");
  const sent = run.summaries.map(({ submission, sender }) => ({
    name: submission,
    ...(sender && { sender }),
  }));
  const matching = matchRoster(sent, roster, { groups: true });
  const rules = readCourseFile("missing: zero", "course.yaml", course);
  const { marks } = marksOf(
    run,
    matching,
    applyRules(rules, () => ({ late: false, attempts: 1 })),
  );
  const [cy] = marks;
  return { points: fractionText(cy?.final ?? fraction(-1)), open: cy?.open, account: cy?.account };
}

test("who handed in nothing gets the group's result, also of several submissions, and no zero", () => {
  expect(ofGroup([3, undefined, 5], [undefined, 2, undefined])).toEqual({
    ...{ points: "10", open: [], account: [] },
  });
  expect(ofGroup([3, 2, undefined], [undefined, 1, 5])).toMatchObject({
    points: "8",
    open: [expect.stringMatching(/16\.2 is in several submissions: class\/ada and class\/bob/)],
  });
});

test("a stub that nobody has touched gives way to the answer of another submission", () => {
  const stub = exerciseResult({ exercise: "16.1", maxPoints: 3, status: "unsolved", checks: [] });
  const sent = ["one", "two"].map((name, i) =>
    submissionResult(`${name}/ada`, i === 0 ? [stub] : [answer("16.1", 3, 3)], {
      ...{ maxPoints: 12, sender: { layout: "folders", entries: ["ada"], people: [{ label: "ada" }] } },
    }),
  );
  const run = gradedRun(sent, { exercises: ASKED });
  const roster = readRoster(Buffer.from("id,name\nada,Ada"), "r.csv");
  const matching = matchRoster(
    run.summaries.map(({ submission, sender }) => ({ name: submission, ...(sender && { sender }) })),
    roster,
  );
  const [mark] = marksOf(run, matching).marks;
  expect([fractionText(mark?.points ?? ZERO), mark?.open]).toEqual(["3", []]);
});

test("what may be one of two people's is no zero of either, whatever the rules say of nothing handed in", () => {
  const run = gradedRun([handedIn("Rosa", [3, 2, 5])], { exercises: ASKED });
  const sent = run.summaries.map(({ submission, sender }) => ({
    name: submission,
    ...(sender && { sender }),
  }));
  const twins = matchRoster(sent, readRoster(Buffer.from("id,name\n1,Rosa\n2,Rosa"), "r.csv"));
  const rules = readCourseFile("missing: zero", "course.yaml", course);
  const { marks } = marksOf(
    run,
    twins,
    applyRules(rules, () => ({ late: false, attempts: 1 })),
  );
  expect(marks.map(stateOf)).toEqual(["open", "open"]);
  expect(marks.map(({ account }) => account)).toEqual([[], []]);
  const options = { provisional: true, scale: false, assignment: "Flows 1", environment: {} };
  const [mark] = marks as [(typeof marks)[number]];
  expect(markFor(mark, { by: fraction(1), to: fraction(100), decimals: "." }, options)).toEqual({
    note: expect.stringMatching(/no mark for Rosa yet: class\/Rosa may be hers: .* Rosa \(row 3\)/),
  });
});

test("a table of times: one of one's own, or Moodle's worksheet as it is", () => {
  const [ada, bob] = readRoster(
    Buffer.from("id,name,email\ns1,Ada Lovelace,ada@x.org\ns2,Bob Ross,bob@x.org"),
    "r",
  ).learners;
  const own = readTimes(Buffer.from("id,time\ns1,2026-11-10 12:00Z\ns9,2026-11-10 13:00Z"), "t.csv");
  expect([ada && own(ada), bob && own(bob)]).toEqual([Date.UTC(2026, 10, 10, 12), undefined]);
  const sheet = `Identifier,Full name,Email address,Status,Last modified (submission)\nParticipant 7,Ada Lovelace,ada@x.org,x,"Tuesday, 10 November 2026, 11:05 PM"\nParticipant 8,Bob Ross,bob@x.org,x,-\n`;
  const moodle = readTimes(Buffer.from(sheet), "w.csv", "UTC");
  expect([ada && moodle(ada), bob && moodle(bob)]).toEqual([Date.UTC(2026, 10, 10, 23, 5), undefined]);
  expect(() => readTimes(Buffer.from("id,when\n1,2"), "t.csv")).toThrow(/expected a column time/);
  expect(() => readTimes(Buffer.from("id,time\n1,soon"), "t.csv")).toThrow(/row 2: expected a time.*"soon"/);
  expect(() => readTimes(Buffer.from("id,time\n1,2026-11-10 12:00"), "t.csv")).toThrow(
    /row 2: expected a zone/,
  );
});
