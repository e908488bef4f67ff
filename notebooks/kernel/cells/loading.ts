/** Says below a cell that the kernel is still loading what it needs, as the first one of a fresh kernel does. */

import { randomUUID } from "node:crypto";
import type { Cell } from "./cell.ts";

export interface Loading {
  /** The cell is about to be compiled: the first time the compiler reads the declarations of all libraries. */
  begin(cell: Cell): void;
  /** It has been: what is left are packages of the course that it imports and nothing has loaded yet. */
  compiled(cell: Cell): void;
  /** Loads a module that a cell imports. */
  load<T>(cell: Cell | undefined, name: string, load: () => T): T;
  end(cell: Cell): void;
}

/** The packages that take long, by the names under which cells import them. */
const COURSE = /\bfrom\s*["'](flowlab(?:[/-][\w/-]+)?)["']/g;

export function createLoading(): Loading {
  const loaded = new Set<string>();
  /** What each cell that is watched still waits for, and the id of its display. */
  const waiting = new WeakMap<Cell, { readonly id: string; readonly names: Set<string> }>();
  let hasCompiled = false;

  const end = (cell: Cell): void => {
    const shown = waiting.get(cell);
    if (shown === undefined) return;
    waiting.delete(cell);
    cell.output.busy({ id: shown.id, alone: cell.output.isEmpty });
  };

  return {
    begin(cell) {
      const named = [...cell.code.matchAll(COURSE)].map(([, name]) => name as string);
      const names = new Set(named.filter((name) => !loaded.has(name)));
      if (hasCompiled && names.size === 0) return;
      const id = randomUUID();
      waiting.set(cell, { id, names });
      const doing = hasCompiled ? "Compiling" : "The kernel has just started: reading the libraries";
      cell.output.busy({ id, doing });
    },
    compiled(cell) {
      hasCompiled = true;
      const shown = waiting.get(cell);
      if (shown === undefined) return;
      if (shown.names.size === 0) return end(cell);
      cell.output.busy({ id: shown.id, doing: `Loading ${[...shown.names].join(", ")}` });
    },
    load(cell, name, load) {
      try {
        return load();
      } finally {
        loaded.add(name);
        const shown = cell && waiting.get(cell);
        if (cell && shown?.names.delete(name) && shown.names.size === 0) end(cell);
      }
    },
    end,
  };
}
