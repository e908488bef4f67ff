/** `--variants`: each learner is graded by her own numbers. */

import { readFile } from "node:fs/promises";
import { course } from "../course.ts";
import { kitManifest } from "../kit/manifest.ts";
import { readRoster } from "../roster/roster.ts";
import type { Submission } from "../submissions/submission.ts";
import { type Assigned, assignNumbers } from "./assign.ts";
import { markOf } from "./mark.ts";
import { readSecret, SecretError } from "./secret.ts";

/** Of the command line. */
export interface NumbersArguments {
  /** The file of the secret. */
  readonly variants?: string;
  readonly roster?: string;
  readonly groups: boolean;
}

/**
 * @throws SecretError if answers were written in kits with numbers of their own, and nothing says by which to grade them, or the secret cannot be read; TableError
 */
export async function ownNumbersOf(
  submissions: readonly Submission[],
  { variants, roster: list, groups }: NumbersArguments,
): Promise<Omit<Assigned, "numbers"> & Partial<Pick<Assigned, "numbers">>> {
  if (variants === undefined) {
    const marked = submissions.find(({ sources }) => sources.some((source) => markOf(source) !== undefined));
    // In her own kit the exercises have her numbers already.
    if (marked && kitManifest()?.learner === undefined)
      throw new SecretError(
        `${marked.name} was written in a kit with numbers of its learner's own: grade with --variants FILE, the secret that npm run release made, and --roster FILE`,
      );
    return { submissions, notes: [] };
  }
  if (list === undefined)
    throw new SecretError(
      "--variants tells each learner's numbers by the roster: give --roster FILE, the one of npm run release",
    );
  const secret = await readSecret(variants);
  const roster = readRoster(await readFile(list), list);
  return assignNumbers(submissions, course, secret, roster, groups);
}
