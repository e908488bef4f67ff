/** Whether the worked solutions hold: formulas that can be set, and code that is the solution's or has right types. */

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import katex from "katex";
import { type AnyExercise, askedNames } from "../../exercise.ts";
import { formulasOf } from "../../report/markdown.ts";
import type { Finding } from "../finding.ts";

/** Code that is not the solution's, and has to stand on it. */
interface Beside {
  readonly exercise: AnyExercise;
  readonly code: string;
}

export async function workedTextFindings(course: readonly AnyExercise[], root: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const beside: Beside[] = [];
  for (const exercise of course) {
    const file = `solutions/${exercise.path}.md`;
    if (!existsSync(join(root, file))) continue;
    const text = readFileSync(join(root, file), "utf8");
    const solution = readFileSync(join(root, `solutions/${exercise.path}.ts`), "utf8");
    const found = (problem: string) => findings.push({ exercise: exercise.id, file, problem });
    const formulas = formulasOf(text);
    if (formulas.length === 0) found("there is no formula in it");
    for (const formula of formulas) {
      const problem = formulaProblem(formula);
      if (problem !== undefined) found(problem);
    }
    const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
    for (const [, language, code] of blocks) {
      if (language !== "ts") found(`a block of code is marked \`${language}\`; write \`\`\`ts`);
      else if (!isPartOf(code as string, solution)) beside.push({ exercise, code: code as string });
    }
    if (blocks.length === beside.filter((one) => one.exercise === exercise).length)
      found("the solution's code is not in it");
  }
  return [...findings, ...(await typeFindings(beside, root))];
}

function formulaProblem(formula: string): string | undefined {
  try {
    katex.renderToString(formula, { throwOnError: true, strict: "error" });
    return undefined;
  } catch (error) {
    return `KaTeX cannot set $${formula}$: ${(error as Error).message}`;
  }
}

/** The same lines in the same order, whatever their indentation. */
function isPartOf(code: string, solution: string): boolean {
  const lines = (text: string) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "" && !/^\/\/ (BEGIN|END) SOLUTION$/.test(line))
      .join("\n");
  return `\n${lines(solution)}\n`.includes(`\n${lines(code)}\n`);
}

/** Each block as a module that knows the solution's functions. */
async function typeFindings(blocks: readonly Beside[], root: string): Promise<Finding[]> {
  if (blocks.length === 0) return [];
  const folder = join(root, ".setup", `worked-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    blocks.forEach(({ exercise, code }, i) => {
      const names = askedNames(exercise).join(", ");
      const head = `import { ${names} } from "../../solutions/${exercise.path}.ts"; export const known = { ${names} };\n`;
      writeFileSync(join(folder, `block-${i}.ts`), head + code);
    });
    const options = { noUnusedLocals: false, noImplicitReturns: false };
    const config = {
      extends: "../../tsconfig.json",
      compilerOptions: options,
      include: ["*.ts"],
      exclude: [],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const known = join(root, ".setup", "types", "worked.tsbuildinfo");
    const output = await promisify(execFile)(process.execPath, [
      ...[compiler, "-p", folder, "--pretty", "false", "--incremental", "--tsBuildInfoFile", known],
    ]).then(
      () => "",
      (error) => String((error as { stdout?: string }).stdout ?? error),
    );
    return [...output.matchAll(/block-(\d+)\.ts\((\d+),.*?error (.*)/g)].map(([, block, line, what]) => {
      const { exercise, code } = blocks[Number(block)] as Beside;
      const where = code.split("\n")[Number(line) - 2] ?? "";
      return {
        exercise: exercise.id,
        file: `solutions/${exercise.path}.md`,
        problem: `\`${where.trim()}\` is not the solution's, and has wrong types: ${what}`,
        remedy: "copy the code from the solution, or let it stand by itself",
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
