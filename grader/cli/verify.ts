/** `npm run verify`: whether every exercise of the course can be trusted. Exit code 1 if one cannot. */

import { join } from "node:path";
import { course } from "../course.ts";
import { type Finding, verifyExercise } from "../verify/exercise.ts";
import { filesAgree, typesAgree } from "../verify/files.ts";
import { screen } from "./screen.ts";

const SEEDS = Array.from({ length: 20 }, (_, i) => `verify-${i}`);
const { out, paint } = screen();
const root = join(import.meta.dirname, "../..");

const findings: Finding[] = filesAgree(course, root);
report("the registry and the files agree", findings);
if (findings.length === 0) {
  const types = await typesAgree(course, root);
  report("solutions and stubs have the types of their signatures", types);
  findings.push(...types);
  for (const exercise of course) {
    const started = performance.now();
    const load = (folder: string) =>
      import(join(root, folder, `${exercise.path}.ts`)) as Promise<Record<string, unknown>>;
    const modules = { solution: await load("solutions"), stub: await load("exercises") };
    const found = await verifyExercise(exercise, modules, SEEDS);
    const wrong = exercise.misconceptions.length + (exercise.mutants?.length ?? 0);
    const what = `${exercise.checks.length} checks, ${wrong} wrong answers, ${SEEDS.length} seeds`;
    report(
      `${exercise.id} ${exercise.title} (${what}, ${((performance.now() - started) / 1000).toFixed(1)} s)`,
      found,
    );
    findings.push(...found);
  }
}
out(
  `${findings.length === 0 ? paint.green("every exercise is sound") : paint.red(`${findings.length} problems`)}\n`,
);
process.exitCode = findings.length === 0 ? 0 : 1;

function report(what: string, found: readonly Finding[]): void {
  out(`${found.length === 0 ? paint.green("✔") : paint.red("✘")} ${what}\n`);
  for (const { exercise, problem } of found) out(`    ${exercise}: ${problem}\n`);
}
