/** An expression as a text in which the order of terms, and of factors that are numbers, plays no part: b + a is a + b. */

import type { FunctionNode, MathNode, OperatorNode, ParenthesisNode } from "mathjs";

/** @param commute Whether factors may change places, as numbers do and matrices do not. */
export function orderlessText(node: MathNode, commute: boolean): string {
  const text = (part: MathNode): string => orderlessText(part, commute);
  const inside = bare(node);
  if (inside.type === "FunctionNode") {
    const { fn, args } = inside as FunctionNode;
    return `${fn.name}(${args.map(text).join(", ")})`;
  }
  if (inside.type !== "OperatorNode") return inside.toString();
  const { op, args } = inside as OperatorNode;
  if (op === "+" || op === "-") return `(${[...signedTerms(inside, "+", text)].sort().join(" ")})`;
  if (op === "*" && commute) return `(${[...factors(inside, text)].sort().join(" * ")})`;
  return `(${args.map(text).join(` ${op} `)}${args.length === 1 ? op : ""})`;
}

const bare = (node: MathNode): MathNode =>
  node.type === "ParenthesisNode" ? bare((node as ParenthesisNode).content) : node;

type Sign = "+" | "-";
const turn = (sign: Sign): Sign => (sign === "+" ? "-" : "+");

function* signedTerms(node: MathNode, sign: Sign, text: (part: MathNode) => string): Generator<string> {
  const inside = bare(node);
  const { op, args } = inside as OperatorNode;
  if (inside.type !== "OperatorNode" || (op !== "+" && op !== "-")) {
    yield `${sign} ${text(inside)}`;
    return;
  }
  const last = op === "-" ? turn(sign) : sign;
  if (args.length === 2) yield* signedTerms(args[0] as MathNode, sign, text);
  yield* signedTerms(args.at(-1) as MathNode, last, text);
}

function* factors(node: MathNode, text: (part: MathNode) => string): Generator<string> {
  const inside = bare(node);
  const { op, args } = inside as OperatorNode;
  if (inside.type === "OperatorNode" && op === "*") for (const factor of args) yield* factors(factor, text);
  else yield text(inside);
}
