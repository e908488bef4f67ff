import { randomUUID } from "node:crypto";
import type { Bounded } from "./cells/bounds.ts";
import type { Cell } from "./cells/cell.ts";
import type { Executed } from "./cells/executed.ts";
import type { Interpreter } from "./cells/interpreter.ts";
import type { Comm, CommOptions, Comms } from "./comms/comms.ts";
import type { MimeBundle } from "./output/mime.ts";
import type { DisplayOptions } from "./output/output.ts";
import { createPrintLimit, type PrintLimit } from "./output/print-limit.ts";
import { redirect, type Sink, sinkOfRunningCode } from "./output/redirect.ts";
import { version } from "./protocol/info.ts";
import type { Content } from "./protocol/wire.ts";

export interface BusyDisplay {
  now(doing: string): void;
  done(): void;
}

/** What libraries find at `globalThis[Symbol.for("flowlab.notebook")]` when they run in a notebook. */
export interface NotebookHost {
  /** Id of the running cell, undefined if the client sends none. */
  readonly cellId: string | undefined;
  /** Increases with every executed cell. */
  readonly executionCount: number;
  /** Aborted when the running cell is interrupted; a long computation looks at it between its steps. */
  readonly signal: AbortSignal | undefined;
  /**
   * Says that the calling code ends within seconds after `signal` is aborted, and that the cell should then go on to its
   * end, so that what it returns is kept. An interrupt cuts everything else off at its next await.
   *
   * @returns Takes it back.
   */
  endsItself(): () => void;
  readonly runBounded: Bounded;
  /** What has been executed so far, and which cells are no longer in the notebook. */
  readonly executed: Pick<Executed, "cells" | "removed">;
  /** What a variable of the notebook holds now; undefined if there is none. */
  variable(name: string): unknown;
  /** A stack in terms of the cells: the line that it begins with, under it a caret, and the frames that lie in cells. */
  place(stack: string): readonly string[];
  /** Publishes a display, or rewrites the one with `displayId`. */
  display(data: MimeBundle, options?: DisplayOptions): void;
  /** Limits what some code of the running cell prints. */
  limitPrints(lines: number): PrintLimit;
  /**
   * Shows below the running cell what it is doing and for how long, if that takes more than a moment; also while
   * the code is busy.
   */
  showBusy(doing: string): BusyDisplay;
  /**
   * Opens a comm: a line to an object of the page, such as a widget. It lives until it is closed, or the running cell is
   * run again or deleted.
   */
  openComm(target: string, data: Content, options: CommOptions): Comm;
  /** What `run` prints and displays goes to the sink instead of below the cell, also later on. */
  redirect<T>(sink: Sink, run: () => T): T;
  readonly name: string;
  readonly version: string;
}

export const hostKey = Symbol.for("flowlab.notebook");

/** How long one step of a computation that ends itself may take, in ms. */
const patience = 5000;

/** Puts the host in place, and connects tslab's own `display` to the same outputs. */
export function installHost(
  cellOfRunningCode: () => Cell | undefined,
  { tslab, executed }: Pick<Interpreter, "tslab" | "executed">,
  runBounded: Bounded,
  setPatience: (patience?: number) => void,
  place: (stack: string) => readonly string[],
  comms: Pick<Comms, "open">,
): void {
  const display = (data: MimeBundle, options?: DisplayOptions) => {
    const cell = cellOfRunningCode();
    if (cell === undefined) throw new Error("Nothing can be displayed before the first cell has run");
    (sinkOfRunningCode() ?? cell.output).display(data, options);
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
    endsItself() {
      const cell = cellOfRunningCode();
      if (cell === undefined) return () => {};
      let held = true;
      cell.endingThemselves += 1;
      setPatience(patience);
      return () => {
        if (held) cell.endingThemselves -= 1;
        held = false;
        if (cell.endingThemselves === 0) setPatience();
      };
    },
    runBounded,
    executed,
    variable: (name) =>
      Object.hasOwn(tslab.executor.locals, name) ? tslab.executor.locals[name] : undefined,
    place,
    display,
    limitPrints(lines) {
      const output = sinkOfRunningCode() ?? cellOfRunningCode()?.output;
      return createPrintLimit(lines, (text) => output?.write("stdout", text));
    },
    showBusy(doing) {
      const output = cellOfRunningCode()?.output;
      const id = randomUUID();
      output?.busy({ id, doing });
      return {
        now: (next) => output?.busy({ id, doing: next }),
        done: () => output?.busy({ id }),
      };
    },
    openComm(target, data, options) {
      const cell = cellOfRunningCode();
      if (cell === undefined) throw new Error("No comm can be opened before the first cell has run");
      return comms.open(cell, target, data, options);
    },
    redirect,
    name: "flowlab-kernel",
    version,
  };
  Object.assign(globalThis, { [hostKey]: host });
  tslab.connectDisplay(({ data, metadata, transient }, update) => {
    const id = transient.display_id;
    display(data, { update, metadata, ...(id === undefined ? {} : { displayId: id }) });
  });
}
