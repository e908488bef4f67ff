/** The class that is graded: honest work, and submissions that would keep the judge busy. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { course } from "../../grader/course.ts";
import { pointsOfChecks } from "../../grader/exercise.ts";
import type { Signatures } from "../../grader/harness/kinds.ts";
import { root } from "../peers.ts";

const FOLDER = join(root, "grader/fixtures/submissions");
const deserved: Record<string, { readonly points: number }> = JSON.parse(
  readFileSync(join(FOLDER, "deserved.json"), "utf8"),
);

export interface Member {
  readonly name: string;
  readonly exerciseId: string;
  readonly code: string;
  readonly honest: boolean;
  readonly deserves: number;
}

/** What would keep a judge busy; what each does is said in its file's second line. Loops and memory only keep a sandbox busy. */
const KEEPS_BUSY = /^(answers|fails-with|forges|prints|throws-(thousands|what)|returns|takes|endless-loop)/;

/** Every solution of the course that is code, and right answers in unusual clothes. */
export function honest(): Member[] {
  const inCode = course.filter(({ file }) => file === undefined);
  const solutions = inCode.map((exercise) => ({
    name: `solution ${exercise.id}`,
    exerciseId: exercise.id,
    code: readFileSync(join(root, "solutions", `${exercise.path}.ts`), "utf8"),
    honest: true,
    deserves: pointsOfChecks(exercise),
  }));
  return [...solutions, ...fixtures((name) => name.startsWith("right"), true)];
}

export function hostile(): Member[] {
  return [...fixtures((name) => KEEPS_BUSY.test(name), false), ...longLists()];
}

/** As many numbers as are read, wherever a list is asked for: not refused, so that checks and explanations have to look at them. */
function longLists(): Member[] {
  return course.flatMap(({ id, signatures }) => {
    const lists = Object.entries(signatures as Signatures).filter(
      ([, { returns }]) => returns.kind === "vector",
    );
    const code = lists.map(
      ([name]) => `export const ${name} = () => Array.from({ length: 10_000 }, (_, i) => Math.sin(i));`,
    );
    return code.length === 0
      ? []
      : [
          {
            ...{ name: `answers-long-lists ${id}`, exerciseId: id, code: code.join("\n") },
            ...{ honest: false, deserves: 0 },
          },
        ];
  });
}

function fixtures(chosen: (name: string) => boolean, isHonest: boolean): Member[] {
  return Object.entries(deserved)
    .filter(([name]) => chosen(name))
    .map(([name, { points }]) => ({
      name,
      exerciseId: "16.1",
      code: readFileSync(join(FOLDER, name), "utf8"),
      honest: isHonest,
      deserves: points,
    }));
}

/** The others spread evenly among the many, so that both are graded at the same time from beginning to end. */
export function mix<A>(many: readonly A[], others: readonly A[]): A[] {
  const place = (i: number, of: readonly A[]) => (i + 0.5) / of.length;
  return [
    ...many.map((item, i) => ({ item, at: place(i, many) })),
    ...others.map((item, i) => ({ item, at: place(i, others) })),
  ]
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
