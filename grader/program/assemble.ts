/**
 * The program that is graded: the answer's cells as they are, and of the other cells the declarations that the answer needs,
 * directly or through others. No other cell is run.
 *
 * A name means what tslab makes of it: in its own cell the cell's declaration; elsewhere the one in force at the answer, which is
 * the answer's own, else the last above it, else the first below. Each declaration becomes a module of its own in which every line
 * stands where the learner wrote it, so names of different cells cannot collide and errors point to the right line.
 */

import { SUBMISSION } from "../harness/address.ts";
import type { Program, ProgramModule } from "../harness/program.ts";
import type { Facts, Import, Piece, Span } from "./facts.ts";
import { globalHazard, importHazard } from "./purity.ts";

export interface Cell {
  /** Where it is, for messages and stacks: `ada.ipynb, cell 7`. */
  readonly label: string;
  readonly text: string;
  /** Undefined for what cannot be parsed, which declares nothing. */
  readonly facts: Facts | undefined;
}

export interface Answer {
  /** Cells that are run as they are, as places in the list of cells, in order. */
  readonly parts: readonly number[];
  /** Where the answer is: what is in force there counts. */
  readonly at: number;
  /** What is asked. */
  readonly names: readonly string[];
}

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

type Declared = { readonly cell: number; readonly what: Piece | Import };

export function assemble(cells: readonly Cell[], answer: Answer): Assembled {
  return new Assembly(cells, answer).result();
}

class Assembly {
  readonly #cells: readonly Cell[];
  readonly #answer: Answer;
  readonly #modules = new Map<Piece, { path: string; cell: number }>();
  readonly #hurdles = new Map<Piece, string | undefined>();
  readonly #missing = new Map<string, Missing>();
  readonly #undeclared = new Set<string>();
  readonly #dropped = new Set<Piece>();
  /** Names of the answer's cells that other modules import. */
  readonly #wanted = new Map<number, Set<string>>();
  #size = 0;

  constructor(cells: readonly Cell[], answer: Answer) {
    this.#cells = cells;
    this.#answer = answer;
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
      dropped: [...this.#dropped].flatMap((piece) => this.#droppedPlace(piece)),
    };
  }

