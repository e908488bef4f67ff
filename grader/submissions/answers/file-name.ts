/** What a file's name says: which exercise or chapter, whose, which copy. */

import type { Listed } from "../submission.ts";

export interface FileName {
  readonly exercise?: Listed;
  /** The exercises that it may mean, where several chapters have a file of this name and nothing else in the path says which. */
  readonly among?: readonly Listed[];
  /** Of a notebook. */
  readonly chapter?: string;
  /** What the name says besides, but for words such as `final`: a person, or nothing. */
  readonly person: string;
  /** The number that a browser or a platform put to a later copy; 0 where there is none. */
  readonly copy: number;
  /** The course's own name, as it was handed out; perhaps with the mark of a copy. */
  readonly own: boolean;
}

/** No more of a name is looked at: a zip could hold names of 65,535 characters. */
const MAX_NAME = 300;
/** What browsers, file managers, Jupyter and learning platforms append to a second copy. */
const COPY =
  /(?:\s*\((\d{1,4})\)|\s*-\s*copy\s*\(?(\d{0,4})\)?|\s+copy\s*(\d{0,4})|\s+-\s+kopie\s*\(?(\d{0,4})\)?|-(\d{1,3}))$/i;
const COPY_OF = /^(?:copy of|kopie von|copie de|copia de)\s+/i;
const VERSION =
  /^(?:v\d+|version|final|finals|finished|done|mine|my|own|new|newest|neu|old|draft|fix|fixed|corrected|correction|updated?|latest|last|rev|revised|attempt|try|solved|solutions?|answers?|submission|submitted|homework|hw|abgabe|completed?|edited|backup|exercise|problem|notebook|ipynb|ts|the)$/i;

export function fileName(path: string, course: readonly Listed[]): FileName {
  const name = path.slice(path.lastIndexOf("/") + 1).slice(0, MAX_NAME);
  const whole = name.replace(/\.\w+$/, "");
  const { stem, found } = findSpelt(whole.replace(COPY_OF, ""), path, course);
  const tail = found ? stem.slice(found.to) : stem;
  const ending = COPY.exec(tail);
  // `learner-03` is a person; `16-1-square-3` is a third copy; `train-08` is of chapter 08.
  const ofChapter = found?.what.among && /^-0/.test(ending?.[0] ?? "");
  const isPerson = /^-\d+$/.test(ending?.[0] ?? "") && !(found && ending?.index === 0);
  const mark = ofChapter || isPerson ? null : ending;
  const unmarked = mark ? tail.slice(0, mark.index) : tail;
  const { rest, ...what } = aboutChapter(
    found?.what ?? {},
    found ? `${stem.slice(0, found.from)} ${unmarked}` : unmarked,
    course,
  );
  const number = mark?.slice(1).find((digits) => digits);
  return {
    ...what,
    person: personIn(rest),
    copy: number !== undefined ? Number(number) : mark || COPY_OF.test(whole) ? 1 : 0,
    own: found !== undefined && rest.trim() === "",
  };
}

/** `ada_final` is Ada; `_v2` is nobody; `learner-02` stays whole. */
export function personIn(rest: string): string {
  const kept = rest
    .split(/([^\p{L}\p{N}]+)/u)
    .filter((part) => !VERSION.test(part))
    .join("");
  return kept.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N})]+$/gu, "").replace(/[_\s]+/g, " ");
}

interface Found {
  readonly what: Pick<FileName, "exercise" | "among" | "chapter">;
  readonly from: number;
  readonly to: number;
}

/** As it is written, or else with its words apart: `trainResidual` is `train-Residual`. */
function findSpelt(
  written: string,
  path: string,
  course: readonly Listed[],
): { readonly stem: string; readonly found?: Found } {
  const apart = written.replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, "-");
  for (const stem of new Set([written, apart])) {
    const found = find(stem, path, course);
    if (found) return { stem, found };
  }
  return { stem: written };
}

