/** Parts of a cell that have a time limit of their own: they are cut off, and the cell goes on. */
import { AsyncLocalStorage } from "node:async_hooks";
import { type Deadline, readClock, setDeadline } from "../deadline.ts";
import { awaitCut, type InterruptFlag } from "../interrupt-flag.ts";
import { type Cell, ownerOfRunningCode, runOutsideCells } from "./cell.ts";
import { inOwnTurn } from "./turn.ts";

/** What a part that was cut off is rejected with. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
  readonly code = "FLOWLAB_OUT_OF_TIME";
}

/**
 * Runs something in a turn of the event loop of its own. If its promise has not settled after this time, it
 * is rejected by an OutOfTime. Code that is busy then is terminated; what the part has set going besides (a timer)
 * may go on.
 *
 * Within another one the earlier time counts.
 *
 * @param doing What it is, for whoever interrupts it: `in the check 16.1, at density(2)`.
 */
export type Bounded = <T>(seconds: number, run: () => Promise<T>, doing?: () => string) => Promise<T>;

export interface Bounds {
  readonly runBounded: Bounded;
  /** The other thread has terminated what ran. */
  endCut(): void;
  /** The cell has ended, or has been ended: nothing that runs from now on may be taken for a part of it. */
  forget(cell: Cell): void;
  /** What a cell is doing. */
  doing(cell: Cell): string | undefined;
}

/** One call that has not settled. */
interface Part {
  readonly cell: Cell | undefined;
  /** On the deadline's clock, ms. */
  readonly until: number;
  readonly doing: (() => string) | undefined;
  /** Where the loop turns, a timer ends it. */
  timer?: NodeJS.Timeout;
  expire(): void;
}

/**
 * A part whose own turn is over is rejected by a timer. If the thread is busy that long after its time, in ms, it is
 * the part that is busy, in one of its callbacks, and not what else the cell does beside it.
 */
const besidePatience = 5000;

export function createBounds(flag: InterruptFlag, deadline: Deadline, watch: () => void): Bounds {
  const open = new Set<Part>();
  const enclosing = new AsyncLocalStorage<Part>();
  /** The part whose own turn this is, with the microtasks that follow it. */
  let inTurn: Part | undefined;
  /** Ends by itself at this moment, and is hit if that has been decided. */
  let leaving: Part | undefined;

  /** Tells the other thread when to strike if the open parts go on as they are. */
  function set(): void {
    let time = Number.POSITIVE_INFINITY;
    for (const { until, cell } of open) if (cell && !cell.isSettled) time = Math.min(time, until);
    if (setDeadline(deadline, inTurn?.until ?? time + besidePatience)) watch();
  }

  function expireLater(part: Part): void {
    const rest = Math.max(0, part.until - readClock());
    part.timer ??= runOutsideCells(() => setTimeout(() => part.expire(), rest)).unref();
  }

  function leaveTurn(part: Part): void {
    if (inTurn !== part) return;
    inTurn = undefined;
    expireLater(part);
    set();
    awaitCut(flag);
  }

  /** False if it has ended before. */
  function close(part: Part): boolean {
    if (!open.delete(part)) return false;
    if (inTurn === part) inTurn = undefined;
    leaving = part;
    set();
    awaitCut(flag);
    leaving = undefined;
    clearTimeout(part.timer);
    return true;
  }

  const runBounded: Bounded = (seconds, run, doing) =>
    new Promise((resolve, reject) => {
      const outer = enclosing.getStore();
      inOwnTurn(() => {
        if (inTurn) leaveTurn(inTurn);
        const until = Math.min(readClock() + seconds * 1000, outer?.until ?? Number.POSITIVE_INFINITY);
        const expire = () => {
          if (close(part)) reject(new OutOfTime(`took longer than ${seconds} s`));
        };
        const part: Part = { cell: ownerOfRunningCode(), until, doing, expire };
        open.add(part);
        inTurn = part;
        set();
        awaitCut(flag);
        enclosing
          .run(part, async () => run())
          .then(
            (value) => close(part) && resolve(value),
            (error) => close(part) && reject(error),
          );
        inOwnTurn(() => leaveTurn(part));
      });
    });

  return {
    runBounded,
    endCut() {
      if (leaving) open.add(leaving);
      leaving = undefined;
      inTurn = undefined;
      const now = readClock();
      for (const part of [...open]) {
        if (part.until <= now) part.expire();
        else expireLater(part);
      }
    },
    forget(cell) {
      if (inTurn?.cell === cell) inTurn = undefined;
      for (const part of cell.abort.signal.aborted ? [...open] : []) {
        if (part.cell !== cell) continue;
        open.delete(part);
        clearTimeout(part.timer);
      }
      set();
    },
    doing(cell) {
      const parts = [...open].filter((part) => part.cell === cell);
      return (inTurn?.cell === cell ? inTurn : parts.at(-1))?.doing?.();
    },
  };
}
