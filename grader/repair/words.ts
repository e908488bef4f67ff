/** Where the one place is, and what kind of change it needs: never what would be right there. */

import type { Observation } from "../diagnosis/observation.ts";
import { shownName } from "../harness/program.ts";
import { lineAt } from "../program/syntax.ts";
import type { Mended } from "./candidates.ts";
import { source } from "./edits/change.ts";
import type { EditKind, Place } from "./edits/edit.ts";

export interface Repair {
  /** One change, or two that are needed together. */
  readonly changes: readonly Mended[];
  /** One change elsewhere that would do as well. */
  readonly or?: Mended;
}

/** Longer excerpts are cut: the line is told as well. */
const SHOWN = 60;

/** @param alone The code is one text; else its name is said. */
export function repairObservation({ changes, or }: Repair, alone: boolean): Observation {
  const texts = changes.map((one) => placeText(one, alone));
  if (or)
    return {
      id: "one-place",
      text: `Your code is one small change away from this check: ${texts[0]}; or ${placeText(or, alone)}. With either changed, all of its answers are right.`,
    };
  if (texts.length > 1)
    return {
      id: "two-places",
      text: `Two things in your code stand between you and this check: ${texts.join("; and ")}. With both changed, all of its answers are right.`,
    };
  return {
    id: "one-place",
    text: `Only one thing in your code stands between you and this check: ${texts[0]}. With that changed, all of its answers are right.`,
  };
}

function placeText({ edit, module }: Mended, alone: boolean): string {
  const [first] = edit.places as [Place];
  const lines = [...new Set(edit.places.map(({ node }) => lineAt(module.code, node.range[0])))].sort(
    (a, b) => a - b,
  );
  const inText = `line${lines.length > 1 ? "s" : ""} ${list(lines)}`;
  const where = alone ? inText : `${shownName(module.path)}, ${inText}`;
  return `${whatText(edit.kind, code(edit.about), code(source(first.node, module.code)))} (${where})`;
}

function whatText(kind: EditKind, about: string, whole: string): string {
  const within = about === whole ? "" : ` in ${whole}`;
  switch (kind) {
    case "operator":
      return `there has to be another operator than ${about}${within}`;
    case "comparison":
      return `there has to be another comparison than ${about}${within}`;
    case "order":
      return `in ${whole} two parts have to change places`;
    case "without":
      return `${about}${within} must not be there`;
    case "sign":
      return `${whole} has the wrong sign`;
    case "number":
      return `${about} has to be another number`;
    case "name":
      return `${about} has to be another variable`;
    case "function":
      return `${about} has to be another function${within}`;
    case "condition":
      return `the condition ${about} has to be another one`;
    case "parentheses":
      return `in ${whole} the parentheses have to stand elsewhere`;
    case "swapped":
      return `${about} have changed places`;
    case "step":
      return /^`[\w$.]+`$/.test(whole)
        ? `${whole} has to be another value, or an operation on it is missing`
        : `${whole} needs one more operation`;
    case "factor":
      return `${whole} has to be multiplied or divided by something more`;
    case "term":
      return `something more has to be added to ${whole}, or taken from it`;
  }
}

/** A learner's text as code in Markdown, which has no way to write a backtick in it. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("`", "'").trim();
  return `\`${line.length > SHOWN ? `${line.slice(0, SHOWN / 2)} … ${line.slice(-SHOWN / 2)}` : line}\``;
}

const list = (lines: readonly number[]): string =>
  lines.length === 1 ? String(lines[0]) : `${lines.slice(0, -1).join(", ")} and ${lines.at(-1)}`;
