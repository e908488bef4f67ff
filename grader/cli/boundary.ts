/** Which sandbox a run is graded in, and whether it may be graded at all. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { detectSandbox, type Sandbox } from "../sandbox/detect.ts";
import { inspectorPort } from "../sandbox/inspect.ts";
import type { GradeArguments } from "./arguments.ts";
import { isOwnWork, PROJECT } from "./own-work.ts";
import { Refused } from "./refused.ts";
import type { Screen } from "./screen.ts";

/**
 * The sandbox to grade in. Without one, only one's own work is graded, or what one vouches for.
 *
 * @param paths Where the work lies; undefined of work that comes out of a gradebook.
 */
export async function boundary(
  paths: readonly string[] | undefined,
  { sandbox: forced, trust }: Pick<GradeArguments, "sandbox" | "trust">,
  { err, paint }: Screen,
): Promise<Sandbox> {
  const sandbox = await detectSandbox(forced).catch((error: Error) => {
    throw new Refused(error.message);
  });
  if (await isOutdated()) {
    err(
      `${paint.yellow("!")} what runs in the sandbox was compiled before its sources changed: run npm run compile, or npm run grade, which does\n`,
    );
  }
  const port = debuggerPort();
  if (sandbox.tier !== "none") {
    if (port === undefined) return sandbox;
    throw new Refused(
      `FLOWLAB_INSPECT: no debugger reaches into ${sandbox.tier}; add --sandbox none, for work of your own.`,
    );
  }
  if (port !== undefined) {
    err(`${paint.yellow("!")} each process that answers waits for a debugger on 127.0.0.1:${port}\n`);
  }
  const foreign = paths === undefined ? ["the gradebook"] : await notOwn(paths);
  if (foreign.length === 0) return sandbox;
  const remedy = sandbox.remedy ? `\n${sandbox.remedy}` : "";
  if (!trust) {
    throw new Refused(
      `There is no sandbox here, so code in ${foreign.join(", ")} would run with your rights: it could read and change your files.${remedy}\nIf you wrote it or trust who did, add --trust.`,
    );
  }
  err(`${paint.yellow("!")} no sandbox: this code runs with your rights (--trust)\n`);
  return sandbox;
}

async function notOwn(paths: readonly string[]): Promise<string[]> {
  const own = await Promise.all(paths.map((path) => isOwnWork(path)));
  return paths.filter((_, i) => !own[i]);
}

function debuggerPort(): number | undefined {
  try {
    return inspectorPort();
  } catch (error) {
    throw new Refused((error as Error).message);
  }
}

/** npm compiles before it starts the command; whoever starts it by hand may have forgotten to. */
async function isOutdated(): Promise<boolean> {
  if (process.env.npm_lifecycle_event === "grade") return false;
  const step = pathToFileURL(join(PROJECT, "setup/steps/compile.js")).href;
  const { compile } = (await import(step)) as { compile: { isNeeded(): boolean } };
  return compile.isNeeded();
}
