/** Every small change of a text that could mend a slip of the pen or of thought. */

import { field, fields, type Node, type Tree } from "../program/syntax.ts";
import { breathe } from "../turn.ts";
import type { Edit, EditKind, Place } from "./edit.ts";
import { type Expression, expressionsOf, isCallee } from "./expressions.ts";
import { iterationsOf } from "./iterations.ts";
import { type Names, namesOf } from "./names.ts";

const ARITHMETIC = ["+", "-", "*", "/", "**"];
const COMPARISONS = ["<", "<=", ">", ">="];
const EQUALITIES = ["===", "!=="];
const ONE_ARGUMENT = [
  ...["exp", "log", "log1p", "expm1", "log2", "log10", "sqrt", "abs", "tanh", "sinh", "cosh"],
  ...["sin", "cos", "sign", "floor", "ceil", "round"],
];
/** Those that are taken for each other. */
const RELATIVES = [
  ["log", "log1p", "log2", "log10"],
  ["exp", "expm1"],
  ["max", "min"],
  ["floor", "ceil", "round"],
];
const TWO_ARGUMENTS = ["max", "min", "pow", "hypot"];
/** Numbers that formulas of this field hold. */
const NUMBERS = ["0", "1", "-1", "2", "0.5", "1e-6", "1e-12", "Math.PI", "2 * Math.PI"];
/** Logarithms and factors that come with a base density. */
const CONSTANTS = ["0.5 * Math.log(2 * Math.PI)", "Math.log(2 * Math.PI)", "Math.log(2)"];
/** The first two are forgotten most. */
const FACTORS = ["0.5", "2", "Math.sqrt(2 * Math.PI)", "Math.PI", "Math.LN2"];

/** What is missing beside an expression, or on top of it. */
const BESIDE: ReadonlySet<EditKind> = new Set(["step", "factor", "term"]);

interface Change {
  readonly kind: EditKind;
  readonly text: string;
  readonly about: string;
  readonly cost: number;
}

/** A person's expressions are shorter and fewer; a stranger's may be nested a thousand times. */
const LONGEST = 300;
const MOST_EXPRESSIONS = 200;

/** Those that change the least come first. */
export async function editsOf(text: string, tree: Tree): Promise<Edit[]> {
  const names = namesOf(tree);
  const expressions = expressionsOf(tree.program)
    .filter(({ node: { range } }) => range[1] - range[0] <= LONGEST)
    .slice(0, MOST_EXPRESSIONS);
  const iterations = iterationsOf(tree.program);
  const single: { expression: Expression; change: Change }[] = [];
  for (const expression of expressions) {
    await breathe();
    const isStep = iterations.some((loop) => inside(expression.node, loop));
    for (const change of changesOf(expression, text, names))
      if (!isStep || !BESIDE.has(change.kind)) single.push({ expression, change });
  }
  await breathe();
  const alone = single.map(({ expression: { node }, change: { kind, about, cost, text: by } }) => ({
    kind,
    about,
    cost,
    places: [{ node, text: by }],
  }));
  return [...alone, ...everywhere(single, text), ...swaps(single)].sort(
    (a, b) => a.cost - b.cost || end(b) - end(a),
  );
}

/** Of two places that would do, the later one is nearer to the answer. */
const end = ({ places }: Edit): number => Math.max(...places.map(({ node }) => node.range[1]));

/** Two variables that have changed places wherever they stand: a and b, or the ends of a bracket. */
function swaps(single: readonly { expression: Expression; change: Change }[]): Edit[] {
  const renamings = single.filter(({ change }) => change.kind === "name");
  const groups = Map.groupBy(renamings, ({ change: { about, text } }) => [about, text].sort().join(" "));
  return [...groups.values()].flatMap((group) => {
    const [first] = group.map(({ change: { about } }) => about);
    if (group.every(({ change }) => change.about === first)) return [];
    const places = group.map(({ expression: { node }, change: { text } }) => ({ node, text }));
    const [{ change }] = group as [(typeof group)[number]];
    return [{ kind: "swapped" as const, about: `${change.about}, ${change.text}`, cost: 1.4, places }];
  });
}

/** The same change wherever the same code stands: who takes `^` for a power, or x for z, does it each time. */
function everywhere(single: readonly { expression: Expression; change: Change }[], text: string): Edit[] {
  const groups = Map.groupBy(
    single.filter(({ change }) => change.cost <= 2),
    ({ expression: { node }, change }) => slipOf(node, change, text),
  );
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const [{ change }] = group as [(typeof group)[number]];
      const places: Place[] = group.map(({ expression: { node }, change: { text: by } }) => ({
        node,
        text: by,
      }));
      return { kind: change.kind, about: change.about, cost: change.cost + 0.5, places };
    })
    .filter(({ places }) => places.every(({ node }) => !places.some((other) => inside(other.node, node))))
    .filter(({ places }) => new Set(places.map(({ node }) => node)).size === places.length);
}

/** What two changes have in common that are the same slip. */
function slipOf(node: Node, { kind, about, text: by }: Change, text: string): string {
  if (kind === "operator") return `operator ${about} ${by.includes(" ** ") ? "**" : by}`;
  if (kind === "function" && node.type === "CallExpression") return `function ${about} ${by.split("(")[0]}`;
  if (kind === "without") return `without ${about}`;
  return `${kind} ${source(node, text)} ${by}`;
}

const inside = (inner: Node, outer: Node): boolean =>
  inner !== outer && outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];

export const source = ({ range }: Node, text: string): string => text.slice(...range);

