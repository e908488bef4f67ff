/**
 * What will be graded of the notebook that is open, as far as the kernel can know it: the file as it was saved, with what has been
 * executed since. A warning is given only where that is certain.
 */

import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { Program } from "../harness/program.ts";
import { notebookFile } from "../submissions/answers/notebook-file.ts";
import { withoutOutputs } from "../submissions/answers/notebook-text.ts";
import { isRead, type NotebookAnswer, notebookAnswer, type SortedCell } from "./answer.ts";
import type { Facts } from "./facts.ts";
import { aboutGiven, type Given } from "./given.ts";
import { type Asked, factsReader, type NotebookCell, purposeOf } from "./notebook.ts";

/** What the kernel tells: notebooks/kernel/cells/executed.ts. */
export interface ExecutedCell {
  readonly id: string | undefined;
  readonly code: string;
  readonly outcome: "ok" | "compile" | "run";
  readonly at: number;
}

export interface Host {
  readonly cellId?: string | undefined;
  /** What a variable of the notebook holds now. */
  variable?(name: string): unknown;
  readonly executed?: { readonly cells: readonly ExecutedCell[]; readonly removed: ReadonlySet<string> };
}

export interface SavedNotebook {
  readonly cells: readonly NotebookCell[];
  /** When it was saved, ms since 1970. */
  readonly at: number;
}

export interface HandedIn {
  /** A few lines, empty where the grader will say what the check says. */
  readonly warnings: readonly string[];
  /** Whether what will be graded is another program than the one that was checked: some warnings are about manners. */
  readonly differs: boolean;
  /** What will be graded. */
  readonly program: Program | undefined;
}

const LARGEST_FILE = 64 * 1024 * 1024;

/** The notebook's file, if Jupyter says which it is. */
export function savedNotebook(): SavedNotebook | undefined {
  // Jupyter starts a kernel in the notebook's folder.
  const file = basename(process.env.JPY_SESSION_NAME ?? "");
  if (!file.endsWith(".ipynb")) return undefined;
  try {
    const { size, mtimeMs } = statSync(file);
    if (size > LARGEST_FILE) return undefined;
    const text = withoutOutputs(readFileSync(file, "utf8"), file);
    return { cells: notebookFile(text, file).cells, at: mtimeMs };
  } catch {
    // Renamed, moved, or being written: then the file tells nothing.
    return undefined;
  }
}

/**
 * @param exercise With the ids of the course's exercises, by which cells are known.
 * @param given The functions that the check was given.
 * @returns Undefined if the kernel cannot know.
 */
export function assembleHandedIn(
  exercise: Asked,
  given: Readonly<Record<string, unknown>>,
  course: readonly { readonly id: string }[],
  host: Host,
  saved: SavedNotebook | undefined,
): HandedIn | undefined {
  if (!host.executed || host.executed.cells.length === 0) return undefined;
  const page = new Page(host.executed, saved, course);
  const answer = notebookAnswer(page.cells, exercise, "this notebook", page.factsOf);
  const warnings = exercise.names.flatMap((name) => {
    const [value, variable] = [given[name], host.variable?.(name)];
    const other = host.variable && page.aboutGiven({ name, value, variable }, exercise, answer);
    if (other !== undefined) return [other];
    return value === undefined ? [] : page.aboutName(name, exercise, answer);
  });
  const needs = answer ? page.aboutNeeds(answer) : [];
  const all = [...new Set([...warnings, ...needs])];
  return { warnings: all, differs: all.some((text) => !page.mild.has(text)), program: answer?.program };
}

class Page {
  readonly cells: readonly SortedCell[];
  readonly factsOf: (text: string) => Facts | undefined = factsReader();
  /** Warnings of what is graded all the same. */
  readonly mild = new Set<string>();
  readonly #runs: readonly ExecutedCell[];
  readonly #removed: ReadonlySet<string>;
  readonly #saved: SavedNotebook | undefined;

