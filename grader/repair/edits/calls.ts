/** Another function, its arguments in another order, or without the call. */

import { field, fields, type Node } from "../../program/syntax.ts";
import { type Change, source } from "./change.ts";
import { halveArguments } from "./parentheses.ts";

const ONE_ARGUMENT = [
  ...["exp", "log", "log1p", "expm1", "log2", "log10", "sqrt", "abs", "tanh", "sinh", "cosh"],
  ...["sin", "cos", "sign", "floor", "ceil", "round"],
];

const TWO_ARGUMENTS = ["max", "min", "pow", "hypot"];

/** Those that are taken for each other. */
const RELATIVES = [
  ["log", "log1p", "log2", "log10"],
  ["exp", "expm1"],
  ["max", "min"],
  ["floor", "ceil", "round"],
];

export function callChanges(node: Node, text: string): Change[] {
  const list = fields(node, "arguments").map((one) => source(one, text));
  const callee = field(node, "callee");
  const name = callee ? source(callee, text) : "";
  const math = /^Math\.(\w+)$/.exec(name)?.[1];
  const family = [ONE_ARGUMENT, TWO_ARGUMENTS].find((names) => names.includes(math ?? ""));
  const others: Change[] = (family ?? [])
    .filter((other) => other !== math)
    .map((other) => ({
      kind: "function",
      text: `Math.${other}(${list.join(", ")})`,
      about: name,
      cost: RELATIVES.some((some) => some.includes(other) && some.includes(math ?? "")) ? 1 : 1.3,
    }));
  const inner: Change[] = list
    .filter((one) => !/^\.\.\.|=>/.test(one))
    .map((one) => ({ kind: "without", text: `(${one})`, about: name, cost: list.length === 1 ? 1 : 1.5 }));
  const object = callee?.type === "MemberExpression" ? field(callee, "object") : undefined;
  const method: Change[] =
    object && math === undefined
      ? [
          {
            kind: "without",
            text: `(${source(object, text)})`,
            about: name.slice(source(object, text).length),
            cost: 1,
          },
        ]
      : [];
  return [...others, ...method, ...inner, ...turnArguments(name, list), ...halveArguments(name, node, text)];
}

function turnArguments(name: string, list: readonly string[]): Change[] {
  return list.slice(1).flatMap((_, i) => {
    const turned = list.with(i, list[i + 1] as string).with(i + 1, list[i] as string);
    return list[i] === list[i + 1]
      ? []
      : [{ kind: "order" as const, text: `${name}(${turned.join(", ")})`, about: name, cost: 1 }];
  });
}
