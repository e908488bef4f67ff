/**
 * Percent scripts, the format of a notebook's source: `// %%` begins a cell, `// %% [markdown]` a text cell whose lines are
 * comments, and `key="value"` after the marker is the cell's metadata. jupytext reads the same files.
 */

export interface ScriptCell {
  readonly type: "code" | "markdown";
  readonly source: string;
  readonly attributes: { readonly [key: string]: unknown };
  /** Line of the marker, from 1. */
  readonly line: number;
}

const MARKER = /^\/\/ %%(?: (.*))?$/;
const ATTRIBUTE = /^([\w-]+)=("(?:[^"\\]|\\.)*"|\[[^\]]*\]|\S+)\s*/;

/** @throws SyntaxError for text before the first cell, a marker it cannot read, or an uncommented line in a text cell. */
export function parsePercent(script: string, file: string): ScriptCell[] {
  const cells: {
    type: "code" | "markdown";
    lines: string[];
    attributes: Record<string, unknown>;
    line: number;
  }[] = [];
  for (const [index, line] of script.replace(/\r\n/g, "\n").split("\n").entries()) {
    const marker = MARKER.exec(line);
    if (marker)
      cells.push({ ...parseMarker(marker[1] ?? "", `${file}:${index + 1}`), lines: [], line: index + 1 });
    else if (cells.length > 0) cells[cells.length - 1].lines.push(line);
    else if (line.trim() !== "") throw new SyntaxError(`${file}:${index + 1}: text before the first "// %%"`);
  }
  return cells.map(({ type, lines, attributes, line }) => ({
    type,
    attributes,
    line,
    source: trimBlank(
      type === "markdown" ? lines.map((l, i) => uncomment(l, `${file}:${line + 1 + i}`)) : lines,
    ).join("\n"),
  }));
}

function parseMarker(text: string, at: string): Pick<ScriptCell, "type" | "attributes"> {
  let rest = text.trim();
  const type = rest.startsWith("[markdown]") ? "markdown" : "code";
  if (type === "markdown") rest = rest.slice("[markdown]".length).trim();
  const attributes: Record<string, unknown> = {};
  while (rest !== "") {
    const found = ATTRIBUTE.exec(rest);
    if (!found)
      throw new SyntaxError(`${at}: cannot read "${rest}" after the cell marker; write key="value"`);
    attributes[found[1]] = JSON.parse(found[2]);
    rest = rest.slice(found[0].length);
  }
  return { type, attributes };
}

function uncomment(line: string, at: string): string {
  if (line.trim() === "") return "";
  const match = /^\/\/ ?(.*)$/.exec(line);
  if (!match) throw new SyntaxError(`${at}: in a [markdown] cell every line is a comment; got "${line}"`);
  return match[1];
}

function trimBlank(lines: readonly string[]): string[] {
  let first = 0;
  let last = lines.length;
  while (first < last && lines[first].trim() === "") first++;
  while (last > first && lines[last - 1].trim() === "") last--;
  return lines.slice(first, last);
}
