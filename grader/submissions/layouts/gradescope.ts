/**
 * Gradescope, "Export Submissions": `submission_<number>/` for each person or group, and `submission_metadata.yml` that says who
 * they are. Written from programs of others that read these exports, not tried on a real one.
 */

import { cut, type Layout, person } from "./layout.ts";

const METADATA = "submission_metadata.yml";

export const gradescope: Layout = {
  name: "gradescope",
  description: "a class from Gradescope: submission_123/…, with submission_metadata.yml",
  see: () => (path) => {
    if (path === METADATA) return { path, aside: "Gradescope's own" };
    const [first, rest] = cut(path);
    if (!/^submission_\d+$/.test(first) || !path.includes("/")) return undefined;
    if (rest === "metadata.yml") return { person: person(first), path: rest, aside: "Gradescope's own" };
    return { person: person(first), path: rest };
  },
  names: { in: (path) => path === METADATA, read: submitters },
};

/** The `:submitters:` of each submission; those of its `:history:` are nested deeper. */
function submitters(text: string): Map<string, string> {
  const names = new Map<string, string>();
  let submission: string | undefined;
  let key = "";
  for (const line of text.split(/\r?\n/)) {
    const top = /^"?(submission_\d+)(?:\.\w+)?"?:/.exec(line)?.[1];
    if (top !== undefined) submission = top;
    else key = /^ {2}:?(\w+):/.exec(line)?.[1] ?? key;
    const name = /^ {2}(?:- | {2,4}):name: *(.+)$/.exec(line)?.[1]?.replace(/^(["'])(.*)\1$/, "$2");
    if (submission === undefined || name === undefined || key !== "submitters") continue;
    const others = names.get(submission);
    names.set(submission, others === undefined ? name : `${others}, ${name}`);
  }
  return new Map([...names].map(([id, name]) => [id, `${name} (${id})`]));
}
