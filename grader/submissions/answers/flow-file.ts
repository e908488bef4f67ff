/** A saved flow that was handed in: which exercise it answers. Its bytes are kept as they are; who grades reads them, in the sandbox. */

import { createHash } from "node:crypto";
import type { Budget } from "../budget.ts";
import type { Leaf } from "../files/tree.ts";
import { checkSize } from "../limits.ts";
import { type Findings, type Listed, type Source, Unreadable } from "../submission.ts";

export const isFlowFile = (path: string): boolean => /\.safetensors$/i.test(path);

/** Nothing of it is thrown: what is wrong with the file costs the exercise that it answers, and says so there. */
export async function readFlowLeaf(
  leaf: Leaf,
  origin: string,
  { course, budget }: { readonly course: readonly Listed[]; readonly budget: Budget },
): Promise<Findings> {
  const exercise = answeredBy(leaf.path, course);
  if (!exercise?.file) return strange(origin, course);
  const { name, mostBytes } = exercise.file;
  try {
    if (leaf.refusal !== undefined) throw new Unreadable(leaf.refusal);
    checkSize(leaf.path, leaf.size, mostBytes);
    budget.flow(leaf.size, origin);
    const bytes = await leaf.read(mostBytes);
    return answer({ exerciseId: exercise.id, code: about(name, bytes), origin, flow: { name, bytes } });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return refusedFlow(exercise, origin, error.message, leaf.size);
  }
}

const answer = (source: Source): Findings => ({
  sources: [{ ...source, answered: true }],
  notes: [],
  files: [{ path: source.origin }],
});

function refusedFlow(exercise: Listed, origin: string, problem: string, size: number): Findings {
  const name = exercise.file?.name ?? "";
  return answer({ exerciseId: exercise.id, code: `// ${problem}`, origin, flow: { name, problem, size } });
}

/** By its name, whatever stands around that: `ada_capstone (1).safetensors`. */
function answeredBy(path: string, course: readonly Listed[]): Listed | undefined {
  const base = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  return course
    .filter(({ file }) => file !== undefined && base.includes(stemOf(file.name)))
    .toSorted((a, b) => stemOf(b.file?.name ?? "").length - stemOf(a.file?.name ?? "").length)[0];
}

const stemOf = (name: string): string => name.replace(/\.\w+$/, "").toLowerCase();

function strange(origin: string, course: readonly Listed[]): Findings {
  const names = course.flatMap(({ file }) => file?.name ?? []);
  const reason =
    names.length === 0
      ? "a saved flow, which no exercise of this course asks for"
      : `a saved flow that no exercise asks for by this name; an answer is called ${names.join(" or ")}`;
  return { sources: [], notes: [], files: [{ path: origin, reason }] };
}

/** In place of code: by it a report tells which file it was, and the record whether it is the same. */
function about(name: string, bytes: Uint8Array): string {
  const digest = createHash("sha256").update(bytes).digest("hex");
  return `// ${name}: a saved flow of ${bytes.length} bytes, SHA-256 ${digest}\n// The file was graded as it is; no code was run.\n`;
}
