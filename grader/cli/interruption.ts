/** Ctrl-C, once: finish and write what is done. Twice: leave at once. */

const INTERRUPTED = 130;

export interface Interruption {
  readonly signal: AbortSignal;
  /** Ends the watch; Ctrl-C is the system's again. */
  release(): void;
}

export function interruption(): Interruption {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    process.stderr.write(
      "\ninterrupted: ending what runs and writing what is done (Ctrl-C again to leave at once)\n",
    );
    controller.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, onSignal);
  return {
    signal: controller.signal,
    release() {
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
