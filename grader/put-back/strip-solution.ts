/** Solutions → stubs: the marked regions are the only thing that changes. */

import { UNSOLVED_MESSAGE } from "../harness/unsolved.ts";

const BEGIN = "// BEGIN SOLUTION";
const END = "// END SOLUTION";

/**
 * Replaces everything between `// BEGIN SOLUTION` and `// END SOLUTION` by a stub that throws.
 *
 * The stub is nbgrader's as well: its ClearSolutions with our `code_stub` gives the same text.
 *
 * @throws SyntaxError where markers are nested, unclosed, absent, or outside a function; names file and line.
 */
export function stripSolution(source: string, file: string): string {
  const kept: string[] = [];
  let open: number | undefined;
  let regions = 0;
  for (const [index, line] of source.split("\n").entries()) {
    const at = `${file}:${index + 1}`;
    if (line.trim() === BEGIN) {
      if (open !== undefined)
        throw new SyntaxError(`${at}: "${BEGIN}" inside a region that began in line ${open}`);
      const indent = line.slice(0, line.indexOf("/"));
      if (indent === "")
        throw new SyntaxError(`${at}: "${BEGIN}" outside a function; a stub there would throw at import`);
      kept.push(`${indent}// YOUR CODE HERE`, `${indent}throw new Error("${UNSOLVED_MESSAGE}");`);
      open = index + 1;
      regions += 1;
    } else if (line.trim() === END) {
      if (open === undefined) throw new SyntaxError(`${at}: "${END}" without "${BEGIN}"`);
      open = undefined;
    } else if (open === undefined) kept.push(line);
  }
  if (open !== undefined) throw new SyntaxError(`${file}:${open}: "${BEGIN}" is never closed`);
  if (regions === 0) throw new SyntaxError(`${file}: no "${BEGIN}" in it, so the stub would be the solution`);
  return kept.join("\n");
}

/** The solution without its markers, for a reader. */
export function dropMarkers(source: string): string {
  return source
    .split("\n")
    .filter((line) => line.trim() !== BEGIN && line.trim() !== END)
    .join("\n");
}