  /** Statements that would fail when the cell is run, for want of what another cell computes. The functions beside them still count. */
  #dropUnrunnable(cell: number, facts: Facts | undefined): void {
    for (const piece of facts?.pieces ?? []) {
      if (!piece.runs || !isWhole(piece, facts?.text ?? "")) continue;
      const asked = piece.names.some((name) => this.#answer.names.includes(name));
      if (!asked && [...piece.needs.keys()].some((name) => this.#hurdle(name, cell)))
        this.#dropped.add(piece);
    }
  }

  #droppedPlace(piece: Piece): Dropped[] {
    const cell = this.#answer.parts.find((part) => this.#cells[part]?.facts?.pieces.includes(piece));
    if (cell === undefined) return [];
    const text = (this.#cells[cell] as Cell).text;
    const name = [...piece.needs.keys()].find((need) => this.#hurdle(need, cell)) ?? "";
    return [{ cell, line: text.slice(0, piece.spans[0]?.start).split("\n").length, name }];
  }

  #partPath(cell: number): string {
    return encodeURIComponent((this.#cells[cell] as Cell).label);
  }

  /** Imports that are not kept: of types, which Node would look for, of what nobody uses, of the grader. */
  #idle(cell: number, facts: Facts): Import[] {
    return facts.imports.filter(
      (one) => !one.typeOnly && (!one.used || this.#hurdle(one.local, cell) !== undefined),
    );
  }

  #blanked(cell: number, facts: Facts): Span[] {
    const dropped = facts.pieces.filter((piece) => this.#dropped.has(piece)).flatMap(({ spans }) => spans);
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
      (!piece.runs || this.#effect(piece, cell, new Set()) === undefined)
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
    const pieces = facts.pieces.filter((piece) => !this.#dropped.has(piece));
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
    const why = this.#hurdle(name, cell);
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
    const hurdle = this.#hurdle(name, cell);
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

  /** The declaration that a name means in a cell. */
  #resolve(name: string, cell: number): Declared | undefined {
    const { parts, at } = this.#answer;
    const declaredIn = (place: number): Declared[] => {
      const there = this.#cells[place];
      // Parsing what does not even have the name in it would take the longer, the larger the notebook.
      const what =
        place === cell || there?.text.includes(name) ? there?.facts?.declares.get(name) : undefined;
      return what && !(what.kind === "import" && what.typeOnly) ? [{ cell: place, what }] : [];
    };
    const places = this.#cells.map((_cell, place) => place).filter((place) => !parts.includes(place));
    return (
      declaredIn(cell)[0] ??
      parts.toReversed().flatMap(declaredIn)[0] ??
      places
        .filter((place) => place < at)
        .toReversed()
        .flatMap(declaredIn)[0] ??
      places.filter((place) => place >= at).flatMap(declaredIn)[0]
    );
  }

  /** Why a name cannot be had in a cell; undefined if it can, or if nobody declares it. */
  #hurdle(name: string, cell: number): string | undefined {
    const found = this.#resolve(name, cell);
    if (!found) return undefined;
    const { what } = found;
    if (what.kind === "import")
      return what.from === "flowlab-grader" ? "belongs to the grader, which no answer may import" : undefined;
    if (this.#dropped.has(what)) return "is computed by a line that needs what cannot be carried along";
    if (this.#answer.parts.includes(found.cell)) return undefined;
    const own = found.cell === cell;
    return this.#valueHurdle(what, found.cell) ?? (own ? undefined : this.#changedElsewhere(name, found));
  }

  /** Why the value of a declaration cannot be had without running its cell. */
  #valueHurdle(piece: Piece, cell: number): string | undefined {
    if (this.#hurdles.has(piece)) return this.#hurdles.get(piece);
    // A cycle is no hurdle by itself.
    this.#hurdles.set(piece, undefined);
    const hurdle =
      this.#changedByOwnCell(piece, cell) ?? (piece.runs ? this.#effect(piece, cell, new Set()) : undefined);
    this.#hurdles.set(piece, hurdle);
    return hurdle;
  }

  /** What computing a value would do besides, also in the functions that it may call. */
  #effect(piece: Piece, cell: number, seen: Set<Piece>): string | undefined {
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
      if (found?.what.kind !== "piece" || this.#answer.parts.includes(found.cell)) continue;
      if (piece.asks.has(name) && this.#isGenerator(found))
        return `is drawn from ${name}, which other cells have drawn from too`;
      const inner = this.#effect(found.what, found.cell, seen);
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
          !this.#modules.has(fn)
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
      if (!facts || facts.declares.has(name) || this.#answer.parts.includes(place)) continue;
      const changes = facts.pieces.some(
        (piece) => piece.runs && (piece.changes.has(name) || (generator && piece.asks.has(name))),
      );
      if (changes) return `is changed by ${/cell \d+$/.exec(other.label)?.[0] ?? other.label}`;
    }
    return undefined;
  }
}

const importOf = (name: string, path: string): string =>
  `import { ${exported(name)} as ${name} } from ${JSON.stringify(SUBMISSION + path)};`;

/** It is not one of several declarations after a `const`, which cannot be taken out of the text alone. */
const isWhole = ({ spans }: Piece, text: string): boolean =>
  spans.every(({ end, head }) => head === undefined && !/^\s*,/.test(text.slice(end, end + 200)));

function importText({ local, imported, from }: Import): string {
  const source = JSON.stringify(from);
  if (imported === "*") return `import * as ${local} from ${source};`;
  return `import { ${imported} as ${local} } from ${source};`;
}

/** Under a name of its own, since the text may export the declaration as well. */
const exported = (name: string): string => `__cell_${name}`;

/** What modules say to each other stands below the learner's lines and moves none of them. */
function footer(imports: readonly string[], names: Iterable<string>): string {
  const unique = [...new Set(imports)];
  const exports = [...new Set(names)].map((name) => `${name} as ${exported(name)}`);
  const lines = [...unique, ...(exports.length > 0 ? [`export { ${exports.join(", ")} };`] : [])];
  return lines.length > 0 ? `\n;${lines.join(" ")}` : "";
}

/** The text with some of it blanked out, each character in its place. */
function blank(text: string, spans: readonly Span[]): string {
  let result = text;
  for (const { start, end } of spans)
    result = result.slice(0, start) + result.slice(start, end).replace(/[^\n]/g, " ") + result.slice(end);
  return result;
}

/** Nothing but some of a text, each line in its place. */
function only(text: string, spans: readonly Span[]): string {
  let result = "";
  let from = 0;
  for (const { start, end, head } of spans) {
    const before = text
      .slice(from, start)
      .replace(/[^\n]/g, " ")
      .replace(/ +(?=\n)/g, "");
    const room =
      head && before.endsWith(" ".repeat(head.length + 1)) ? before.slice(0, -(head.length + 1)) : before;
    result += `${room}${head ? `${head} ` : ""}${text.slice(start, end)};`;
    from = end;
  }
  return result;
}
