/**
 * The program that is graded: the answer's cells as they are, and of the other cells the declarations that the answer needs,
 * directly or through others. No other cell is run.
 *
 * A name means what tslab makes of it: in its own cell the cell's declaration; elsewhere the one in force at the answer, which is
 * the answer's own, else the last above it, else the first below. Each declaration becomes a module of its own in which every line
 * stands where the learner wrote it, so names of different cells cannot collide and errors point to the right line.
 */

import type { Program, ProgramModule } from "../harness/program.ts";
import type { Facts, Import, Piece, Span } from "./facts.ts";
import { Hurdles } from "./hurdles.ts";
import { blank, footer, importOf, importText, isWhole, only } from "./module-text.ts";
import { type Answer, type Cell, type Resolve, resolver } from "./scope.ts";

export interface Assembled {
  readonly program: Program;
  /** Declarations of other cells that came along. */
  readonly carried: readonly Carried[];
  /** What the answer needs and cannot have. */
  readonly missing: readonly Missing[];
  /** What it needs and no cell declares: of the language, or lost. */
  readonly undeclared: readonly string[];
  /** Statements of the answer's cells that were left out, because they need something that is missing. */
  readonly dropped: readonly Dropped[];
}

export interface Carried {
  readonly name: string;
  readonly cell: number;
  readonly code: string;
}

export interface Missing {
  readonly name: string;
  readonly cell: number;
  /** Completes "`history` …": `is made by fit, which …`. */
  readonly why: string;
}

export interface Dropped {
  readonly cell: number;
  readonly line: number;
  readonly name: string;
}

/** Of one program. A person's answer stands on a handful. */
const MOST_MODULES = 200;
const MOST_CHARACTERS = 1024 * 1024;

export function assemble(cells: readonly Cell[], answer: Answer): Assembled {
  return new Assembly(cells, answer).result();
}

class Assembly {
  readonly #cells: readonly Cell[];
  readonly #answer: Answer;
  readonly #modules = new Map<Piece, { path: string; cell: number }>();
  readonly #resolve: Resolve;
  readonly #hurdles: Hurdles;
  readonly #missing = new Map<string, Missing>();
  readonly #undeclared = new Set<string>();
  /** Names of the answer's cells that other modules import. */
  readonly #wanted = new Map<number, Set<string>>();
  #size = 0;

  constructor(cells: readonly Cell[], answer: Answer) {
    this.#cells = cells;
    this.#answer = answer;
    this.#resolve = resolver(cells, answer);
    this.#hurdles = new Hurdles(cells, answer.parts, this.#resolve, (piece) => this.#modules.has(piece));
  }

