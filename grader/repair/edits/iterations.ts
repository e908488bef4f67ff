/**
 * Loops that compute their next step from the last one, as a search or Newton's method does. Many things make such a loop arrive, and say
 * nothing about what was wrong in it; in a sum over the data each part counts by itself.
 */

import { field, type Node, walk } from "../../program/syntax.ts";

const LOOPS = new Set(["WhileStatement", "DoWhileStatement", "ForStatement", "ForOfStatement"]);

export function iterationsOf(program: Node): Node[] {
  const found: Node[] = [];
  walk(program, (node) => {
    if (LOOPS.has(node.type) && feedsBack(field(node, "body") as Node)) found.push(node);
  });
  return found;
}

/** Something that the loop assigns is read in it, and not only to be added to. */
function feedsBack(body: Node): boolean {
  const assignments: Node[] = [];
  const reads = new Map<string, number>();
  walk(body, (node) => {
    if (node.type === "AssignmentExpression" && field(node, "left")?.type === "Identifier")
      assignments.push(node);
    if (node.type === "Identifier") reads.set(String(node.name), (reads.get(String(node.name)) ?? 0) + 1);
  });
  return assignments.some((assignment) => {
    const name = String(field(assignment, "left")?.name);
    const writes = assignments.filter((other) => field(other, "left")?.name === name).length;
    // `sum = sum + x` names it once more, as `sum += x` does not.
    return (reads.get(name) ?? 0) - writes > (assignment.operator === "=" && namesItself(assignment) ? 1 : 0);
  });
}

function namesItself(assignment: Node): boolean {
  let found = false;
  walk(assignment.right as Node, (node) => {
    found ||= node.type === "Identifier" && node.name === field(assignment, "left")?.name;
  });
  return found;
}
