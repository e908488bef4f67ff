import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Sender } from "../../grading/sender.ts";
import { zip } from "../files/archive.fixture.ts";
import { readSubmissions } from "../read.ts";
import { course } from "./class.fixture.ts";

const code = "// exercise: 16.1\nexport const density = (x: number) => x;";

/** What each submission of a class of these files tells of who handed it in. */
async function senders(paths: readonly (string | readonly [string, string])[]): Promise<Sender[]> {
  const scratch = await mkdtemp(join(tmpdir(), "flowlab-sender-"));
  try {
    const path = join(scratch, "class.zip");
    const entries = paths.map((one) => (typeof one === "string" ? ([one, code] as const) : one));
    await writeFile(path, zip(entries.map(([name, content]) => ({ name, content }))));
    const { submissions } = await readSubmissions(path, { course });
    const found = submissions.map(({ sender }) => sender as Sender);
    const order = entries.map(([name]) => name.split("/")[0] as string);
    return found.toSorted((a, b) => order.indexOf(a.entries[0] ?? "") - order.indexOf(b.entries[0] ?? ""));
  } finally {
    await rm(scratch, { recursive: true });
  }
}

test("Moodle's names: a person, a participant whose name is hidden, a group without a number", async () => {
  expect(
    await senders([
      "Ada Lovelace_4711_assignsubmission_file/16-1-square.ts",
      "Ada Lovelace_4711_assignsubmission_onlinetext/onlinetext.html",
      "Participant_4712_assignsubmission_file/16-1-square.ts",
      "Default group_assignsubmission_file/16-1-square.ts",
    ]),
  ).toEqual([
    {
      layout: "moodle",
      entries: ["Ada Lovelace_4711_assignsubmission_file"],
      people: [{ name: "Ada Lovelace", id: "4711" }],
    },
    { layout: "moodle", entries: ["Participant_4712_assignsubmission_file"], people: [{ id: "4712" }] },
    {
      layout: "moodle",
      entries: ["Default group_assignsubmission_file"],
      people: [{ name: "Default group" }],
    },
  ]);
});

test("Canvas's names: the user's number, LATE, each upload; nobody behind anon_", async () => {
  expect(
    await senders([
      "lovelaceada_LATE_101_5001_16-1-square.ts",
      "lovelaceada_LATE_101_5002_16-2-sigmoid.ts",
      "hopper_102_5003_16-1-square.ts",
      "LATE_anon_x7Qp2_5004_16-1-square.ts",
    ]),
  ).toEqual([
    {
      layout: "canvas",
      entries: ["lovelaceada_LATE_101_5001_16-1-square.ts", "lovelaceada_LATE_101_5002_16-2-sigmoid.ts"],
      people: [{ name: "lovelaceada", id: "101" }],
      late: true,
    },
    {
      layout: "canvas",
      entries: ["hopper_102_5003_16-1-square.ts"],
      people: [{ name: "hopper", id: "102" }],
    },
    { layout: "canvas", entries: ["LATE_anon_x7Qp2_5004_16-1-square.ts"], people: [], late: true },
  ]);
});

test("Gradescope's list: number, e-mail, time and attempts, of a group each member", async () => {
  const metadata = `---
submission_11:
  :submitters:
  - :name: 'Bob O''Neill'
    :sid: '0012'
    :email: bob@x.org
  - :name: "Grace \\"G\\" Hopper"
    :email: grace@x.org
  :created_at: 2026-11-10 23:15:24.152130000 Z
  :score: 5.0
  :history:
  - :id: 9
    :submitters:
    - :name: Nobody
    :created_at: 2026-11-01 10:00:00.000000000 Z
  - :id: 10
submission_12:
  :submitters:
  - :sid: s2
  :created_at: 2026-11-11 01:15:24.1 +0100
`;
  const [first, second, third] = await senders([
    ["submission_metadata.yml", metadata],
    "submission_11/16-1-square.ts",
    "submission_12/16-1-square.ts",
    "submission_13/16-1-square.ts",
  ]);
  expect(first).toEqual({
    layout: "gradescope",
    entries: ["submission_11"],
    people: [
      { name: "Bob O'Neill", id: "0012", email: "bob@x.org" },
      { name: 'Grace "G" Hopper', email: "grace@x.org" },
    ],
    at: "2026-11-10T23:15:24Z",
    attempts: 3,
  });
  expect(second).toMatchObject({ people: [{ id: "s2" }], at: "2026-11-11T01:15:24+01:00" });
  expect(third).toMatchObject({ people: [] });
});

test("the attempt that counts tells the time: a later one without anything to grade does not", async () => {
  const [one] = await senders([
    "Week 1_u1_attempt_2025-03-03-10-00-00_16-1-square.ts",
    "Week 1_u1_attempt_2025-03-03-18-30-00_16-1-square.ts",
    ["Week 1_u1_attempt_2025-03-04-09-00-00_remarks.pdf", "later"],
    "Week 1_u2_attempt_2025-03-03-10-00-00_16-1-square.ts",
  ]);
  expect(one).toMatchObject({ people: [{ login: "u1" }], at: "2025-03-03T18:30:00", attempts: 3 });
});

test("what no platform has named is a label: a name, a number or a login", async () => {
  const people = (await senders(["Ada Lovelace/16-1-square.ts", "s4711/16-1-square.ts"])).map(
    ({ people }) => people,
  );
  expect(people).toEqual([[{ label: "Ada Lovelace" }], [{ label: "s4711" }]]);
  const files = await senders(["lovelace_16-1-square.ts", "hopper_16-1-square.ts"]);
  expect(files.map(({ people }) => people)).toEqual([[{ label: "lovelace" }], [{ label: "hopper" }]]);
});
