/** What a notebook imports of the grader: in one line of its first cell, whoever calls it, a script or a cell that is put into it. */

import type { Cell } from "./nbformat.ts";

/** All that a notebook may import of the grader. */
const NAMES = ["check", "predict", "progress", "reset", "worked"] as const;

const IMPORT = /^import \{([^}]*)\} from "flowlab-grader";\n?/m;

/** @throws SyntaxError if a script imports something else of the grader. */
export function withGraderImport(cells: readonly Cell[], file: string): Cell[] {
  const code = cells.filter(({ type }) => type === "code").map(({ source }) => source);
  const written = code.flatMap((source) => IMPORT.exec(source)?.[1]?.split(",") ?? []);
  const imported = written.map((name) => name.trim()).filter((name) => name !== "");
  const other = imported.find((name) => !NAMES.some((known) => known === name));
  if (other !== undefined)
    throw new SyntaxError(`${file}: a notebook imports of the grader only ${NAMES.join(", ")}; got ${other}`);
  const called = code.flatMap((source) =>
    [...source.matchAll(/^(?:await )?(check|predict)(?:\.answer)?\(/gm)].map(([, name]) => name as string),
  );
  const needed = [...imported, ...called];
  // Whoever has an exercise before her may ask for these in a cell of her own; a script may have the name for something else.
  const taken = code.flatMap((source) =>
    [...source.matchAll(/^import \{([^}]*)\} from "(?!flowlab-grader)/gm)].flatMap(([, names]) =>
      (names as string).split(",").map((name) => name.trim().replace(/^.* as /, "")),
    ),
  );
  if (called.includes("check"))
    needed.push(...["progress", "reset", "worked"].filter((name) => !taken.includes(name)));
  const names = NAMES.filter((name) => needed.includes(name));
  if (names.length === 0) return [...cells];
  const first = cells.findIndex(({ type }) => type === "code");
  const line = `import { ${names.join(", ")} } from "flowlab-grader";`;
  return cells.map((cell, i) => {
    if (cell.type !== "code") return cell;
    // Where the first cell has it, what stands below it may need it.
    if (i === first && IMPORT.test(cell.source))
      return { ...cell, source: cell.source.replace(IMPORT, `${line}\n`).trimEnd() };
    const source = cell.source.replace(IMPORT, "").trimEnd();
    return { ...cell, source: i === first ? `${source}\n${line}` : source };
  });
}
