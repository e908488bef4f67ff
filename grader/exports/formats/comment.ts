/** A mark in one paragraph, for a platform's field of comments. */

import { fractionText } from "../../marks/fraction.ts";
import type { Mark } from "../../marks/mark.ts";
import { plural } from "../../plural.ts";
import { STATUS } from "../../report/points.ts";

/** Begins with a number and its points, so that no spreadsheet takes it for a formula. */
export function commentOn({ parts, points, maxPoints, open, account }: Mark): string {
  const head = `${fractionText(points)} of ${plural(Number(fractionText(maxPoints)), "point")}${open.length > 0 ? " so far" : ""}.`;
  const each = parts.map(({ exercise, status, points, maxPoints, waits }) => {
    if (status === "absent") return `${exercise}: ${STATUS.absent.word}`;
    if (status === "open") return `${exercise}: not graded yet`;
    const text = waits ? ` (its text waits for a person)` : "";
    return `${exercise}: ${fractionText(points)}/${fractionText(maxPoints)}${text}`;
  });
  return [head, `${each.join(", ")}.`, ...account.map((line) => `${line}.`)].join(" ");
}
