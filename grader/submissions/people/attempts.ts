/** Of several attempts of one person, the one that counts. */

import { compare, isCandidate } from "../files/tree.ts";
import type { HandedIn } from "../submission.ts";
import type { Placed } from "./assign.ts";

/** Of each task the last attempt in which there is something to grade. */
export function lastAttempt(files: readonly Placed[]): {
  counting: Placed[];
  left: HandedIn[];
  notes: string[];
} {
  const left: HandedIn[] = [];
  const notes: string[] = [];
  const setAside = new Set<Placed>();
  const work = files.filter(({ place }) => place.aside === undefined);
  for (const task of new Set(
    files.flatMap(({ place }) => (place.attempt === undefined ? [] : [place.task ?? ""])),
  )) {
    const ofTask = (some: readonly Placed[]) =>
      some.filter(({ place }) => place.attempt !== undefined && (place.task ?? "") === task);
    const attempts = sort(ofTask(files).map(({ place }) => place.attempt as string));
    const gradable = sort(
      ofTask(work)
        .filter(({ leaf }) => isCandidate(leaf.path))
        .map(({ place }) => place.attempt as string),
    );
    const last = gradable.at(-1) ?? attempts.at(-1);
    if (attempts.length < 2 || last === undefined) continue;
    const where = task === "" ? "" : `${task}: `;
    const others = attempts.filter((attempt) => attempt !== last);
    notes.push(`${where}attempt ${last} counts; set aside: ${others.join(", ")}`);
    for (const file of ofTask(work)) {
      if (file.place.attempt === last) continue;
      setAside.add(file);
      left.push({ path: file.leaf.path, reason: `of attempt ${file.place.attempt}; attempt ${last} counts` });
    }
  }
  return { counting: files.filter((file) => !setAside.has(file)), left, notes };
}

const sort = (attempts: readonly string[]): string[] => [...new Set(attempts)].toSorted(compare);
