/** What a program of the system says. */

import { spawn } from "node:child_process";

/**
 * A terminal that is closed ends no question: the program is not of its session, and is asked again if it was hit before it left that.
 *
 * @throws Error if the program cannot be started or ends with another code than 0
 */
export async function ask(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
    windowsHide: true,
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>(
    (resolve, reject) =>
      child.once("error", reject).once("close", (code, signal) => resolve({ code, signal })),
  );
  if (signal === "SIGHUP") return ask(program, args);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${signal ?? `code ${code}`}`);
  return said;
}
