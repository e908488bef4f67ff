/** The same slip in several places: one edit for all of them. */

import type { Node } from "../../program/syntax.ts";
import { type Change, source } from "./change.ts";
import type { Edit, Place } from "./edit.ts";

export interface Single {
  readonly node: Node;
  readonly change: Change;
}

/** The same change wherever the same code stands: who takes `^` for a power, or x for z, does it each time. */
export function everywhere(single: readonly Single[], text: string): Edit[] {
  const groups = Map.groupBy(
    single.filter(({ change }) => change.cost <= 2),
    ({ node, change }) => slipOf(node, change, text),
  );
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const [{ change }] = group as [(typeof group)[number]];
      const places: Place[] = group.map(({ node, change: { text: by } }) => ({
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

/** Two variables that have changed places wherever they stand: a and b, or the ends of a bracket. */
export function swaps(single: readonly Single[]): Edit[] {
  const renamings = single.filter(({ change }) => change.kind === "name");
  const groups = Map.groupBy(renamings, ({ change: { about, text } }) => [about, text].sort().join(" "));
  return [...groups.values()].flatMap((group) => {
    const [first] = group.map(({ change: { about } }) => about);
    if (group.every(({ change }) => change.about === first)) return [];
    const places = group.map(({ node, change: { text } }) => ({ node, text }));
    const [{ change }] = group as [(typeof group)[number]];
    return [{ kind: "swapped" as const, about: `${change.about}, ${change.text}`, cost: 1.4, places }];
  });
}

export const inside = (inner: Node, outer: Node): boolean =>
  inner !== outer && outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
