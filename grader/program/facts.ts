/**
 * What a cell or a file declares at its top level, what each declaration needs, and what happens when the text is run.
 */

import { UNSOLVED_MESSAGE } from "../harness/unsolved.ts";
import { awaitsAtLoad, FUNCTIONS, runsAtLoad } from "./at-load.ts";
import { field, fields, type Node, parseText, type Use, walk } from "./syntax.ts";
import { treatment } from "./treatment.ts";

export interface Facts {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly imports: readonly Import[];
  readonly declares: ReadonlyMap<string, Piece | Import>;
  /** Modules that are imported, also by `export … from`. */
  readonly from: readonly string[];
}

/** A declaration, with everything that declares the same name; or, if it has no names, a statement. */
export interface Piece {
  readonly kind: "piece";
  readonly names: readonly string[];
  readonly spans: readonly Span[];
  /** Values that it uses and does not declare itself, each with what is used of it: `random` of `Math.random`. */
  readonly needs: ReadonlyMap<string, ReadonlySet<string>>;
  /** Needs that it changes: by an assignment, or by a method such as `push`. */
  readonly changes: ReadonlySet<string>;
  /** Needs whose methods it calls: a generator moves on when it is asked. */
  readonly asks: ReadonlySet<string>;
  /** Running it calls something; otherwise it only defines. */
  readonly runs: boolean;
  readonly awaits: boolean;
  /** The function whose result it is, unchanged: `random` in `const draw = random(1)`. */
  readonly madeBy: string | undefined;
  /** For each function: true if nothing has been written in it. */
  readonly stub: boolean;
}

export interface Span {
  readonly start: number;
  readonly end: number;
  /** What has to stand before it, if it is one of several declarations after a `const`. */
  readonly head?: string;
}

export interface Import {
  readonly kind: "import";
  readonly local: string;
  /** `default`, `*` or a name. */
  readonly imported: string;
  readonly from: string;
  readonly typeOnly: boolean;
  /** The text uses it as a value. */
  readonly used: boolean;
  readonly span: Span;
}

/** @returns undefined if the text cannot be parsed. */
export function factsOf(text: string): Facts | undefined {
  const syntax = parseText(text);
  if (!syntax) return undefined;
  const { statements, uses } = syntax;
  const used = new Set(uses.map(({ name }) => name));
  const imports = statements.flatMap((statement) => importsOf(statement, used));
  const pieces = merge(statements.flatMap(draftsOf), uses).map(pieceOf);
  const declares = new Map<string, Piece | Import>();
  for (const one of imports) declares.set(one.local, one);
  for (const piece of pieces) for (const name of piece.names) declares.set(name, piece);
  const from = statements
    .map((statement) => field(statement, "source")?.value)
    .filter((value) => typeof value === "string");
  return { text, pieces, imports, declares, from };
}

function importsOf(statement: Node, used: ReadonlySet<string>): Import[] {
  if (statement.type !== "ImportDeclaration") return [];
  const [start, end] = statement.range;
  return fields(statement, "specifiers").map((specifier) => {
    const local = String(field(specifier, "local")?.name);
    const imported = field(specifier, "imported");
    const names = {
      ImportDefaultSpecifier: "default",
      ImportNamespaceSpecifier: "*",
      ImportSpecifier: String(imported?.name ?? imported?.value),
    };
    return {
      kind: "import",
      local,
      imported: names[specifier.type as keyof typeof names] ?? local,
      from: String(field(statement, "source")?.value),
      typeOnly: statement.importKind === "type" || specifier.importKind === "type",
      used: used.has(local),
      span: { start, end },
    };
  });
}

interface Draft {
  readonly names: readonly string[];
  readonly parts: readonly { readonly node: Node; readonly span: Span }[];
  readonly uses: Use[];
}

const DECLARING = new Set([
  "FunctionDeclaration",
  "TSDeclareFunction",
  "ClassDeclaration",
  "TSEnumDeclaration",
  "TSModuleDeclaration",
]);
/** Blanked out before anything runs. */
const TYPES = new Set([
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "ImportDeclaration",
  "EmptyStatement",
]);

function draftsOf(statement: Node): Draft[] {
  const inner = statement.type.startsWith("Export") ? field(statement, "declaration") : undefined;
  const node = inner ?? statement;
  if (TYPES.has(node.type) || node.declare === true) return [];
  // `export { a }` and `export … from` declare nothing.
  if (statement.type.startsWith("Export") && !inner) return [];
  if (node.type === "VariableDeclaration") return variables(node);
  const name = field(node, "id")?.name;
  const names = DECLARING.has(node.type) && typeof name === "string" ? [name] : [];
  // A default export of an expression declares nothing that another cell could use.
  if (statement.type === "ExportDefaultDeclaration" && names.length === 0) return [];
  return [{ names, parts: [{ node, span: { start: node.range[0], end: node.range[1] } }], uses: [] }];
}

