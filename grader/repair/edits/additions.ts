/** What could be missing beside an expression, or on top of it. */

import type { Node } from "../../program/syntax.ts";
import { ARITHMETIC, type Change } from "./change.ts";
import type { EditKind } from "./edit.ts";
import type { Names } from "./names.ts";

/** Logarithms and factors that come with a base density. */
const CONSTANTS = ["0.5 * Math.log(2 * Math.PI)", "Math.log(2 * Math.PI)", "Math.log(2)"];

/** The first two are forgotten most. */
const FACTORS = ["0.5", "2", "Math.sqrt(2 * Math.PI)", "Math.PI", "Math.LN2"];

/** What is missing beside an expression, or on top of it. */
export const BESIDE: ReadonlySet<EditKind> = new Set(["step", "factor", "term"]);

/** Where an expression with these parents ends, something can be missing; within a sum or a product the outer one is asked. */
export function isNumeric({ type, operator }: Node): boolean {
  if (type === "BinaryExpression") return ARITHMETIC.includes(String(operator));
  if (type === "UnaryExpression") return operator === "-";
  return ["Identifier", "MemberExpression", "CallExpression", "ConditionalExpression", "Literal"].includes(
    type,
  );
}

/** What could be missing beside the expression, or on top of it. */
export function additions(node: Node, parent: Node, own: string, names: Names): Change[] {
  const isLiteral = node.type === "Literal";
  const isSigned = parent.type === "UnaryExpression" || isLiteral;
  const sign = isSigned ? [] : [change("sign", `-(${own})`, own, 1.1)];
  if (isLiteral) return sign;
  return [...sign, ...steps(node, own, names), ...factors(node, own, names), ...terms(node, own, names)];
}

function steps(node: Node, own: string, names: Names): Change[] {
  const applied = [...["abs", "log", "exp", "sqrt"].map((name) => `Math.${name}`), ...names.functions(node)];
  const others = [`1 / (${own})`, `(${own}) ** 2`, `1 - (${own})`, `1 + (${own})`, `Math.max(0, ${own})`];
  return [...applied.map((name) => `${name}(${own})`), ...others, `Math.log1p(${own})`].map((text) =>
    change("step", text, own, 2),
  );
}

function factors(node: Node, own: string, names: Names): Change[] {
  const values = names.values(node);
  const likely = [...values, ...names.lists(node).map((name) => `${name}.length`)];
  const rare = [
    ...values.flatMap((name) => [`Math.abs(${name})`, `Math.exp(${name})`]),
    ...names
      .functions(node)
      .flatMap((of) => values.flatMap((name) => [`${of}(${name})`, `Math.abs(${of}(${name}))`])),
    ...FACTORS.slice(2),
  ];
  const by = (list: readonly string[], cost: number) =>
    list.flatMap((factor) => [
      change("factor", `(${own}) * (${factor})`, own, cost),
      change("factor", `(${own}) / (${factor})`, own, cost),
    ]);
  return [...by(FACTORS.slice(0, 2), 1.9), ...by(likely, 2.2), ...by(rare, 2.5)];
}

function terms(node: Node, own: string, names: Names): Change[] {
  const values = names.values(node);
  const logs = values.flatMap((name) => [`Math.log(${name})`, `Math.log(Math.abs(${name}))`]);
  const of = names.functions(node).flatMap((f) => values.map((name) => `Math.log(Math.abs(${f}(${name})))`));
  return [...values, "1", ...CONSTANTS, ...logs, ...of].flatMap((term, i) => {
    const cost = i <= values.length ? 2.3 : 2.6;
    return [change("term", `(${own}) + ${term}`, own, cost), change("term", `(${own}) - ${term}`, own, cost)];
  });
}

const change = (kind: EditKind, text: string, about: string, cost: number): Change => ({
  kind,
  text,
  about,
  cost,
});
