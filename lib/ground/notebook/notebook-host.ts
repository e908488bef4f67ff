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
  /** Opens a comm: a line to an object of the page. It lives until it is closed, or its cell is run again or deleted. */
  openComm?(target: string, data: Record<string, unknown>, options: CommOptions): Comm;
  /** What `run` prints and displays goes to the sink instead of below the cell, also later on. */
  redirect?<T>(sink: OutputSink, run: () => T): T;
}

/** The kernel's end of a comm. */
export interface CommOptions {
  readonly metadata?: Record<string, unknown>;
  /** Called with the data of each message from the page, as a cell is run; what it returns is awaited. */
  onMessage(data: Record<string, unknown>): unknown;
  /** How `onMessage` failed or was interrupted. */
  onFailure?(failure: Failure): void;
}

export interface Comm {
  readonly id: string;
  /** Without effect once it is closed. */
  send(data: Record<string, unknown>): void;
  close(): void;
}

/** An error as Jupyter shows it; the first line of the traceback is the message. */
export interface Failure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** What takes the output of some code. */
export interface OutputSink {
  write(stream: "stdout" | "stderr", text: string): void;
  display(data: Record<string, unknown>, options?: { displayId?: string; update?: boolean }): void;
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
