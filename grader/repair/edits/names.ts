/** Which names could stand in a place. */

import { field, type Node, type Tree, walk } from "../../program/syntax.ts";

/** Names that could be meant in a place: more is not a slip of the pen. */
const MOST_NAMES = 12;

export interface Names {
  /** Variables that are declared around a node, the nearest first. */
  values(node: Node): readonly string[];
  /** Functions that are declared around it, or called there. */
  functions(node: Node): readonly string[];
  /** Lists whose length is asked somewhere, or that are said to be lists. */
  lists(node: Node): readonly string[];
}

export function namesOf({ program, scopes }: Tree): Names {
  const called = new Set<unknown>();
  const measured = new Set<unknown>();
  walk(program, (node) => {
    if (node.type === "CallExpression") called.add(field(node, "callee")?.name);
    if (node.type === "MemberExpression" && field(node, "property")?.name === "length")
      measured.add(field(node, "object")?.name);
    const annotation = field(field(node, "typeAnnotation"), "typeAnnotation")?.type;
    if (annotation === "TSFunctionType") called.add(node.name);
    if (annotation === "TSArrayType") measured.add(node.name);
  });
  const declared = scopes.scopes.flatMap((scope) => {
    const { range } = scope.block as unknown as { range: readonly [number, number] };
    return scope.variables
      .filter(({ defs }) => defs.length > 0)
      .map(({ name, defs }) => {
        const [def] = defs as unknown as { type: string; node: Node; name: Node }[];
        return {
          name,
          range,
          body: def?.node.range ?? range,
          at: def?.name.range[0] ?? 0,
          isFunction: isFunction(def?.type, def?.node),
          type: def?.type,
        };
      });
  });
  const around = (node: Node, wanted: (one: (typeof declared)[number]) => boolean): string[] => {
    const visible = declared
      .filter((one) => one.range[0] <= node.range[0] && node.range[1] <= one.range[1] && wanted(one))
      .sort((a, b) => b.range[0] - a.range[0]);
    return [...new Set(visible.map(({ name }) => name))].slice(0, MOST_NAMES);
  };
  return {
    values: (node) =>
      around(
        node,
        ({ name, at, isFunction: of, type }) =>
          !of && !called.has(name) && !measured.has(name) && type !== "ImportBinding" && at < node.range[0],
      ),
    functions: (node) =>
      around(
        node,
        ({ name, at, isFunction: of, body }) =>
          (of && !holds(body, node)) || (called.has(name) && !of && at < node.range[0]),
      ),
    lists: (node) => around(node, ({ name, at }) => measured.has(name) && at < node.range[0]),
  };
}

/** A function that calls itself is no slip of the pen. */
const holds = (range: readonly [number, number], node: Node): boolean =>
  range[0] <= node.range[0] && node.range[1] <= range[1];

function isFunction(type: string | undefined, node: Node | undefined): boolean {
  const init = node?.init as Node | null | undefined;
  return type === "FunctionName" || /^(ArrowFunction|Function)Expression$/.test(init?.type ?? "");
}
