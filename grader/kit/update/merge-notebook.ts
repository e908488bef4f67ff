/**
 * A learner's notebook brought up to date, cell by cell: what she has not touched becomes what the new kit has, all that is hers stays where
 * it is. Merging again what was merged changes nothing, so that an update that was interrupted can simply be done once more.
 */

import { type HandedOutCell, sha256 } from "../manifest.ts";
import { type Cell, digestOf, markOf, type Notebook, nameOf, sourceOf } from "./notebook-cells.ts";

export interface Merged {
  readonly notebook: Notebook;
  /** What a person should look at, in her words. */
  readonly notes: readonly string[];
}

/** A cell of the course, from the kit that she has to the new one. */
interface Course {
  /** Undefined of a cell that is new. */
  readonly before?: HandedOutCell;
  /** Undefined of a cell that is no more. */
  readonly after?: Cell;
}

/**
 * @param before The notebook's cells as they were handed out.
 * @param mine What she has made of them.
 * @param next The new kit's notebook.
 */
export function mergeNotebook(before: readonly HandedOutCell[], mine: Notebook, next: Notebook): Merged {
  const courses = pairCells(before, next.cells);
  const found = recognize(mine.cells, courses);
  const notes: string[] = [];
  const result: { readonly cell: Cell; readonly course?: Course }[] = [];
  for (const cell of mine.cells) {
    const course = found.get(cell);
    for (const one of course ? update(cell, course, notes) : [cell])
      result.push({ cell: one, ...(course && { course }) });
  }
  insertNew(result, courses, new Set(found.values()));
  const cells = withOwnIds(result.map(({ cell }) => cell));
  return {
    notebook: { ...mine, ...fieldsOf(next), metadata: { ...mine.metadata, ...next.metadata }, cells },
    notes,
  };
}

/** The form of the file, which goes with the cells' ids. */
const fieldsOf = ({ nbformat, nbformat_minor }: Notebook) => ({ nbformat, nbformat_minor });

/**
 * Which cell became which: by its id, and where a text is another one and so has another id, by its place between two cells that stayed.
 */
function pairCells(before: readonly HandedOutCell[], after: readonly Cell[]): Course[] {
  const old = new Map(before.map((cell) => [cell.id, cell]));
  const stays = new Set(after.map(({ id }) => id as string).filter((id) => old.has(id)));
  const gapsOf = <T extends { readonly id?: string }>(cells: readonly T[]): Map<string, T[]> => {
    const gaps = new Map<string, T[]>();
    let last = "";
    for (const cell of cells)
      if (stays.has(cell.id as string)) last = cell.id as string;
      else gaps.set(last, [...(gaps.get(last) ?? []), cell]);
    return gaps;
  };
  const [gone, come] = [gapsOf(before), gapsOf(after)];
  const successor = new Map<Cell, HandedOutCell>();
  for (const [place, olds] of gone) {
    const left = [...(come.get(place) ?? [])];
    for (const cell of olds) {
      const at = left.findIndex(({ cell_type }) => cell_type === cell.type);
      if (at >= 0) successor.set(left.splice(at, 1)[0] as Cell, cell);
    }
  }
  const courses = after.map((cell): Course => {
    const was = old.get(cell.id as string) ?? successor.get(cell);
    return { after: cell, ...(was && { before: was }) };
  });
  const kept = new Set(courses.map((course) => course.before));
  return [...courses, ...before.filter((cell) => !kept.has(cell)).map((cell): Course => ({ before: cell }))];
}

