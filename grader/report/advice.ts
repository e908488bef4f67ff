/** What a report says about a failed check beyond what was found: the same texts, in the same order, in all of them. */

import type { Failure } from "../grading/result.ts";

export interface Advice {
  readonly kind: "misconception" | "observation" | "hint";
  readonly title: string;
  /** Markdown with KaTeX. */
  readonly text: string;
}

export function advice({ misconception, observation, hint }: Failure): Advice[] {
  return [
    ...(misconception
      ? [
          {
            kind: "misconception" as const,
            title: "What seems to have happened",
            text: misconception.explanation,
          },
        ]
      : []),
    ...(observation
      ? [{ kind: "observation" as const, title: "What your values show", text: observation.text }]
      : []),
    ...(hint === undefined ? [] : [{ kind: "hint" as const, title: "Hint", text: hint }]),
  ];
}
