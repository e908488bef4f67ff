import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../peers.ts";
import type { Run, Task } from "./one-run.ts";

/** Grades a class in a process of its own: memory that an earlier run has left would count for the next. */
export async function measureRun(task: Task): Promise<Run> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, "bench/judge/one-run.ts"), JSON.stringify(task)],
    { cwd: root, maxBuffer: 1e8 },
  );
  return JSON.parse(stdout) as Run;
}
