/** Why what an answer needs of another cell cannot be had without running that cell: what is computed there, or changed. */

import type { Piece } from "./facts.ts";
import { globalHazard, importHazard } from "./purity.ts";
import type { Cell, Declared, Resolve } from "./scope.ts";

/** Reasons complete "`history` …": `is computed with await`. */
export class Hurdles {
  /** Statements of the answer's cells that are left out. */
  readonly dropped = new Set<Piece>();
  readonly #cells: readonly Cell[];
  readonly #parts: readonly number[];
  readonly #resolve: Resolve;
  readonly #isModule: (piece: Piece) => boolean;
  readonly #known = new Map<Piece, string | undefined>();

  /**
   * @param parts The answer's cells, which are run.
   * @param isModule Whether a piece has been given a module of its own.
   */
  constructor(
    cells: readonly Cell[],
    parts: readonly number[],
    resolve: Resolve,
    isModule: (piece: Piece) => boolean,
  ) {
    this.#cells = cells;
    this.#parts = parts;
    this.#resolve = resolve;
    this.#isModule = isModule;
  }

  /** Why a name cannot be had in a cell; undefined if it can, or if nobody declares it. */
  ofName(name: string, cell: number): string | undefined {
    const found = this.#resolve(name, cell);
    if (!found) return undefined;
    const { what } = found;
    if (what.kind === "import")
      return what.from === "flowlab-grader" ? "belongs to the grader, which no answer may import" : undefined;
    if (this.dropped.has(what)) return "is computed by a line that needs what cannot be carried along";
    if (this.#parts.includes(found.cell)) return undefined;
    const own = found.cell === cell;
    return this.#valueHurdle(what, found.cell) ?? (own ? undefined : this.#changedElsewhere(name, found));
  }

  /** Why the value of a declaration cannot be had without running its cell. */
  #valueHurdle(piece: Piece, cell: number): string | undefined {
    if (this.#known.has(piece)) return this.#known.get(piece);
    // A cycle is no hurdle by itself.
    this.#known.set(piece, undefined);
    const hurdle = this.#changedByOwnCell(piece, cell) ?? (piece.runs ? this.effect(piece, cell) : undefined);
    this.#known.set(piece, hurdle);
    return hurdle;
  }

  /** What computing a value would do besides, also in the functions that it may call. */
  effect(piece: Piece, cell: number, seen = new Set<Piece>()): string | undefined {
    if (seen.has(piece)) return undefined;
    seen.add(piece);
    if (piece.awaits) return "is computed with await";
    for (const name of piece.changes)
      if (!this.#isOwnTable(name, piece, cell)) return `is computed by code that changes ${name}`;
    for (const [name, members] of piece.needs) {
      const found = this.#resolve(name, cell);
      const hazard = !found
        ? globalHazard(name, members)
        : found.what.kind === "import"
          ? importHazard(found.what.from, found.what.imported, members)
          : undefined;
      if (hazard !== undefined) return `is computed by ${hazard}, which may do more than give a value`;
      if (found?.what.kind !== "piece" || this.#parts.includes(found.cell)) continue;
      if (piece.asks.has(name) && this.#isGenerator(found))
        return `is drawn from ${name}, which other cells have drawn from too`;
      const inner = this.effect(found.what, found.cell, seen);
      if (inner !== undefined) return inner;
      if (this.#valueHurdle(found.what, found.cell) !== undefined)
        return `is computed from ${name}, which ${this.#valueHurdle(found.what, found.cell)}`;
    }
    return undefined;
  }

  /** A function of the same program may change what it is for: a table that it fills as it goes. */
  #isOwnTable(name: string, piece: Piece, cell: number): boolean {
    const found = this.#resolve(name, cell);
    return found?.what.kind === "piece" && !piece.runs;
  }

  #isGenerator({ cell, what }: Declared): boolean {
    if (what.kind !== "piece" || what.madeBy === undefined) return false;
    const maker = this.#resolve(what.madeBy, cell)?.what;
    return maker?.kind === "import" && maker.from === "flowlab" && maker.imported === "random";
  }

  /** Its cell changes it while it is run: a loop that fills a table, a counter. */
  #changedByOwnCell(piece: Piece, cell: number): string | undefined {
    const generator = this.#isGenerator({ cell, what: piece });
    for (const other of this.#cells[cell]?.facts?.pieces ?? []) {
      if (other === piece || !other.runs) continue;
      if (piece.names.some((name) => other.changes.has(name) || (generator && other.asks.has(name))))
        return "is changed while its cell is run";
      for (const used of other.needs.keys()) {
        const fn = this.#cells[cell]?.facts?.declares.get(used);
        if (
          fn?.kind === "piece" &&
          fn !== piece &&
          !fn.runs &&
          piece.names.some((name) => fn.changes.has(name)) &&
          !this.#isModule(fn)
        )
          return `is changed by ${used}, which is called while its cell is run`;
      }
    }
    return undefined;
  }

  #changedElsewhere(name: string, { cell, what }: Declared): string | undefined {
    const generator = this.#isGenerator({ cell, what });
    for (const [place, other] of this.#cells.entries()) {
      const facts = place !== cell && other.text.includes(name) ? other.facts : undefined;
      if (!facts || facts.declares.has(name) || this.#parts.includes(place)) continue;
      const changes = facts.pieces.some(
        (piece) => piece.runs && (piece.changes.has(name) || (generator && piece.asks.has(name))),
      );
      if (changes) return `is changed by ${/cell \d+$/.exec(other.label)?.[0] ?? other.label}`;
    }
    return undefined;
  }
}
