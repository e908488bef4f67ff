import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { BatchResult } from "../grading/result.ts";
import { demoCell, exerciseCell, notebook } from "../submissions/answers/notebook.fixture.ts";
import { zip } from "../submissions/files/archive.fixture.ts";
import { isOwnWork, PROJECT } from "./own-work.ts";

const CLI = join(import.meta.dirname, "grade.ts");
// Each test waits for runs of the command line, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 300_000 });

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "flowlab-grade-"));
});
afterAll(() => rm(root, { recursive: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function grade(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, NO_COLOR: "1", ...env } };
    execFile(process.execPath, [CLI, ...args], options, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}
const results = async (path: string) => JSON.parse(await readFile(join(root, path), "utf8")) as BatchResult;

const right = "export const density = (x: number) => (x > 0 && x <= 1 ? 0.5 / Math.sqrt(x) : 0);";
const wrong = "export const density = (x: number) => (x > 0 && x <= 1 ? 2 * Math.sqrt(x) : 0);";
const stub = 'export function density(x: number): number {\n  throw new Error("Not yet solved");\n}';

test("a class: notebook, scripts, archive, something unreadable", async () => {
  await put(
    "class.zip",
    zip([
      {
        name: "ada/answers.ipynb",
        content: notebook([demoCell("process.exit(7)"), exerciseCell("16.1", right)]),
      },
      { name: "bob/01-change-of-variables/16-1-square.ts", content: `console.log("hello");\n${wrong}` },
      {
        name: "cyd/work.zip",
        content: zip([{ name: "16-1-square.ts", content: stub }]),
      },
      { name: "dan/answer.ipynb", content: "{" },
    ]),
  );
  const args = ["class.zip", "--json", "out/class.json", "--html", "out/pages", "--seed", "class", "--trust"];
  const { code, out, err } = await grade(args);
  expect(err).toContain("/4] class.zip › ada: 3/3");
  // Nothing of dan's could be graded.
  expect(code).toBe(3);
  expect(out).toMatch(/ada +3\/3 ✓ +3\/3\nbob +1\/3 ◐ +1\/3\ncyd +0\/3 ○ +0\/3\ndan +– +not graded !/);
  expect(out).toMatch(/! dan: dan\/answer\.ipynb is not a notebook: it holds no valid JSON/);
  expect(out).toMatch(
    /3 submissions graded in .* per second\), 1 not graded\nsandbox: [\w-]+ {3}seed: class/,
  );
  const schema = JSON.parse(await readFile(join(PROJECT, "grader/report/schema.json"), "utf8"));
  const batch = await results("out/class.json");
  expect(new Ajv2020().validate(schema, batch)).toBe(true);
  const [ada, bob, cyd] = batch.submissions;
  expect([ada?.points, bob?.points, cyd?.exercises[0]?.status]).toEqual([3, 1, "unsolved"]);
  expect(bob?.exercises[0]?.checks.find(({ failure }) => failure)?.failure?.misconception?.id).toBe(
    "multiplied-by-the-slope",
  );
  expect(bob?.exercises[0]?.output).toBe("hello\n");
  expect(await readdir(join(root, "out/pages/submissions"))).toHaveLength(4);
});

test("the same seed asks the same questions, another seed others", async () => {
  await put("bob.ts", `// exercise: 16.1\n${wrong}`);
  const inputs = async (seed: string) => {
    await grade(["bob.ts", "--json", "bob.json", "--seed", seed, "--trust"]);
    return (await results("bob.json")).submissions[0]?.exercises[0]?.checks.map(
      ({ failure }) => failure?.input,
    );
  };
  const first = await inputs("a");
  expect(await inputs("a")).toEqual(first);
  expect(await inputs("b")).not.toEqual(first);
});

test.each([
  ["a path that is not there", ["absent.ts"], /absent\.ts does not exist/],
  ["a file that is no submission", ["essay.pdf"], /expected a \.ts file/],
  [
    "an exercise that the course lacks",
    ["notes.ts", "--exercise", "99"],
    /no exercise is called "99"; there are .*16\.1/,
  ],
  ["an unknown option", ["--grade-well"], /unknown option/],
  ["a number that is none", ["--jobs", "many"], /Expected a whole number/],
  ["a tier that is none", ["--sandbox", "sandpit"], /Allowed choices are bubblewrap/],
  [
    "a folder of other files for the report",
    ["bob.ts", "--html", "."],
    /holds other files and no earlier report/,
  ],
  ["a folder for the JSON", ["bob.ts", "--json", "."], /--json \. is a folder/],
])("cannot grade: %s", async (_what, args, message) => {
  await put("essay.pdf", "x");
  await put("notes.ts", "export {};");
  const { code, err } = await grade(args);
  expect(err).toMatch(message);
  expect(err).not.toMatch(/ at .*\.ts:\d+/);
  expect(code).toBe(2);
});

test("without a sandbox, other people's work only with --trust; one's own is graded", async () => {
  await put("eve.ts", `// exercise: 16.1\n${right}`);
  const none = { FLOWLAB_SANDBOX: "none" };
  const refused = await grade(["eve.ts"], none);
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(/code in eve\.ts would run with your rights.*add --trust/s);
  const trusted = await grade(["eve.ts", "--trust"], none);
  expect(trusted.out).toMatch(/eve\.ts +3\/3 ✓/);
  expect(trusted.err).toContain("no sandbox: this code runs with your rights");
  const own = await grade([join(PROJECT, "exercises"), "--exercise", "16.1"], none);
  expect(own.out).toMatch(/0\/3 ○/);
  expect(own.code).toBe(0);
});

test("a link inside one's own folders does not make other work one's own", async () => {
  const project = join(root, "project");
  await put("project/exercises/mine.ts", "");
  await put("stranger/theirs.ts", "");
  await symlink(join(root, "stranger"), join(project, "exercises/linked"));
  expect(await isOwnWork(join(project, "exercises"), project)).toBe(true);
  expect(await isOwnWork(join(project, "exercises/mine.ts"), project)).toBe(true);
  expect(await isOwnWork(join(project, "exercises/linked/theirs.ts"), project)).toBe(false);
  expect(await isOwnWork(project, project)).toBe(false);
});

test("Ctrl-C ends what runs, writes what is done and says so", async () => {
  const loop = "export function density(x: number): number {\n  while (true) {}\n}";
  await put("slow/a-right.ts", `// exercise: 16.1\n${right}`);
  await put("slow/b-loop.ts", `// exercise: 16.1\n${loop}`);
  await put("slow/c-never.ts", `// exercise: 16.1\n${right}`);
  const args = [CLI, "slow", "--jobs", "1", "--limit-seconds", "600", "--json", "slow.json", "--trust"];
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, NO_COLOR: "1" } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  while (!said.includes("a-right.ts: 3/3")) await sleep(50);
  await sleep(1500);
  const interruptedAt = performance.now();
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(performance.now() - interruptedAt).toBeLessThan(30_000);
  expect(said).toContain("interrupted: what was graded until then is shown and written");
  expect(said).toMatch(/to go on: npm run grade -- … --resume \S+\.jsonl, with the same paths/);
  const batch = await results("slow.json");
  expect(batch.interrupted).toBe(true);
  expect(batch.submissions.map(({ points, problem }) => [points, problem])).toEqual([
    [3, undefined],
    [0, "not graded: the run was interrupted"],
    [0, "not graded: the run was interrupted"],
  ]);
});
