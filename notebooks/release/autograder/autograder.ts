/**
 * What a platform that runs the grader is given: a kit, as learners have it, beside the programs that the platform starts. So nothing is in
 * it that a learner must not see: Classroom 50 publishes what it is given at an address that whoever grades can read.
 */

import { course } from "../../../grader/course.ts";
import type { KitFiles } from "../kit.ts";
import { autograderPy, RUNTIME, runAutograder, SETUP } from "./scripts.ts";

/** What lies beside the course, by the platform. */
const BESIDE = {
  gradescope: (exercises: readonly string[]): Record<string, string> => ({
    "setup.sh": SETUP,
    run_autograder: runAutograder(exercises),
  }),
  classroom50: (exercises: readonly string[]): Record<string, string> => ({
    "autograder.py": autograderPy(exercises),
    "runtime.json": RUNTIME,
  }),
};

export type Platform = keyof typeof BESIDE;
export const PLATFORMS = Object.keys(BESIDE) as Platform[];

export interface Autograder {
  readonly files: KitFiles;
  /** Paths of what is started. */
  readonly programs: ReadonlySet<string>;
}

/**
 * @param exercises By their ids: others are not graded. All that are handed in, if there are none.
 * @throws RangeError if there is no such exercise.
 */
export function autograder(platform: Platform, kit: KitFiles, exercises: readonly string[] = []): Autograder {
  const ids = course.filter(({ path }) => kit.has(`exercises/${path}.ts`)).map(({ id }) => id);
  const unknown = exercises.find((id) => !ids.includes(id));
  if (unknown !== undefined)
    throw new RangeError(
      `--exercise ${unknown}: there is no such exercise here; there are ${ids.join(", ")}`,
    );
  const beside = Object.entries(BESIDE[platform](exercises));
  return {
    files: new Map([
      ...beside.map(([path, text]): [string, Uint8Array] => [path, Buffer.from(text)]),
      ...[...kit].map(([path, bytes]): [string, Uint8Array] => [`course/${path}`, bytes]),
    ]),
    programs: new Set(beside.map(([path]) => path).filter((path) => !path.endsWith(".json"))),
  };
}
