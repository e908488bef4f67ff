/** `npm run update -- new-kit.zip` in a learner's kit. Exit code: 0 done, 2 nothing was changed. */

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { courseFolder } from "../files/course-folder.ts";
import { withLock } from "../files/lock.ts";
import { plural } from "../plural.ts";
import { KIT, type KitManifest, kitManifest } from "./manifest.ts";
import { NoKit, readKit } from "./read-kit.ts";
import { applyChanges } from "./update/apply.ts";
import { planUpdate } from "./update/plan.ts";

const USAGE = "usage: npm run update -- new-kit.zip";

async function update(archive: string, root: string, before: KitManifest): Promise<void> {
  const kit = await readKit(archive);
  if (kit.manifest.name !== before.name)
    throw new NoKit(`${archive} is a kit of ${kit.manifest.name}; this folder is one of ${before.name}`);
  if (!hasSameNumbers(kit.manifest, before))
    throw new NoKit(
      `${archive} is ${whose(kit.manifest)}; this folder is ${whose(before)}, and its exercises have other numbers: take the new kit that was made for you`,
    );
  const { changes, notes } = planUpdate(root, before, kit);
  const backup = await applyChanges(root, changes);
  console.log(
    changes.length === 0
      ? "All is as in the new kit."
      : `${plural(changes.length, "file")} brought up to date.`,
  );
  if (backup !== undefined) console.log(`What you had changed in them was first copied into ${backup}/.`);
  for (const note of notes) console.log(`! ${note}`);
  if (changes.length > 0)
    console.log("If JupyterLab is open, close the notebooks without saving, and restart it.");
}

/** By the marks: a name may have been corrected. */
function hasSameNumbers(one: KitManifest, other: KitManifest): boolean {
  if ((one.learner === undefined) !== (other.learner === undefined)) return false;
  return Object.entries(one.exercises).every(([id, { variant }]) => {
    const before = other.exercises[id]?.variant;
    return !variant || !before || variant.mark === before.mark;
  });
}

const whose = ({ learner }: KitManifest): string =>
  learner === undefined ? "a kit for everybody" : `the kit of ${learner}`;

async function main(): Promise<number> {
  const [name, ...more] = process.argv.slice(2);
  const root = courseFolder();
  const before = kitManifest(root);
  if (before === undefined) {
    console.error(`this folder has no ${KIT}: only a kit that npm run release has made can be updated`);
    return 2;
  }
  if (name === undefined || more.length > 0 || name.startsWith("-")) {
    console.error(USAGE);
    return 2;
  }
  const state = join(root, ".setup");
  mkdirSync(state, { recursive: true });
  try {
    // npm runs scripts in the course's folder; paths are meant from where the person is.
    const archive = resolve(process.env.INIT_CWD ?? ".", name);
    await withLock(join(state, "update.lock"), () => update(archive, root, before));
    return 0;
  } catch (error) {
    if (error instanceof NoKit) {
      console.error(error.message);
      return 2;
    }
    console.error(
      `${(error as Error).message}\nThe update has stopped; run it again, and it goes on. Nothing of yours is lost.`,
    );
    return 1;
  }
}

process.exitCode = await main();
