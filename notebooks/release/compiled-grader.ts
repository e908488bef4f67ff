/** The grader as a kit has it: compiled from sources that lack what stays with the course, what asks for answers made unreadable. */

import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { minify } from "@swc/core";
import type { AnyExercise } from "../../grader/exercise.ts";
import { dropMutants, holdBack, keepChapters } from "./cut-sources.ts";
import { hideTexts } from "./hide-texts.ts";
import { reachable } from "./reachable.ts";

/** What is started by its path, besides what a notebook imports. */
const STARTED = [
  "harness/main.ts",
  "sandbox/watchdog-thread.ts",
  "sandbox/detect.ts",
  "submissions/answers/reader-thread.ts",
  "cli/grade.ts",
  "kit/texts.ts",
  "kit/update-command.ts",
];
const TYPES_OF = "index.ts";

/** Nothing of these may be in a kit, wherever an import may lead. */
const STAYS = /^(?:verify|fixtures)\/|\.(?:test|fixture)\./;
/** Where expected values, wrong answers and what is to be guessed stand, and the arithmetic of expected values. */
const ANSWERS = /^(?:(?:exercises|predictions)\/\d\d-|oracle\/)/;

export interface Selection {
  /** The exercises of the kit. */
  readonly exercises: readonly AnyExercise[];
  readonly chapters: readonly string[];
  /** Checks that are not in it, by the exercise's id, counted from 1. */
  readonly heldBack: { readonly [id: string]: readonly number[] };
}

/** Compiled files by their path within `grader/dist/`. */
export async function compileGrader(root: string, selection: Selection): Promise<Map<string, string>> {
  const scratch = join(root, ".setup", "release");
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, "grader-"));
  try {
    writeSources(root, folder, selection);
    await compile(root, folder);
    return await collect(join(folder, "grader", "dist"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeSources(root: string, folder: string, selection: Selection): void {
  const grader = join(folder, "grader");
  const isWanted = (path: string) =>
    !/[\\/](?:node_modules|dist|fixtures|verify)$|\.(?:test|fixture)\.ts$/.test(path);
  cpSync(join(root, "grader"), grader, { recursive: true, filter: isWanted });
  cpSync(join(root, "tsconfig.json"), join(folder, "tsconfig.json"));
  const own = join(root, "grader", "node_modules");
  if (readdirSync(join(root, "grader")).includes("node_modules"))
    symlinkSync(own, join(grader, "node_modules"), "junction");
  const change = (path: string, by: (source: string) => string) =>
    writeFileSync(join(grader, path), by(readFileSync(join(grader, path), "utf8")));
  const chapterOf = (from: string) => /\/(\d\d-[a-z0-9-]+)(?:\/|\.ts$)/.exec(from)?.[1];
  const isKept = (from: string) =>
    selection.chapters.includes(chapterOf(from) ?? (selection.chapters[0] as string));
  change("course.ts", (source) => keepChapters(source, "exercises", isKept));
  change("predictions/course.ts", (source) => keepChapters(source, "predictions", isKept));
  for (const path of readdirSync(join(grader, "exercises"), { recursive: true, encoding: "utf8" }))
    if (path.endsWith(".ts")) change(join("exercises", path), dropMutants);
  for (const { id, path } of selection.exercises) {
    const places = selection.heldBack[id] ?? [];
    if (places.length === 0) continue;
    change(`exercises/${path}.checks.ts`, (source) => {
      try {
        return holdBack(source, places);
      } catch (error) {
        throw new RangeError(`--hold-back ${id}: ${(error as Error).message}`);
      }
    });
  }
}

async function compile(root: string, folder: string): Promise<void> {
  const config = JSON.parse(readFileSync(join(root, "grader", "tsconfig.build.json"), "utf8"));
  const { compilerOptions } = config;
  // The types of packages for tests, which are not here, bring newer declarations than the course asks for.
  Object.assign(compilerOptions, {
    lib: ["esnext"],
    declarationMap: false,
    incremental: false,
    noUnusedLocals: false,
  });
  delete compilerOptions.tsBuildInfoFile;
  const text = JSON.stringify({ ...config, compilerOptions, include: [TYPES_OF, ...STARTED] });
  writeFileSync(join(folder, "grader", "tsconfig.build.json"), text);
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const args = [compiler, "-p", join(folder, "grader", "tsconfig.build.json"), "--pretty", "false"];
  await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(({ stdout, message }) => {
    throw new Error(`the grader does not compile for the kit:\n${stdout || message}`);
  });
}

/** What is needed of the compiled files, those with answers in them unreadable. */
async function collect(dist: string): Promise<Map<string, string>> {
  const readText = (path: string) => readFileSync(join(dist, path), "utf8");
  const programs = reachable(
    [TYPES_OF, ...STARTED].map((path) => path.replace(/\.ts$/, ".js")),
    readText,
  );
  const types = reachable([TYPES_OF.replace(/\.ts$/, ".d.ts")], readText, (path) =>
    path.replace(/(?:\.d)?\.[jt]s$/, ".d.ts"),
  );
  const files = new Map<string, string>();
  for (const path of [...programs, ...types].sort()) {
    if (STAYS.test(path)) throw new Error(`the kit would hold ${path}`);
    const text = readText(path);
    files.set(path, ANSWERS.test(path) ? await unreadable(path, text) : text);
  }
  return files;
}

async function unreadable(path: string, text: string): Promise<string> {
  if (path.endsWith(".d.ts")) return text.replace(/\/\*[\s\S]*?\*\/\s*|^\s*\/\/.*\n/gm, "");
  const { code } = await minify(hideTexts(path, text), {
    module: true,
    compress: { unused: true, toplevel: true, passes: 2 },
    mangle: { toplevel: true },
    format: { comments: false },
  });
  return `${code}\n`;
}
