/**
 * Microsoft Teams and OneDrive: the folders of "Student Work" in a class's SharePoint library,
 * `Submitted files/<student>/<assignment>/…`, with `Version 2` and so on where somebody turned in again. `Working files` are
 * drafts. Written from descriptions of this library, not tried on a real one.
 */

import { cut, type Layout, person } from "./layout.ts";

const SUBMITTED = /^(?:submitted files|abgegebene dateien|fichiers (?:envoyés|remis)|archivos enviados)$/i;
const WORKING = /^(?:working files|arbeitsdateien|fichiers de travail|archivos de trabajo)$/i;
const VERSION = /^versi?[oó]?n\s*(\d+)$/i;

export const teams: Layout = {
  name: "teams",
  description: "a class from Teams or OneDrive: Submitted files/Name/Assignment/Version 2/…",
  see: ({ paths }) => {
    // Inside "Submitted files" only the versions tell, and one person's own folder "Version 2" tells nothing of the others.
    const people = new Set(paths.flatMap((path) => (path.includes("/") ? [cut(path)[0]] : [])));
    const turnedInAgain = new Set(
      paths.flatMap((path) =>
        path
          .split("/")
          .slice(1, -1)
          .slice(0, 2)
          .some((part) => VERSION.test(part))
          ? [cut(path)[0]]
          : [],
      ),
    );
    const versioned = turnedInAgain.size > 0 && turnedInAgain.size >= people.size / 2;
    return (path) => {
      const parts = path.replace(/\/$/, "").split("/");
      const at = parts.findIndex((part) => SUBMITTED.test(part) || WORKING.test(part));
      if (at === -1 && !versioned) return undefined;
      const [who, ...rest] = parts.slice(at + 1);
      if (who === undefined || (rest.length === 0 && !path.endsWith("/"))) return undefined;
      const draft = at !== -1 && WORKING.test(parts[at] as string);
      const version = rest.slice(0, 2).findIndex((part) => VERSION.test(part));
      const [number = "1"] = version === -1 ? [] : [VERSION.exec(rest[version] as string)?.[1]];
      const inside = rest.filter((_, i) => i !== version).join("/");
      const task = version === 1 ? (rest[0] as string) : "";
      const place = {
        person: person(who, who, { name: who }),
        path: inside,
        ...(version !== -1 && { attempt: number, task }),
      };
      return draft ? { person: person(who), path: inside, aside: "a draft that was not turned in" } : place;
    };
  },
};
