/** Every small change of a text that could mend a slip of the pen or of thought. */

import { breathe } from "../../grading/turn.ts";
import type { Node, Tree } from "../../program/syntax.ts";
import { additions, BESIDE, isNumeric } from "./additions.ts";
import { callChanges } from "./calls.ts";
import { type Change, source } from "./change.ts";
import type { Edit } from "./edit.ts";
import { everywhere, inside, type Single, swaps } from "./everywhere.ts";
import { type Expression, expressionsOf, isCallee } from "./expressions.ts";
import { iterationsOf } from "./iterations.ts";
import { type Names, namesOf } from "./names.ts";
import { assignmentChanges, binaryChanges, logicalChanges, unaryChanges } from "./operators.ts";
import { branchChanges, otherNames, otherNumbers, testChanges } from "./parts.ts";

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
  const single: Single[] = [];
  for (const expression of expressions) {
    await breathe();
    const isStep = iterations.some((loop) => inside(expression.node, loop));
    for (const change of changesOf(expression, text, names))
      if (!isStep || !BESIDE.has(change.kind)) single.push({ node: expression.node, change });
  }
  await breathe();
  const alone = single.map(({ node, change: { kind, about, cost, text: by } }) => ({
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

const isTest = (node: Node, parent: Node): boolean => parent.test === node && parent.type === "IfStatement";
