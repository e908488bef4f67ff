/** The mark of a learner's own kit, as it stands in what she hands in: in the cell's metadata, or above the stub of a file. */

const MARK = /^[0-9a-f]{16}$/;

export const MARK_DIGITS = 16;

export const isMark = (value: unknown): value is string => typeof value === "string" && MARK.test(value);

/** In a file of `exercises/`, above the line of its stub. */
export const markLine = (mark: string): string => `// kit ${mark}\n`;

/** Of a file that was handed in, if the line is still there. */
export const markIn = (code: string): string | undefined => /^\/\/ kit ([0-9a-f]{16})\s*$/m.exec(code)?.[1];
