/** The manifest of a kit, `kit.json`. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnyExercise } from "../../grader/exercise.ts";
import {
  FORMAT,
  type HandedOutCell,
  type KitExercise,
  type KitManifest,
  sha256,
} from "../../grader/kit/manifest.ts";
import { exerciseVersion } from "../../grader/memory/version.ts";
import type { OwnExercises } from "../build/generated.ts";
import type { Notebook } from "../build/nbformat.ts";

export interface Released {
  readonly chapters: readonly string[];
  readonly exercises: readonly AnyExercise[];
  /** Whose the kit is, and which exercises have numbers of her own. */
  readonly learner?: string;
  readonly own: OwnExercises;
  readonly heldBack: { readonly [id: string]: readonly number[] };
  readonly commit?: string;
}

/** @param files All others, in their order. */
export function manifest(
  root: string,
  files: ReadonlyMap<string, Uint8Array>,
  { chapters, exercises, learner, own, heldBack, commit }: Released,
): string {
  const { name, version, dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const notebooks = [...files].filter(([path]) => path.endsWith(".ipynb"));
  const kit: KitManifest = {
    format: FORMAT,
    name,
    version,
    ...(learner !== undefined && { learner }),
    ...(commit && { commit }),
    node: dependencies.node,
    chapters,
    exercises: Object.fromEntries(
      exercises.map((exercise) => [
        exercise.id,
        kitExercise(root, exercise, own, heldBack[exercise.id] ?? []),
      ]),
    ),
    notebooks: Object.fromEntries(notebooks.map(([path, bytes]) => [path, cellsOf(bytes)])),
    files: Object.fromEntries([...files].map(([path, bytes]) => [path, sha256(bytes)])),
  };
  return `${JSON.stringify(kit, null, 1)}\n`;
}

function kitExercise(
  root: string,
  course: AnyExercise,
  own: OwnExercises,
  places: readonly number[],
): KitExercise {
  const { exercise = course, mark } = own.get(course.id) ?? {};
  const version = exerciseVersion(exercise, root);
  const numbers = exercise.variants?.numbers;
  const variant = mark !== undefined && { variant: { numbers, mark } };
  if (places.length === 0) return { path: exercise.path, version, ...variant };
  const away = [...new Set(places)].sort((a, b) => a - b);
  const points = away.reduce((sum, place) => sum + (exercise.checks[place - 1]?.points ?? 0), 0);
  const all = createHash("sha256").update(`${version}\0without ${away}`).digest("base64url");
  return {
    path: exercise.path,
    version: all.slice(0, 12),
    heldBack: { checks: away.length, points },
    ...variant,
  };
}

function cellsOf(bytes: Uint8Array): HandedOutCell[] {
  const { cells } = JSON.parse(Buffer.from(bytes).toString("utf8")) as Notebook;
  return cells.map(({ id, cell_type: type, source, metadata }) => {
    const { role } = (metadata.flowlab ?? {}) as { role?: string };
    const answers = role === "solution" || role === "guess";
    return { id, type, source: sha256(source.join("")), ...(answers && { answers }) };
  });
}
