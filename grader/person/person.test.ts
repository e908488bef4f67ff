/** One person's data, by the real command lines. */

import { execFile } from "node:child_process";
import { cp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { TABLE } from "../by-hand/table.ts";
import { gradeFolder, RIGHT, WRONG } from "../cli/grade.fixture.ts";
import { readRoster } from "../roster/roster.ts";
import { zip } from "../submissions/files/archive.fixture.ts";
import { openArchive } from "../submissions/files/archive.ts";
import { deleteHoldings } from "./delete.ts";
import { whoIs } from "./find.ts";
import { findHoldings, isEmpty } from "./holdings.ts";

const { grade, put, read, results, root } = gradeFolder();
const SOLUTION = join(import.meta.dirname, "../../solutions/09-glow/16-11-reverse-kl.ts");
const HERS = /quux|zebulon|s1001/i;
const ROSTER =
  "id,name,email\ns1001,Zebulon O'Quux,zeb@x.org\ns1002,Bob Li,bob@x.org\ns1003,Cyd Roe,cyd@x.org\n";

async function person(...args: string[]) {
  const cli = join(import.meta.dirname, "cli.ts");
  return promisify(execFile)(process.execPath, [cli, ...args], { cwd: root() }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code: code as number, out: stdout as string, err: stderr as string }),
  );
}

