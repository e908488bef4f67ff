/** `package.json` of a kit and its workspaces, and the lock file: scripts for learners, and only what the kit imports. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { keepImported, type LockFile, type PackageFile, pruneLock } from "./packages.ts";
import { packageOf, specifiers } from "./reachable.ts";

const COMPILED = "node --conditions=flowlab:compiled";
const SET_UP = "node setup/setup.js --for";
const SCRIPTS = {
  prestart: `${SET_UP} start`,
  start: "node setup/start.js",
  doctor: "node setup/doctor.js",
  precheck: `${SET_UP} tools`,
  check: `${COMPILED} grader/dist/cli/grade.js`,
  pregrade: `${SET_UP} tools`,
  grade: `${COMPILED} grader/dist/cli/grade.js`,
  preupdate: `${SET_UP} tools`,
  update: "node setup/update.js",
};

/** What only the course's own commands need: printing, and its tests. */
const OF_COURSE = ["playwright-core"];
/** What cells are compiled against. */
const TYPES = ["@types/node"];

/** @param grader The compiled grader, whose imports decide. */
export function packageFiles(root: string, grader: ReadonlyMap<string, string>): [string, string][] {
  const read = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), "utf8")) as T;
  const course = read<PackageFile>("package.json");
  const imported = new Set([...grader.values()].flatMap(specifiers).map(packageOf));
  const own = {
    ...read<PackageFile>("grader/package.json"),
    exports: { ".": "./dist/index.js" },
  };
  const graders = {
    ...own,
    dependencies: keepImported(own.dependencies, (name) => imported.has(name) || READ_AS_FILES.has(name)),
  };
  const { devDependencies, scripts: _, ...rest } = course;
  const kit = {
    ...rest,
    description: "A course on normalizing flows in TypeScript, as it was handed out to learners.",
    dependencies: {
      ...keepImported(course.dependencies, (name) => !OF_COURSE.includes(name)),
      ...keepImported(devDependencies, (name) => TYPES.includes(name)),
    },
    allowScripts: keepAllowed(course.allowScripts as Record<string, boolean>),
    scripts: SCRIPTS,
  };
  const lock = pruneLock(read<LockFile>("package-lock.json"), {
    "": { dependencies: kit.dependencies },
    grader: { dependencies: graders.dependencies },
  });
  return [
    ["package.json", text(kit)],
    ["grader/package.json", text(graders)],
    ["package-lock.json", text(lock)],
    ["tsconfig.json", text(editorConfig(read("tsconfig.json")))],
  ];
}

/** Resolved by their names and read, not imported. */
const READ_AS_FILES = new Set(["katex", "plotly.js-dist"]);

const keepAllowed = (scripts: Record<string, boolean>) =>
  Object.fromEntries(Object.entries(scripts).filter(([, isAllowed]) => isAllowed));

/** For an editor: what learners write. */
const editorConfig = (of: object) => ({ ...of, include: ["exercises"], exclude: [] });

const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
