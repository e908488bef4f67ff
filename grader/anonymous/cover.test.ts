import { expect, test } from "vitest";
import { exerciseResult, failedCheck, gradedRun, submissionResult } from "../report/result.fixture.ts";
import { readRoster } from "../roster/roster.ts";
import { coverRun } from "./cover.ts";
import { HIDDEN, redactor } from "./redact.ts";

const roster = readRoster(
  Buffer.from(
    "id,name,login,email\ns1001,Ada Lovelace,alove,ada@x.org\ns1002,Max Müller,mmull,max.mueller@x.org\n",
  ),
  "roster.csv",
);
const sender = (name: string) => ({
  layout: "moodle",
  entries: [`${name}_7_file`],
  people: [{ name, id: "7" }],
});
const of = (name: string, code: string) =>
  submissionResult(
    `class.zip › ${name}_7_file`,
    [exerciseResult({ checks: [failedCheck], otherKit: { writtenIn: "Grace Hopper (s7)" } })],
    {
      sender: sender(name),
      notes: [`${name}_7_file/x/lovelace hw.ts is the one that was graded`],
      files: [{ path: `${name}_7_file/x/lovelace hw.ts` }],
      sources: [{ exerciseId: "16.1", code, origin: `${name}_7_file/x/lovelace hw.ts` }],
    },
  );
const CODE =
  "// Ada Lovelace (ALOVE), s1001, with Müller, Max <max.mueller@x.org>\nMath.max(1, 2); // Ada wrote it";
const run = gradedRun([
  of("Ada Lovelace", CODE),
  of("Max Müller", "Math.max(1); // Max, adaptive, Max Mueller, MUELLER or Muller"),
]);
const names = { of: (key: string) => `Person ${key.replace("roster s100", "")}` };

test("neither who it is nor what files are called is shown, and code is as it was but for names", async () => {
  const covered = await coverRun(run, names, roster).hide(run);
  const all = JSON.stringify([
    covered.about,
    covered.summaries,
    await covered.submission(0),
    await covered.submission(1),
  ]);
  expect(all).not.toMatch(
    /grace hopper|ada lovelace|lovelace|alove|s1002|müller|mueller|@x\.org|class\.zip/i,
  );
  const [ada, max] = [await covered.submission(0), await covered.submission(1)];
  expect(ada.submission).toBe("Person 1");
  expect(ada.sources?.[0]).toEqual({
    ...{ exerciseId: "16.1", origin: "answer.ts" },
    code: `// ${HIDDEN} (${HIDDEN}), ${HIDDEN}, with ${HIDDEN} <${HIDDEN}>\nMath.max(1, 2); // ${HIDDEN} wrote it`,
  });
  // Max is his name, and Math.max no more than a function.
  expect(max.sources?.[0]?.code).toBe(
    `Math.max(1); // ${HIDDEN}, adaptive, ${HIDDEN}, ${HIDDEN} or ${HIDDEN}`,
  );
  expect(ada.notes).toEqual(["file 1.ts is the one that was graded"]);
  expect(ada.exercises[0]?.checks[0]?.failure?.message).toBe(failedCheck.failure?.message);
});

test("the order is that of the pseudonyms, and points go back to whose they are", async () => {
  const cover = coverRun(run, { of: (key) => (key.includes("s1001") ? "Person B" : "Person A") }, roster);
  const covered = await cover.hide(run);
  expect(covered.summaries.map(({ submission }) => submission)).toEqual(["Person A", "Person B"]);
  const given = {
    ...covered,
    summaries: covered.summaries.map((one, at) => (at === 1 ? { ...one, pointsByHand: 2 } : one)),
    submission: async (at: number) => ({
      ...(await covered.submission(at)),
      ...(at === 1 && {
        pointsByHand: 2,
        exercises: [exerciseResult({ checks: [{ ...failedCheck, byHand: { points: 1, reason: "right" } }] })],
      }),
    }),
  };
  const named = await cover.carryPoints(given, run);
  expect(named.summaries.map(({ submission, pointsByHand }) => [submission, pointsByHand])).toEqual([
    ["class.zip › Ada Lovelace_7_file", 2],
    ["class.zip › Max Müller_7_file", undefined],
  ]);
  expect((await named.submission(0)).exercises[0]?.checks[0]?.byHand).toEqual({ points: 1, reason: "right" });
});

test("without a roster, two of one name are told apart", async () => {
  const two = gradedRun([
    of("Ada Lovelace", "1"),
    submissionResult("other › ada", [], { sender: sender("Ada Lovelace") }),
  ]);
  const { summaries } = await coverRun(two, names).hide(two);
  expect(new Set(summaries.map(({ submission }) => submission)).size).toBe(2);
});

test("a name is found as a whole word, whatever its case, and no text is lost", () => {
  const redact = redactor(["Jo Li", "jo", "i@x.org", "İİ"]);
  expect(redact("JO LI, join, jo; (i@x.org)")).toBe(`${HIDDEN}, join, ${HIDDEN}; (${HIDDEN})`);
  expect(redact("İ jo İ")).toContain("İ");
  expect(redact("a.b Li", ["Li", "a.b"])).toBe(`${HIDDEN} ${HIDDEN}`);
});
