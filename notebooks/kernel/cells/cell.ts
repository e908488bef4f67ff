import { AsyncLocalStorage } from "node:async_hooks";
import type { Failure } from "../output/errors.ts";
import type { MimeBundle } from "../output/mime.ts";
import type { CellOutput } from "../output/output.ts";

/** How a cell ended. `result` shows the value of its last expression, undefined if there is none. */
export type Outcome =
  | { status: "ok"; result: MimeBundle | undefined }
  | { status: "error"; failure: Failure };

/** One execution of a cell, from its request to the last thing that its callbacks do. */
export interface Cell {
  /** Id of the notebook's cell, if the client sent it. */
  readonly id: string | undefined;
  readonly executionCount: number;
  readonly code: string;
  /** Script name in stack traces. */
  readonly scriptName: string;
  readonly output: CellOutput;
  /** Aborted when the cell is interrupted or fails. */
  readonly abort: AbortController;
  readonly outcome: Promise<Outcome>;
  /** How many computations of the cell have said that they end by themselves when `abort` tells them. */
  endingThemselves: number;
  /** Ends the cell; later calls have no effect. */
  settle(outcome: Outcome): void;
  readonly isSettled: boolean;
}

export type CellDescription = Pick<Cell, "id" | "executionCount" | "code" | "scriptName" | "output">;

export function createCell(description: CellDescription): Cell {
  const { promise: outcome, resolve } = Promise.withResolvers<Outcome>();
  let isSettled = false;
  return {
    ...description,
    abort: new AbortController(),
    endingThemselves: 0,
    outcome,
    settle(how) {
      isSettled = true;
      resolve(how);
    },
    get isSettled() {
      return isSettled;
    },
  };
}

/**
 * The cell to which the running code belongs, also in its callbacks and after its awaits. What a timer of
 * the first cell prints while the third runs appears below the first.
 */
const owner = new AsyncLocalStorage<Cell | undefined>();

export const ownerOfRunningCode = (): Cell | undefined => owner.getStore();
export const runInCell = (cell: Cell, callback: () => void): void => owner.run(cell, callback);
/** Runs the kernel's own code free of the cell in whose course it is called. */
export const runOutsideCells = <T>(callback: () => T): T => owner.run(undefined, callback);

/** Stops what a cell still has going: its timers fire no more, and whoever watches its signal is told. */
export function abandon(cell: Cell, reason: string): void {
  cell.abort.abort(new Error(reason));
}
