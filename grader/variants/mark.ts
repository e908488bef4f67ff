/** The mark of a learner's own kit, as it stands in what she hands in: in the cell's metadata, or above the stub of a file. */

import type { Source } from "../submissions/submission.ts";

const MARK = /^[0-9a-f]{16}$/;

export const MARK_DIGITS = 16;

export const isMark = (value: unknown): value is string => typeof value === "string" && MARK.test(value);

/** In a file of `exercises/`, above the line of its stub. */
export const markLine = (mark: string): string => `// kit ${mark}\n`;

/** Of what was handed in: a cell's metadata, or a file's line if it is still there. */
export const markOf = ({ kit, code }: Pick<Source, "kit" | "code">): string | undefined =>
  kit ?? /^\/\/ kit ([0-9a-f]{16})\s*$/m.exec(code)?.[1];
