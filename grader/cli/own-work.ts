/** What belongs to the person who grades: the course's own folders. Everything else may be somebody else's work. */

import { realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { courseFolder } from "../files/course-folder.ts";

/** The project's folder. */
export const PROJECT = courseFolder();
const OWN = ["exercises", "notebooks", "solutions"];

/** True if a path, with links followed, lies in one of the course's own folders. */
export async function isOwnWork(path: string, project = PROJECT): Promise<boolean> {
  const real = await realpath(path);
  const folders = await Promise.all(OWN.map((name) => realpath(join(project, name)).catch(() => undefined)));
  return folders.some((folder) => {
    if (folder === undefined) return false;
    const rest = relative(folder, real);
    return rest === "" || (rest !== ".." && !rest.startsWith(`..${sep}`) && !/^(?:[a-z]:|[/\\])/i.test(rest));
  });
}
