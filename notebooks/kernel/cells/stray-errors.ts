import { brief } from "../output/errors.ts";
import { type Cell, ownerOfRunningCode } from "./cell.ts";
import type { Interpreter } from "./interpreter.ts";

/**
 * Reports errors that no cell could catch: thrown in a timer, or a rejection that nobody handles.
 *
 * Plain Node would end the process. Here the cell to which the code belongs fails, if it is still running.
 * If it has finished, the error is written to its stderr, and shown below it unless another cell ran since.
 */
export function reportStrayErrors(interpreter: Interpreter, latest: () => Cell | undefined): void {
  const report = (error: unknown, what: string) => {
    const cell = ownerOfRunningCode() ?? interpreter.running;
    if (cell?.abort.signal.aborted) return; // The last breath of a cell that was stopped.
    const failure = interpreter.describe(error);
    if (interpreter.fail(cell, failure)) return;
    if (cell === undefined) {
      process.stderr.write(`${what}: ${failure.traceback.join("\n")}\n`);
      return;
    }
    cell.output.write(
      "stderr",
      `${what} after cell [${cell.executionCount}] had finished: ${brief(error)}\n`,
    );
    if (cell === latest()) cell.output.error(failure);
  };
  process.on("uncaughtException", (error) => report(error, "Uncaught error"));
  process.on("unhandledRejection", (error) => report(error, "Unhandled rejection"));
}
