/**
 * What is cut out of the grader's sources before they are compiled for a kit: other chapters' exercises, the wrong answers that only try
 * the checks, and checks that the instructor holds back. By the syntax tree, so that nothing else changes.
 */

import { type ParseResult, parse } from "@babel/parser";
import type { File, Node, ObjectProperty, VariableDeclarator } from "@babel/types";

/** A stretch of a text, and what is to stand there. */
interface Cut {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function apply(source: string, cuts: readonly Cut[]): string {
  return cuts
    .toSorted((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: by }) => text.slice(0, from) + by + text.slice(to), source);
}

const read = (source: string): ParseResult<File> =>
  parse(source, { sourceType: "module", plugins: ["typescript"], attachComment: false });

const cutOf = (node: Node, text = ""): Cut => ({ from: node.start as number, to: node.end as number, text });

/** The declarations of a module, by their names. */
function declarations({ program }: ParseResult<File>): Map<string, VariableDeclarator> {
  const found = program.body.flatMap((statement) => {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    return declaration?.type === "VariableDeclaration" ? declaration.declarations : [];
  });
  return new Map(found.flatMap((one) => (one.id.type === "Identifier" ? [[one.id.name, one] as const] : [])));
}

/**
 * `grader/course.ts` or `grader/predictions/course.ts` without what is imported of other chapters.
 *
 * @param isKept Of an import, by where it is from: `./exercises/03-linear/plu.ts`.
 * @param list The name under which all of them are listed.
 * @throws Error if the list has nothing for an import, so that a list in another form does not pass unseen.
 */
export function keepChapters(source: string, list: string, isKept: (from: string) => boolean): string {
  const tree = read(source);
  const dropped = tree.program.body.filter(
    (statement) => statement.type === "ImportDeclaration" && !isKept(statement.source.value),
  );
  const names = dropped.flatMap((statement) =>
    statement.type === "ImportDeclaration" ? statement.specifiers.map(({ local }) => local.name) : [],
  );
  const listed = elementsOf(declarations(tree).get(list)?.init, list);
  const cuts = names.map((name) => {
    const element = listed.find(({ value }) => value.type === "Identifier" && value.name === name);
    if (!element) throw new Error(`${list} does not list ${name}, which is imported for it`);
    return withComma(source, element.node);
  });
  return apply(source, [...dropped.map((node) => cutOf(node)), ...cuts]);
}

/** Of `[a, b] as const`, and of `{ "01": a, "02": b }`. */
function elementsOf(
  node: Node | null | undefined,
  list: string,
): { readonly node: Node; readonly value: Node }[] {
  if (node?.type === "TSAsExpression") return elementsOf(node.expression, list);
  if (node?.type === "ArrowFunctionExpression") return elementsOf(node.body, list);
  if (node?.type === "ArrayExpression")
    return node.elements.flatMap((one) => (one ? [{ node: one, value: one }] : []));
  if (node?.type === "ObjectExpression")
    return node.properties
      .filter((one): one is ObjectProperty => one.type === "ObjectProperty")
      .map((one) => ({ node: one, value: one.value }));
  throw new Error(`there is no list called ${list}`);
}

function withComma(source: string, node: Node): Cut {
  const { from, to } = cutOf(node);
  const comma = /^\s*,/.exec(source.slice(to))?.[0].length ?? 0;
  return { from, to: to + comma, text: "" };
}

/** An exercise's part without its mutants and its spoilt files, which only `npm run verify` runs. */
export function dropMutants(source: string): string {
  const tree = read(source);
  const isOne = (name: string | undefined) => name === "mutants" || name === "spoilt";
  const lists = [...declarations(tree)].flatMap(([name, { init }]) =>
    isOne(name) && init ? [cutOf(listIn(init), "[]")] : [],
  );
  const functions = tree.program.body.flatMap((statement) => {
    const { declaration } = statement.type === "ExportNamedDeclaration" ? statement : {};
    return declaration?.type === "FunctionDeclaration" && isOne(declaration.id?.name)
      ? [cutOf(declaration.body, "{ return []; }")]
      : [];
  });
  return apply(source, [...lists, ...functions]);
}

/** Of a list that follows from an exercise's numbers, what the function gives. */
const listIn = (node: Node): Node => (node.type === "ArrowFunctionExpression" ? node.body : node);

/** What a function of a module returns at its end: the list of an exercise whose numbers each learner has of her own. */
function returnedBy(name: string, { program }: ParseResult<File>): Node | null | undefined {
  for (const statement of program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type !== "FunctionDeclaration" || declaration.id?.name !== name) continue;
    const last = declaration.body.body.at(-1);
    return last?.type === "ReturnStatement" ? last.argument : undefined;
  }
  return undefined;
}

/**
 * `<name>.checks.ts` without some of its checks.
 *
 * @param places Counted from 1.
 * @throws RangeError if there is no such check, or none would be left; Error if the checks are not written as a list.
 */
export function holdBack(source: string, places: readonly number[]): string {
  const tree = read(source);
  const list = declarations(tree).get("checks")?.init ?? returnedBy("checks", tree);
  const listed = elementsOf(list, "checks");
  if (listed.some(({ node }) => node.type === "SpreadElement"))
    throw new Error("its checks are not written out one by one, so that none can be taken out");
  const wrong = places.find((place) => !(place >= 1 && place <= listed.length));
  if (wrong !== undefined) throw new RangeError(`it has ${listed.length} checks, and no check ${wrong}`);
  if (new Set(places).size === listed.length)
    throw new RangeError("none of its checks would be left; a kit needs one that a learner can run");
  return apply(
    source,
    [...new Set(places)].map((place) => withComma(source, (listed[place - 1] as { node: Node }).node)),
  );
}
