/** One step of a derivation in numbers: read, looked through, and ready to be evaluated. */

import type { MathNode } from "mathjs";
import type { Random } from "../random.ts";
import { orderlessText } from "./orderless.ts";

/** What may stand in an expression. */
export interface Names {
  /** A random value for each variable that may appear. */
  readonly variables: { readonly [name: string]: (random: Random) => number };
  /** Functions beside the standard ones, e.g. the base density `p`. */
  readonly functions?: { readonly [name: string]: (x: number) => number };
  /** Derivatives that may be written, by what they are called: `{ da: "a" }` reads da(a^2) as 2a. */
  readonly derivatives?: { readonly [name: string]: string };
}

const STANDARD = ["exp", "log", "sqrt", "abs", "sin", "cos", "tan", "tanh", "sinh", "cosh", "asinh", "atanh"];
const MAX_LENGTH = 400;

export interface Expression {
  /** Canonical text: two expressions of one text are the same expression. */
  readonly text: string;
  /** The same for two that differ in the order of terms or factors only. */
  readonly orderless: string;
  readonly variables: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  at(values: { readonly [name: string]: unknown }): number;
}

type Parse = (text: string) => MathNode;
type Derive = (node: MathNode, variable: string, options: { simplify: boolean }) => MathNode;

/** @throws SyntaxError where the text is none, or more than plain arithmetic of what the task knows. */
export function expression(text: string, task: Names, parse: Parse, derive: Derive): Expression {
  if (text.length > MAX_LENGTH) throw new SyntaxError(`it is longer than ${MAX_LENGTH} characters`);
  const node = parse(text);
  const variables = new Set<string>();
  const functions = new Set<string>();
  node.traverse((part: MathNode, path: string) => inspect(part, path, task, variables, functions));
  const compiled = worked(node, task, derive).compile();
  const at = (values: { readonly [name: string]: unknown }): number => {
    const value: unknown = compiled.evaluate({ ...task.functions, ...values });
    return typeof value === "number" ? value : Number.NaN;
  };
  return {
    text: node.toString({ parenthesis: "auto" }),
    orderless: orderlessText(node, true),
    variables,
    functions,
    at,
  };
}

/**
 * The expression with its derivatives worked out, so that it can be evaluated.
 *
 * @throws SyntaxError where there is one within another, which could grow without bound, or one of a function without a known one.
 */
function worked(node: MathNode, { derivatives = {} }: Names, derive: Derive): MathNode {
  const isDerivative = (part: MathNode): part is MathNode & { name: string; args: MathNode[] } =>
    part.type === "FunctionNode" && Object.hasOwn(derivatives, (part as MathNode & { name: string }).name);
  const visit = (part: MathNode): MathNode => {
    if (!isDerivative(part)) return part.map(visit);
    const [inside] = part.args as [MathNode];
    if (inside.filter((one) => isDerivative(one)).length > 0)
      throw new SyntaxError("a derivative within a derivative is not read: one after the other");
    try {
      return derive(inside, derivatives[part.name] as string, { simplify: false });
    } catch {
      throw new SyntaxError(`the derivative ${part.toString()} is not known here`);
    }
  };
  return visit(node);
}

/** Only arithmetic, known variables and known functions: nothing that mathjs could be talked into beyond that. */
function inspect(
  part: MathNode,
  path: string,
  task: Names,
  variables: Set<string>,
  functions: Set<string>,
): void {
  if (part.type === "SymbolNode") {
    const { name } = part as MathNode & { name: string };
    const known = [...Object.keys(task.functions ?? {}), ...Object.keys(task.derivatives ?? {})];
    const isFunction = STANDARD.includes(name) || known.includes(name);
    if (path === "fn" && isFunction) functions.add(name);
    else if (path !== "fn" && (name === "pi" || name === "e")) return;
    else if (path !== "fn" && Object.hasOwn(task.variables, name)) variables.add(name);
    else if (isFunction)
      throw new SyntaxError(`"${name}" is a function here: write ${name}(…), with what it is of in brackets`);
    else
      throw new SyntaxError(
        `"${name}" is not known here; use ${[...Object.keys(task.variables), ...known].join(", ")}`,
      );
  } else if (!["ConstantNode", "OperatorNode", "ParenthesisNode", "FunctionNode"].includes(part.type)) {
    throw new SyntaxError(
      `a ${part.type.replace("Node", "").toLowerCase()} is not allowed; write plain arithmetic`,
    );
  } else if (part.type === "FunctionNode" && (part as MathNode & { args: unknown[] }).args.length !== 1) {
    throw new SyntaxError("a function takes one argument here");
  } else if (
    part.type === "OperatorNode" &&
    !["+", "-", "*", "/", "^"].includes((part as MathNode & { op: string }).op)
  ) {
    throw new SyntaxError(`the operator ${(part as MathNode & { op: string }).op} is not allowed`);
  } else if (
    part.type === "ConstantNode" &&
    typeof (part as MathNode & { value: unknown }).value !== "number"
  ) {
    throw new SyntaxError("only numbers are constants here");
  }
}
