import { readFileSync } from "node:fs";
import { join } from "node:path";
import { realRoot } from "./course-copy.js";

export const PACKAGES = { flowlab: "lib", "flowlab-grader": "grader" };

/** @param {string} folder */
export const readPackage = (folder) =>
  JSON.parse(readFileSync(join(realRoot, folder, "package.json"), "utf8"));

/** Every specifier under which something of ours can be imported, and the file that its source begins in. */
export const doors = Object.entries(PACKAGES).flatMap(([name, folder]) =>
  Object.entries(readPackage(folder).exports).map(([subpath, target]) => ({
    specifier: name + subpath.slice(1),
    folder,
    subpath,
    ...{ source: join(folder, target.default), compiled: join(folder, target["flowlab:compiled"]) },
  })),
);
