/** The same numbers and signs, with the parentheses elsewhere. */

import { field, fields, type Node } from "../../program/syntax.ts";
import { ARITHMETIC, type Change, sides, source } from "./change.ts";

/**
 * The same numbers and signs with the parentheses elsewhere: `a / (b * c)` for `a / b * c`, `x ** (-1 / 2)` for `x ** -1 / 2`, with what
 * stands last in the left side, or first in the right one.
 */
export function regroup(node: Node, text: string): Change[] {
  const [left, right] = [node.left as Node, node.right as Node];
  const [own, mine, other] = [String(node.operator), source(left, text), source(right, text)];
  const spine = (from: Node, side: "left" | "right"): Node[] => {
    const isArithmetic = from.type === "BinaryExpression" && ARITHMETIC.includes(String(from.operator));
    const next = isArithmetic ? (from[side] as Node) : undefined;
    return next ? [next, ...spine(next, side)] : [];
  };
  const within = (whole: Node, part: Node, by: string): string =>
    text.slice(whole.range[0], part.range[0]) + by + text.slice(part.range[1], whole.range[1]);
  const texts = [
    ...spine(left, "right").map((part) => within(left, part, `(${source(part, text)} ${own} (${other}))`)),
    ...spine(right, "left").map((part) => within(right, part, `((${mine}) ${own} ${source(part, text)})`)),
  ];
  for (const [call, inside] of [
    [left, (argument: string) => `(${argument}) ${own} (${other})`],
    [right, (argument: string) => `(${mine}) ${own} (${argument})`],
  ] as const) {
    const [argument, ...more] = fields(call, "arguments");
    const callee = field(call, "callee");
    if (call.type !== "CallExpression" || !argument || !callee || more.length > 0) continue;
    // `...list` is no number that stands in a sum or product.
    if (argument.type === "SpreadElement") continue;
    texts.push(`${source(callee, text)}(${inside(source(argument, text))})`);
  }
  if (left.type === "UnaryExpression" && left.operator === "-")
    texts.push(`-((${source(left.argument as Node, text)}) ${own} (${other}))`);
  return texts.map((by) => ({ kind: "parentheses", text: by, about: own, cost: 1.1 }));
}

/** `f(a) / b` for `f(a / b)`. */
export function halveArguments(name: string, node: Node, text: string): Change[] {
  const [argument, ...more] = fields(node, "arguments");
  if (argument?.type !== "BinaryExpression" || more.length > 0) return [];
  if (!ARITHMETIC.includes(String(argument.operator))) return [];
  const [left, right] = sides(argument, text);
  return [
    `${name}(${left}) ${argument.operator} (${right})`,
    `(${left}) ${argument.operator} ${name}(${right})`,
  ].map((by) => ({ kind: "parentheses", text: by, about: name, cost: 1.1 }));
}
