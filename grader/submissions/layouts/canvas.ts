/**
 * Canvas, "Download Submissions": flat, named by canvas-lms's content zipper: the sortable name in lower case without blanks,
 * `LATE`, the user's number, the upload's number, the file's name. Anonymous: `anon_` and a code. Text entries and links have no
 * upload's number. A file that was uploaded again under its name ends in `-1`, `-2`.
 */

import { cut, type Layout, type Person, type Place, person } from "./layout.ts";

/** `problem_16_2_mine.ts` is no download: an upload's number is longer. */
const NAMED = /^([^/]+?)_(LATE_)?(\d+)_(?:(\d{3,})_(.+)|((?:text|link)\.html))$/s;
const ANONYMOUS = /^(LATE_)?anon_([^/_]+)_(?:(\d{3,})_(.+)|((?:text|link)\.html))$/s;

export const canvas: Layout = {
  name: "canvas",
  description: "a class from Canvas: name_123_456_file, also anonymous",
  see: () => (path) => {
    const [first, rest] = cut(path);
    const [, lateToo, code, ...anonymous] = ANONYMOUS.exec(first) ?? [];
    if (code !== undefined)
      return place({ person: person(`anon_${code}`, `anon_${code}`, {}), late: lateToo }, anonymous, rest);
    const [, name, late, user, ...file] = NAMED.exec(first) ?? [];
    if (name === undefined || user === undefined) return undefined;
    const who = `${name}_${user}`;
    return place({ person: person(who, who, { name, id: user }), late }, file, rest);
  },
};

/** @param rest Inside an archive that somebody unpacked after the download. */
function place(
  { person, late }: { readonly person: Person; readonly late: string | undefined },
  [upload = "", named, typed]: readonly (string | undefined)[],
  rest: string,
): Place {
  const file = named ?? typed ?? "";
  const path = rest === "" ? file : `${file}/${rest}`;
  const own = { person, path, ...(late !== undefined && { late: true as const }) };
  if (file === "text.html") return { ...own, aside: "text typed into Canvas, not a file" };
  if (file === "link.html") return { ...own, aside: "a link, not a file" };
  return { ...own, order: upload };
}
