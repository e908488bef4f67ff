import { setImmediate as turn } from "node:timers/promises";
import { notebookHost } from "../ground/notebook/notebook-host.ts";

/** How a training learns that it is to end early: by its own signal, or because its notebook cell is interrupted. */
export interface Interruption {
  /** Whether it is to end. */
  isAsked(): boolean;
  /** Gives way to other work of the process once; comes back at once when it is to end. */
  nextTurn(): Promise<void>;
  /** The training has ended. */
  release(): void;
}

/** Watches both signals until it is released. */
export function interruption(own: AbortSignal | undefined): Interruption {
  const host = notebookHost();
  const release = host?.endsItself?.() ?? (() => {});
  const signals = [own, host?.signal].filter((signal) => signal !== undefined);
  return {
    isAsked: () => signals.some(({ aborted }) => aborted),
    // The timers of an interrupted cell fire no more, so the signal has to wake it.
    nextTurn: () =>
      new Promise((resolve) => {
        const go = () => {
          for (const signal of signals) signal.removeEventListener("abort", go);
          resolve();
        };
        for (const signal of signals) signal.addEventListener("abort", go);
        void turn().then(go);
      }),
    release,
  };
}
