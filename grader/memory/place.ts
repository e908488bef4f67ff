/** Where the course remembers what has been checked. */

import { join } from "node:path";
import { hostKey } from "flowlab/notebook";
import { courseFolder } from "../files/course-folder.ts";

/**
 * `progress/` in the course's folder; `FLOWLAB_PROGRESS` names another one, or is `off`.
 *
 * @returns Undefined where nothing is to be remembered: outside of a notebook, and where nbgrader runs one, which is somebody else's.
 */
export function memoryFolder(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.NBGRADER_EXECUTION || env.FLOWLAB_PROGRESS === "off") return undefined;
  if (env.FLOWLAB_PROGRESS) return env.FLOWLAB_PROGRESS;
  return (globalThis as Record<symbol, unknown>)[hostKey] ? join(courseFolder(), "progress") : undefined;
}
