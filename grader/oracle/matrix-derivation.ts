/**
 * Judges a derivation in vectors and matrices, with expectations of a random variable if it has one: a list of expressions, each equal to the
 * one before.
 *
 * Equality is tested with numbers, as in `derivation.ts`: random matrices for the letters, and for a random variable one that takes finitely
 * many values with random probabilities, whose expectations are sums. Two expressions that agree for a dozen of those to nine digits do not
 * do so by accident.
 */

import type { MathNode } from "mathjs";
import { breathe } from "../grading/turn.ts";
import { plural } from "../plural.ts";
import type { Random } from "../random.ts";
import { countLines, onlyRepeats, reader, readLines, type Verdict, wrong } from "./derivation.ts";
import type { Matrix } from "./matrices.ts";
import {
  add,
  combine,
  constant,
  divide,
  expectation,
  functionsOfOne,
  power,
  same,
  times,
  type Value,
} from "./matrix-values.ts";
import { orderlessText } from "./orderless.ts";
import { readSlips, type Slip } from "./slips.ts";

/** Random letters for one comparison. */
export interface Instance {
  readonly letters: { readonly [name: string]: Value };
  /** Of the values of the random variable; needed where `E` is. */
  readonly probabilities?: readonly number[];
}

export interface MatrixTask {
  /** As written in the exercise. */
  readonly first: string;
  readonly last: string;
  draw(random: Random): Instance;
  /** Which sizes the letters have and why: said of a line whose sizes do not fit, as those of other letters might. */
  readonly sizes?: string;
  /** Functions beside the standard ones, such as a density of several arguments. */
  readonly functions?: { readonly [name: string]: (...matrices: Matrix[]) => Matrix };
  /** What has to stand somewhere between first and last. */
  readonly forms?: readonly MatrixForm[];
  /** Wrong lines that people write, and what to say to whoever has one of that value. */
  readonly slips?: readonly Slip[];
}

/** A task whose last expression would be the answer. */
export interface OpenTask extends Omit<MatrixTask, "last"> {
  /** What the derivation is to end at, where this is no such end. */
  missingAtEnd(end: End): string | undefined;
}

type AnyTask = MatrixTask | OpenTask;

/** The last expression: its canonical text, and what is in it. */
export interface End {
  readonly text: string;
  readonly orderless: string;
  readonly uses: Uses;
}

export interface MatrixForm {
  readonly name: string;
  appears(uses: Uses): boolean;
}

/** The names in an expression, and those in the arguments of each function in it. */
export interface Uses {
  readonly letters: ReadonlySet<string>;
  readonly calls: readonly { readonly name: string; readonly letters: ReadonlySet<string> }[];
}

const MAX_LENGTH = 400;
const INSTANCES = 8;

/** @throws SyntaxError if the task itself cannot be read: a defect of the exercise. */
export async function judgeMatrixDerivation(
  steps: readonly string[],
  task: AnyTask,
  random: Random,
): Promise<Verdict> {
  const { parse } = await reader();
  const read = (text: string): Expression => expression(text, task, parse);
  const missingAtEnd = "last" in task ? endsAt(read(task.last), task.last) : task.missingAtEnd;
  const expressions = await readLines(steps, { read, first: task.first, called: "line" });
  if (!Array.isArray(expressions)) return expressions;
  const instances = Array.from({ length: INSTANCES }, () => task.draw(random));
  const slips = readSlips(task.slips, read);
  for (const [step, now] of expressions.entries()) {
    await breathe();
    const problem = step > 0 ? compare(expressions[step - 1], now, instances) : undefined;
    if (problem === undefined) continue;
    const slip = slips.find(({ line }) => instances.every((at) => sameAt(line, now, at)));
    const besides = slip?.says ?? (/\d×\d/.test(problem) ? task.sizes : undefined);
    return wrong(`line ${step + 1} ${problem}${besides ? `. ${besides}` : ""}`, step);
  }
  const repeats = onlyRepeats(expressions, "line");
  if (repeats) return repeats;
  const lacks = missingAtEnd(expressions[expressions.length - 1]);
  if (lacks) return wrong(`every line holds, but the derivation is to end at ${lacks}`, steps.length - 1);
  const between = expressions.slice(1, -1);
  const missing = task.forms?.find((form) => !between.some(({ uses }) => form.appears(uses)));
  if (missing) return wrong(`every line holds, but one is missing between the two ends: ${missing.name}`);
  return { holds: true, message: "every line holds", lines: countLines(expressions) };
}

const endsAt =
  (last: End, written: string) =>
  (end: End): string | undefined =>
    end.orderless === last.orderless ? undefined : written;

function compare(before: Expression, now: Expression, instances: readonly Instance[]): string | undefined {
  if (before.text === now.text) return undefined;
  for (const at of instances) {
    try {
      if (!same(before.at(at), now.at(at))) return "is not equal to the line before it";
    } catch (error) {
      if (error instanceof SyntaxError) return `makes no sense: ${error.message}`;
      throw error;
    }
  }
  return undefined;
}

