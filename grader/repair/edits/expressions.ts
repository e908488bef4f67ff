/** The expressions of a text whose value another expression can give: those that may be put into parentheses where they stand. */

import { children, field, type Node } from "../../program/syntax.ts";

export interface Expression {
  readonly node: Node;
  readonly parent: Node;
  /** It stands alone as a statement: what counts is what it does. */
  readonly statement: boolean;
}

/** Of these nodes, the fields that hold values; other fields hold names, patterns and types. All fields of other nodes are looked at. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  AssignmentExpression: ["right"],
  AssignmentPattern: ["right"],
  ArrowFunctionExpression: ["params", "body"],
  ClassDeclaration: ["body"],
  ExportSpecifier: [],
  ForInStatement: ["right", "body"],
  ForOfStatement: ["right", "body"],
  FunctionDeclaration: ["params", "body"],
  FunctionExpression: ["params", "body"],
  ImportDeclaration: [],
  LabeledStatement: ["body"],
  MethodDefinition: ["value"],
  TaggedTemplateExpression: [],
  TemplateLiteral: ["expressions"],
  TSAsExpression: ["expression"],
  TSNonNullExpression: ["expression"],
  TSSatisfiesExpression: ["expression"],
  UpdateExpression: [],
  VariableDeclarator: ["init"],
};

const EXPRESSIONS = new Set([
  "AssignmentExpression",
  "AwaitExpression",
  "BinaryExpression",
  "CallExpression",
  "ConditionalExpression",
  "Identifier",
  "Literal",
  "LogicalExpression",
  "MemberExpression",
  "UnaryExpression",
]);

/** In the order of the text, outer ones before what they are made of. */
export function expressionsOf(program: Node): Expression[] {
  const found: Expression[] = [];
  const visit = (parent: Node): void => {
    for (const node of valuesIn(parent)) {
      if (EXPRESSIONS.has(node.type) && isReplaceable(node, parent))
        found.push({ node, parent, statement: parent.type === "ExpressionStatement" });
      visit(node);
    }
  };
  visit(program);
  return found;
}

function valuesIn(node: Node): Node[] {
  if (node.type.startsWith("TS") && !Object.hasOwn(VALUES, node.type)) return [];
  if (node.type === "MemberExpression" || node.type === "Property" || node.type === "PropertyDefinition") {
    const [object, key] = node.type === "MemberExpression" ? ["object", "property"] : ["value", "key"];
    // Of `{ z }` name and value are one node.
    if (node.shorthand === true) return [];
    return [field(node, object), node.computed === true ? field(node, key) : undefined].filter(
      (one) => one !== undefined,
    );
  }
  const names = VALUES[node.type];
  if (!names) return children(node);
  return names.flatMap((name) => {
    const value = node[name];
    return (Array.isArray(value) ? value : [value]).filter((one) => one !== null && typeof one === "object");
  }) as Node[];
}

function isReplaceable(node: Node, parent: Node): boolean {
  if (node.type === "Literal") return typeof node.value === "number";
  // A method needs its object, and a directive or a pattern is no value.
  if (isCallee(node, parent)) return node.type === "Identifier" && parent.type === "CallExpression";
  if (parent.type === "MemberExpression" && node.type === "Identifier" && parent.computed !== true)
    return false;
  if (/Pattern$|^RestElement$/.test(parent.type)) return parent.type === "AssignmentPattern";
  if (/^(ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/.test(parent.type))
    return parent.body === node;
  return ![
    "ChainExpression",
    "CatchClause",
    "ExportDefaultDeclaration",
    "BreakStatement",
    "ContinueStatement",
  ].includes(parent.type);
}

export const isCallee = (node: Node, parent: Node): boolean =>
  (parent.type === "CallExpression" || parent.type === "NewExpression") && parent.callee === node;
