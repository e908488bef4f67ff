/** Whether the registry and the files agree, both ways, and whether every file provides what its exercise's signatures say. */

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import type { AnyExercise } from "../exercise.ts";
import { type Signatures, typeText } from "../harness/kinds.ts";
import type { Finding } from "./finding.ts";
import { reachable } from "./imports.ts";

const FOLDERS = ["solutions", "exercises", "grader/exercises"] as const;

export function filesAgree(course: readonly AnyExercise[], root: string): Finding[] {
  const findings: Finding[] = [];
  const ids = course.map((exercise) => exercise.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) {
    findings.push({ exercise: id, problem: "two exercises have this id" });
  }
  for (const folder of FOLDERS) {
    const present = new Set(typescriptFiles(join(root, folder)));
    for (const { id, path, variants } of course) {
      if (folder === "solutions" && variants && !present.delete(`${path}.variants.ts`))
        findings.push({
          exercise: id,
          problem: `solutions/${path}.variants.ts is missing`,
          remedy: "export a function `solved` of the numbers, which returns the right answers with them",
        });
      if (!present.delete(`${path}.ts`)) {
        findings.push({ exercise: id, problem: `${folder}/${path}.ts is missing` });
        continue;
      }
      try {
        for (const part of partsOf(root, folder, path)) present.delete(part);
      } catch (error) {
        findings.push({ exercise: id, problem: (error as Error).message });
      }
    }
    for (const path of present) {
      findings.push({
        exercise: course.find((exercise) => path.startsWith(`${exercise.path}.`))?.id ?? "–",
        problem: `${folder}/${path} belongs to no exercise in grader/course.ts`,
        remedy: "import it from an exercise's file, or from a part that one imports; or delete it",
      });
    }
  }
  return [...findings, ...workedFindings(course, root)];
}

/** Each exercise has its worked solution, which `worked` shows, and there is none without an exercise. */
function workedFindings(course: readonly AnyExercise[], root: string): Finding[] {
  const present = new Set(filesOf(join(root, "solutions"), ".md"));
  const missing = course.filter(({ path }) => !present.delete(`${path}.md`));
  const unguided = course.filter(({ path, rubric }) => rubric && !present.delete(`${path}.rubric.md`));
  return [
    ...unguided.map(({ id, path }) => ({
      exercise: id,
      problem: `solutions/${path}.rubric.md is missing`,
      remedy:
        "write what earns each point of its text: whoever gives them reads it on the page of npm run review",
    })),
    ...missing.map(({ id, path }) => ({
      exercise: id,
      problem: `solutions/${path}.md is missing`,
      remedy: "write the worked solution, in prose with formulas: worked() shows it",
    })),
    ...[...present].map((path) => ({
      exercise: "–",
      problem: `solutions/${path} belongs to no exercise in grader/course.ts`,
    })),
  ];
}

/** `sampling.checks.ts`: what an exercise would be too long with, or shares with others; it imports them, maybe through each other. */
function partsOf(root: string, folder: string, path: string): string[] {
  return [...reachable(root, [`${folder}/${path}.ts`])]
    .map((file) => relative(join(root, folder), file).replaceAll("\\", "/"))
    .filter((file) => /(^|\/)[^./]+\.[^./]+\.ts$/.test(file));
}

const typescriptFiles = (folder: string): string[] =>
  filesOf(folder, ".ts").filter((path) => !path.endsWith(".test.ts"));

function filesOf(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return (readdirSync(folder, { recursive: true }) as string[])
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(ending));
}

/** Lets the compiler hold every solution and stub against the signatures. */
export async function typesAgree(course: readonly AnyExercise[], root: string): Promise<Finding[]> {
  const folder = join(root, ".setup", `verify-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const lines: { text: string; exercise: string; what: string }[] = [];
    for (const exercise of course) {
      for (const kind of ["solutions", "exercises"]) {
        for (const [name, type] of Object.entries(typesOf(exercise))) {
          const module = `typeof import("../../${kind}/${exercise.path}.ts")`;
          const text = `export const _${lines.length}: ${type} = null as unknown as ${module}["${name}"];`;
          lines.push({ text, exercise: exercise.id, what: `${kind}/${exercise.path}.ts: ${name}` });
        }
      }
    }
    writeFileSync(
      join(folder, "conformance.ts"),
      `${[...PRELUDE, ...lines.map((line) => line.text)].join("\n")}\n`,
    );
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: "../../tsconfig.json", include: ["conformance.ts"], exclude: [] }),
    );
    return await diagnostics(root, folder, lines);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const typesOf = ({ signatures, file }: AnyExercise): Readonly<Record<string, string>> =>
  file?.makers ??
  Object.fromEntries(
    Object.entries(signatures as Signatures).map(([name, signature]) => [name, typeText(signature)]),
  );

const PRELUDE = [
  'import type { Flow, tf } from "flowlab";',
  'import type { Figure } from "flowlab/figure";',
  "export type Used = [Figure, Flow, tf.Tensor];",
];

async function diagnostics(
  root: string,
  folder: string,
  lines: { exercise: string; what: string }[],
): Promise<Finding[]> {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  try {
    // What has not changed since the last time is not looked at again.
    const known = join(root, ".setup", "types", "signatures.tsbuildinfo");
    const options = ["--pretty", "false", "--incremental", "--tsBuildInfoFile", known];
    await promisify(execFile)(process.execPath, [compiler, "-p", folder, ...options], { cwd: folder });
    return [];
  } catch (error) {
    const output = String((error as { stdout?: string }).stdout ?? error);
    return output
      .split("\n")
      .filter((line) => line.includes("error TS"))
      .map((line) => {
        const at = /conformance\.ts\((\d+),/.exec(line);
        const of = at ? lines[Number(at[1]) - 1 - PRELUDE.length] : undefined;
        return {
          exercise: of?.exercise ?? "–",
          problem: `${of?.what ?? "types"}: ${line.replace(/^.*?error /, "")}`,
        };
      });
  }
}
