/** All layouts, in the order in which they are tried: one that could be mistaken for another comes after it. */

import type { Listed } from "../submission.ts";
import { blackboard } from "./blackboard.ts";
import { brightspace } from "./brightspace.ts";
import { canvas } from "./canvas.ts";
import { github } from "./github.ts";
import { googleForms } from "./google-forms.ts";
import { gradescope } from "./gradescope.ts";
import type { Layout } from "./layout.ts";
import { moodle } from "./moodle.ts";
import { nbgrader } from "./nbgrader.ts";
import { onePerson, ownFolder } from "./own-folder.ts";
import { files, folders } from "./plain.ts";
import { sakai } from "./sakai.ts";
import { teams } from "./teams.ts";

/** Known by the names that a platform gives. */
export const PLATFORMS: readonly Layout[] = [
  moodle,
  blackboard,
  gradescope,
  brightspace,
  sakai,
  nbgrader,
  teams,
  canvas,
  github,
  googleForms,
];

/** Where no platform has named anything. */
export const plainLayouts = (course: readonly Listed[]): readonly Layout[] => [
  ownFolder,
  onePerson,
  folders(course),
  files(course),
];

export const LAYOUT_NAMES: readonly string[] = [...PLATFORMS, ...plainLayouts([])].map(({ name }) => name);
