/** What of the course's answers stands in a kit, word for word: nothing may. */

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { course } from "../../grader/course.ts";
import type { KitFiles } from "./kit.ts";

/** Shorter lines say nothing: `return x;`, `const n = xs.length;`. Counted without spaces. */
const SHORTEST = { code: 22, text: 40 };

export interface Leak {
  /** In the kit. */
  readonly path: string;
  /** Where the course has it. */
  readonly from: string;
  readonly line: string;
}

/**
 * Lines of solutions, worked solutions and the answers that try the checks, which are in a kit. Compared without spaces, so that a line that
 * was laid out anew is seen. What the course writes for everybody, in the library, the texts and the stubs, is no answer.
 */
export function findLeaks(root: string, files: KitFiles): Leak[] {
  const open = squeeze(openTexts(root).join("\n"));
  const byStart = Map.groupBy(secretLines(root), ({ key }) => key.slice(0, SHORTEST.code));
  return [...files].flatMap(([path, bytes]) => {
    if (path.startsWith("lib/")) return [];
    const text = squeeze(readable(path, bytes));
    const found = new Set<Secret>();
    for (let at = 0; at + SHORTEST.code <= text.length; at++)
      for (const secret of byStart.get(text.slice(at, at + SHORTEST.code)) ?? [])
        if (text.startsWith(secret.key, at)) found.add(secret);
    return [...found]
      .filter(({ key }) => !open.includes(key))
      .map(({ from, line }) => ({ path, from, line }));
  });
}

interface Secret {
  readonly from: string;
  readonly line: string;
  readonly key: string;
}

function openTexts(root: string): string[] {
  const written = readAll(root, "{lib/**/*.ts,notebooks/*.ts,exercises/**/*.ts}");
  return [
    ...written.map(({ text }) => text.replace(/^\s*\/\/ ?/gm, "")),
    ...course.flatMap(({ statement, hints }) => [statement, ...hints]),
  ];
}

function secretLines(root: string): Secret[] {
  const solved = readAll(root, "solutions/**/*.ts").flatMap(({ path, text }) =>
    [...text.matchAll(/\/\/ BEGIN SOLUTION\n([\s\S]*?)\/\/ END SOLUTION/g)].flatMap(([, body]) =>
      lines(path, body as string, SHORTEST.code),
    ),
  );
  const worked = readAll(root, "solutions/**/*.md").flatMap(({ path, text }) =>
    lines(path, text, SHORTEST.text),
  );
  const tried = readAll(root, "grader/fixtures/{answers,submissions}/**/*.ts").flatMap(({ path, text }) =>
    lines(path, text, SHORTEST.text),
  );
  return [...solved, ...worked, ...tried];
}

const lines = (from: string, text: string, shortest: number): Secret[] =>
  text
    .split("\n")
    .map((line) => ({ from, line: line.trim(), key: squeeze(line.replace(/[,;]\s*$/, "")) }))
    .filter(({ line, key }) => key.length >= shortest && !line.startsWith("import "));

const squeeze = (text: string): string => text.replace(/\s+/g, "");

function readAll(root: string, pattern: string): { path: string; text: string }[] {
  const exclude = (path: string) => /(?:^|[\\/])(?:node_modules|dist)$/.test(path);
  return globSync(pattern, { cwd: root, exclude })
    .map((path) => path.replaceAll("\\", "/"))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8").replaceAll("\r\n", "\n") }));
}

/** A notebook's texts as a reader sees them, not as JSON spells them. */
function readable(path: string, bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("utf8");
  if (!path.endsWith(".ipynb")) return text;
  const { cells } = JSON.parse(text) as { cells: { source: string[] }[] };
  return cells.map(({ source }) => source.join("")).join("\n");
}