/** Lower-case words and numbers of a name. */
const partsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== "");

const isTelling = (word: string): boolean => word.length > 2 || /^\d+$/.test(word);

/** By which words a name can say which chapter is meant: those of the chapter and of its exercises, but for the likes of `of`. */
function wordsOfChapter(chapter: string, course: readonly Listed[]): ReadonlySet<string> {
  const known = chapterWords.get(course)?.get(chapter);
  if (known) return known;
  const own = course.filter((exercise) => chapterOf(exercise) === chapter);
  const words = new Set(own.flatMap(({ path }) => partsOf(path)).filter(isTelling));
  const ofCourse = chapterWords.get(course) ?? new Map<string, ReadonlySet<string>>();
  chapterWords.set(course, ofCourse.set(chapter, words));
  return words;
}

/** A class has tens of thousands of names. */
const chapterWords = new WeakMap<readonly Listed[], Map<string, ReadonlySet<string>>>();

/** `train_residual` and `train maf` name a chapter, by a word of its own or of one of its exercises, and no person. */
function aboutChapter(
  what: Found["what"],
  rest: string,
  course: readonly Listed[],
): Found["what"] & { readonly rest: string } {
  const without = (words: readonly string[]) =>
    rest
      .split(/([^\p{L}\p{N}]+)/u)
      .filter((part) => !words.includes(part.toLowerCase()))
      .join("");
  if (what.exercise) return { ...what, rest: without(partsOf(chapterOf(what.exercise)).filter(isTelling)) };
  if (!what.among) return { ...what, rest };
  const said = partsOf(rest);
  const about = what.among.map((exercise) => {
    const words = wordsOfChapter(chapterOf(exercise), course);
    return { exercise, shared: said.filter((word) => words.has(word)) };
  });
  const [one, ...others] = about.filter(({ shared }) => shared.length > 0);
  if (!one || others.length > 0) return { ...what, rest };
  return { exercise: one.exercise, rest: without(one.shared) };
}

/** The surest first: the name itself, before a name within the name, before a number. */
function find(stem: string, path: string, course: readonly Listed[]): Found | undefined {
  if (/\.ipynb$/i.test(path)) {
    const chapters = [...new Set(course.map((exercise) => chapterOf(exercise)))];
    return first(
      chapters.flatMap((chapter) => within(stem, chapter).map((at) => ({ what: { chapter }, ...at }))),
    );
  }
  const above = path.split("/").at(-2)?.toLowerCase();
  const here = course.filter((exercise) => chapterOf(exercise).toLowerCase() === above);
  const named = findNamed(stem, here, course) ?? afterChapter(stem, course) ?? findNamed(stem, course);
  if (named?.what.exercise) return named;
  const numbered = first(
    course.flatMap((exercise) => findNumbers(stem, exercise.id).map((at) => ({ what: { exercise }, ...at }))),
  );
  return numbered ?? named;
}

/** @param listed Those that may be meant, of the course. */
function findNamed(stem: string, listed: readonly Listed[], course = listed): Found | undefined {
  const byName = Map.groupBy(listed, nameOf);
  return longest(
    [...byName].flatMap(([name, exercises]) => {
      // What says of one of them that it is meant makes it a name; which of them it is, is found out below.
      const isAbout = (rest: string) => {
        const said = partsOf(rest);
        return exercises.some((one) => {
          const words = wordsOfChapter(chapterOf(one), course);
          return said.some((word) => words.has(word));
        });
      };
      const [at] = within(stem, name, isAbout);
      return at ? exercises.map((exercise) => ({ what: { exercise }, ...at })) : [];
    }),
  );
}

