/** Another name, number, condition or branch in the place of one. */

import type { Node } from "../../program/syntax.ts";
import { type Change, source } from "./change.ts";

/** Numbers that formulas of this field hold. */
const NUMBERS = ["0", "1", "-1", "2", "0.5", "1e-6", "1e-12", "Math.PI", "2 * Math.PI"];

export function otherNames(node: Node, names: readonly string[], kind: "name" | "function"): Change[] {
  return names
    .filter((name) => name !== node.name)
    .map((name) => ({ kind, text: name, about: String(node.name), cost: 1 }));
}

export function otherNumbers(node: Node, parent: Node, text: string): Change[] {
  const own = source(node, text);
  const value = node.value as number;
  const near = [
    2 * value,
    value / 2,
    value + 1,
    value - 1,
    1 / value,
    -value,
    10 * value,
    value / 10,
    100 * value,
  ];
  const candidates = [...NUMBERS, ...near.filter(Number.isFinite).map(String)];
  const isAdded = parent.type === "BinaryExpression" && /^[+-]$/.test(String(parent.operator));
  return [...new Set(candidates)]
    .filter((other) => other !== own && Number(other) !== value)
    .map((other) => ({
      kind: other === "0" && isAdded ? "without" : "number",
      text: other,
      about: own,
      cost: 1.2,
    }));
}

export function branchChanges(node: Node, text: string): Change[] {
  const [test, yes, no] = ["test", "consequent", "alternate"].map((name) => source(node[name] as Node, text));
  return [
    { kind: "condition", text: `(${test}) ? (${no}) : (${yes})`, about: test ?? "", cost: 1 },
    { kind: "without", text: `(${no})`, about: `${test} ?`, cost: 1 },
    { kind: "without", text: `(${yes})`, about: `${test} ?`, cost: 1 },
  ];
}

export const testChanges = (own: string): Change[] => [
  { kind: "without", text: "false", about: own, cost: 1 },
  { kind: "condition", text: "true", about: own, cost: 1 },
  { kind: "condition", text: `!(${own})`, about: own, cost: 1 },
];
