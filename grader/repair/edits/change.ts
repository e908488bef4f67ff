/** One way to change an expression, and what the ways have in common. */

import type { Node } from "../../program/syntax.ts";
import type { EditKind } from "./edit.ts";

export interface Change {
  readonly kind: EditKind;
  readonly text: string;
  readonly about: string;
  readonly cost: number;
}

export const ARITHMETIC = ["+", "-", "*", "/", "**"];

export const source = ({ range }: Node, text: string): string => text.slice(...range);

export function sides(node: Node, text: string): readonly [string, string] {
  return [source(node.left as Node, text), source(node.right as Node, text)];
}
