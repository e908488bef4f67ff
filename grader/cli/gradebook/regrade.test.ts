import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { coverRun } from "../../anonymous/cover.ts";
import { openPseudonyms } from "../../anonymous/pseudonyms.ts";
import type { GradedAnswer } from "../../gradebook/enqueue.ts";
import { gradedRun, submissionResult } from "../../report/result.fixture.ts";
import type { Sent } from "../../roster/match.ts";
import { readRoster } from "../../roster/roster.ts";
import { regradeOf } from "./regrade.ts";

const moodle = (name: string, id: string): Sent => ({
  name: `class.zip › ${name}_${id}`,
  sender: { layout: "moodle", entries: [], people: [{ name, id }] },
});
const folder = (label: string): Sent => ({
  name: `class/${label}`,
  sender: { layout: "folders", entries: [label], people: [{ label }] },
});
const SENT = [moodle("Rosa Ruiz", "18"), moodle("Rosa Ruiz", "20"), moodle("Ada Lovelace", "21")];
const FOLDERS = ["qx17", "bob", "notes of g"].map(folder);
const roster = (text: string) => readRoster(Buffer.from(text), "roster.csv");
const CLASS = roster(
  "id,name,login,email,group\ns1,Ada Lovelace,qx17,ada@x.org,A\ns2,Grace Hopper,gh,g@x.org,A\ns3,Bob Ross,bob,b@x.org,B\ns4,Bob Ross,bob4,b4@x.org,B\n",
);

async function regraded(
  what: string,
  sent: readonly Sent[],
  { groups = false, html, ...of }: { roster?: typeof CLASS; groups?: boolean; html?: string } = {},
): Promise<string[]> {
  const asked = { regrade: [what], anonymous: html !== undefined, ...(html !== undefined && { html }) };
  const regrade = await regradeOf(asked, sent, { groups, ...of });
  return sent
    .map(({ name }) => name)
    .filter((submission) => regrade?.has({ submission, exercise: "16.1", stale: false } as GradedAnswer));
}

test.each(["Ada Lovelace", "Lovelace, Ada", "21", "Ada Lovelace_21", "class.zip › Ada Lovelace_21"])(
  "%s is one person, however the platform names her files",
  async (what) => expect(await regraded(what, SENT)).toEqual(["class.zip › Ada Lovelace_21"]),
);

test("one of two people of one name is asked for by the whole name, and nobody is refused", async () => {
  await expect(regraded("Rosa Ruiz", SENT)).rejects.toThrow(
    /--regrade Rosa Ruiz: .*may be several people: .*Rosa Ruiz_18, .*Rosa Ruiz_20\. Give one of these names/,
  );
  expect(await regraded("class.zip › Rosa Ruiz_20", SENT)).toEqual(["class.zip › Rosa Ruiz_20"]);
  await expect(regraded("Bob", SENT)).rejects.toThrow(
    /--regrade Bob: expected an exercise, changed, all, or a learner .*needs --roster FILE/,
  );
});

test.each(["Ada Lovelace", "Lovelace Ada", "s1", "ADA@x.org", "Ada Lovelace (s1)", "qx17", "class/qx17"])(
  "%s is found by what only the roster tells of a folder's owner",
  async (what) => expect(await regraded(what, FOLDERS, { roster: CLASS })).toEqual(["class/qx17"]),
);

test("the roster tells people of one name apart, says who has nothing, and shares a group's work where that is asked for", async () => {
  await expect(regraded("Bob Ross", FOLDERS, { roster: CLASS })).rejects.toThrow(
    /--regrade Bob Ross: .*\(row 4\) and .*\(row 5\) of roster\.csv; give an id/,
  );
  expect(await regraded("s3", FOLDERS, { roster: CLASS })).toEqual(["class/bob"]);
  await expect(regraded("Grace Hopper", FOLDERS, { roster: CLASS })).rejects.toThrow(
    "--regrade Grace Hopper: Grace Hopper (s2) of roster.csv has handed in nothing in this run",
  );
  expect(await regraded("Grace Hopper", FOLDERS, { roster: CLASS, groups: true })).toEqual(["class/qx17"]);
});

test("a number of the roster is not taken for another person's on the platform", async () => {
  const numbers = roster("id,name\n21,Rosa Marin\n7,Ada Lovelace\n");
  await expect(regraded("21", SENT, { roster: numbers })).rejects.toThrow(
    "Rosa Marin (21) of roster.csv has handed in nothing",
  );
});

test("a report without names calls her by a pseudonym, by which she is found again", async () => {
  const place = await mkdtemp(join(tmpdir(), "flowlab-regrade-"));
  try {
    const html = join(place, "report");
    const run = gradedRun(
      FOLDERS.map(({ name, sender }) => submissionResult(name, [], { ...(sender && { sender }) })),
    );
    const pseudonyms = await openPseudonyms({ html });
    const { people, hide } = coverRun(run, pseudonyms, CLASS);
    await pseudonyms.keep(people);
    const [ada] = [...people].find(([, { id }]) => id === "s1") ?? [];
    expect((await hide(run)).summaries.map(({ submission }) => submission)).toContain(ada);
    expect(await regraded(ada as string, FOLDERS, { roster: CLASS, html })).toEqual(["class/qx17"]);
  } finally {
    await rm(place, { recursive: true });
  }
});
