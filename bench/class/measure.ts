/** Grades a class of people who have all solved one chapter, by the command that an instructor uses, and says what that cost. */

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BatchResult } from "../../grader/grading/result.ts";
import { buildNotebook } from "../../notebooks/build/generated.ts";
import { root } from "../peers.ts";

const run = promisify(execFile);

export interface Cost {
  readonly seconds: number;
  /** Of the command and of every process that it started. */
  readonly processorSeconds: number;
  /** Processes that a sandbox has ended are in it, too: half of the cost. Counting them needs a control group, and that root. */
  readonly everything: boolean;
  /** Most memory that the command itself has held. */
  readonly peakBytes: number;
}

export interface ClassCost extends Cost {
  readonly learners: number;
  /** Exercises of each. */
  readonly exercises: number;
  /** People who got less than full marks: nobody deserves it. */
  readonly failed: number;
}

/** What a command costs; Linux, with Python 3. */
export async function costOf(command: readonly string[]): Promise<Cost> {
  const meter = join(root, "bench/class/processor_time.py");
  const { stdout } = await run("python3", [meter, ...command], { cwd: root, maxBuffer: 1e9 });
  const { code, ...cost } = JSON.parse(stdout) as Cost & { readonly code: number };
  if (code !== 0) throw new Error(`${command.slice(0, 3).join(" ")} ended with code ${code}`);
  return cost;
}

/** @param chapter Such as `01-change-of-variables`. */
export async function gradeClass(chapter: string, learners: number, jobs: number): Promise<ClassCost> {
  const folder = mkdtempSync(join(tmpdir(), "flowlab-class-"));
  try {
    const notebook = JSON.stringify(buildNotebook(root, chapter, "solved"));
    for (let i = 0; i < learners; i++) {
      const own = join(folder, "class", `learner-${String(i).padStart(5, "0")}`);
      mkdirSync(own, { recursive: true });
      writeFileSync(join(own, `${chapter}.ipynb`), notebook);
    }
    const json = join(folder, "results.json");
    const kept = ["--json", json, "--record", join(folder, "record.jsonl")];
    const grade = [process.execPath, join(root, "grader/cli/grade.ts"), join(folder, "class")];
    const cost = await costOf([...grade, ...kept, "--seed", "bench", "--jobs", String(jobs)]);
    const { submissions } = JSON.parse(readFileSync(json, "utf8")) as BatchResult;
    if (submissions.length !== learners)
      throw new Error(`expected ${learners} graded submissions; got ${submissions.length}`);
    return {
      ...cost,
      learners,
      exercises: submissions[0]?.exercises.length ?? 0,
      failed: submissions.filter(({ points, maxPoints }) => points !== maxPoints).length,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
