/**
 * Gradescope, "Export Submissions": `submission_<number>/` for each person or group, and `submission_metadata.yml` that says who
 * they are. Written from programs of others that read these exports, not tried on a real one.
 */

import type { Known } from "../../grading/sender.ts";
import { cut, type Layout, person, type Told } from "./layout.ts";

const METADATA = "submission_metadata.yml";

export const gradescope: Layout = {
  name: "gradescope",
  description: "a class from Gradescope: submission_123/…, with submission_metadata.yml",
  see: () => (path) => {
    if (path === METADATA) return { path, aside: "Gradescope's own" };
    const [first, rest] = cut(path);
    if (!/^submission_\d+$/.test(first) || !path.includes("/")) return undefined;
    if (rest === "metadata.yml")
      return { person: person(first, first, {}), path: rest, aside: "Gradescope's own" };
    return { person: person(first, first, {}), path: rest };
  },
  names: { in: (path) => path === METADATA, read: submitters },
};

/** The fields of one that is read so far. */
interface Draft {
  readonly people: Record<string, string>[];
  at?: string;
  earlier: number;
}

/** Read line by line: a class's list with its history is too long for a parser of all of YAML. Those of a `:history:` are nested deeper. */
function submitters(text: string): Map<string, Told> {
  const drafts = new Map<string, Draft>();
  let draft: Draft | undefined;
  let key = "";
  for (const line of text.split(/\r?\n/)) {
    const top = /^"?(submission_\d+)(?:\.\w+)?"?:/.exec(line)?.[1];
    if (top !== undefined) {
      draft = { people: [], earlier: 0 };
      drafts.set(top, draft);
      continue;
    }
    const [, own, value = ""] = /^ {2}:?(\w+): *(.*)$/.exec(line) ?? [];
    key = own ?? key;
    if (!draft) continue;
    if (own === "created_at" && timeIn(value) !== undefined) draft.at = timeIn(value) as string;
    if (key === "history" && /^ {2}- /.test(line)) draft.earlier += 1;
    const [, first, field, text] = /^ {2}(?:(- )| {2,4}):(name|sid|email): *(.+)$/.exec(line) ?? [];
    if (key !== "submitters" || field === undefined || text === undefined) continue;
    if (first !== undefined) draft.people.push({});
    const person = draft.people.at(-1);
    if (person) person[field] = unquote(text);
  }
  return new Map([...drafts].flatMap(([id, one]) => toldOf(id, one)));
}

function unquote(text: string): string {
  const [, quote, inner = text] = /^(["'])(.*)\1$/.exec(text.trim()) ?? [];
  if (quote === "'") return inner.replaceAll("''", "'");
  return quote === '"' ? inner.replace(/\\(["\\])/g, "$1") : inner.trim();
}

function toldOf(id: string, { people, at, earlier }: Draft): [string, Told][] {
  const known = people.map(
    ({ name, sid, email }): Known => ({
      ...(name !== undefined && { name }),
      ...(sid !== undefined && { id: sid }),
      ...(email !== undefined && { email }),
    }),
  );
  if (known.length === 0) return [];
  const names = known.map(({ name, email, id }) => name ?? email ?? id).join(", ");
  const when = { ...(at !== undefined && { at }), ...(earlier > 0 && { attempts: earlier + 1 }) };
  return [[id, { name: `${names} (${id})`, people: known, ...when }]];
}

/** `2018-10-22 01:15:24.152130000 Z`, as Ruby writes it, by ISO 8601. */
function timeIn(text: string): string | undefined {
  const [, day, time, zone] =
    /^["']?(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|UTC|[+-]\d\d:?\d\d)/.exec(text) ?? [];
  if (day === undefined || zone === undefined) return undefined;
  return `${day}T${time}${/^[ZU]/.test(zone) ? "Z" : zone.replace(/^(...)(\d\d)$/, "$1:$2")}`;
}
