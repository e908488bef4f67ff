/**
 * nbgrader: `submitted/<student>/<assignment>/…` in a course's folder, with `source/`, `release/`, `autograded/` and `feedback/`
 * beside it, or an exchange's `inbound/<student>+<assignment>+<time>+<code>/…`. Written from nbgrader's documentation.
 */

import { type Layout, person } from "./layout.ts";

const TEACHERS = /^(?:source|release|autograded|feedback|outbound)$/;
const INBOUND = /^([^+/]+)\+([^+/]+)\+(\d{4}-\d\d-\d\d[^+/]*)(?:\+[^/]*)?$/;

export const nbgrader: Layout = {
  name: "nbgrader",
  description: "an nbgrader course: submitted/student/assignment/…",
  see: () => (path) => {
    const parts = path.replace(/\/$/, "").split("/");
    const [step = "", who, assignment, ...rest] = parts;
    if (/^(?:gradebook\.db.*|nbgrader_config\.py|grades\.csv)$/.test(path))
      return { path, aside: "nbgrader's own" };
    if (TEACHERS.test(step) && (parts.length > 1 || path.endsWith("/")))
      return { path, aside: `nbgrader's ${step}/: the teacher's` };
    const received = INBOUND.exec(step === "inbound" ? (who ?? "") : step);
    if (received && parts.length > (step === "inbound" ? 2 : 1)) {
      const [, student = "", task = "", time = ""] = received;
      return {
        person: person(student),
        ...timeOf(time),
        task,
        path: [task, ...parts.slice(step === "inbound" ? 2 : 1)].join("/"),
        attempt: time,
      };
    }
    if (step !== "submitted") return undefined;
    if (who === undefined || (assignment === undefined && !path.endsWith("/"))) return undefined;
    const place = {
      person: person(who),
      path: [assignment, ...rest].filter((part) => part !== undefined).join("/"),
    };
    return rest[0] === "timestamp.txt" ? { ...place, aside: "nbgrader's own" } : place;
  },
};

/** `2015-02-02 14:58:23.948203 UTC`; of another zone only the name stands there, and that is left to a table of times. */
function timeOf(text: string): { readonly at?: string } {
  const [, day, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)? UTC$/.exec(text) ?? [];
  return day === undefined ? {} : { at: `${day}T${time}Z` };
}
