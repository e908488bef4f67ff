/** `npm run verify`: whether every exercise of the course can be trusted. Exit code 1 if one cannot. */

import { join } from "node:path";
import { parseArgs } from "node:util";
import { course } from "../course.ts";
import { noCache, verdictCache } from "../verify/cache.ts";
import { SEEDS } from "../verify/exercise.ts";
import { filesAgree, typesAgree } from "../verify/files.ts";
import type { Finding } from "../verify/finding.ts";
import { type Verified, verifyInThreads } from "../verify/in-threads.ts";
import { placementFindings } from "../verify/placement.ts";
import { statementProblems } from "../verify/statement.ts";
import { unfinishedFindings } from "../verify/unfinished.ts";
import { screen } from "./screen.ts";

const { out, err, paint } = screen();
const root = join(import.meta.dirname, "../..");
const USAGE = `npm run verify [-- --no-cache]

Tells whether every exercise is sound. An exercise that was sound and has not changed since, nor the grader, is not tried again;
--no-cache tries all.
`;

const options = read();
if (options?.help) out(USAGE);
else if (options) process.exitCode = (await verify(options["no-cache"])) === 0 ? 0 : 1;

function read() {
  try {
    return parseArgs({
      options: { help: { type: "boolean", short: "h" }, "no-cache": { type: "boolean", default: false } },
    }).values;
  } catch (error) {
    err(`${(error as Error).message}\n\n${USAGE}`);
    process.exitCode = 2;
    return undefined;
  }
}

async function verify(fresh: boolean): Promise<number> {
  const findings: Finding[] = [];
  const report = (what: string, found: readonly Finding[]) => {
    findings.push(...found);
    out(`${found.length === 0 ? paint.green("✔") : paint.red("✘")} ${what}\n`);
    for (const finding of found) out(text(finding));
  };
  report("the registry and the files agree", filesAgree(course, root));
  if (findings.length === 0) {
    report("every exercise stands in its notebook, once", placementFindings(course, root));
    report("nothing says TODO", unfinishedFindings(course, root));
    report("statements name what the signatures have", statementFindings());
    report("solutions and stubs have the types of their signatures", await typesAgree(course, root));
    const cache = fresh ? noCache : verdictCache(root);
    await verifyInThreads(course, root, SEEDS, cache, (verified) =>
      report(what(verified), verified.findings),
    );
  }
  const n = findings.length;
  out(
    `${n === 0 ? paint.green("every exercise is sound") : paint.red(`${n} problem${n === 1 ? "" : "s"}`)}\n`,
  );
  return n;
}

function statementFindings(): Finding[] {
  return course.flatMap((exercise) =>
    statementProblems(exercise).map((problem) => ({
      exercise: exercise.id,
      file: `grader/exercises/${exercise.path}.ts`,
      problem,
      remedy: "write names and calls as the signature has them",
    })),
  );
}

function what({ exercise, coverage: { written, generic, dropped }, seconds, cached }: Verified): string {
  const wrong = `${written + generic} wrong answers × ${SEEDS.wrong} seeds, ${dropped} as right as asked`;
  const time = cached ? "unchanged since it was sound" : `${seconds.toFixed(1)} s`;
  return `${exercise.id} ${exercise.title} (${exercise.checks.length} checks, ${wrong}, ${time})`;
}

function text({ exercise, problem, file, remedy }: Finding): string {
  const where = file ? `      ${file}\n` : "";
  return `    ${exercise}: ${problem}\n${where}${remedy ? `      → ${remedy}\n` : ""}`;
}
