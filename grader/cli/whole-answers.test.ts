/** Whole archives and files through the command line, as learners hand them in, graded in the sandbox. */

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import type { BatchResult } from "../grading/result.ts";
import { needingSandbox } from "../sandbox/tiers.fixture.ts";
import { PROJECT } from "./own-work.ts";

const sandboxed = await needingSandbox();
const CLASSES = join(PROJECT, "grader/fixtures/classes");
const square = `// exercise: 16.1
/** Density of x = z² for z uniform on [0, 1]: größer als null. */
export const density = (x: number): number => (x > 0 && x <= 1 ? 0.5 / Math.sqrt(x) : 0);
`;

sandboxed.test(
  "right answers get what they deserve, wherever and however they were saved",
  { timeout: 300_000 },
  async () => {
    const scratch = await mkdtemp(join(tmpdir(), "flowlab-whole-"));
    try {
      await writeFile(join(scratch, "utf16.ts"), Buffer.from(`\ufeff${square}`, "utf16le"));
      await writeFile(join(scratch, "latin1.ts"), Buffer.from(square, "latin1"));
      await writeFile(join(scratch, "exercise_16_1_final.ts"), square.replace("// exercise: 16.1\n", ""));
      const own = ["utf16.ts", "latin1.ts", "exercise_16_1_final.ts"].map((name) => join(scratch, name));
      const whole = ["both-places.zip", "leftover-line-and-stubs.zip", "mentions-another-exercise.zip"].map(
        (name) => join(CLASSES, name),
      );
      const json = join(scratch, "all.json");
      const args = ["grader/cli/grade.ts", ...own, ...whole, "--json", json, "--seed", "whole"];
      await promisify(execFile)(process.execPath, args, { cwd: PROJECT });
      const { submissions } = JSON.parse(await readFile(json, "utf8")) as BatchResult;
      expect(submissions.map(({ submission, points }) => [submission.split(/[\\/]/).at(-1), points])).toEqual(
        [
          ["utf16.ts", 3],
          ["latin1.ts", 3],
          ["exercise_16_1_final.ts", 3],
          ["both-places.zip", 22],
          ["leftover-line-and-stubs.zip", 22],
          ["mentions-another-exercise.zip", 7],
        ],
      );
    } finally {
      await rm(scratch, { recursive: true });
    }
  },
);
