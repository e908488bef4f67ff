/** Classes that no platform has named: a folder, an archive or a file for each person. */

import { fileName } from "../answers/file-name.ts";
import type { Listed } from "../submission.ts";
import { cut, type Layout, type Place, person } from "./layout.ts";

/** Folders that teachers and tools put beside people's. */
const TEACHERS = /^(?:source|release|autograded|feedback|feedback attachment\(s\)|solutions?)$/i;
/** Lists and instructions that lie beside what a class handed in. */
const HANDOUT =
  /^(?:assignment|instructions?|handout|rubric|syllabus|roster|grades?|marks?)(?:[-_ ]?\d{1,3})?\.(?:pdf|docx?|odt|txt|md|html?)$/i;
const BESIDE =
  /^(?:readme|licen[cs]e|index\.html?|.*\.(?:csv|tsv|xlsx?|ods|ya?ml|json|log))(?:$|\.(?:md|txt|rst|html?)$)/i;

export const liesBeside = (path: string): boolean =>
  !path.includes("/") && (BESIDE.test(path) || HANDOUT.test(path));

/** @param course By whose names the rest of a file's name is found. */
export const folders = (course: readonly Listed[]): Layout => ({
  name: "folders",
  description: "a folder or an archive for each person",
  see: () => (path) => {
    const [first, rest] = cut(path);
    if (/^[^/]*\.(?:txt|md)$/i.test(path)) return { path, aside: "lies beside the people's folders" };
    if (!path.includes("/")) return loose(path, course);
    if (TEACHERS.test(first)) return { path, aside: `${first}/: the teacher's` };
    return { person: person(`folder ${first}`, first), path: rest };
  },
});

export const files = (course: readonly Listed[]): Layout => ({
  name: "files",
  description: "a file for each person, or several whose names begin or end with the person's",
  see: () => (path) => {
    const [first, rest] = cut(path);
    if (path.includes("/")) return { person: person(`folder ${first}`, first), path: rest };
    return loose(path, course);
  },
});

/** One file of a person; several come together where the same name stands beside the exercise's. */
function loose(path: string, course: readonly Listed[]): Place {
  if (liesBeside(path)) return { path, aside: "belongs to nobody in particular" };
  const { exercise, chapter, among, person: who } = fileName(path, course);
  // `ada.ipynb` and `ada_16-1.ts` are one person's.
  if ((exercise ?? chapter ?? among) !== undefined) {
    if (who === "") return { person: person(`file ${path}`, path), path };
    return { person: person(`name ${who.toLowerCase()}`, who), path };
  }
  return { person: person(`name ${path.replace(/\.\w+$/, "").toLowerCase()}`, path), path };
}
