/** A notebook's cells as grading sees them, and what each of them is for. */

import { type Facts, factsOf } from "./facts.ts";

export interface NotebookCell {
  /** As a person counts: from 1, all cells. */
  readonly place: number;
  readonly type: string;
  readonly id: string | undefined;
  readonly text: string;
  readonly metadata: { readonly [key: string]: unknown };
}

/** What has to be known about an exercise to find its answer in a notebook. */
export interface Asked {
  readonly id: string;
  /** The functions that it asks for. */
  readonly names: readonly string[];
}

/** What says which exercise a cell answers: its mark, or only its id, where the mark got lost. */
export interface Purpose {
  readonly exercise: string;
  readonly role: "answer" | "check";
  readonly by: "mark" | "id" | "text";
}

/** By our metadata, by nbgrader's `grade_id` where ours got lost, or by the id that the builder gave the cell. */
export function purposeOf(
  cell: NotebookCell,
  course: readonly { readonly id: string }[],
): Purpose | undefined {
  const nbgrader = object(cell.metadata.nbgrader);
  const flowlab = object(cell.metadata.flowlab);
  if (typeof flowlab.exercise === "string") {
    // Either mark may have got lost.
    const isCheck = flowlab.role === "check" || nbgrader.grade === true || nbgrader.solution === false;
    return { exercise: flowlab.exercise, role: isCheck ? "check" : "answer", by: "mark" };
  }
  if (typeof nbgrader.grade_id === "string" && (nbgrader.solution === true || nbgrader.grade === true)) {
    const exercise = byGradeId(nbgrader.grade_id, course);
    if (exercise !== undefined)
      return { exercise, role: nbgrader.solution === true ? "answer" : "check", by: "mark" };
  }
  const [, slug, part] = /^ex-(.+)-(code|check)$/.exec(cell.id ?? "") ?? [];
  const found = course.find(({ id }) => gradeId(id) === slug);
  if (!found) return checkOf(cell, course);
  return { exercise: found.id, role: part === "check" ? "check" : "answer", by: "id" };
}

/** A check that lost its mark and its id still says what it checks. */
function checkOf(
  { type, text }: NotebookCell,
  course: readonly { readonly id: string }[],
): Purpose | undefined {
  const given = type === "code" ? /^\s*await\s+check\(\s*["']([^"']{1,40})["']/.exec(text)?.[1] : undefined;
  const found = course.find(({ id }) => id === given);
  return found && { exercise: found.id, role: "check", by: "text" };
}

/** nbgrader and nbformat allow letters, digits, `_` and `-` in ids. */
export const gradeId = (exercise: string): string => exercise.replace(/[^a-zA-Z0-9_-]/g, "-");

function byGradeId(given: string, course: readonly { readonly id: string }[]): string | undefined {
  const text = gradeIdText(given);
  return course
    .filter(({ id }) => text === gradeIdText(id) || text.startsWith(`${gradeIdText(id)}-`))
    .toSorted((a, b) => b.id.length - a.id.length)[0]?.id;
}

/** `p16_1_solution` and `exercise-16-1` both belong to `16.1`. */
const gradeIdText = (id: string): string =>
  id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^(?:check|solution)-/, "")
    .replace(/^(?:ex|p|exercise|problem|solution)-?(?=\d)/, "");

export function object(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** Longest cell that is parsed, and all that is parsed of one notebook, in characters. */
export const LONGEST_CELL = 256 * 1024;
const MOST_PARSED = 1024 * 1024;

/** Parses cells when they are asked for, each once, and no more than a person could have written. */
export function factsReader(): (text: string) => Facts | undefined {
  const known = new Map<string, Facts | undefined>();
  let parsed = 0;
  return (text) => {
    if (known.has(text)) return known.get(text);
    parsed += text.length;
    const facts = text.length <= LONGEST_CELL && parsed <= MOST_PARSED ? factsOf(text) : undefined;
    known.set(text, facts);
    return facts;
  };
}
