/** Whole downloads, as they came: `grader/fixtures/classes`. Who is in them, and what each has answered. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { course } from "../course.ts";
import { isAnswered } from "./answers/untouched.ts";
import { readSubmissions } from "./read.ts";

const CLASSES = join(import.meta.dirname, "../fixtures/classes");

type People = Record<string, string | RegExp>;

test.each<[file: string, layout: string, people: People, beside?: string[]]>([
  [
    "moodle-4-folders.zip",
    "moodle",
    {
      "Anna-Lena Ö'Neill_4713": "16.1 16.2",
      "Group A_17": "1D.step",
      "Learner Five_4715": /handed in no file; there is only .*text typed into Moodle/,
      "Learner Four_4714": /notebook\.pdf: not a notebook/,
      "Learner One_4711": "16.1",
      "Learner One_4712": "16.2",
      Participant_4716: "1D.nll",
    },
  ],
  [
    "canvas.zip",
    "canvas",
    {
      fiveeve_105: /handed in no file/,
      fourdan_104: /report\.pdf/,
      oneanna_101: "16.1",
      sevengil_107: /not a zip archive/,
      sixfay_106: /should end in \.ipynb/,
      threecyd_103: "16.1 16.2",
      twobob_102: "16.2",
    },
  ],
  [
    "blackboard.zip",
    "blackboard",
    {
      u1000001: "16.1 16.2",
      u1000002: "16.1 16.2",
      u1000003: "16.1",
      u1000004: /handed in no file/,
      u1000005: "1D.nll",
    },
  ],
  [
    "sakai.zip",
    "sakai",
    { "Week 1/One, Learner(u1000001)": "16.1", "Week 1/Two, Learner(u1000002)": "16.2" },
    ["Week 1/grades.csv"],
  ],
  [
    "macos.zip",
    "folders",
    { "Übung 1/Jürgen Größe": "16.1", "Übung 1/山田 花子": "16.2" },
    ["__MACOSX", "Übung 1/.DS_Store"],
  ],
  ["windows-backslash.zip", "folders", { "class/learner-01": "16.1", "class/learner-02": "16.2" }],
  [
    "handout-beside-class.zip",
    "folders",
    { "Week 1/learner-01": "16.1", "Week 1/learner-02": "16.2", "Week 1/learner-03": "1D.nll" },
    ["Week 1/01-change-of-variables.ipynb"],
  ],
])("%s", async (file, layout, people, beside = []) => {
  const path = join(CLASSES, file);
  const reading = await readSubmissions(path, { course });
  expect(reading.layout.name).toBe(layout);
  expect(reading.layout.beside.map((one) => one.path).toSorted()).toEqual(beside);
  const found = new Map(reading.submissions.map((one) => [one.name.slice(path.length + 3), one]));
  expect([...found.keys()].toSorted()).toEqual(Object.keys(people).toSorted());
  for (const [who, due] of Object.entries(people)) {
    const { sources = [], problem } = found.get(who) ?? {};
    if (due instanceof RegExp) expect(problem).toMatch(due);
    else
      expect(
        sources
          .filter(isAnswered)
          .map(({ exerciseId }) => exerciseId)
          .toSorted()
          .join(" "),
      ).toBe(due);
  }
});