  result(): Assembled {
    const whole = this.#answer.parts.map((cell) => ({ cell, facts: this.#cells[cell]?.facts }));
    for (const { cell, facts } of whole) this.#dropUnrunnable(cell, facts);
    const own = new Map(whole.map(({ cell, facts }) => [cell, facts ? this.#partImports(cell, facts) : []]));
    const modules: ProgramModule[] = [];
    const carried: Carried[] = [];
    // Reading one piece may ask for others, which join the map while it is gone through.
    for (const [piece, { path, cell }] of this.#modules) {
      modules.push({ path, code: this.#pieceText(piece, cell) });
      if (this.#answer.parts.includes(cell)) continue;
      const { text } = this.#cells[cell] as Cell;
      const spans = piece.spans.map(
        ({ start, end, head }) => `${head ? `${head} ` : ""}${text.slice(start, end)}`,
      );
      carried.push({ name: piece.names[0] ?? "", cell, code: spans.join("\n") });
    }
    // Only now is it known what the other modules want of the answer's cells.
    const entries: string[] = [];
    for (const { cell, facts } of whole) {
      const path = this.#partPath(cell);
      const code = facts
        ? this.#partText(cell, facts, own.get(cell) ?? [])
        : (this.#cells[cell] as Cell).text;
      entries.push(path);
      modules.push({ path, code });
    }
    return {
      program: { modules, entries },
      carried,
      missing: [...this.#missing.values()],
      undeclared: [...this.#undeclared],
      dropped: [...this.#hurdles.dropped].flatMap((piece) => this.#droppedPlace(piece)),
    };
  }

  /** Statements that would fail when the cell is run, for want of what another cell computes. The functions beside them still count. */
  #dropUnrunnable(cell: number, facts: Facts | undefined): void {
    for (const piece of facts?.pieces ?? []) {
      if (!piece.runs || !isWhole(piece, facts?.text ?? "")) continue;
      const asked = piece.names.some((name) => this.#answer.names.includes(name));
      if (!asked && [...piece.needs.keys()].some((name) => this.#hurdles.ofName(name, cell)))
        this.#hurdles.dropped.add(piece);
    }
  }

  #droppedPlace(piece: Piece): Dropped[] {
    const cell = this.#answer.parts.find((part) => this.#cells[part]?.facts?.pieces.includes(piece));
    if (cell === undefined) return [];
    const text = (this.#cells[cell] as Cell).text;
    const name = [...piece.needs.keys()].find((need) => this.#hurdles.ofName(need, cell)) ?? "";
    return [{ cell, line: text.slice(0, piece.spans[0]?.start).split("\n").length, name }];
  }

  #partPath(cell: number): string {
    return encodeURIComponent((this.#cells[cell] as Cell).label);
  }

  /** Imports that are not kept: of types, which Node would look for, of what nobody uses, of the grader. */
  #idle(cell: number, facts: Facts): Import[] {
    return facts.imports.filter(
      (one) => !one.typeOnly && (!one.used || this.#hurdles.ofName(one.local, cell) !== undefined),
    );
  }

  #blanked(cell: number, facts: Facts): Span[] {
    const dropped = facts.pieces
      .filter((piece) => this.#hurdles.dropped.has(piece))
      .flatMap(({ spans }) => spans);
    const imports = new Map(this.#idle(cell, facts).map(({ span }) => [span.start, span]));
    return [...dropped, ...imports.values()];
  }

  #partText(cell: number, facts: Facts, imports: readonly string[]): string {
    const moved = facts.pieces.filter((piece) => this.#modules.has(piece));
    const spans = [...this.#blanked(cell, facts), ...moved.flatMap((piece) => piece.spans)];
    const back = moved.flatMap((piece) =>
      piece.names.map((name) => importOf(name, (this.#modules.get(piece) as { path: string }).path)),
    );
    return `${blank(facts.text, spans)}${footer([...imports, ...back], this.#wanted.get(cell) ?? [])}`;
  }

  /**
   * A constant of an answer's cell that another module needs gets a module of its own: of two cells that need each other's constants
   * neither could be run first.
   */
  #isMovable(piece: Piece, cell: number): boolean {
    const facts = this.#cells[cell]?.facts;
    if (!facts || piece.names.length === 0 || !isWhole(piece, facts.text)) return false;
    const changed = facts.pieces.some(
      (other) => other !== piece && piece.names.some((name) => other.changes.has(name)),
    );
    return (
      !changed &&
      !this.#isExported(piece, facts.text) &&
      (!piece.runs || this.#hurdles.effect(piece, cell) === undefined)
    );
  }

  /** `export const` cannot lose its declaration. */
  #isExported(piece: Piece, text: string): boolean {
    return piece.spans.some(({ start }) =>
      /\bexport\s+(?:default\s+)?$/.test(text.slice(Math.max(0, start - 40), start)),
    );
  }

  /** What an answer's cell imports besides what is written in it. */
  #partImports(cell: number, facts: Facts): string[] {
    const idle = this.#idle(cell, facts);
    const rewritten = new Set(idle.map(({ span }) => span.start));
    const kept = facts.imports.filter(
      (one) => rewritten.has(one.span.start) && !one.typeOnly && !idle.includes(one),
    );
    const pieces = facts.pieces.filter((piece) => !this.#hurdles.dropped.has(piece));
    const needs = new Set(pieces.flatMap((piece) => [...piece.needs.keys()]));
    return [
      ...kept.map(importText),
      ...[...needs].flatMap((name) =>
        facts.declares.has(name) ? this.#ownMissing(name, cell) : this.#importFor(name, cell),
      ),
    ];
  }

  /** A name of the cell's own that cannot be had is missing all the same. */
  #ownMissing(name: string, cell: number): never[] {
    const why = this.#hurdles.ofName(name, cell);
    if (why !== undefined) this.#missing.set(name, { name, cell, why });
    return [];
  }

  #pieceText(piece: Piece, cell: number): string {
    const { text } = this.#cells[cell] as Cell;
    const imports = [...piece.needs.keys()].flatMap((name) => this.#importFor(name, cell));
    return `${only(text, piece.spans)}${footer(imports, piece.names)}`;
  }

  /** How a module of `cell` gets a name that it does not declare. */
  #importFor(name: string, cell: number): string[] {
    const found = this.#resolve(name, cell);
    if (!found) this.#undeclared.add(name);
    if (!found) return [];
    const hurdle = this.#hurdles.ofName(name, cell);
    if (hurdle !== undefined) {
      this.#missing.set(name, { name, cell: found.cell, why: hurdle });
      return [];
    }
    if (found.what.kind === "import") return found.what.typeOnly ? [] : [importText(found.what)];
    const path = this.#pathOf(name, found.what, found.cell);
    if (path === undefined) {
      this.#missing.set(name, {
        name,
        cell: found.cell,
        why: "is one declaration too many: a program this large is not put together",
      });
      return [];
    }
    return [importOf(name, path)];
  }

  #pathOf(name: string, piece: Piece, cell: number): string | undefined {
    if (this.#answer.parts.includes(cell) && !this.#isMovable(piece, cell)) {
      this.#wanted.set(cell, (this.#wanted.get(cell) ?? new Set()).add(name));
      return this.#partPath(cell);
    }
    const known = this.#modules.get(piece);
    if (known) return known.path;
    this.#size += (piece.spans.at(-1)?.end ?? 0) + 1;
    if (this.#modules.size >= MOST_MODULES || this.#size > MOST_CHARACTERS) return undefined;
    const path = `${encodeURIComponent((this.#cells[cell] as Cell).label)}?${this.#modules.size + 1}`;
    this.#modules.set(piece, { path, cell });
    return path;
  }
}
