/** What happens when a declaration or a statement is run, as opposed to when the functions in it are called. */

import { type Node, walk } from "./syntax.ts";

export const FUNCTIONS = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "TSDeclareFunction",
]);
const CALLS = new Set([
  "CallExpression",
  "NewExpression",
  "TaggedTemplateExpression",
  "AwaitExpression",
  "ImportExpression",
  "AssignmentExpression",
  "UpdateExpression",
]);

/** Calls `visit` for what is executed when the node is; bodies of functions and fields of instances are not. */
function walkExecuted(node: Node, visit: (node: Node) => void): void {
  walk(node, (part) => {
    if (part !== node && FUNCTIONS.has(part.type)) return false;
    if (FUNCTIONS.has(part.type)) return false;
    if (part.type === "PropertyDefinition" && part.static !== true) return false;
    if (part.type.startsWith("TS") && part.type.endsWith("Annotation")) return false;
    visit(part);
    return undefined;
  });
}

/** Running it calls something, or changes something: it does more than define. */
export function runsAtLoad(node: Node): boolean {
  let runs = false;
  walkExecuted(node, ({ type }) => {
    runs ||= CALLS.has(type) || type === "StaticBlock" || type === "ForOfStatement";
  });
  return runs;
}

export function awaitsAtLoad(node: Node): boolean {
  let awaits = false;
  walkExecuted(node, (part) => {
    awaits ||= part.type === "AwaitExpression" || (part.type === "ForOfStatement" && part.await === true);
  });
  return awaits;
}