function variables(declaration: Node): Draft[] {
  const kind = String(declaration.kind);
  return fields(declaration, "declarations").map((node, i) => {
    const [start, end] = i === 0 ? [declaration.range[0], node.range[1]] : node.range;
    const names: string[] = [];
    const pattern = field(node, "id");
    if (pattern) walk(pattern, (part) => bindNames(part, names));
    return { names, parts: [{ node, span: { start, end, ...(i > 0 && { head: kind }) } }], uses: [] };
  });
}

/** Collects the names that a pattern binds; defaults and computed keys bind nothing. */
function bindNames(part: Node, names: string[]): boolean {
  if (part.type === "Identifier") names.push(String(part.name));
  if (part.type === "AssignmentPattern") {
    const left = field(part, "left");
    if (left) walk(left, (inner) => bindNames(inner, names));
    return false;
  }
  if (part.type === "Property" || part.type === "ObjectProperty") {
    const value = field(part, "value");
    if (value) walk(value, (inner) => bindNames(inner, names));
    return false;
  }
  return !part.type.startsWith("TS");
}

/** What declares one name is one piece; so is a variable with the functions that assign to it, as no other module could. */
function merge(drafts: readonly Draft[], uses: readonly Use[]): Draft[] {
  withUses(drafts, uses);
  const leader = new Map<string, Draft>();
  const joined = new Map<Draft, Draft>();
  const top = (draft: Draft): Draft => {
    let at = draft;
    for (let next = joined.get(at); next; next = joined.get(at)) at = next;
    return at;
  };
  for (const draft of drafts) {
    for (const name of draft.names) {
      const first = leader.get(name);
      if (!first) leader.set(name, draft);
      else if (top(first) !== top(draft)) joined.set(top(draft), top(first));
    }
  }
  for (const draft of drafts.filter(({ names }) => names.length > 0)) {
    for (const { name } of draft.uses.filter(({ writes }) => writes)) {
      const declared = leader.get(name);
      if (declared && top(declared) !== top(draft)) joined.set(top(draft), top(declared));
    }
  }
  return [...Map.groupBy(drafts, top).values()].map((group) => ({
    names: [...new Set(group.flatMap(({ names }) => names))],
    parts: group.flatMap(({ parts }) => parts),
    uses: group.flatMap((draft) => draft.uses),
  }));
}

/** Gives each draft the uses that lie in it; both are in the order of the text. */
function withUses(drafts: readonly Draft[], uses: readonly Use[]): void {
  let next = 0;
  for (const draft of drafts) {
    const [{ span }] = draft.parts as [Draft["parts"][number]];
    while (next < uses.length && (uses[next] as Use).at < span.start) next += 1;
    while (next < uses.length && (uses[next] as Use).at < span.end) draft.uses.push(uses[next++] as Use);
  }
}

function pieceOf(draft: Draft): Piece {
  const own = draft.uses.filter(({ name }) => !draft.names.includes(name));
  const outer = new Set(own.map(({ at }) => at));
  const nodes = draft.parts.map(({ node }) => node);
  const { members, changed, asked } = treatment(nodes, outer);
  const needs = new Map<string, Set<string>>();
  for (const { name, at } of own) needs.set(name, (needs.get(name) ?? new Set()).add(members.get(at) ?? ""));
  const functions = nodes.flatMap((node) => functionOf(node) ?? []);
  return {
    kind: "piece",
    names: draft.names,
    spans: draft.parts.map(({ span }) => span),
    needs,
    changes: new Set([...own.filter(({ writes }) => writes).map(({ name }) => name), ...changed]),
    asks: asked,
    runs: draft.names.length === 0 || nodes.some(runsAtLoad),
    awaits: nodes.some(awaitsAtLoad),
    madeBy: nodes.map(makerOf).find((maker) => maker !== undefined),
    stub: functions.length > 0 && functions.every(isStub),
  };
}

/** The function that a declaration is: `function f() {}` or `const f = () => {}`. */
function functionOf(node: Node): Node | undefined {
  if (node.type === "FunctionDeclaration") return node;
  const value = node.type === "VariableDeclarator" ? field(node, "init") : undefined;
  return value && FUNCTIONS.has(value.type) ? value : undefined;
}

function makerOf(node: Node): string | undefined {
  const value = node.type === "VariableDeclarator" ? field(node, "init") : undefined;
  const callee = value?.type === "CallExpression" ? field(value, "callee") : undefined;
  return callee?.type === "Identifier" ? String(callee.name) : undefined;
}

/** Nothing comes before the stub's `throw`. */
function isStub(fn: Node): boolean {
  const [first] = fields(field(fn, "body"), "body");
  const made = first?.type === "ThrowStatement" ? field(first, "argument") : undefined;
  return made !== undefined && fields(made, "arguments").some(({ value }) => value === UNSOLVED_MESSAGE);
}
