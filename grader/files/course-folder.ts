/** The folder of the course that this grader is part of, from its sources and from what is compiled of them alike. */

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** @throws Error if no folder above this file holds the course. */
export function courseFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (["grader", "notebooks", "package.json"].every((name) => existsSync(join(folder, name))))
      return folder;
    if (folder === dirname(folder))
      throw new Error(`no folder above ${import.meta.dirname} holds the course`);
  }
}
