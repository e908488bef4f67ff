/**
 * Which cells of a notebook are the answer to an exercise, and the program that they make.
 *
 * The marked cells are the answer: all parts of a split one together, of copies the last that defines what is asked. Where they
 * leave a function unwritten, a cell that defines it counts, marked or not. What was taken is said wherever it is anything else than
 * the one marked cell.
 */

import { type Assembled, assemble } from "./assemble.ts";
import type { Facts } from "./facts.ts";
import { type Asked, LONGEST_CELL, type NotebookCell, type Purpose } from "./notebook.ts";
import { relativeImports } from "./relative-imports.ts";
import type { Cell } from "./scope.ts";

export interface SortedCell extends NotebookCell {
  readonly purpose: Purpose | undefined;
}

export interface NotebookAnswer extends Assembled {
  /** Places of the cells that answer, from 1. */
  readonly places: readonly number[];
  /** For each function that is asked, the place of the cell whose is graded. */
  readonly from: readonly { readonly name: string; readonly place: number }[];
  /** Files beside the notebook that the program imports, as the cells write them. */
  readonly imports: readonly string[];
  /** The exercise's mark got lost; the cell was known by its id. */
  readonly byId: boolean;
  /** False for an untouched stub. */
  readonly answered: boolean;
  /** For a person who reads it: the answer's cells, below what they need of others. */
  readonly code: string;
  /** What a person should know about what was taken. */
  readonly notes: readonly string[];
}

/** @param file The notebook's name, for stacks and messages. */
export function notebookAnswer(
  cells: readonly SortedCell[],
  { id, names }: Asked,
  file: string,
  factsOf: (text: string) => Facts | undefined,
): NotebookAnswer | undefined {
  const code = cells.filter(isRead);
  const list: Cell[] = code.map(({ place, text }) => ({
    label: `${file}, cell ${place}`,
    text,
    get facts() {
      return factsOf(text);
    },
  }));
  const marked = code.flatMap(({ purpose }, i) =>
    purpose?.exercise === id && purpose.role === "answer" ? [i] : [],
  );
  const check = code.findIndex(({ purpose }) => purpose?.exercise === id && purpose.role === "check");
  const winners = names.flatMap((name) => winnerOf(name, list, marked, check) ?? []);
  const unreadable = marked.filter((i) => list[i]?.facts === undefined);
  if (winners.length === 0) winners.push(...(marked.length > 0 ? [marked.at(-1) as number] : []));
  const raw = unreadable.at(-1);
  // A cell that is not TypeScript ran nowhere, but where nothing else answers, its error is what the learner has to see.
  if (raw !== undefined && !winners.some((i) => answersAny(list[i], names)))
    winners.splice(0, winners.length, raw);
  if (winners.length === 0) return undefined;
  const parts = partsOf(winners, marked, list, names);
  const made = assemble(list, { parts, at: Math.max(...winners), names });
  const place = (i: number) => (code[i] as SortedCell).place;
  const answered =
    names.length === 0 || parts.some((i) => list[i]?.facts === undefined || answersAny(list[i], names));
  const copies = marked.filter(
    (i) =>
      !parts.includes(i) &&
      answersAny(list[i], names) &&
      list[i]?.text.trim() !== list[parts.at(-1) ?? 0]?.text.trim(),
  );
  return {
    ...made,
    places: parts.map(place),
    from: names.flatMap((name) => {
      const winner = winnerOf(name, list, marked, check);
      return winner === undefined ? [] : [{ name, place: place(winner) }];
    }),
    imports: relativeImports(made.program, list),
    byId: parts.some((i) => marked.includes(i) && code[i]?.purpose?.by === "id"),
    answered,
    code: shownCode(made, parts, list),
    notes: [
      ...takenNotes(id, { parts, marked, copies, names, code, list }),
      ...needNotes(id, made, list),
      ...twiceNotes(id, made, list),
    ],
  };
}

/** Cells that are looked at: places in `carried` and `missing` count these. */
export const isRead = ({ type, text }: NotebookCell): boolean =>
  type === "code" && text.length <= LONGEST_CELL;

const defines = (cell: Cell | undefined, name: string, stub: boolean): boolean => {
  if (!cell?.text.includes(name)) return false;
  const declared = cell.facts?.declares.get(name);
  return declared?.kind === "piece" && declared.stub === stub;
};

const answersAny = (cell: Cell | undefined, names: readonly string[]): boolean =>
  names.some((name) => defines(cell, name, false));

/** The cell whose function of that name is graded. */
function winnerOf(
  name: string,
  list: readonly Cell[],
  marked: readonly number[],
  check: number,
): number | undefined {
  const solved = marked.findLast((i) => defines(list[i], name, false));
  if (solved !== undefined) return solved;
  const others = list.flatMap((cell, i) => (!marked.includes(i) && defines(cell, name, false) ? [i] : []));
  const above = check < 0 ? others : others.filter((i) => i < check);
  return above.at(-1) ?? others[0] ?? marked.findLast((i) => defines(list[i], name, true));
}

