/** Another operator, another order, or without one of the two sides. */

import type { Node } from "../../program/syntax.ts";
import { ARITHMETIC, type Change, sides, source } from "./change.ts";
import type { EditKind } from "./edit.ts";
import { regroup } from "./parentheses.ts";

const COMPARISONS = ["<", "<=", ">", ">="];

const EQUALITIES = ["===", "!=="];

export function binaryChanges(node: Node, text: string): Change[] {
  const [left, right] = sides(node, text);
  const operator = String(node.operator);
  const by = (others: readonly string[], kind: EditKind): Change[] =>
    others
      .filter((other) => other !== operator)
      .map((other) => ({ kind, text: `(${left}) ${other} (${right})`, about: operator, cost: 1 }));
  if (COMPARISONS.includes(operator)) return by(COMPARISONS, "comparison");
  if (/^[!=]==?$/.test(operator)) return by([...EQUALITIES, ...COMPARISONS], "comparison");
  if (operator === "^") return by(["**"], "operator");
  if (operator === "%") return by(ARITHMETIC, "operator");
  if (!ARITHMETIC.includes(operator)) return [];
  const turned: Change[] = ["-", "/", "**"].includes(operator)
    ? [{ kind: "order", text: `(${right}) ${operator} (${left})`, about: operator, cost: 1 }]
    : [];
  return [
    ...by(ARITHMETIC, "operator"),
    ...turned,
    ...regroup(node, text),
    { kind: "without", text: `(${left})`, about: right, cost: 1 },
    { kind: "without", text: `(${right})`, about: left, cost: 1 },
  ];
}

export function logicalChanges(node: Node, text: string): Change[] {
  const [left, right] = sides(node, text);
  const other = node.operator === "&&" ? "||" : "&&";
  return [
    { kind: "operator", text: `(${left}) ${other} (${right})`, about: String(node.operator), cost: 1 },
    { kind: "without", text: `(${left})`, about: right, cost: 1 },
    { kind: "without", text: `(${right})`, about: left, cost: 1 },
  ];
}

export function unaryChanges(node: Node, text: string): Change[] {
  const argument = source(node.argument as Node, text);
  if (node.operator === "-") return [{ kind: "sign", text: `(${argument})`, about: "-", cost: 1 }];
  return node.operator === "!" ? [{ kind: "condition", text: `(${argument})`, about: "!", cost: 1 }] : [];
}

export function assignmentChanges(node: Node, text: string, statement: boolean): Change[] {
  const [left, right] = sides(node, text);
  const operator = String(node.operator);
  const isPattern = /Pattern$/.test((node.left as Node).type);
  const others = isPattern ? [] : ["=", "+=", "-=", "*=", "/="].filter((other) => other !== operator);
  return [
    ...(operator.length <= 2 ? others : []).map((other) => ({
      kind: "operator" as const,
      text: `${left} ${other} (${right})`,
      about: operator,
      cost: 1,
    })),
    ...(statement
      ? [{ kind: "without" as const, text: "undefined", about: source(node, text), cost: 1 }]
      : []),
  ];
}
