/** What has been executed, so that a check can tell whether it sees what the notebook says. */

export interface ExecutedCell {
  /** Id of the notebook's cell, undefined if the client sends none. */
  readonly id: string | undefined;
  readonly code: string;
  /** `compile`: it did not compile, so nothing of it ran. `run`: it failed while it ran. */
  readonly outcome: "ok" | "compile" | "run";
  /** When it was started, ms since 1970. */
  readonly at: number;
}

export interface Executed {
  add(cell: ExecutedCell): void;
  /** Cells that the page says are no longer in the notebook. */
  remove(ids: unknown): void;
  /** In the order of execution; the oldest are forgotten. */
  readonly cells: readonly ExecutedCell[];
  readonly removed: ReadonlySet<string>;
}

/** Executions that are kept. */
const MOST = 2000;

export function createExecuted(): Executed {
  const cells: ExecutedCell[] = [];
  const removed = new Set<string>();
  return {
    cells,
    removed,
    add(cell) {
      cells.push(cell);
      if (cells.length > MOST) cells.shift();
      // Deleting a cell can be undone.
      if (cell.id !== undefined) removed.delete(cell.id);
    },
    remove(ids) {
      if (!Array.isArray(ids)) return;
      for (const id of ids) if (typeof id === "string") removed.add(id);
    },
  };
}
