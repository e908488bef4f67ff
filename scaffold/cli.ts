/** `npm run new -- exercise|chapter|bijection|transformer NAME`: a skeleton with its tests, and its line in every list. */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { planBijection } from "./bijection.ts";
import { planChapter } from "./chapter.ts";
import { planExercise } from "./exercise.ts";
import { type Course, carryOut, courseIn, type Plan, Refused, refuseToOverwrite } from "./plan.ts";
import { planTransformer } from "./transformer.ts";

const course = courseIn(join(import.meta.dirname, ".."));

const command = new Command("npm run new --")
  .description(
    "Writes a skeleton with its tests and its line in every list. What has to be written says TODO.",
  )
  .option("--print", "write nothing; print what would be written", false)
  .addHelpText(
    "after",
    "\nNothing is ever overwritten. Exit code: 0 done, 1 refused, 2 unknown option or kind.",
  )
  .showHelpAfterError()
  .exitOverride();

add("chapter", "NN-name", "a notebook, such as 02-more-dimensions", planChapter);
add("exercise", "chapter/name", "an exercise, such as 01-change-of-variables/16-3-cube", planExercise, {
  flags: "--id <id>",
  told: "what a learner types; by default 16.3 for 16-3-cube, else the chapter's number and the name",
});
add("bijection", "folder/name", "a bijection of the library, such as elementwise/cube-root", planBijection);
add("transformer", "name", "a transformer of couplings, such as sum-of-sigmoids", planTransformer);

try {
  command.parse();
} catch (error) {
  if (error instanceof Refused) {
    console.error(error.message);
    process.exitCode = 1;
  } else if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else throw error;
}

function add(
  kind: string,
  argument: string,
  told: string,
  plan: (course: Course, name: string, id?: string) => Plan,
  option?: { flags: string; told: string },
): void {
  const own = command.command(`${kind} <${argument}>`).description(told).allowExcessArguments(false);
  if (option) own.option(option.flags, option.told);
  own.option("--print", "write nothing; print what would be written", false);
  own.exitOverride().action((name: string, { id, print }: { id?: string; print: boolean }) => {
    const planned = plan(course, name, id);
    refuseToOverwrite(course, planned);
    if (print || command.opts<{ print: boolean }>().print) return printPlan(planned);
    carryOut(course, planned);
    finish(kind, planned);
  });
}

function printPlan({ created, changed }: Plan): void {
  for (const [path, text] of Object.entries(created)) console.log(`── would write ${path}\n${text}`);
  for (const [path, text] of Object.entries(changed)) {
    const before = new Set(course.read(path).split("\n"));
    const added = text.split("\n").filter((line) => !before.has(line));
    console.log(`── would change ${path}\n${added.map((line) => `+ ${line}`).join("\n")}\n`);
  }
}

function finish(kind: string, { created, changed, next }: Plan): void {
  const isSource = (path: string) => path.endsWith(".ts");
  sortImports(paths().filter(isSource));
  for (const path of Object.keys(created)) console.log(`wrote ${path}`);
  for (const path of Object.keys(changed)) console.log(`added a line to ${path}`);
  if (kind === "exercise" || kind === "chapter") run("notebooks/build/cli.ts");
  console.log(`\nNext:\n${[...next, "npm run check"].map((step) => `  ${step}`).join("\n")}`);

  function paths() {
    return [...Object.keys(created), ...Object.keys(changed)];
  }
}

/** Puts imports and exports in their order. What Biome says is worth reading only where it fails. */
function sortImports(files: readonly string[]): void {
  const args = ["setup/run-tool.js", "@biomejs/biome", "check", "--write", "--log-level=error", ...files];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: course.root,
    encoding: "utf8",
  });
  if (status === 0) return;
  console.error(stdout + stderr);
  process.exitCode = 1;
}

function run(...args: string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd: course.root, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