/** Of everything that the grader has written. */
async function filesNaming(): Promise<string[]> {
  const entries = await readdir(join(root(), "out"), { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const one of entries.filter((entry) => entry.isFile())) {
    const path = join(one.parentPath, one.name);
    if (HERS.test(`${path.slice(root().length)} ${await readFile(path, "latin1")}`)) found.push(one.name);
  }
  return found;
}

const PLACES = [
  "--record",
  "out/r.jsonl",
  "--report",
  "out/open",
  "--report",
  "out/blind",
  "--roster",
  "roster.csv",
];

async function begin(): Promise<void> {
  const entry = (who: string, code: string) => ({
    name: `${who}_assignsubmission_file/16-1-square.ts`,
    content: `${code}\n// ${who}`,
  });
  const text = await readFile(SOLUTION, "utf8");
  await put(
    "week.zip",
    zip([
      entry("Zebulon O'Quux_4701", RIGHT),
      { name: "Zebulon O'Quux_4701_assignsubmission_file/16-11-reverse-kl.ts", content: text },
      entry("Bob Li_4702", WRONG),
      entry("Cyd Roe_4703", RIGHT),
      { name: "Cyd Roe_4703_assignsubmission_file/16-11-reverse-kl.ts", content: text },
      { name: "note for s1001.txt", content: "" },
    ]),
  );
  await put("roster.csv", ROSTER);
  const reports = [
    "--html",
    "out/open",
    "--json",
    "out/all.json",
    "--feedback",
    "out/feedback.zip",
    "--export",
    "csv=out/marks.csv",
    "--export",
    "gradescope=out/results/",
  ];
  const graded = await grade([
    "week.zip",
    "--trust",
    "--record",
    "out/r.jsonl",
    "--roster",
    "roster.csv",
    ...reports,
  ]);
  expect([graded.code, graded.err]).toEqual([0, expect.anything()]);
  const blind = await grade([
    "--from-record",
    "out/r.jsonl",
    "--roster",
    "roster.csv",
    "--html",
    "out/blind",
    "--anonymous",
  ]);
  expect(blind.code).toBe(0);
  for (const folder of ["out/open", "out/blind"])
    await put(join(folder, TABLE), (await read(join(folder, TABLE))).replaceAll("16.11,,", "16.11,2,"));
}

test("all that is kept is exported with an index, listed, and deleted; the others' results are the same bytes", async () => {
  await begin();
  const lines = async () => (await read("out/r.jsonl")).split("\n");
  const hers = (await lines()).find((line) => line.includes("submission") && line.includes('Quux_4701"'));
  const index = `"index":${JSON.parse(hers ?? "").index},`;
  const others = (await lines()).slice(1).filter((line) => !line.includes(index));
  const exported = await person("export", "zeb@x.org", ...PLACES, "--out", "hers.zip");
  expect([exported.code, exported.err]).toEqual([0, ""]);
  const tree = await openArchive(join(root(), "hers.zip"), true);
  const files = new Map<string, string>();
  for (const leaf of tree.leaves) files.set(leaf.path, (await leaf.read(5_000_000)).toString());
  await tree.close?.();
  expect([...files.keys()].sort()).toEqual([
    "index.html",
    "points-1.csv",
    "points-2.csv",
    "record-1/1.html",
    "record-1/1.json",
  ]);
  expect(JSON.parse(files.get("record-1/1.json") ?? "").answers).toHaveLength(2);
  expect(files.get("points-1.csv")).toMatch(/O'Quux.*,16\.11,2,3/);
  expect(files.get("index.html")).toMatch(/href="record-1\/1\.html"[\s\S]*out\/marks\.csv/);
  expect([...files.values()].join("\n")).not.toMatch(/Bob Li|Cyd Roe/);

  const dry = await person("delete", "s1001", ...PLACES, "--dry-run");
  expect(dry.out.split("\n").map((line) => line.replace(/\S*out\//g, "out/"))).toEqual(
    expect.arrayContaining([
      "record out/r.jsonl: week.zip › Zebulon O'Quux_4701, 2 graded answers",
      "report out/open: 1 row of points by hand",
      "report out/blind: its pages, which name her or show her answers",
      expect.stringContaining("out/feedback.zip"),
      expect.stringMatching(/out\/pseudonyms\.json: Person /),
      expect.stringContaining("backups"),
    ]),
  );
  const asked = await person("delete", "s1001", ...PLACES);
  expect([asked.code, asked.err]).toEqual([2, expect.stringContaining("--dry-run, then add --yes")]);
  expect((await filesNaming()).length).toBeGreaterThan(5);

  const gone = await person("delete", "s1001", ...PLACES, "--yes");
  expect([gone.code, gone.out]).toEqual([
    0,
    expect.stringContaining("npm run grade -- --from-record out/r.jsonl"),
  ]);
  expect(await filesNaming()).toEqual([]);
  expect((await lines()).slice(1).filter((line) => !line.includes(index))).toEqual(others);
  const wrong = await person("delete", "s1001", "--report", "out/opne", "--database", "nowhere", "--yes");
  expect([wrong.code, wrong.err]).toEqual([2, "--report out/opne: there is no report\n"]);
  const twice = await person("delete", "s1001", ...PLACES, "--yes");
  expect([twice.code, twice.out]).toEqual([0, expect.stringContaining("nothing of s1001")]);

  await put("roster.csv", ROSTER.replace(/s1001.*\n/, ""));
  const again = await grade([
    "--from-record",
    "out/r.jsonl",
    "--roster",
    "roster.csv",
    "--html",
    "out/open",
    "--json",
    "out/all.json",
  ]);
  expect([again.code, again.out]).toEqual([0, expect.stringMatching(/Bob Li[\s\S]*Cyd Roe.*12\+2/)]);
  expect((await results("out/all.json")).submissions.map(({ learner }) => learner)).toEqual([
    "Bob Li (s1002)",
    "Cyd Roe (s1003)",
  ]);
  expect(await filesNaming()).toEqual([]);
});

test("a deletion that is interrupted before any of its steps goes on when it is given again", async () => {
  const places = {
    records: [join(root(), "out/r.jsonl")],
    databases: [],
    reports: ["open", "blind"].map((one) => join(root(), "out", one)),
  };
  const who = whoIs("Zebulon O'Quux", readRoster(Buffer.from(ROSTER), "roster.csv"));
  const [out, kept] = [join(root(), "out"), join(root(), "kept")];
  await rm(out, { recursive: true });
  await begin();
  await cp(out, kept, { recursive: true });
  for (let stop = 0; ; stop++) {
    await rm(out, { recursive: true });
    await cp(kept, out, { recursive: true });
    let step = 0;
    const interrupt = () => {
      if (step++ === stop) throw new Error("killed");
    };
    const holdings = await findHoldings(who, places);
    const ended = await deleteHoldings(holdings, interrupt).then(
      () => true,
      () => false,
    );
    if (ended) {
      expect(stop).toBe(4);
      break;
    }
    await deleteHoldings(await findHoldings(who, places));
    expect([stop, await filesNaming()]).toEqual([stop, []]);
    expect(isEmpty(await findHoldings(who, places))).toBe(true);
  }
});
