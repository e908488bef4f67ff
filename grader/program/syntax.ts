/**
 * A cell's or a file's text as a syntax tree with resolved names: by Babel's parser and typescript-eslint's scope analysis, which
 * know TypeScript. Nothing is executed, and types are told from values.
 */

import { parse } from "@babel/parser";
import { analyze, type Scope, type ScopeManager } from "@typescript-eslint/scope-manager";

export interface Node {
  readonly type: string;
  readonly range: readonly [number, number];
  readonly [field: string]: unknown;
}

/** A value that is used, outside of the function or block that declares it. */
export interface Use {
  readonly name: string;
  readonly at: number;
  /** It is given a new value, not by its declaration. */
  readonly writes: boolean;
}

export interface Syntax {
  readonly statements: readonly Node[];
  /** Uses of what the text declares at its top level, and of what it does not declare at all. In order. */
  readonly uses: readonly Use[];
}

type Parsed = { readonly program: unknown };

/** @returns undefined for a text that is not TypeScript, or is nested too deeply to be written by a person. */
export function parseText(text: string): Syntax | undefined {
  const tree = parseTree(text);
  return tree && { statements: fields(tree.program, "body"), uses: outerUses(tree.scopes) };
}

export interface Tree {
  readonly program: Node;
  readonly scopes: ScopeManager;
}

/** The tree itself, with what each name in it means. @returns undefined as {@link parseText} does. */
export function parseTree(text: string): Tree | undefined {
  try {
    const { program } = parse(text, {
      sourceType: "module",
      plugins: ["typescript", "estree", "decorators"],
      ranges: true,
      attachComment: false,
      allowAwaitOutsideFunction: true,
      createImportExpressions: true,
    }) as Parsed;
    // Babel's tree has ESTree's shape, to which its own types do not admit.
    const scopes = analyze(program as never, { sourceType: "module", lib: [] });
    return { program: program as Node, scopes };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    // The scope analysis meets trees that Babel accepts and TypeScript does not.
    if (error instanceof TypeError || error instanceof Error) return undefined;
    throw error;
  }
}

function outerUses(manager: ScopeManager): Use[] {
  const isOuter = (scope: Scope) => scope.type === "module" || scope.type === "global";
  const uses: Use[] = [];
  for (const scope of manager.scopes) {
    for (const reference of scope.references) {
      const { resolved, identifier } = reference;
      if (!reference.isValueReference || reference.init || identifier.type !== "Identifier") continue;
      if (resolved && !isOuter(resolved.scope)) continue;
      uses.push({ name: identifier.name, at: identifier.range[0], writes: reference.isWrite() });
    }
  }
  return uses.sort((a, b) => a.at - b.at);
}

/** The nodes directly below a node, in the order of the text. */
export function children(node: Node): Node[] {
  const found: Node[] = [];
  for (const [field, value] of Object.entries(node)) {
    if (field === "loc" || field === "extra") continue;
    for (const item of Array.isArray(value) ? value : [value]) if (isNode(item)) found.push(item);
  }
  return found;
}

function isNode(value: unknown): value is Node {
  return (
    value !== null &&
    typeof value === "object" &&
    typeof (value as Node).type === "string" &&
    Array.isArray((value as Node).range)
  );
}

/** Calls `visit` for a node and everything below it, until it returns false for a branch. */
export function walk(node: Node, visit: (node: Node) => unknown): void {
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (visit(next) === false) continue;
    pending.push(...children(next).reverse());
  }
}

export const field = (node: Node | undefined, name: string): Node | undefined => {
  const value = node?.[name];
  return isNode(value) ? value : undefined;
};

export const fields = (node: Node | undefined, name: string): Node[] => {
  const value = node?.[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
};

/** `x` of `x.a.b[0]`, with the last member that is named: `x.a` has `a`. */
export function memberOf(
  node: Node,
): { readonly root: string; readonly member: string; readonly at: number } | undefined {
  let object: Node | undefined = node;
  let first = "";
  while (object?.type === "MemberExpression" || object?.type === "TSNonNullExpression") {
    if (object.type === "MemberExpression") first = propertyName(object);
    object = field(object, object.type === "MemberExpression" ? "object" : "expression");
  }
  if (object?.type !== "Identifier" || object === node) return undefined;
  return { root: String(object.name), member: first, at: object.range[0] };
}

function propertyName(member: Node): string {
  const property = field(member, "property");
  return member.computed !== true && property?.type === "Identifier" ? String(property.name) : "";
}

export const lineAt = (text: string, offset: number): number => {
  let line = 1;
  for (let i = text.indexOf("\n"); i >= 0 && i < offset; i = text.indexOf("\n", i + 1)) line += 1;
  return line;
};
