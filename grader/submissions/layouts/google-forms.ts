/**
 * Google Forms (`<question> (File responses)/<file> - <name>`), and Google Drive or Classroom where files are named so. Drive keeps
 * no number of the person, so two people of one name are one here.
 */

import { type Layout, type Place, person } from "./layout.ts";

const NAME = /^(.+) - (\S.*?)(?:\s*\((\d+)\))?(\.[^./\s]+)?$/s;

export const googleForms: Layout = {
  name: "google-forms",
  description: "a class from Google Forms: file - Name",
  see: ({ paths }) => {
    const people = new Set(paths.flatMap((path) => NAME.exec(path)?.[2] ?? []));
    // One name alone may be anything: `16-1-square - final.ts`.
    return people.size > 1 ? placed : () => undefined;
  },
};

function placed(path: string): Place | undefined {
  const found = path.includes("/") ? undefined : NAME.exec(path);
  if (!found) return undefined;
  const [, file = "", who = "", copy, ending = ""] = found;
  // `Untitled0.ipynb - Ada.ipynb` has its ending twice.
  const own = ending !== "" && file.toLowerCase().endsWith(ending.toLowerCase()) ? file : `${file}${ending}`;
  return { person: person(who), path: own, ...(copy !== undefined && { order: copy }) };
}
