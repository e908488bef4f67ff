/**
 * Blackboard Learn, "Assignment File Download": flat, `<assignment>_<user>_attempt_<date>_<file>`, and a receipt in `.txt` for each
 * attempt, also where no file was handed in.
 */

import { type Layout, person, type View } from "./layout.ts";

/** The first date counts: what stands behind it is a learner's own. */
const NAME = /^(.+?)_attempt_(\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)(?:_(.+)|\.txt)$/s;

export const blackboard: Layout = {
  name: "blackboard",
  description: "a class from Blackboard: Assignment_user_attempt_date_file",
  see: (view) => {
    const assignment = assignmentOf(view);
    return (path) => {
      const found = path.includes("/") ? undefined : NAME.exec(path);
      if (!found) return undefined;
      const [, who = "", attempt = "", file] = found;
      const name = who.slice(assignment.length) || who;
      const at = attempt.replace(/^(.{10})-(\d\d)-(\d\d)-(\d\d)$/, "$1T$2:$3:$4");
      const place = { person: person(who, name, { login: name }), path: file ?? path, attempt, at };
      return file === undefined ? { ...place, aside: "Blackboard's receipt" } : place;
    };
  },
};

/** What all names begin with. A user's name may hold `_` as well, so one name alone does not tell. */
function assignmentOf({ paths }: View): string {
  const names = [...new Set(paths.flatMap((path) => NAME.exec(path)?.[1] ?? []))];
  const [first = ""] = names;
  if (names.length === 1) return first.slice(0, first.lastIndexOf("_") + 1);
  let length = first.length;
  for (const name of names) while (!name.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, first.lastIndexOf("_", length - 1) + 1);
}
