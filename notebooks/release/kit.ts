/** A kit for learners: every file that it holds. Nothing of it depends on when or where it is made. */

import { chapters as allChapters, START } from "../../grader/chapters.ts";
import { course } from "../../grader/course.ts";
import type { AnyExercise } from "../../grader/exercise.ts";
import { KIT } from "../../grader/kit/manifest.ts";
import type { OwnNumbers } from "../../grader/variants/draw.ts";
import { withNumbers } from "../../grader/variants/varied.ts";
import {
  buildNotebook,
  exerciseFile,
  notebookSlugs,
  type OwnExercise,
  type OwnExercises,
} from "../build/generated.ts";
import { type Notebook, notebookText, sourcesDigest } from "../build/nbformat.ts";
import { compileGrader } from "./compiled-grader.ts";
import { courseFiles } from "./course-files.ts";
import { manifest } from "./manifest.ts";
import { packageFiles } from "./package-files.ts";
import { kitReadme } from "./readme.ts";

export interface KitOptions {
  /** Slugs; all if there are none. */
  readonly chapters?: readonly string[];
  /** Checks that stay with the instructor, by the exercise's id, counted from 1. */
  readonly heldBack?: { readonly [id: string]: readonly number[] };
  /** The commit that is released, for the manifest. */
  readonly commit?: string;
}

export type KitFiles = ReadonlyMap<string, Uint8Array>;

/** One learner, and what numbers she has. */
export interface Whose {
  readonly learner: string;
  /** Undefined where the exercise is the same for everybody. */
  numbers(exercise: AnyExercise): OwnNumbers | undefined;
}

/**
 * The kit that is the same for everybody.
 *
 * @throws RangeError if there is no such chapter or exercise, or none of an exercise's checks would be left.
 */
export async function kitFiles(root: string, options: KitOptions = {}): Promise<KitFiles> {
  return (await kitMaker(root, options)).kit();
}

export interface KitMaker {
  /** Of the chosen chapters. */
  readonly exercises: readonly AnyExercise[];
  /** For everybody, or for one learner. */
  kit(whose?: Whose): KitFiles;
}

/**
 * Makes any number of kits; what they share is made once.
 *
 * @throws RangeError as `kitFiles` does.
 */
export async function kitMaker(root: string, options: KitOptions = {}): Promise<KitMaker> {
  const chapters = chosenChapters(root, options.chapters);
  const exercises = course.filter(({ path }) => chapters.includes(path.split("/")[0] as string));
  const heldBack = options.heldBack ?? {};
  const lost = Object.keys(heldBack).find((id) => !exercises.some((exercise) => exercise.id === id));
  if (lost !== undefined)
    throw new RangeError(
      `--hold-back ${lost}: the kit has no exercise of that name; it has ${exercises.map(({ id }) => id).join(", ")}`,
    );
  const grader = await compileGrader(root, { exercises, chapters, heldBack });
  const shared: [string, string | Uint8Array][] = [
    ...courseFiles(root),
    ...[...grader].map(([path, text]): [string, string] => [`grader/dist/${path}`, text]),
    ...packageFiles(root, grader),
  ];
  const { commit } = options;
  const kit = (whose?: Whose): KitFiles => {
    const own = ownExercises(exercises, whose);
    const { learner } = whose ?? {};
    const about = {
      chapters,
      exercises,
      own,
      ...(learner !== undefined && { learner }),
      ...(commit && { commit }),
    };
    const readme = kitReadme(root, { ...about, heldBack: Object.keys(heldBack).length });
    const files = new Map(
      [...shared, ...handedOutFiles(root, chapters, exercises, own), ["README.md", readme] as const]
        .map(([path, content]): [string, Uint8Array] => [path, Buffer.from(content)])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    return new Map([[KIT, Buffer.from(manifest(root, files, { ...about, heldBack }))], ...files]);
  };
  return { exercises, kit };
}

function ownExercises(exercises: readonly AnyExercise[], whose: Whose | undefined): OwnExercises {
  return new Map(
    exercises.flatMap((exercise): [string, OwnExercise][] => {
      const own = whose?.numbers(exercise);
      return own ? [[exercise.id, { exercise: withNumbers(exercise, own.numbers), mark: own.mark }]] : [];
    }),
  );
}

/** `01` and `01-change-of-variables` alike. */
function chosenChapters(root: string, asked: readonly string[] | undefined): string[] {
  const written = notebookSlugs(root).filter((slug) => allChapters.some((chapter) => chapter.slug === slug));
  if (asked === undefined || asked.length === 0) return written;
  const chosen = asked.map((name) => {
    const found = written.find((slug) => slug === name || slug.startsWith(`${name.padStart(2, "0")}-`));
    if (found === undefined)
      throw new RangeError(
        `--chapters ${name}: there is no such chapter; there are ${written.map((slug) => slug.slice(0, 2)).join(", ")}`,
      );
    return found;
  });
  return written.filter((slug) => chosen.includes(slug));
}

/** What learners write in, and the exercises once more as they were handed out, for `reset`. */
function handedOutFiles(
  root: string,
  chapters: readonly string[],
  exercises: readonly AnyExercise[],
  own: OwnExercises,
): [string, string][] {
  return [
    ...[START, ...chapters].map((slug): [string, string] => [
      `notebooks/${slug}.ipynb`,
      notebookText(
        withoutWorked(
          buildNotebook(root, slug, "stub", { there: chapters, absent: "not in this copy" }, own),
        ),
      ),
    ]),
    ...exercises.flatMap((exercise): [string, string][] => {
      const { path, text } = exerciseFile(root, exercise, own.get(exercise.id)?.mark);
      return [
        [path, text],
        [`grader/handed-out/${exercise.path}.ts`, text],
      ];
    }),
  ];
}

/** The map's line on worked solutions, which are not in a kit. */
const WORKED = /^\| `worked\(/;

function withoutWorked(of: Notebook): Notebook {
  if (!of.cells.some(({ source }) => source.some((line) => WORKED.test(line)))) return of;
  const cells = of.cells.map((cell) => ({
    ...cell,
    source: cell.source.filter((line) => !WORKED.test(line)),
  }));
  const generated = sourcesDigest(cells.map(({ source }) => source.join("")));
  return { ...of, cells, metadata: { ...of.metadata, flowlab: { generated } } };
}
