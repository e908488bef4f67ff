/** What a piece of a program does to the names that it does not declare itself. */

import { CHANGING } from "./purity.ts";
import { field, fields, memberOf, type Node, walk } from "./syntax.ts";

/** How outer names are treated: which members are used, which are changed, whose methods are called. */
export function treatment(nodes: readonly Node[], outer: ReadonlySet<number>) {
  const members = new Map<number, string>();
  const changed = new Set<string>();
  const asked = new Set<string>();
  const change = (node: Node | undefined): void => {
    const target = node && memberOf(node);
    if (target && outer.has(target.at)) changed.add(target.root);
  };
  const visit = (part: Node): void => {
    if (part.type === "MemberExpression") {
      const of = memberOf(part);
      if (of && outer.has(of.at) && !members.has(of.at)) members.set(of.at, of.member);
    }
    if (part.type === "AssignmentExpression") change(field(part, "left"));
    if (part.type === "UpdateExpression" || (part.type === "UnaryExpression" && part.operator === "delete"))
      change(field(part, "argument"));
    if (part.type === "CallExpression") noteCall(part, outer, changed, asked);
  };
  for (const node of nodes) walk(node, visit);
  return { members, changed, asked };
}

function noteCall(call: Node, outer: ReadonlySet<number>, changes: Set<string>, asks: Set<string>): void {
  const callee = field(call, "callee");
  const target = callee && memberOf(callee);
  if (!callee || !target) return;
  const property = field(callee, "property");
  const method = callee.computed !== true && property?.type === "Identifier" ? String(property.name) : "";
  if (outer.has(target.at)) {
    asks.add(target.root);
    if (CHANGING.has(method)) changes.add(target.root);
  }
  // Object.assign(table, …) changes its argument.
  const [first] = fields(call, "arguments");
  if (
    target.root === "Object" &&
    CHANGING.has(method) &&
    first?.type === "Identifier" &&
    outer.has(first.range[0])
  )
    changes.add(String(first.name));
}
