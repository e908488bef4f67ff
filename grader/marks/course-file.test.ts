import { expect, test } from "vitest";
import { course } from "../course.ts";
import { readCourseFile } from "./course-file.ts";
import { fractionText } from "./fraction.ts";
import { durationIn, durationText, timeIn, timeText } from "./times.ts";

const read = (text: string) => readCourseFile(text, "course.yaml", course);

const WHOLE = `
title: Normalizing flows, autumn 2026
timezone: Europe/Berlin
points: 100
exercises:
  "16.1": { points: 5 }
  1D.sampling: { weight: 2 }
late:
  per-day: 10%
  grace: 15 minutes
  cap: 50%
  until: 7 days
attempts: { most: 3, per-extra: 5% }
assignments:
  week 1:
    chapters: [01]
    due: 2026-11-10 23:59
    drop: 1
  week 2:
    exercises: ["16.3", "16.10"]
    due: 2026-03-29
    late: { per-day: 2.5%, of: maximum }
extensions:
  - who: ada@x.org
    assignment: week 1
    later: 2 days
  - { who: s2, due: 2026-11-12T12:00Z }
missing: zero
`;

test("a whole file", () => {
  const rules = read(WHOLE);
  const [first, second] = rules.assignments;
  expect(first).toMatchObject({ name: "week 1", drop: 1, due: Date.UTC(2026, 10, 10, 22, 59) });
  expect(first?.exercises).toContain("16.2");
  // The day lasts until its end, and the clocks have been set forward by then.
  expect(second).toMatchObject({ exercises: ["16.3", "16.10"], due: Date.UTC(2026, 2, 29, 21, 59, 59) });
  expect([first?.late?.of, second?.late?.of]).toEqual(["earned", "maximum"]);
  expect(fractionText(second?.late?.perDay ?? { over: 0n, under: 1n }, 4)).toBe("0.025");
  expect(rules.extensions).toEqual([
    { who: "ada@x.org", assignment: "week 1", later: 2 * 86_400_000, line: 24 },
    { who: "s2", due: Date.UTC(2026, 10, 12, 12), line: 27 },
  ]);
  expect([rules.missing, rules.attempts?.most, rules.exercises.size]).toEqual(["zero", 3, 2]);
});

test("an empty file has no rules, and a deadline at the top is everybody's", () => {
  expect(read("").assignments).toEqual([{ name: "", drop: 0 }]);
  expect(read("due: 2026-11-10 12:00Z\nlate: {per-day: 5%}").assignments).toMatchObject([
    { name: "", due: Date.UTC(2026, 10, 10, 12) },
  ]);
});

test.each<[string, RegExp]>([
  ["titel: x", /course\.yaml, line 1: expected one of title,.*got "titel". Did you mean title\?/],
  [
    "late:\n  per-day: 10",
    /line 2: expected a share from 0% to 100%; got "10"\. Write it with its sign, as 10%/,
  ],
  ["late: { per-day: 110% }", /expected a share/],
  ["late: { grace: soon, per-day: 1% }", /expected a length of time such as 15 minutes.*got "soon"/],
  ["late: { grace: 1 h }", /expected per-day, such as 10%; there is none/],
  [
    "due: 2026-11-10 23:59",
    /line 1: expected a zone for "2026-11-10 23:59"; there is none\. Add a line timezone/,
  ],
  ["timezone: Berlin", /expected a time zone such as Europe\/Berlin or UTC; got "Berlin"/],
  ["due: 2026-02-31", /expected a time such as 2026-11-10 23:59; got "2026-02-31"/],
  ["assignments:\n  a: { chapters: [44] }", /line 2: expected a chapter, such as "01".*got "44"/],
  [
    'assignments:\n  a: { exercises: ["16.12"] }',
    /expected an exercise of the course.*got "16\.12"\. Did you mean 16\.1/,
  ],
  [
    "exercises:\n  16.10: { points: 2 }",
    /line 2: expected a name in quotes; 16\.10 is read as the number 16\.1\. Write "16\.10"/,
  ],
  ['exercises: { "16.1": { points: 2, weight: 3 } }', /expected points or weight for 16\.1; got both/],
  ["assignments: { a: { chapters: [01] }, b: { chapters: [1] } }", /in one assignment; .* is in a and in b/],
  ["assignments: { a: { drop: 1 } }", /expected chapters or exercises of this assignment; got none/],
  ["extensions:\n  - later: 1 day", /line 2: expected who/],
  ["extensions:\n  - who: ada", /expected due, a deadline, or later/],
  [
    "extensions: [{ who: ada, later: 1 day, assignment: x }]",
    /expected no assignment, as the file names none; got "x"/,
  ],
  ["attempts: 3", /expected lines of the form name: value \(most, per-extra\); got "3"/],
  ["missing: none", /expected one of blank, zero; got "none"/],
  ["points: 0", /expected points above 0/],
  ["late: {", /line \d: expected YAML/],
  ["title: a\ntitle: b", /line 2: expected YAML; .*unique/],
])("%j is refused with its line and the remedy", (text, message) => {
  expect(() => read(text)).toThrow(message);
});

test("everything that is wrong is said at once", () => {
  expect(() => read("titel: x\nlate: { per-day: 1 }\nmissing: no")).toThrow(
    /line 1:.*\n.*line 2:.*\n.*line 3:/,
  );
});

test("times as people and platforms write them", () => {
  const at = (text: string, zone?: string) => {
    const found = timeIn(text, zone);
    return "instant" in found ? new Date(found.instant).toISOString() : found.missing;
  };
  expect(at("2026-11-10T23:15:24Z")).toBe("2026-11-10T23:15:24.000Z");
  expect(at("2026-11-10 23:15:24+01:00")).toBe("2026-11-10T22:15:24.000Z");
  expect(at("2026-11-10", "UTC")).toBe("2026-11-10T23:59:59.000Z");
  expect(at("Tuesday, 10 November 2026, 11:05 PM", "Europe/Berlin")).toBe("2026-11-10T22:05:00.000Z");
  expect(at("10 November 2026, 00:05", "America/New_York")).toBe("2026-11-10T05:05:00.000Z");
  expect([at("2026-11-10 23:59"), at("yesterday"), at("2026-13-01", "UTC"), at("2026-11-10 24:10Z")]).toEqual(
    [...["zone", "time", "time", "time"]],
  );
  expect(["15 minutes", "1.5 h", "2 days", "1w", "3", "5 years"].map(durationIn)).toEqual([
    ...[900_000, 5_400_000, 172_800_000, 604_800_000, undefined, undefined],
  ]);
  expect([61_000, 3_600_000, 90_000_000].map(durationText)).toEqual(["2 min", "1 h", "1 day 1 h"]);
  expect(timeText(Date.UTC(2026, 6, 1, 22), "Europe/Berlin")).toBe("2026-07-02 00:00 Europe/Berlin");
});
