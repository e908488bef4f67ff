/** What the kernel offers to the code that runs in it. */
export interface NotebookHost {
  /** Id of the running cell, undefined if the client sends none. */
  readonly cellId: string | undefined;
  /** Grows with every executed cell. */
  readonly executionCount: number;
  /** Aborted when the running cell is interrupted; a kernel that cannot tell has none. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Says that the calling code ends soon after `signal` is aborted, so that the cell can keep what it returns.
   *
   * @returns Takes it back.
   */
  endsItself?(): () => void;
  /**
   * Runs something in a turn of its own; after this time it is cut off, also where it is busy, and the promise is rejected by an
   * error whose `code` is OUT_OF_TIME.
   *
   * @param doing What it is, for whoever interrupts it: `in the check 16.1, at density(2)`.
   */
  runBounded?<T>(seconds: number, run: () => Promise<T>, doing?: () => string): Promise<T>;
  /** A stack in terms of the cells: the line that it begins with, under it a caret, and the frames that lie in cells. */
  place?(stack: string): readonly string[];
  /** Publishes an output, or replaces those of the same `displayId` when `update` is true. */
  display(
    data: Record<string, unknown>,
    options?: { displayId?: string; update?: boolean; metadata?: Record<string, unknown> },
  ): void;
  /** Limits what some code of the running cell prints. */
  limitPrints?(lines: number): PrintLimit;
  /**
   * Shows below the running cell what it is doing and for how long, if that takes more than a moment; also while the code is busy.
   */
  showBusy?(doing: string): BusyDisplay;
}

export interface PrintLimit {
  /** The limit applies to what this starts, also later on. */
  within<T>(run: () => T): T;
  /** Says how many lines were left out, if any were. */
  done(): void;
}

export interface BusyDisplay {
  now(doing: string): void;
  /** Takes it away. A cell that is interrupted need not say so. */
  done(): void;
}

/** The `code` of an error of `runBounded`. */
export const OUT_OF_TIME = "FLOWLAB_OUT_OF_TIME";

/** Where the kernel puts its host on `globalThis`. */
export const hostKey: symbol = Symbol.for("flowlab.notebook");

/** The notebook this code runs in; undefined in a terminal, a test or a script. */
export function notebookHost(): NotebookHost | undefined {
  return (globalThis as Record<symbol, unknown>)[hostKey] as NotebookHost | undefined;
}
