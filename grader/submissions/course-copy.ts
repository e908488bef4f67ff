/**
 * A whole copy of the course, handed in with the answers in it. The course's own folders in it answer nothing: its `solutions/` above
 * all, and `grader/`, which has a file for each exercise as well.
 */

import { START } from "../chapters.ts";
import { isChapter } from "./answers/identify.ts";
import type { HandedIn, Listed } from "./submission.ts";

/** Of the notebooks' folder: what makes and shows them. */
const OWN_IN_NOTEBOOKS = ["browser", "build", "images", "kernel", "print", "run"];
const OWN_FOLDERS = ["solutions", "grader", "lib", "setup", "bench", "findings", "backups", "progress"];

export interface Kept<F> {
  readonly files: readonly F[];
  /** The course's folders, one line for each, not one for each file. */
  readonly left: readonly (HandedIn & { /** One of its files. */ readonly file: F })[];
  readonly note?: string;
}

/** Leaves out what is the course's, where `exercises/` or `notebooks/` of the course stand beside it. */
export function withoutCourse<F>(
  files: readonly F[],
  pathOf: (file: F) => string,
  course: readonly Listed[],
): Kept<F> {
  const roots = new Set(files.flatMap((file) => courseRoot(pathOf(file), course) ?? []));
  if (roots.size === 0) return { files, left: [] };
  const left = new Map<string, { count: number; file: F }>();
  const kept = files.filter((file) => {
    const owned = ownerOf(pathOf(file), roots);
    if (owned !== undefined) left.set(owned, { count: (left.get(owned)?.count ?? 0) + 1, file });
    return owned === undefined;
  });
  const solutions = [...left.keys()].some((path) => path.endsWith("solutions/"));
  return {
    files: kept,
    left: [...left].map(([path, { count, file }]) => ({
      path,
      file,
      reason: path.endsWith("/") ? `the course's own (${count} files)` : "the course's own",
    })),
    ...(solutions && { note: "holds a copy of the course; its solutions/ were not taken for answers" }),
  };
}

/** The course's folder, or its notebooks' source, that a path is of. */
function ownerOf(path: string, roots: ReadonlySet<string>): string | undefined {
  for (const root of roots) {
    if (!path.startsWith(root)) continue;
    const inside = path.slice(root.length);
    const folder = OWN_FOLDERS.find((name) => inside.startsWith(`${name}/`));
    if (folder !== undefined) return `${root}${folder}/`;
    const maker = OWN_IN_NOTEBOOKS.find((name) => inside.startsWith(`notebooks/${name}/`));
    if (maker !== undefined) return `${root}notebooks/${maker}/`;
    // What a training goes on from answers nothing; a saved flow does.
    if (inside.startsWith("notebooks/") && /\.(ts|checkpoint)$/.test(inside)) return path;
    // The map asks nothing.
    if ([`notebooks/${START}.ipynb`, "notebooks/coverage.md"].includes(inside)) return path;
  }
  return undefined;
}

/** `ada/clone/` for `ada/clone/exercises/<chapter>/….ts` and for `ada/clone/notebooks/<chapter>.ipynb`. */
function courseRoot(path: string, course: readonly Listed[]): string | undefined {
  const found = /^(.*\/)?(?:exercises\/([^/]+)\/[^/]+\.ts|notebooks\/([^/]+)\.ipynb)$/.exec(path);
  const chapter = found?.[2] ?? found?.[3];
  return chapter !== undefined && isChapter(chapter, course) ? (found?.[1] ?? "") : undefined;
}
