/**
 * All formats in which marks go out. A new one is a file of its own in `formats/`, with a line here and its cases in a test beside it that
 * reads what was written by a program or a schema that is not ours.
 */

import type { Export } from "./export.ts";
import { canvas } from "./formats/canvas.ts";
import { classroom50 } from "./formats/classroom50.ts";
import { csv } from "./formats/csv.ts";
import { exercism } from "./formats/exercism.ts";
import { githubClassroom } from "./formats/github-classroom.ts";
import { gradescope } from "./formats/gradescope.ts";
import { junit } from "./formats/junit.ts";
import { moodle } from "./formats/moodle.ts";
import { nbgrader } from "./formats/nbgrader.ts";
import { prairielearn } from "./formats/prairielearn.ts";

export const EXPORTS: readonly Export[] = [
  csv,
  canvas,
  moodle,
  nbgrader,
  junit,
  gradescope,
  classroom50,
  githubClassroom,
  prairielearn,
  exercism,
];
