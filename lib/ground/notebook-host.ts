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
  /** A stack in terms of the cells: the line that it begins with, under it a caret, and the frames that lie in cells. */
  place?(stack: string): readonly string[];
  /** Publishes an output, or replaces those of the same `displayId` when `update` is true. */
  display(
    data: Record<string, unknown>,
    options?: { displayId?: string; update?: boolean; metadata?: Record<string, unknown> },
  ): void;
}

/** Where the kernel puts its host on `globalThis`. */
export const hostKey: symbol = Symbol.for("flowlab.notebook");

/** The notebook this code runs in; undefined in a terminal, a test or a script. */
export function notebookHost(): NotebookHost | undefined {
  return (globalThis as Record<symbol, unknown>)[hostKey] as NotebookHost | undefined;
}