  constructor(
    executed: NonNullable<Host["executed"]>,
    saved: SavedNotebook | undefined,
    course: readonly { readonly id: string }[],
  ) {
    this.#runs = executed.cells;
    this.#removed = executed.removed;
    this.#saved = saved;
    const cells = saved ? this.#savedCells(saved) : this.#executedCells();
    this.cells = cells.map((cell, i) => ({ ...cell, place: i + 1, purpose: purposeOf(cell, course) }));
  }

  /** The file's cells, with what was executed after it was saved. */
  #savedCells({ cells, at }: SavedNotebook): NotebookCell[] {
    const known = new Set(cells.map(({ id }) => id));
    const kept = cells
      .filter(({ id }) => id === undefined || !this.#removed.has(id))
      .map((cell) => {
        const run = this.#lastRun(cell.id);
        return run && run.at > at ? { ...cell, text: run.code } : cell;
      });
    // A cell that is in no file yet has no known place; below all others it is found only where nothing else is.
    const unsaved = this.#executedCells().filter(({ id }) => {
      const run = this.#lastRun(id);
      return !known.has(id) && run !== undefined && run.at > at;
    });
    return [...kept, ...unsaved];
  }

  #executedCells(): NotebookCell[] {
    const ids = new Set(this.#runs.map(({ id }) => id));
    return [...ids].flatMap((id) => {
      const run = this.#lastRun(id);
      if (id === undefined || run === undefined || this.#removed.has(id)) return [];
      return [{ id, text: run.code, type: "code", metadata: {}, place: 0 }];
    });
  }

  #lastRun(id: string | undefined): ExecutedCell | undefined {
    return id === undefined ? undefined : this.#runs.findLast((run) => run.id === id);
  }

  /** The execution from which a name has its present value. */
  #definer(name: string): ExecutedCell | undefined {
    return this.#runs.findLast(({ code, outcome }) => outcome !== "compile" && this.#declares(code, name));
  }

  #declares(text: string, name: string): boolean {
    return text.includes(name) && this.factsOf(text)?.declares.get(name)?.kind === "piece";
  }

  #cellAt(place: number): SortedCell {
    return this.cells[place - 1] as SortedCell;
  }

  /** How a cell is called. Its number is what a person counts, if the file is known. */
  #called({ place }: SortedCell): string {
    return this.#saved ? `cell ${place}` : "its cell";
  }

  #isGone({ id, at }: ExecutedCell): boolean {
    if (id === undefined) return false;
    return (
      this.#removed.has(id) ||
      (this.#saved !== undefined && this.#saved.at > at && !this.#saved.cells.some((cell) => cell.id === id))
    );
  }

  aboutGiven(given: Given, { id }: Asked, answer: NotebookAnswer | undefined): string | undefined {
    const graded = answer?.from.find(({ name }) => name === given.name);
    const cell = graded && this.#cellAt(graded.place);
    return aboutGiven(given, id, cell && { called: this.#called(cell), facts: this.factsOf(cell.text) });
  }

  aboutName(name: string, { id }: Asked, answer: NotebookAnswer | undefined): string[] {
    const definer = this.#definer(name);
    const graded = answer?.from.find((one) => one.name === name);
    const shown = `\`${name}\``;
    if (!graded) return definer ? this.#aboutLost(shown, name, definer) : [];
    const cell = this.#cellAt(graded.place);
    const stale = this.#aboutCell(cell, `${this.#saved ? `Cell ${cell.place}` : "The answer's cell"}`);
    if (stale) return [stale];
    const last = this.#lastRun(cell.id);
    if (definer && last && definer !== last && this.#runs.indexOf(definer) > this.#runs.indexOf(last)) {
      const gone = this.#isGone(definer);
      const where = gone ? "a cell that is no longer in the notebook" : this.#whereIs(definer);
      return [`The ${shown} that was checked comes from ${where}; ${this.#called(cell)} will be graded.`];
    }
    const unmarked = this.#saved !== undefined && cell.purpose?.exercise !== id;
    return unmarked
      ? [
          this.#mildly(
            `${shown} comes from ${this.#called(cell)}, which is not marked as the answer to ${id}: it will be graded with a note. Move it into the exercise's own cell.`,
          ),
        ]
      : [];
  }

  #mildly(warning: string): string {
    this.mild.add(warning);
    return warning;
  }

  #whereIs(run: ExecutedCell): string {
    const cell = this.cells.find(({ id }) => id === run.id);
    if (!cell || !this.#saved) return "another cell";
    return this.#lastRun(run.id) === run ? `cell ${cell.place}` : `an earlier version of cell ${cell.place}`;
  }

  /** The name has a value in the kernel, and nothing in the notebook gives it one. */
  #aboutLost(shown: string, name: string, definer: ExecutedCell): string[] {
    if (this.#isGone(definer))
      return [`${shown} comes from a cell that is no longer in the notebook: it will not be graded.`];
    const cell = this.cells.find(({ id }) => id !== undefined && id === definer.id);
    if (cell && cell.type !== "code")
      return [
        `${shown} comes from cell ${cell.place}, which is a ${cell.type} cell now: make it a code cell again, or it will not be graded.`,
      ];
    if (!cell || this.#declares(cell.text, name)) return [];
    const stale = this.#aboutCell(cell, this.#saved ? `Cell ${cell.place}` : "The answer's cell");
    if (stale) return [stale];
    return [
      `${shown} comes from an earlier version of ${this.#saved ? `cell ${cell.place}` : "a cell"}, which no longer defines it: it will not be graded.`,
    ];
  }

  /** Why what a cell says is not what has run. */
  #aboutCell(cell: SortedCell, called: string): string | undefined {
    const run = this.#lastRun(cell.id);
    if (!run)
      return this.#saved && cell.id !== undefined && this.#knowsIds()
        ? `${called} has not been run, but will be graded.`
        : undefined;
    if (run.code.trim() !== cell.text.trim())
      return `${called} was edited after it last ran: run it, then check again. What it says now will be graded.`;
    if (run.outcome !== "ok")
      return `${called} failed when it last ran: what was checked may be older than what will be graded.`;
    return undefined;
  }

  #knowsIds(): boolean {
    return this.#runs.every(({ id }) => id !== undefined);
  }

  aboutNeeds({ missing, carried, undeclared, imports }: NotebookAnswer): string[] {
    const lost = undeclared.flatMap((name) => {
      const definer = this.#runs.findLast(
        ({ code, outcome }) =>
          outcome !== "compile" && code.includes(name) && this.factsOf(code)?.declares.has(name),
      );
      if (!definer) return [];
      const where = this.#isGone(definer)
        ? "a cell that is no longer in the notebook"
        : this.#whereIs(definer);
      return [`The answer needs \`${name}\`, which comes from ${where}: the grader will not have it.`];
    });
    const absent = missing.map(
      ({ name, cell, why }) =>
        `The answer needs \`${name}\` of ${this.#called(this.#codeCell(cell))}, which ${why}: the grader runs no other cell and will not have it.`,
    );
    const helpers = carried.flatMap(({ name, cell: index }) => {
      const cell = this.#codeCell(index);
      const stale = this.#aboutCell(
        cell,
        this.#saved ? `Cell ${cell.place}, which the answer needs,` : "A cell that the answer needs",
      );
      if (stale) return [stale];
      const last = this.#lastRun(cell.id);
      const definer = this.#definer(name);
      const other =
        definer && last && definer !== last && this.#runs.indexOf(definer) > this.#runs.indexOf(last);
      return other
        ? [
            `The \`${name}\` that was used comes from ${this.#isGone(definer) ? "a cell that is no longer in the notebook" : this.#whereIs(definer)}; that of ${this.#called(cell)} will be graded.`,
          ]
        : [];
    });
    const files = imports.map((from) =>
      from.startsWith("../")
        ? `The answer imports \`${from}\`, which lies outside of the notebook's folder: the grader will not have it. Put it beside the notebook.`
        : this.#mildly(
            `The answer imports \`${from}\`: hand that file in beside the notebook, or the answer cannot be graded.`,
          ),
    );
    return [...lost, ...absent, ...helpers, ...files];
  }

  #codeCell(index: number): SortedCell {
    return this.cells.filter(isRead)[index] as SortedCell;
  }
}
