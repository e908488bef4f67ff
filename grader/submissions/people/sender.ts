/** Who handed in a person's files, and when, from the places that a layout gives them. */

import type { Known, Sender } from "../../grading/sender.ts";
import { cut, type Layout, type Told } from "../layouts/layout.ts";
import type { Group, Placed } from "./assign.ts";
import { lastAttempt } from "./attempts.ts";

/** Enough for everything that somebody hands in by the files' own names, and no list without end. */
const MOST_ENTRIES = 50;

/**
 * @param top Where the layout holds from.
 * @param told By the platform's own list.
 */
export function senderOf(group: Group, layout: Layout, top: string, told?: Told): Sender {
  const { files } = group;
  const counting = lastAttempt(files).counting.filter(({ place }) => place.aside === undefined);
  const work = counting.length > 0 ? counting : files;
  const entries = new Set(work.map(({ leaf }) => cut(leaf.path.slice(top.length))[0]));
  const at = told?.at ?? latest(work);
  const attempts = told?.attempts ?? attemptsIn(files);
  return {
    layout: layout.name,
    entries: [...entries].slice(0, MOST_ENTRIES),
    people: told?.people ?? peopleIn(group),
    ...(at !== undefined && { at }),
    ...(work.some(({ place }) => place.late) && { late: true as const }),
    ...(attempts > 1 && { attempts }),
  };
}

function peopleIn({ name, files }: Group): Known[] {
  const known = files[0]?.place.person?.known;
  if (known) return Object.keys(known).length > 0 ? [known] : [];
  const label = name.replace(/\.(?:ts|ipynb|zip|safetensors)$/i, "");
  return label === "" ? [] : [{ label }];
}

const latest = (files: readonly Placed[]): string | undefined =>
  files
    .flatMap(({ place }) => place.at ?? [])
    .toSorted()
    .at(-1);

/** Of the task that was tried most often. */
function attemptsIn(files: readonly Placed[]): number {
  const tries = new Map<string, Set<string>>();
  for (const { place } of files)
    if (place.attempt !== undefined) {
      const task = place.task ?? "";
      tries.set(task, (tries.get(task) ?? new Set()).add(place.attempt));
    }
  return Math.max(0, ...[...tries.values()].map(({ size }) => size));
}
