import { setImmediate as turn } from "node:timers/promises";
import { notebookHost } from "../ground/notebook/notebook-host.ts";

/** How a training learns that it is to end early: by its own signal, or because its notebook cell is interrupted. */
export interface Interruption {
  /** Whether it is to end. */
  isAsked(): boolean;
  /** Gives way to other work of the process if that has waited for 25 ms; comes back at once when it is to end. */
  giveWay(): Promise<void>;
  /** The training has ended. */
  release(): void;
}

/** The longest that other work of the process waits, in milliseconds. */
const YIELD_AFTER = 25;

/** Watches both signals until it is released. */
export function interruption(own: AbortSignal | undefined): Interruption {
  const host = notebookHost();
  const release = host?.endsItself?.() ?? (() => {});
  const signals = [own, host?.signal].filter((signal) => signal !== undefined);
  let yielded = performance.now();
  // The timers of an interrupted cell fire no more, so the signal has to wake it.
  const nextTurn = () =>
    new Promise<void>((resolve) => {
      const go = () => {
        for (const signal of signals) signal.removeEventListener("abort", go);
        resolve();
      };
      for (const signal of signals) signal.addEventListener("abort", go);
      void turn().then(go);
    });
  return {
    isAsked: () => signals.some(({ aborted }) => aborted),
    async giveWay() {
      if (performance.now() - yielded < YIELD_AFTER) return;
      await nextTurn();
      yielded = performance.now();
    },
    release,
  };
}
