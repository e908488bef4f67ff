/** A place in a learner's code, as an editor would show it. */

/** The line with the one before it, and a caret. */
export function frame(source: string, { line, column }: { line: number; column: number }): string {
  const lines = source.split(/\r?\n/);
  const width = String(line).length;
  const shown = [line - 1, line].filter((n) => n >= 1 && n <= lines.length);
  const text = shown.map((n) => `${String(n).padStart(width)} | ${(lines[n - 1] as string).slice(0, 200)}`);
  return [...text, `${" ".repeat(width)} | ${" ".repeat(Math.min(column, 200) - 1)}^`].join("\n");
}
