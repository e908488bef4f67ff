/** `npm run verify`: whether every exercise of the course can be trusted. Exit code 1 if one cannot. */

import { join } from "node:path";
import { parseArgs } from "node:util";
import { course } from "../course.ts";
import type { AnyExercise } from "../exercise.ts";
import { plural } from "../plural.ts";
import { predictions } from "../predictions/course.ts";
import { noCache, verdictCache } from "../verify/cache.ts";
import { chooseExercises } from "../verify/choose.ts";
import { filesAgree, typesAgree } from "../verify/files.ts";
import type { Finding } from "../verify/finding.ts";
import { FEW_SEEDS, SEEDS, type Seeds, seedsFor } from "../verify/share.ts";
import { placementFindings } from "../verify/texts/placement.ts";
import { predictionFindings } from "../verify/texts/predictions.ts";
import { statementProblems } from "../verify/texts/statement.ts";
import { unfinishedFindings } from "../verify/texts/unfinished.ts";
import { workedTextFindings } from "../verify/texts/worked-texts.ts";
import { type Verified, verifyInThreads } from "../verify/threads/in-threads.ts";
import { screen } from "./screen.ts";

const { out, err, paint } = screen();
const root = join(import.meta.dirname, "../..");
const USAGE = `npm run verify [-- [ID or path …] [--quick] [--no-cache]]

Tells whether every exercise is sound, or those that are named: 16.1 is one, 01-change-of-variables (or 01) a chapter. An exercise that
was sound and has not changed since, nor the grader, is not tried again; --no-cache tries all. --quick runs right answers under
${FEW_SEEDS.right} seeds instead of ${SEEDS.right}, and wrong ones under ${FEW_SEEDS.wrong} instead of ${SEEDS.wrong}, as npm test does.

Exit code: 0 sound, 1 something is not, 2 an exercise or an option that there is not.
`;

const asked = read();
if (asked?.help) out(USAGE);
else if (asked) process.exitCode = (await verify(asked.chosen, asked.seeds, asked.fresh)) === 0 ? 0 : 1;

function read() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        quick: { type: "boolean", default: false },
        "no-cache": { type: "boolean", default: false },
      },
    });
    const { help, quick, "no-cache": fresh } = values;
    const seeds = quick ? FEW_SEEDS : SEEDS;
    return { help, seeds, fresh, chosen: chooseExercises(course, positionals) };
  } catch (error) {
    err(error instanceof RangeError ? `${error.message}\n` : `${(error as Error).message}\n\n${USAGE}`);
    process.exitCode = 2;
    return undefined;
  }
}

async function verify(chosen: readonly AnyExercise[], seeds: Seeds, fresh: boolean): Promise<number> {
  const findings: Finding[] = [];
  const isAll = chosen.length === course.length;
  const ids = new Set(chosen.map(({ id }) => id));
  const report = (what: string, all: readonly Finding[]) => {
    const found = isAll ? all : all.filter(({ exercise }) => ids.has(exercise));
    findings.push(...found);
    out(`${found.length === 0 ? paint.green("✔") : paint.red("✘")} ${what}\n`);
    for (const finding of found) out(text(finding));
  };
  if (!isAll) out(`${chosen.length} of ${course.length} exercises: ${[...ids].join(", ")}\n`);
  report("the registry and the files agree", filesAgree(course, root));
  if (findings.length === 0) {
    report("every exercise stands in its notebook, once", placementFindings(course, root));
    report("every prediction is asked and answered in its notebook", predictionFindings(predictions, root));
    report("nothing says TODO", unfinishedFindings(chosen, root));
    report("statements name what the signatures have", statementFindings(chosen));
    report("solutions and stubs have the types of their signatures", await typesAgree(chosen, root));
    report(
      "worked solutions have formulas that can be set, and right code",
      await workedTextFindings(chosen, root),
    );
    const cache = fresh ? noCache : verdictCache(root);
    await verifyInThreads(chosen, root, seeds, cache, {
      onUnchanged: (exercises) => {
        if (exercises.length > 0) report(unchangedText(exercises), []);
      },
      onVerified: (verified) => report(what(verified, seeds), verified.findings),
    });
  }
  const n = findings.length;
  const sound = `${isAll ? "every exercise is sound" : "what was asked for is sound"}${left(seeds)}`;
  out(`${n === 0 ? paint.green(sound) : paint.red(plural(n, "problem"))}\n`);
  return n;
}

function statementFindings(chosen: readonly AnyExercise[]): Finding[] {
  return chosen.flatMap((exercise) =>
    statementProblems(exercise).map((problem) => ({
      exercise: exercise.id,
      file: `grader/exercises/${exercise.path}.ts`,
      problem,
      remedy: "write names and calls as the signature has them",
    })),
  );
}

function unchangedText(exercises: readonly AnyExercise[]): string {
  const [one, ...others] = exercises;
  if (one && others.length === 0) return `${one.id} ${one.title} is unchanged since it was sound`;
  return `${exercises.length} exercises are unchanged since they were sound`;
}

/** What `--quick` has left to others; nothing without it. */
function left({ right, wrong }: Seeds): string {
  if (right === SEEDS.right) return "";
  return `, as far as ${right} of ${SEEDS.right} seeds show it for right answers and ${wrong} of ${SEEDS.wrong} for wrong ones where something has changed; npm run verify tries all`;
}

function what(
  { exercise, coverage: { written, generic, dropped }, seconds }: Verified,
  seeds: Seeds,
): string {
  const wrong = `${written + generic} wrong answers × ${seedsFor(exercise, seeds).wrong} seeds, ${dropped} as right as asked`;
  const { trials } = exercise;
  const { right } = seedsFor(exercise, seeds);
  const fewer =
    trials && right < seeds.right
      ? `, right answers under ${right} seeds instead of ${seeds.right}: ${trials.because}`
      : "";
  const variants = exercise.variants ? `, ${seeds.variants} learners' own numbers` : "";
  const time = `${seconds.toFixed(1)} s of processor time`;
  return `${exercise.id} ${exercise.title} (${exercise.checks.length} checks, ${wrong}${fewer}${variants}, ${time})`;
}

function text({ exercise, problem, file, remedy }: Finding): string {
  const where = file ? `      ${file}\n` : "";
  return `    ${exercise}: ${problem}\n${where}${remedy ? `      → ${remedy}\n` : ""}`;
}
