/**
 * The learner's code in a notebook, found by the metadata that the notebook's builder wrote, never by the position of a cell.
 *
 * Only exercise cells are taken. Demo cells are not even looked at, so whatever they hold is never executed.
 */

import { MAX_BYTES, sizeText } from "./limits.ts";
import { type Findings, type Listed, type Source, Unreadable } from "./submission.ts";

interface Cell {
  readonly type: string;
  readonly source: string;
  readonly metadata: { readonly [key: string]: unknown };
  /** As a person counts: from 1, all cells. */
  readonly place: number;
}

/**
 * @param origin The file's name for messages.
 * @throws Unreadable if this is not a notebook, or has no exercise cell.
 */
export function readNotebook(text: string, origin: string, course: readonly Listed[]): Findings {
  const cells = notebookCells(text, origin);
  const sources: Source[] = [];
  const notes: string[] = [];
  for (const cell of cells) {
    const id = exerciseOf(cell, course);
    if (id === undefined) continue;
    const where = `${origin}, cell ${cell.place}`;
    if (!course.some((exercise) => exercise.id === id)) {
      notes.push(`${where} is for exercise ${id}, which this course does not have`);
    } else if (cell.type !== "code") {
      notes.push(
        `${where} is the answer to ${id}, but was changed to a ${cell.type} cell: make it a code cell again`,
      );
    } else if (cell.source.length > (MAX_BYTES[".ts"] as number)) {
      notes.push(
        `${where} holds ${sizeText(cell.source.length)} of code; at most ${sizeText(MAX_BYTES[".ts"] as number)} are read`,
      );
    } else {
      sources.push({ exerciseId: id, code: cell.source, origin: where });
    }
  }
  if (sources.length === 0 && notes.length === 0) throw new Unreadable(withoutExercises(cells, origin));
  return { sources, notes };
}

function withoutExercises(cells: readonly Cell[], origin: string): string {
  const stripped =
    cells.length > 0 && cells.every(({ metadata }) => !("flowlab" in metadata) && !("nbgrader" in metadata));
  return stripped
    ? `${origin} has no cell that is marked as an exercise: its metadata was removed, or it is another notebook. Copy the answers into a fresh copy of the course's notebook`
    : `${origin} has no exercise cell; was it deleted? Copy the answers into a fresh copy of the course's notebook`;
}

/** The exercise that a cell answers: by our metadata, or by nbgrader's `grade_id` where ours got lost. */
function exerciseOf(cell: Cell, course: readonly Listed[]): string | undefined {
  const nbgrader = object(cell.metadata.nbgrader);
  const flowlab = object(cell.metadata.flowlab);
  const ours = flowlab.exercise;
  if (typeof ours === "string") {
    // The check cell below carries the exercise too; only the learner's cell is a solution. Either mark may have got lost.
    const isCheck = flowlab.role === "check" || nbgrader.grade === true || nbgrader.solution === false;
    return isCheck ? undefined : ours;
  }
  if (nbgrader.solution !== true || typeof nbgrader.grade_id !== "string") return undefined;
  const gradeId = gradeIdText(nbgrader.grade_id);
  return course
    .filter(({ id }) => gradeId === gradeIdText(id) || gradeId.startsWith(`${gradeIdText(id)}-`))
    .toSorted((a, b) => b.id.length - a.id.length)[0]?.id;
}

/** `p16_1_solution` and `exercise-16-1` both belong to `16.1`. */
const gradeIdText = (id: string): string =>
  id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^(?:p|ex|exercise|problem|solution)-?(?=\d)/, "");

/** Cells of nbformat 4, or of 3 with its worksheets. */
function notebookCells(text: string, origin: string): Cell[] {
  let notebook: Record<string, unknown>;
  try {
    notebook = object(JSON.parse(text));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Unreadable(
      `${origin} is not a notebook: it holds no valid JSON (${why.slice(0, 120)}). Save it again and hand it in again`,
    );
  }
  const format = notebook.nbformat;
  if (format === 4 && Array.isArray(notebook.cells)) return notebook.cells.map(cell);
  if (format === 3 && Array.isArray(notebook.worksheets)) {
    return notebook.worksheets.flatMap((sheet) => list(object(sheet).cells)).map(cell);
  }
  throw new Unreadable(
    `${origin} is not a notebook that can be read: expected nbformat 4 or 3 with cells; got nbformat ${JSON.stringify(format)}`,
  );
}

function cell(value: unknown, index: number): Cell {
  const raw = object(value);
  const source = raw.source ?? raw.input;
  const lines = Array.isArray(source) ? source.filter((line) => typeof line === "string").join("") : source;
  return {
    type: typeof raw.cell_type === "string" ? raw.cell_type : "unknown",
    source: typeof lines === "string" ? lines.replace(/\r\n?/g, "\n") : "",
    metadata: object(raw.metadata),
    place: index + 1,
  };
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function object(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
