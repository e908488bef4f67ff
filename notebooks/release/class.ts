/** A kit for each learner of a roster, with numbers of her own. */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { AnyExercise } from "../../grader/exercise.ts";
import { writeWhole } from "../../grader/files/write-whole.ts";
import type { Learner, Roster } from "../../grader/roster/roster.ts";
import { learnerKey, ownNumbers } from "../../grader/variants/draw.ts";
import type { Secret } from "../../grader/variants/secret.ts";
import { hasVariants } from "../../grader/variants/varied.ts";
import { archive } from "./archive.ts";
import type { KitMaker } from "./kit.ts";

export interface ReleasedClass {
  /** Names of the archives, in the roster's order. */
  readonly archives: readonly string[];
  /** Exercises whose numbers are each learner's own. */
  readonly own: readonly AnyExercise[];
  /** Those that are the same for everybody. */
  readonly same: readonly AnyExercise[];
}

/**
 * @param folder Is made if it is not there. What stands in it under the same names is replaced, by the same bytes if nothing has changed.
 * @throws RangeError if two learners would have the same numbers, or no exercise has any.
 */
export async function releaseClass(
  { exercises, kit }: KitMaker,
  { learners, path }: Roster,
  secret: Secret,
  folder: string,
  time?: Date,
): Promise<ReleasedClass> {
  const names = archiveNames(learners, path);
  const own = exercises.filter(hasVariants);
  if (own.length === 0)
    throw new RangeError(
      "--variants: no exercise of these chapters has numbers that could be others; leave --variants out",
    );
  await mkdir(folder, { recursive: true });
  for (const [i, learner] of learners.entries()) {
    const files = kit({
      learner: learner.name,
      numbers: (exercise) => ownNumbers(secret, learner, exercise),
    });
    await writeWhole(join(folder, names[i] as string), await archive(files, time));
  }
  return { archives: names, own, same: exercises.filter((one) => !hasVariants(one)) };
}

/** `ada-lovelace-123.zip`: by the name a person finds it, by the number it is nobody else's. */
function archiveNames(learners: readonly Learner[], path: string): string[] {
  const keys = new Map<string, Learner>();
  const names = new Set<string>();
  return learners.map((learner) => {
    const key = learnerKey(learner);
    const before = keys.get(key);
    if (before)
      throw new RangeError(
        `${path}, rows ${before.row} and ${learner.row}: both are known as ${JSON.stringify(key)}, and would have the same numbers; give each an id, a login or an e-mail address`,
      );
    keys.set(key, learner);
    const parts = new Set([fileName(learner.name), fileName(key)].filter((part) => part !== ""));
    const name = [...parts].join("-") || "learner";
    const free = names.has(name) ? `${name}-row-${learner.row}` : name;
    names.add(free);
    return `${free}.zip`;
  });
}

/** Letters that any disk and any platform takes. */
const fileName = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
