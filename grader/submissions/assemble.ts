/** One person's findings as one submission: what is graded, what is said about the rest. */

import { basename } from "node:path";
import { listWords } from "../listing.ts";
import { choose } from "./answers/choose.ts";
import { isAnswered } from "./answers/untouched.ts";
import { boundFiles, boundNotes } from "./bounded.ts";
import type { Findings, HandedIn, Listed, Source, Stray, Submission } from "./submission.ts";

export interface Asked {
  readonly course: readonly Listed[];
  /** Only these exercises. If it is one, the only `.ts` file, if it does not say which exercise it answers, is taken for it. */
  readonly only?: readonly string[];
}

export function submission(name: string, found: readonly Findings[], asked: Asked): Submission {
  const { course, only = [] } = asked;
  const { sources: chosen, notes, used = [] } = choose(found, course);
  const measured = new Set(found.flatMap((findings) => findings.asked ?? []));
  const isWanted = (id: string) => only.length === 0 || only.includes(id);
  const measuredBy = course.map(({ id }) => id).filter((id) => measured.has(id) && isWanted(id));
  const strays = found.flatMap((findings) => findings.strays ?? []);
  const [single] = only;
  if (only.length === 1 && single !== undefined && chosen.length === 0 && strays.length === 1) {
    const sources = strays.map(({ maybe: _, because: __, ...stray }) => ({ ...stray, exerciseId: single }));
    return { name, sources, notes: boundNotes(notes), files: account(found, sources, used) };
  }
  const said = [...notes, ...strayNotes(strays, chosen.length > 0)];
  const sources = only.length > 0 ? chosen.filter(({ exerciseId }) => only.includes(exerciseId)) : chosen;
  const files = account(found, sources, used);
  if (sources.length > 0) return { name, sources, asked: measuredBy, notes: boundNotes(said), files };
  if (chosen.length > 0) {
    const answers = chosen.map(({ exerciseId }) => exerciseId).join(", ");
    const problem = `${basename(name)} has no answer to ${only.join(", ")}; it answers ${answers}`;
    return { name, sources: [], notes: boundNotes(said), files, problem };
  }
  const [problem, ...rest] = boundNotes(said);
  return { name, sources: [], notes: rest, files, problem: problem ?? nothing(files) };
}

function nothing(files: readonly HandedIn[]): string {
  const told = files.filter(({ reason }) => reason !== undefined).slice(0, 3);
  const more = files.length > told.length ? ` and ${files.length - told.length} more` : "";
  if (told.length === 0) return "nothing to grade: no file was handed in";
  return `nothing to grade: ${told.map(({ path, reason }) => `${path}: ${reason}`).join("; ")}${more}`;
}

/** Each file, with the reason where none of its answers was taken. */
function account(
  found: readonly Findings[],
  taken: readonly Source[],
  alongside: readonly string[],
): HandedIn[] {
  const used = new Set(found.flatMap((findings) => findings.used ?? []));
  const isOf = (path: string, { origin }: Pick<Stray, "origin">) =>
    origin === path || origin.startsWith(`${path}, `);
  const files = found.flatMap((findings) =>
    (findings.files ?? []).map((file): HandedIn => {
      if (file.reason !== undefined || used.has(file.path)) return file;
      if (taken.some((source) => isOf(file.path, source))) return file;
      if (alongside.some((origin) => isOf(file.path, { origin }))) return file;
      const [stray] = findings.strays ?? [];
      if (stray)
        return {
          ...file,
          reason: stray.maybe ? doubt(stray.maybe) : "nothing says which exercise this answers",
        };
      if (findings.sources.length > 0 && !findings.sources.some(isAnswered))
        return { ...file, reason: "untouched, as it was handed out" };
      const instead = taken.find(({ exerciseId }) =>
        findings.sources.some((source) => source.exerciseId === exerciseId),
      );
      const reason =
        instead === undefined
          ? "its exercises were not asked for"
          : `${instead.exerciseId} was taken from ${instead.origin}`;
      return { ...file, reason };
    }),
  );
  return boundFiles(files);
}

function strayNotes(strays: readonly Stray[], harmless: boolean): string[] {
  const doubtful = strays.flatMap(({ origin, maybe, because }) =>
    maybe
      ? [
          `${origin} ${doubt(maybe)}, and was not graded: ${because}. Put it into the folder of its chapter, or begin it with the line // exercise: ${maybe[0]}`,
        ]
      : [],
  );
  return [...doubtful, ...unknownNotes(strays, harmless)];
}

/** Chapters have files of the same name: this one may be the answer to any of these. */
const doubt = (ids: readonly string[]): string =>
  `may be ${listWords(ids, "or")}, which have a file of this name each`;

function unknownNotes(strays: readonly Stray[], harmless: boolean): string[] {
  const names = strays.flatMap(({ origin, maybe }) => (maybe ? [] : origin));
  if (names.length === 0) return [];
  if (harmless && names.length > 4)
    return [`left out ${names.length} .ts files that are not exercises of this course`];
  const named =
    names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
  if (harmless) return [`left out, because not an exercise of this course: ${named}`];
  const remedy =
    "name it like the exercise's file, begin it with a line such as // exercise: 16.1, or pass --exercise";
  return [`${named}: nothing says which exercise this answers; ${remedy}`];
}
