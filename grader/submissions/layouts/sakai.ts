/**
 * Sakai, "Download All": `<assignment>/<Last, First>(<user>)/Submission attachment(s)/…`. What lies in `Feedback Attachment(s)` is
 * the teacher's, everything else is Sakai's own.
 */

import { cut, type Layout, person } from "./layout.ts";

const SUBMITTED = /^submission attachment/i;
const FEEDBACK = /^feedback attachment/i;
const OWN =
  /^(?:timestamp\.txt|comments\.txt|feedbacktext\.(?:html|txt)|.*_submissiontext\.html|submissiontext\.html)$/i;

export const sakai: Layout = {
  name: "sakai",
  description: "a class from Sakai: Name(user)/Submission attachment(s)/…",
  see: ({ paths }) => {
    const inSakai = new Set(
      paths.flatMap((path) => {
        const [first, rest] = cut(path);
        const [second] = cut(rest);
        return SUBMITTED.test(second) || FEEDBACK.test(second) || OWN.test(second) ? [first] : [];
      }),
    );
    return (path) => {
      if (/^grades\.(?:csv|xlsx?)$/i.test(path)) return { path, aside: "Sakai's list of grades" };
      const [first, rest] = cut(path);
      if (!path.includes("/") || !inSakai.has(first)) return undefined;
      const [, name, login] = /^(.+?) ?\(([^()]+)\)$/s.exec(first) ?? [];
      const who = person(first, first, name === undefined ? undefined : { name, login: login as string });
      const [second, inside] = cut(rest);
      if (SUBMITTED.test(second)) return { person: who, path: inside };
      if (FEEDBACK.test(second)) return { person: who, path: rest, aside: "the teacher's feedback" };
      if (OWN.test(rest) || rest === "") return { person: who, path: rest, aside: "Sakai's own" };
      return { person: who, path: rest, aside: 'not in "Submission attachment(s)"' };
    };
  },
};
