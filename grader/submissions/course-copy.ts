/**
 * A whole copy of the course, handed in with the answers in it. The course's own folders in it answer nothing: its `solutions/` above
 * all, and `grader/`, which has a file for each exercise as well.
 */

import { isChapter } from "./identify.ts";
import type { Listed } from "./submission.ts";
import type { Leaf } from "./tree.ts";

const OWN_FOLDERS = ["solutions", "grader", "lib", "setup", "bench", "backups"];

/** Leaves out what is the course's, where `exercises/` or `notebooks/` of the course stand beside it. */
export function withoutCourse(
  leaves: readonly Leaf[],
  course: readonly Listed[],
): { leaves: readonly Leaf[]; note?: string } {
  const roots = new Set(leaves.flatMap(({ path }) => courseRoot(path, course) ?? []));
  if (roots.size === 0) return { leaves };
  const ours = [...roots].flatMap((root) => OWN_FOLDERS.map((name) => `${root}${name}/`));
  const scripts = [...roots].map((root) => `${root}notebooks/`);
  const isOurs = ({ path }: Leaf) =>
    ours.some((folder) => path.startsWith(folder)) ||
    (path.endsWith(".ts") && scripts.some((folder) => path.startsWith(folder)));
  const kept = leaves.filter((leaf) => !isOurs(leaf));
  const solutions = leaves.some(({ path }) =>
    [...roots].some((root) => path.startsWith(`${root}solutions/`)),
  );
  return solutions
    ? { leaves: kept, note: "holds a copy of the course; its solutions/ were not taken for answers" }
    : { leaves: kept };
}

/** `ada/clone/` for `ada/clone/exercises/<chapter>/….ts` and for `ada/clone/notebooks/<chapter>.ipynb`. */
function courseRoot(path: string, course: readonly Listed[]): string | undefined {
  const found = /^(.*\/)?(?:exercises\/([^/]+)\/[^/]+\.ts|notebooks\/([^/]+)\.ipynb)$/.exec(path);
  const chapter = found?.[2] ?? found?.[3];
  return chapter !== undefined && isChapter(chapter, course) ? (found?.[1] ?? "") : undefined;
}
