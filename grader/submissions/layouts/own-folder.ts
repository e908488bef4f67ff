/** The course as it was handed out, or a part of it, worked on by one person. */

import { isChapter } from "../answers/identify.ts";
import type { Listed } from "../submission.ts";
import { type Layout, person, type View } from "./layout.ts";

/** All of it is one person's. */
const everything: Layout["see"] = () => (path) => ({ person: person(""), path });

export const ownFolder: Layout = {
  name: "course",
  description: "one person's copy of the course: exercises/ and notebooks/",
  see: everything,
};

export const onePerson: Layout = { name: "one", description: "one person's work", see: everything };

/** The folders that the course itself has, in which a file is nobody's but the one person's who works in it. */
const COURSE_FOLDERS = [
  "exercises",
  "notebooks",
  "solutions",
  "grader",
  "lib",
  "setup",
  "bench",
  "findings",
  "backups",
];

export const isCourseFolder = (folder: string, course: readonly Listed[]): boolean =>
  COURSE_FOLDERS.includes(folder.toLowerCase()) || isChapter(folder, course);

/** `exercises/<chapter>/….ts`, `notebooks/<chapter>.ipynb` or `<chapter>/….ts` from the top on. */
export function isCourseCopy({ paths }: View, course: readonly Listed[]): boolean {
  return paths.some((path) => {
    const inside = path.replace(/^(?:exercises|notebooks|solutions)\//i, "");
    const [first = "", second] = inside.split("/");
    if (second !== undefined) return isChapter(first, course) && /\.(?:ts|ipynb)$/i.test(second);
    return inside !== path && /\.ipynb$/i.test(first) && isChapter(first.replace(/\.ipynb$/i, ""), course);
  });
}
