/**
 * Ctrl-C, once: finish and write what is done. Twice: leave at once. A terminal that is closed ends nothing: nobody asked for that, and the
 * reports are files.
 */

import type { Screen } from "./screen.ts";

const INTERRUPTED = 130;

export interface Interruption {
  readonly signal: AbortSignal;
  /** Ends the watch; Ctrl-C is the system's again. */
  release(): void;
}

/** Lets a closed terminal end nothing, from here on. */
export function outliveTerminal(): void {
  process.on("SIGHUP", () => {});
}

export function interruption({ err }: Screen): Interruption {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    err("\ninterrupted: ending what runs and writing what is done (Ctrl-C again to leave at once)\n");
    controller.abort();
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const name of signals) process.on(name, onSignal);
  return {
    signal: controller.signal,
    release() {
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
