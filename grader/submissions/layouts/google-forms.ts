/**
 * Google Forms (`<question> (File responses)/<file> - <name>`), and Google Drive or Classroom where files are named so. Drive keeps
 * no number of the person, so two people of one name are one here.
 */

import { keysOf } from "../answers/file-name.ts";
import type { Listed } from "../submission.ts";
import { type Layout, type Place, person } from "./layout.ts";

const NAME = /^(.+) - (\S.*?)(?:\s*\((\d+)\))?(\.[^./\s]+)?$/s;

export const googleForms: Layout = {
  name: "google-forms",
  description: "a class from Google Forms: file - Name",
  see: ({ paths }, course) => {
    const last = paths.flatMap((path) => NAME.exec(path)?.[2] ?? []);
    // `Ada - 16-1-square.ts` has the person first, and one name alone may be anything: `16-1-square - final.ts`.
    const works = last.filter((name) => isWork(name, course));
    return new Set(last).size > 1 && works.length < last.length / 2 ? place : () => undefined;
  },
};

const isWork = (name: string, course: readonly Listed[]): boolean =>
  ["ts", "ipynb"].some((ending) => keysOf(`${name}.${ending}`, course).length > 0);

function place(path: string): Place | undefined {
  const found = path.includes("/") ? undefined : NAME.exec(path);
  if (!found) return undefined;
  const [, file = "", who = "", copy, ending = ""] = found;
  // `Untitled0.ipynb - Ada.ipynb` has its ending twice.
  const own = ending !== "" && file.toLowerCase().endsWith(ending.toLowerCase()) ? file : `${file}${ending}`;
  return { person: person(who, who, { name: who }), path: own, ...(copy !== undefined && { order: copy }) };
}
