/** Checks that a kit does not have: its learner is told that they will be run. */

import { courseFolder } from "../files/course-folder.ts";
import { plural } from "../plural.ts";
import { kitManifest } from "./manifest.ts";

/** @returns Undefined where the kit has every check of the exercise, and in the course itself. */
export function heldBackText(id: string, root: string = courseFolder()): string | undefined {
  const heldBack = kitManifest(root)?.exercises[id]?.heldBack;
  if (heldBack === undefined) return undefined;
  const { checks, points } = heldBack;
  return `Exercise ${id} has ${plural(checks, "more check")}, for ${plural(points, "point")}, which your instructor runs on what you hand in.`;
}
