/** What the page of each submission is called. */

import type { GradedRun } from "../record/read.ts";

/** `submissions/007-ada.html`: the number keeps two students of one name apart. */
export function pageNames({ summaries }: Pick<GradedRun, "summaries">): string[] {
  const digits = String(summaries.length).length;
  return summaries.map(({ learner, submission }, i) => {
    const last = learner ?? submission.split(/[/\\]| › /).at(-1) ?? "";
    const slug = slugOf(last);
    return `submissions/${[String(i + 1).padStart(digits, "0"), slug].filter(Boolean).join("-")}.html`;
  });
}

/** Letters and digits that every file system takes. */
export function slugOf(name: string): string {
  const ascii = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/gi, "-");
  return ascii
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .toLowerCase();
}