/** Her cells that are the course's: by id, else by what the course says of them, else by their text. Each is found once. */
function recognize(mine: readonly Cell[], courses: readonly Course[]): Map<Cell, Course> {
  const found = new Map<Cell, Course>();
  const open = new Set(courses);
  const look = (isSame: (cell: Cell, course: Course) => boolean) => {
    for (const cell of mine) {
      if (found.has(cell)) continue;
      const course = [...open].find((one) => isSame(cell, one));
      if (course === undefined) continue;
      found.set(cell, course);
      open.delete(course);
    }
  };
  look(
    (cell, { before, after }) => cell.id !== undefined && (cell.id === after?.id || cell.id === before?.id),
  );
  look(
    (cell, { after }) => after !== undefined && markOf(cell) !== undefined && markOf(cell) === markOf(after),
  );
  look(
    (cell, { before, after }) =>
      sourceOf(cell).trim() !== "" &&
      (cell.cell_type === before?.type || cell.cell_type === after?.cell_type) &&
      [before?.source, after && digestOf(after)].includes(digestOf(cell)),
  );
  return found;
}

/** What stands in the place of one of her cells. */
function update(cell: Cell, { before, after }: Course, notes: string[]): Cell[] {
  const now = digestOf(cell);
  const isHers = now !== before?.source && !(after && now === digestOf(after));
  if (!after) {
    if (!isHers) return [];
    notes.push(`${nameOf(cell)} is no longer in the course; yours is kept`);
    return [cell];
  }
  const hasChanged = before === undefined || before.source !== digestOf(after);
  if (!isHers) return [takeCourse(cell, after)];
  if (!hasChanged)
    return [{ ...cell, id: after.id as string, metadata: { ...cell.metadata, ...after.metadata } }];
  if (before?.answers || / (?:solution|guess)$/.test(markOf(after) ?? "")) {
    notes.push(`${nameOf(cell)} begins in another way now; your answer is kept`);
    return [{ ...cell, id: after.id as string, metadata: { ...cell.metadata, ...after.metadata } }];
  }
  notes.push(`${nameOf(cell)} was changed by you and by the course; yours stands below the new one`);
  return [takeCourse({ ...cell, outputs: [] }, after), own(cell)];
}

/** The course's cell; what it has shown stays with the same code. */
function takeCourse(cell: Cell, after: Cell): Cell {
  const isSame = sourceOf(cell) === sourceOf(after);
  const shown = isSame && cell.cell_type === after.cell_type ? cell : {};
  return {
    ...after,
    ...shown,
    id: after.id as string,
    source: after.source,
    metadata: { ...(isSame && cell.metadata), ...after.metadata },
  };
}

/** No cell of the course's any more: it may be changed and deleted. */
function own({ id: _, metadata, ...cell }: Cell): Cell {
  const { flowlab: __, nbgrader: ___, editable: ____, deletable: _____, ...rest } = metadata;
  return { ...cell, metadata: rest } as Cell;
}

/** Cells that are new, and those that she had deleted and that are others now, each after the one it follows in the course. */
function insertNew(
  result: { readonly cell: Cell; readonly course?: Course }[],
  courses: readonly Course[],
  found: ReadonlySet<Course>,
): void {
  let last: Course | undefined;
  for (const course of courses) {
    const { before, after } = course;
    if (!after) continue;
    const isThere = result.some((one) => one.course === course);
    if (!isThere && !found.has(course) && before?.source !== digestOf(after)) {
      // Behind her own version of it, too.
      const at = last === undefined ? 0 : result.findLastIndex((one) => one.course === last) + 1;
      result.splice(at, 0, { cell: after, course });
      last = course;
    } else if (isThere) last = course;
  }
}

/** Every cell has an id of its own: hers get one of their text where they have none. */
function withOwnIds(cells: readonly Cell[]): Cell[] {
  const used = new Set(cells.map(({ id }) => id));
  const seen = new Set<string>();
  return cells.map((cell, i) => {
    if (cell.id !== undefined && !seen.has(cell.id)) {
      seen.add(cell.id);
      return cell;
    }
    const base = sha256(`${i}\n${sourceOf(cell)}`).slice(0, 8);
    let id = base;
    for (let n = 1; used.has(id) || seen.has(id); n++) id = `${base}-${n}`;
    seen.add(id);
    return { ...cell, id };
  });
}
