/** One small change of a learner's code, by which it may come out right. */

import type { Node } from "../../program/syntax.ts";

/**
 * `operator`  another operator;  `comparison`  another comparison;  `order`  the two sides, or the arguments, the other way round;
 * `without`  the expression without one of its parts;  `sign`  the other sign;  `number`, `name`, `function`  another one in this
 * place;  `condition`  another condition;  `parentheses`  the same signs, grouped otherwise;  `swapped`  two names that stand for each other;  `step`  one more operation on it;  `factor`, `term`  one more factor or term beside it.
 */
export type EditKind =
  | "operator"
  | "comparison"
  | "order"
  | "without"
  | "sign"
  | "number"
  | "name"
  | "function"
  | "condition"
  | "parentheses"
  | "swapped"
  | "step"
  | "factor"
  | "term";

export interface Edit {
  readonly kind: EditKind;
  /** The expressions that are replaced: more than one where the same slip stands in several places. */
  readonly places: readonly Place[];
  /** What it is about, as it stands in the code: `+` for an operator, `1e-12` for a part that should not be there. */
  readonly about: string;
  /** Edits that change less are tried first. */
  readonly cost: number;
}

export interface Place {
  readonly node: Node;
  /** TypeScript that takes the node's place. */
  readonly text: string;
}
