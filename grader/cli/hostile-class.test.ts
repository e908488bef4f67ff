import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect } from "vitest";
import { sample } from "../../setup/testing/sample.ts";
import type { BatchResult } from "../grading/result.ts";
import { detectSandbox } from "../sandbox/detect.ts";
import { needingSandbox } from "../sandbox/tiers.fixture.ts";

const root = join(import.meta.dirname, "../..");
const fixtures = join(root, "grader/fixtures/submissions");
const everybody: Record<string, { points: number }> = JSON.parse(
  readFileSync(join(fixtures, "deserved.json"), "utf8"),
);
const deserved = Object.fromEntries(sample(Object.entries(everybody), 3));
const scratch = mkdtempSync(join(tmpdir(), "flowlab-hostile-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const sandboxed = await needingSandbox();

/** Everything that a learner's code could leave behind in the course. */
const treeOf = (path: string): string[] => (readdirSync(path, { recursive: true }) as string[]).sort();

sandboxed.test(
  "the whole hostile class in one run: each gets exactly what it deserves, and nothing leaks",
  { timeout: 900_000 },
  async () => {
    const before = ["solutions", "exercises", "grader/exercises"].map((path) => treeOf(join(root, path)));
    const folder = join(scratch, "class");
    mkdirSync(folder);
    for (const file of Object.keys(deserved)) copyFileSync(join(fixtures, file), join(folder, file));
    const json = join(scratch, "class.json");
    const html = join(scratch, "html");
    const args = [
      "grader/cli/grade.ts",
      folder,
      // Nobody deserves less for it: what is honest takes a hundredth of that, and loops use it up in every check.
      "--limit-seconds",
      "1",
      // While some are asleep others compute.
      "--jobs",
      "4",
      "--json",
      json,
      "--html",
      html,
      "--seed",
      "class",
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 1e8 });

    const batch = JSON.parse(readFileSync(json, "utf8")) as BatchResult;
    const got = Object.fromEntries(batch.submissions.map((s) => [s.submission.split("/").at(-1), s.points]));
    const due = Object.fromEntries(Object.entries(deserved).map(([file, { points }]) => [file, points]));
    expect(got).toEqual(due);
    expect(batch).toMatchObject({ sandbox: (await detectSandbox()).tier, seed: "class" });
    expect(stdout).toContain(`${Object.keys(deserved).length} submissions graded`);

    const pages = readdirSync(html).filter((name) => name.endsWith(".html"));
    expect(pages.length).toBeGreaterThan(0);
    expect(["solutions", "exercises", "grader/exercises"].map((path) => treeOf(join(root, path)))).toEqual(
      before,
    );
  },
);