function sameAt(a: Expression, b: Expression, at: Instance): boolean {
  try {
    return same(a.at(at), b.at(at));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

interface Expression {
  /** Canonical text: two expressions of one text are the same expression. */
  readonly text: string;
  /** The same for two that differ in the order of terms only. */
  readonly orderless: string;
  readonly uses: Uses;
  at(instance: Instance): Value;
}

function expression(text: string, task: AnyTask, parse: (text: string) => MathNode): Expression {
  if (text.length > MAX_LENGTH) throw new SyntaxError(`it is longer than ${MAX_LENGTH} characters`);
  const node = parse(text);
  const letters = new Set<string>();
  const calls: { name: string; letters: Set<string> }[] = [];
  const known = Object.keys(task.draw(fixed).letters);
  const visit = (part: MathNode, within: readonly Set<string>[]): void => {
    if (isSymbol(part)) {
      if (part.name !== "pi" && !known.includes(part.name))
        throw new SyntaxError(
          `"${part.name}" is not known here; use ${known.join(", ")}, and an apostrophe to transpose`,
        );
      for (const set of [letters, ...within]) set.add(part.name);
    } else if (isFunction(part)) {
      const name = functionName(part, task);
      const inside = { name, letters: new Set<string>() };
      calls.push(inside);
      for (const argument of part.args) visit(argument, [...within, inside.letters]);
    } else if (isOperator(part) || isParenthesis(part)) {
      for (const child of isParenthesis(part) ? [part.content] : part.args) visit(child, within);
    } else if (part.type === "AccessorNode" || part.type === "ArrayNode")
      throw new SyntaxError(
        "square brackets and dots are not read; write E( ) and all others with round brackets",
      );
    else if (!isNumberNode(part))
      throw new SyntaxError(
        `only letters, numbers, sums, products and functions are read, no ${part.type.replace("Node", "").toLowerCase()}`,
      );
  };
  visit(node, []);
  return {
    text: node.toString({ parenthesis: "auto" }),
    orderless: orderlessText(node, false),
    uses: { letters, calls },
    at: (instance) => evaluate(node, instance, task),
  };
}

/** Only the names of the letters are looked at. */
const fixed: Random = {
  uniform: (low, high) => (low + high) / 2,
  normal: () => 0.5,
  integer: () => 0,
  fork: () => fixed,
};

function functionName(node: Call, task: AnyTask): string {
  const name = node.fn.name ?? "";
  const own = Object.keys(task.functions ?? {});
  const takesE = task.draw(fixed).probabilities !== undefined;
  const names = [...Object.keys(functionsOfOne), ...(takesE ? ["E"] : []), ...own];
  if (!names.includes(name))
    throw new SyntaxError(`the function "${name}" is not known here; use ${names.join(", ")}`);
  const wanted = task.functions && own.includes(name) ? task.functions[name].length : 1;
  if (node.args.length !== wanted)
    throw new SyntaxError(`${name} takes ${plural(wanted, "argument")}; got ${node.args.length}`);
  return name;
}

function evaluate(node: MathNode, instance: Instance, task: AnyTask): Value {
  const value = (part: MathNode): Value => evaluate(part, instance, task);
  if (isNumberNode(node)) return constant([[node.value]]);
  if (isSymbol(node)) return node.name === "pi" ? constant([[Math.PI]]) : instance.letters[node.name];
  if (isParenthesis(node)) return value(node.content);
  if (isFunction(node)) {
    const name = node.fn.name as string;
    const values = node.args.map(value);
    if (name === "E") return expectation(values[0], instance.probabilities as readonly number[]);
    return combine(values, task.functions?.[name] ?? functionsOfOne[name]);
  }
  if (!isOperator(node)) throw new SyntaxError("only sums, products, functions and letters are read");
  const values = node.args.map(value);
  const operation = OPERATIONS[node.fn];
  if (!operation) throw new SyntaxError(`the operator ${node.op} is not read here`);
  return combine(values, operation);
}

const OPERATIONS: { readonly [name: string]: (...matrices: Matrix[]) => Matrix } = {
  add: (a, b) => add(a, b, 1),
  subtract: (a, b) => add(a, b, -1),
  multiply: times,
  divide,
  pow: power,
  unaryMinus: (a) => times([[-1]], a),
  unaryPlus: (a) => a,
  ctranspose: functionsOfOne.transpose,
};

type Call = MathNode & { fn: { name?: string }; args: MathNode[] };
const isSymbol = (node: MathNode): node is MathNode & { name: string } => node.type === "SymbolNode";
const isFunction = (node: MathNode): node is Call => node.type === "FunctionNode";
const isOperator = (node: MathNode): node is MathNode & { op: string; fn: string; args: MathNode[] } =>
  node.type === "OperatorNode";
const isParenthesis = (node: MathNode): node is MathNode & { content: MathNode } =>
  node.type === "ParenthesisNode";
const isNumberNode = (node: MathNode): node is MathNode & { value: number } =>
  node.type === "ConstantNode" && typeof (node as MathNode & { value: unknown }).value === "number";