/** `06-autoregressive-train`: the folder's name, put before the file's. */
function afterChapter(stem: string, course: readonly Listed[]): Found | undefined {
  for (const chapter of new Set(course.map((exercise) => chapterOf(exercise)))) {
    const rest = stem.slice(chapter.length + 1);
    if (!stem.toLowerCase().startsWith(chapter.toLowerCase()) || !/[-_. ]/.test(stem[chapter.length] ?? ""))
      continue;
    const found = findNamed(
      rest,
      course.filter((exercise) => chapterOf(exercise) === chapter),
      course,
    );
    if (found?.from === 0) return { ...found, from: 0, to: found.to + chapter.length + 1 };
  }
  return undefined;
}

export const chapterOf = ({ path }: Listed): string => path.split("/")[0] ?? "";
const nameOf = ({ path }: Listed): string => path.split("/").at(-1) ?? "";

/** The longest; where several are as long and name different exercises, it may be each of them. */
function longest(found: readonly Found[]): Found | undefined {
  const one = first(found);
  if (!one) return undefined;
  const rivals = found.filter(({ from, to }) => to - from === one.to - one.from);
  return rivals.length === 1
    ? one
    : { ...one, what: { among: rivals.flatMap(({ what }) => what.exercise ?? []) } };
}

/** What a name stands for, as keys: the exercise or the chapter, or each exercise that it may mean. */
export function keysOf(path: string, course: readonly Listed[]): string[] {
  const { exercise, chapter, among = [] } = fileName(path, course);
  const key = exercise?.id ?? chapter;
  return key === undefined ? among.map(({ id }) => id) : [key];
}

const first = (found: readonly Found[]): Found | undefined =>
  found.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];

interface At {
  readonly from: number;
  readonly to: number;
}

/**
 * A name of the course inside a longer name. One that is a common word counts only where it stands apart, or where the rest says what it is
 * about: in `train-residual`, and not in `density-of-states`.
 */
function within(stem: string, name: string, isAbout: (rest: string) => boolean = () => false): At[] {
  const parts = name.split(/[-_. ]+/).map(escapePattern);
  const at = search(stem, `(?<![\\p{L}\\p{N}])${parts.join("[-_. ]{1,3}")}(?![\\p{L}\\p{N}])`);
  if (!at) return [];
  const apart = (sign: string | undefined) => sign === undefined || /[_\s()]/.test(sign);
  const alone = apart(stem[at.from - 1]) && apart(stem[at.to]);
  const rest = `${stem.slice(0, at.from)} ${stem.slice(at.to).replace(COPY, "")}`;
  return parts.length > 1 || alone || personIn(rest) === "" || isAbout(rest) ? [at] : [];
}

const KIND =
  "(?:p|prob|problem|ex|exo|exercise|exercice|ejercicio|aufgabe|übung|task|question|q|hw|homework|assignment|solution|answer)";

/** `16-1`, `16_1_final`, `p16.1 density`, `ada_16-1`. An id that is a word is only the whole name. */
function findNumbers(stem: string, id: string): At[] {
  const parts = id
    .split(/[^\p{L}\p{N}]+/u)
    .map(escapePattern)
    .join("[-_. ]{1,3}");
  const at = /^\d/.test(id)
    ? search(
        stem,
        `(?:(?:^|[_\\s(]|(?<=\\p{L})-|(?<![\\p{L}\\p{N}]))${KIND}[-_. ]{0,3}|^|[_\\s(]|(?<=\\p{L})-)${parts}(?![\\p{L}\\p{N}])`,
      )
    : search(stem, `^${parts}(?=$|\\s*\\(\\d+\\)$)`);
  return at ? [at] : [];
}

/** One for each exercise: a class has tens of thousands of names. */
const patterns = new Map<string, RegExp>();

function search(text: string, pattern: string): At | undefined {
  const compiled = patterns.get(pattern) ?? new RegExp(pattern, "iu");
  patterns.set(pattern, compiled);
  const found = compiled.exec(text);
  return found ? { from: found.index, to: found.index + found[0].length } : undefined;
}

const escapePattern = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "\\$&");
