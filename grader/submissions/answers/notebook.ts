/**
 * The learner's answers in a notebook, found by the marks that the notebook's builder wrote, never by the position of a cell.
 *
 * No cell is executed. An answer brings along what it needs of other cells: see program/.
 */

import { notebookAnswer, type SortedCell } from "../../program/answer.ts";
import { factsReader, LONGEST_CELL, object, purposeOf } from "../../program/notebook.ts";
import { isMark } from "../../variants/mark.ts";
import { sizeText } from "../limits.ts";
import { type Findings, type Listed, type Source, Unreadable } from "../submission.ts";
import { fileName } from "./file-name.ts";
import { type NotebookFile, notebookFile } from "./notebook-file.ts";

/** Notes on cells that are nobody's answer, of one notebook. */
const MOST_STRANGERS = 5;
/** No person's notebook has more. */
const MOST_CELLS = 5000;

/**
 * @param origin The file's name for messages.
 * @throws Unreadable if this is not a notebook, or has no exercise cell.
 */
export function readNotebook(text: string, origin: string, course: readonly Listed[]): Findings {
  const notebook = notebookFile(text, origin);
  const cells = notebook.cells
    .slice(0, MOST_CELLS)
    .map((cell) => ({ ...cell, purpose: purposeOf(cell, course) }));
  const file = origin.slice(Math.max(origin.lastIndexOf("/"), origin.lastIndexOf("›")) + 1).trim();
  const factsOf = factsReader();
  const sources: Source[] = [];
  const notes: string[] = [];
  const byId: string[] = [];
  const asked = whoAsks(cells, notebook, file, course);
  for (const exercise of course) {
    const names = Object.keys(exercise.signatures ?? {});
    const answer = asked.includes(exercise.id)
      ? notebookAnswer(cells, { id: exercise.id, names }, file, factsOf)
      : undefined;
    notes.push(...markNotes(exercise.id, cells, origin));
    if (!answer) {
      if (asked.includes(exercise.id)) notes.push(missingNote(exercise.id, cells, origin));
      continue;
    }
    if (answer.byId) byId.push(exercise.id);
    notes.push(...answer.notes.map((note) => `${origin}: ${note}`));
    sources.push({
      exerciseId: exercise.id,
      code: answer.code,
      origin: `${origin}, ${placesText(answer.places)}`,
      program: answer.program,
      imports: answer.imports,
      answered: answer.answered,
      ...kitOf(exercise.id, cells),
    });
  }
  if (byId.length > 0)
    notes.push(`${origin} lost the marks of ${byId.join(", ")}; the cells were known by their ids`);
  notes.push(...strangers(cells, origin, course));
  if (sources.length === 0 && notes.length === 0) throw new Unreadable(withoutExercises(notebook, origin));
  return { sources, notes, asked };
}

/**
 * What the notebook is measured by: the exercises that it has a cell of, and all of the chapter's if it is the chapter's notebook,
 * so that a deleted cell lowers the points and not what they are out of.
 */
function whoAsks(
  cells: readonly SortedCell[],
  { built }: NotebookFile,
  file: string,
  course: readonly Listed[],
): string[] {
  const seen = new Set(cells.flatMap(({ purpose }) => purpose?.exercise ?? []));
  const chapters = new Set(
    course.filter(({ id }) => built && seen.has(id)).map(({ path }) => chapterOf(path)),
  );
  const { chapter } = fileName(file, course);
  if (chapter !== undefined && (built || seen.size > 0)) chapters.add(chapter.toLowerCase());
  return course.filter(({ id, path }) => seen.has(id) || chapters.has(chapterOf(path))).map(({ id }) => id);
}

/** By the mark that the kit's builder gave the exercise's cell. */
function kitOf(id: string, cells: readonly SortedCell[]): Pick<Source, "kit"> {
  const marks = cells.flatMap(({ purpose, metadata }) => {
    const { kit } = object(metadata.flowlab);
    return purpose?.exercise === id && purpose.role === "answer" && isMark(kit) ? [kit] : [];
  });
  const [mark] = marks;
  return mark === undefined ? {} : { kit: mark };
}

const chapterOf = (path: string): string => path.split("/")[0]?.toLowerCase() ?? "";

/** What happened to cells that are marked as an answer and cannot be one. */
function markNotes(id: string, cells: readonly SortedCell[], origin: string): string[] {
  const marked = cells.filter(({ purpose }) => purpose?.exercise === id && purpose.role === "answer");
  return marked
    .flatMap(({ type, text, place }) => {
      const where = `${origin}, cell ${place}`;
      if (type !== "code")
        return [
          `${where} is the answer to ${id}, but was changed to a ${type.slice(0, 20)} cell: make it a code cell again`,
        ];
      if (text.length > LONGEST_CELL)
        return [
          `${where} holds ${sizeText(text.length)} of code; at most ${sizeText(LONGEST_CELL)} are read`,
        ];
      return [];
    })
    .slice(0, MOST_STRANGERS);
}

function missingNote(id: string, cells: readonly SortedCell[], origin: string): string {
  const has = cells.some(({ purpose }) => purpose?.exercise === id && purpose.role === "answer");
  return has
    ? `${origin}: ${id} has no answer that could be read`
    : `${origin}: ${id} has no answer: its cell is not in the notebook, and no other cell defines what it asks for`;
}

function strangers(cells: readonly SortedCell[], origin: string, course: readonly Listed[]): string[] {
  const strange = cells.filter(
    ({ purpose }) => purpose?.role === "answer" && !course.some(({ id }) => id === purpose.exercise),
  );
  const notes = strange
    .slice(0, MOST_STRANGERS)
    .map(
      ({ place, purpose }) =>
        `${origin}, cell ${place} is for exercise ${purpose?.exercise.slice(0, 40)}, which this course does not have`,
    );
  const more = strange.length - notes.length;
  return more > 0
    ? [...notes, `${origin} has ${more} more cells for exercises that this course does not have`]
    : notes;
}

function withoutExercises({ cells }: NotebookFile, origin: string): string {
  const stripped =
    cells.length > 0 && cells.every(({ metadata }) => !("flowlab" in metadata) && !("nbgrader" in metadata));
  return stripped
    ? `${origin} has no cell that is marked as an exercise: its metadata was removed, or it is another notebook. Copy the answers into a fresh copy of the course's notebook`
    : `${origin} has no exercise cell; was it deleted? Copy the answers into a fresh copy of the course's notebook`;
}

const placesText = (places: readonly number[]): string =>
  places.length === 1 ? `cell ${places[0]}` : `cells ${places.slice(0, -1).join(", ")} and ${places.at(-1)}`;