/** The answering cells and what belongs to them: parts above that define nothing that is asked. */
function partsOf(
  winners: readonly number[],
  marked: readonly number[],
  list: readonly Cell[],
  names: readonly string[],
): number[] {
  const last = Math.max(...winners);
  const isAsked = (i: number) => names.some((name) => list[i]?.facts?.declares.has(name));
  const beside = marked.filter(
    (i) => i < last && !isAsked(i) && list[i]?.facts !== undefined && list[i]?.text.trim() !== "",
  );
  return [...new Set([...winners, ...beside])].toSorted((a, b) => a - b);
}

function shownCode({ carried }: Assembled, parts: readonly number[], list: readonly Cell[]): string {
  const texts = parts.map((i) => (list[i] as Cell).text);
  if (carried.length === 0 && parts.length === 1) return texts[0] ?? "";
  const head = (i: number) => `// ${/cell \d+$/.exec((list[i] as Cell).label)?.[0] ?? ""}`;
  const sorted = carried.toSorted((a, b) => a.cell - b.cell);
  return [
    ...sorted.map(({ cell, code }) => `${head(cell)}\n${code}`),
    ...parts.map((i, k) => `${head(i)}\n${texts[k]}`),
  ].join("\n\n");
}

interface Taken {
  readonly parts: readonly number[];
  readonly marked: readonly number[];
  readonly copies: readonly number[];
  readonly names: readonly string[];
  readonly code: readonly SortedCell[];
  readonly list: readonly Cell[];
}

function takenNotes(id: string, { parts, marked, copies, names, code, list }: Taken): string[] {
  const place = (i: number) => (code[i] as SortedCell).place;
  const notes: string[] = [];
  const unmarked = parts.filter((i) => !marked.includes(i));
  for (const i of unmarked) {
    const defined = names.filter((name) => defines(list[i], name, false));
    const own =
      marked.length === 0
        ? "the notebook has no cell for this exercise"
        : `the exercise's own ${cellsText(marked.map(place))} does not define it`;
    notes.push(
      `${id}: graded with ${quote(defined)} of cell ${place(i)}, which is not marked for it; ${own}`,
    );
  }
  const both = parts.filter((i) => marked.includes(i));
  if (both.length > 1) notes.push(`${id}: ${cellsText(both.map(place))} are graded together`);
  if (copies.length > 0)
    notes.push(
      `${id} is answered in ${cellsText([...copies, ...parts].toSorted((a, b) => a - b).map(place))}; graded: ${cellsText(parts.map(place))}`,
    );
  return notes;
}

/** How many needs of one answer are named. */
const MOST_NAMED = 3;

function needNotes(id: string, { missing, dropped }: Assembled, list: readonly Cell[]): string[] {
  const cell = (i: number) => /cell \d+$/.exec((list[i] as Cell).label)?.[0] ?? "another cell";
  const left = dropped
    .slice(0, MOST_NAMED)
    .map(
      (one) =>
        `${id}: ${cell(one.cell)}, line ${one.line} was left out, because \`${cut(one.name)}\` cannot be carried along`,
    );
  const needed = missing.filter(({ name }) => !dropped.some((one) => one.name === name));
  const needs = needed
    .slice(0, MOST_NAMED)
    .map(
      (one) =>
        `${id} needs \`${cut(one.name)}\` of ${cell(one.cell)}, which ${one.why}: it was not carried along, as no other cell is run`,
    );
  return [...left, ...needs];
}

/** A name that several cells declare is said to be that of the one that counts. */
function twiceNotes(id: string, { carried }: Assembled, list: readonly Cell[]): string[] {
  const cell = (i: number) => /cell \d+$/.exec((list[i] as Cell).label)?.[0] ?? "another cell";
  return carried
    .flatMap(({ name, cell: from }) => {
      const others = list.flatMap((other, i) =>
        i !== from && other.text.includes(name) && other.facts?.declares.has(name) ? [i] : [],
      );
      return others.length > 0
        ? [
            `${id}: \`${cut(name)}\` is declared in ${[...others, from]
              .toSorted((a, b) => a - b)
              .slice(0, 4)
              .map(cell)
              .join(" and ")}; that of ${cell(from)} counts`,
          ]
        : [];
    })
    .slice(0, MOST_NAMED);
}

const cut = (name: string): string => (name.length > 40 ? `${name.slice(0, 39)}…` : name);

const quote = (names: readonly string[]): string => names.map((name) => `\`${cut(name)}\``).join(" and ");

function cellsText(places: readonly number[]): string {
  const shown = places.slice(0, 6);
  if (shown.length === 1) return `cell ${shown[0]}`;
  return `cells ${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}${places.length > 6 ? ` and ${places.length - 6} more` : ""}`;
}
