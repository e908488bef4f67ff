import type { Cell } from "./cell.ts";
import { version } from "./info.ts";
import type { MimeBundle } from "./mime.ts";
import type { DisplayOptions } from "./output.ts";
import type { Tslab } from "./tslab.ts";

/** What libraries find at `globalThis[Symbol.for("flowlab.notebook")]` when they run in a notebook. */
export interface NotebookHost {
  /** Id of the running cell, undefined if the client sends none. */
  readonly cellId: string | undefined;
  /** Increases with every executed cell. */
  readonly executionCount: number;
  /** Aborted when the running cell is interrupted; a long computation looks at it between its steps. */
  readonly signal: AbortSignal | undefined;
  /** Publishes a display, or rewrites the one with `displayId`. */
  display(data: MimeBundle, options?: DisplayOptions): void;
  readonly name: string;
  readonly version: string;
}

export const hostKey = Symbol.for("flowlab.notebook");

/** Puts the host in place, and connects tslab's own `display` to the same outputs. */
export function installHost(cellOfRunningCode: () => Cell | undefined, tslab: Tslab): void {
  const display = (data: MimeBundle, options?: DisplayOptions) => {
    const cell = cellOfRunningCode();
    if (cell === undefined) throw new Error("Nothing can be displayed before the first cell has run");
    cell.output.display(data, options);
  };
  const host: NotebookHost = {
    get cellId() {
      return cellOfRunningCode()?.id;
    },
    get executionCount() {
      return cellOfRunningCode()?.executionCount ?? 0;
    },
    get signal() {
      return cellOfRunningCode()?.abort.signal;
    },
    display,
    name: "flowlab-kernel",
    version,
  };
  Object.assign(globalThis, { [hostKey]: host });
  tslab.connectDisplay(({ data, metadata, transient }, update) => {
    const id = transient.display_id;
    display(data, { update, metadata, ...(id === undefined ? {} : { displayId: id }) });
  });
}
