/** The real command line in a folder of its own, for tests. */

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, vi } from "vitest";
import type { BatchResult } from "../grading/result.ts";

export const CLI = join(import.meta.dirname, "grade.ts");

export const RIGHT =
  "// exercise: 16.1\nexport const density = (x: number) => (x > 0 && x <= 1 ? 0.5 / Math.sqrt(x) : 0);";
export const WRONG =
  "// exercise: 16.1\nexport const density = (x: number) => (x > 0 && x <= 1 ? 2 * Math.sqrt(x) : 0);";

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder that is there while this file's tests run. Paths are inside it. */
export function gradeFolder() {
  // Each test waits for several runs of the command line, on a machine that may be busy with others.
  vi.setConfig({ testTimeout: 300_000 });
  let root = "";
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "flowlab-grade-"));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));
  const environment = (env: Record<string, string>) => ({ ...process.env, NO_COLOR: "1", ...env });
  const read = (path: string) => readFile(join(root, path), "utf8");
  return {
    root: () => root,
    read,
    results: async (path: string) => JSON.parse(await read(path)) as BatchResult,
    async put(path: string, content: string | Uint8Array): Promise<void> {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    },
    /**
     * Runs to the end.
     *
     * @param largestFile In kB, where files may not grow without end.
     */
    grade(args: readonly string[], env: Record<string, string> = {}, largestFile?: number): Promise<Run> {
      return new Promise((resolve) => {
        const options = { cwd: root, env: environment(env), maxBuffer: 2 ** 27 };
        const limited = [
          "-c",
          `ulimit -S -f ${largestFile}; exec "$@"`,
          "bash",
          process.execPath,
          CLI,
          ...args,
        ];
        const [file, ...rest] =
          largestFile === undefined ? [process.execPath, CLI, ...args] : ["bash", ...limited];
        execFile(file as string, rest, options, (error, out, err) => {
          resolve({ code: error ? Number(error.code) : 0, out, err });
        });
      });
    },
    /** Starts and goes on. */
    start(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
      return spawn(process.execPath, [CLI, ...args], { cwd: root, env: environment(env), detached: true });
    },
  };
}