function changesOf({ node, parent, statement }: Expression, text: string, names: Names): Change[] {
  const own = source(node, text);
  if (isCallee(node, parent)) return otherNames(node, names.functions(node), "function");
  if (node.type === "AssignmentExpression") return assignmentChanges(node, text, statement);
  if (statement) return [];
  const changes = [
    ...partChanges(node, parent, text, names),
    ...(isTest(node, parent) ? testChanges(own) : []),
  ];
  return isNumeric(node) ? [...changes, ...additions(node, parent, own, names)] : changes;
}

/** Changes of what the expression is made of. */
function partChanges(node: Node, parent: Node, text: string, names: Names): Change[] {
  if (node.type === "BinaryExpression") return binaryChanges(node, text);
  if (node.type === "LogicalExpression") return logicalChanges(node, text);
  if (node.type === "UnaryExpression") return unaryChanges(node, text);
  if (node.type === "CallExpression") return callChanges(node, text);
  if (node.type === "ConditionalExpression") return branchChanges(node, text);
  if (node.type === "Identifier") return otherNames(node, names.values(node), "name");
  if (node.type === "Literal") return otherNumbers(node, parent, text);
  return [];
}

function sides(node: Node, text: string): readonly [string, string] {
  return [source(node.left as Node, text), source(node.right as Node, text)];
}

function binaryChanges(node: Node, text: string): Change[] {
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
    ...regrouped(node, text),
    { kind: "without", text: `(${left})`, about: right, cost: 1 },
    { kind: "without", text: `(${right})`, about: left, cost: 1 },
  ];
}

/**
 * The same numbers and signs with the parentheses elsewhere: `a / (b * c)` for `a / b * c`, `x ** (-1 / 2)` for `x ** -1 / 2`, with what
 * stands last in the left side, or first in the right one.
 */
function regrouped(node: Node, text: string): Change[] {
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
    texts.push(`${source(callee, text)}(${inside(source(argument, text))})`);
  }
  if (left.type === "UnaryExpression" && left.operator === "-")
    texts.push(`-((${source(left.argument as Node, text)}) ${own} (${other}))`);
  return texts.map((by) => ({ kind: "parentheses", text: by, about: own, cost: 1.1 }));
}

function logicalChanges(node: Node, text: string): Change[] {
  const [left, right] = sides(node, text);
  const other = node.operator === "&&" ? "||" : "&&";
  return [
    { kind: "operator", text: `(${left}) ${other} (${right})`, about: String(node.operator), cost: 1 },
    { kind: "without", text: `(${left})`, about: right, cost: 1 },
    { kind: "without", text: `(${right})`, about: left, cost: 1 },
  ];
}

function unaryChanges(node: Node, text: string): Change[] {
  const argument = source(node.argument as Node, text);
  if (node.operator === "-") return [{ kind: "sign", text: `(${argument})`, about: "-", cost: 1 }];
  return node.operator === "!" ? [{ kind: "condition", text: `(${argument})`, about: "!", cost: 1 }] : [];
}

function callChanges(node: Node, text: string): Change[] {
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
  return [
    ...others,
    ...method,
    ...inner,
    ...turnedArguments(name, list),
    ...halvedArguments(name, node, text),
  ];
}

/** `f(a) / b` for `f(a / b)`. */
function halvedArguments(name: string, node: Node, text: string): Change[] {
  const [argument, ...more] = fields(node, "arguments");
  if (argument?.type !== "BinaryExpression" || more.length > 0) return [];
  if (!ARITHMETIC.includes(String(argument.operator))) return [];
  const [left, right] = sides(argument, text);
  return [
    `${name}(${left}) ${argument.operator} (${right})`,
    `(${left}) ${argument.operator} ${name}(${right})`,
  ].map((by) => ({ kind: "parentheses", text: by, about: name, cost: 1.1 }));
}

function turnedArguments(name: string, list: readonly string[]): Change[] {
  return list.slice(1).flatMap((_, i) => {
    const turned = list.with(i, list[i + 1] as string).with(i + 1, list[i] as string);
    return list[i] === list[i + 1]
      ? []
      : [{ kind: "order" as const, text: `${name}(${turned.join(", ")})`, about: name, cost: 1 }];
  });
}

function branchChanges(node: Node, text: string): Change[] {
  const [test, yes, no] = ["test", "consequent", "alternate"].map((name) => source(node[name] as Node, text));
  return [
    { kind: "condition", text: `(${test}) ? (${no}) : (${yes})`, about: test ?? "", cost: 1 },
    { kind: "without", text: `(${no})`, about: `${test} ?`, cost: 1 },
    { kind: "without", text: `(${yes})`, about: `${test} ?`, cost: 1 },
  ];
}

function otherNames(node: Node, names: readonly string[], kind: "name" | "function"): Change[] {
  return names
    .filter((name) => name !== node.name)
    .map((name) => ({ kind, text: name, about: String(node.name), cost: 1 }));
}

function otherNumbers(node: Node, parent: Node, text: string): Change[] {
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

const isTest = (node: Node, parent: Node): boolean => parent.test === node && parent.type === "IfStatement";

const testChanges = (own: string): Change[] => [
  { kind: "without", text: "false", about: own, cost: 1 },
  { kind: "condition", text: "true", about: own, cost: 1 },
  { kind: "condition", text: `!(${own})`, about: own, cost: 1 },
];

function assignmentChanges(node: Node, text: string, statement: boolean): Change[] {
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

/** Where an expression with these parents ends, something can be missing; within a sum or a product the outer one is asked. */
function isNumeric({ type, operator }: Node): boolean {
  if (type === "BinaryExpression") return ARITHMETIC.includes(String(operator));
  if (type === "UnaryExpression") return operator === "-";
  return ["Identifier", "MemberExpression", "CallExpression", "ConditionalExpression", "Literal"].includes(
    type,
  );
}

/** What could be missing beside the expression, or on top of it. */
function additions(node: Node, parent: Node, own: string, names: Names): Change[] {
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
