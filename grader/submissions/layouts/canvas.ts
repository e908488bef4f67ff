/**
 * Canvas, "Download Submissions": flat, named by canvas-lms's content zipper: the sortable name in lower case without blanks,
 * `LATE`, the user's number, the upload's number, the file's name. Anonymous: `anon_` and a code. Text entries and links have no
 * upload's number. A file that was uploaded again under its name ends in `-1`, `-2`.
 */

import { cut, type Layout, type Place, person } from "./layout.ts";

/** `problem_16_2_mine.ts` is no download: an upload's number is longer. */
const NAMED = /^([^/]+?)_(?:LATE_)?(\d+)_(?:(\d{3,})_(.+)|((?:text|link)\.html))$/s;
const ANONYMOUS = /^(?:LATE_)?anon_([^/_]+)_(?:(\d{3,})_(.+)|((?:text|link)\.html))$/s;

export const canvas: Layout = {
  name: "canvas",
  description: "a class from Canvas: name_123_456_file, also anonymous",
  see: () => (path) => {
    const [first, rest] = cut(path);
    const [, code, anonymousUpload, anonymousFile, anonymousText] = ANONYMOUS.exec(first) ?? [];
    if (code !== undefined)
      return place(`anon_${code}`, anonymousUpload, anonymousFile ?? anonymousText, rest);
    const [, name, user, upload, file, text] = NAMED.exec(first) ?? [];
    return name === undefined ? undefined : place(`${name}_${user}`, upload, file ?? text, rest);
  },
};

/** @param rest Inside an archive that somebody unpacked after the download. */
function place(who: string, upload = "", file = "", rest = ""): Place {
  const path = rest === "" ? file : `${file}/${rest}`;
  if (file === "text.html") return { person: person(who), path, aside: "text typed into Canvas, not a file" };
  if (file === "link.html") return { person: person(who), path, aside: "a link, not a file" };
  return { person: person(who), path, order: upload };
}
