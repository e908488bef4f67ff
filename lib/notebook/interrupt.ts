import { notebookHost } from "../ground/notebook/notebook-host.ts";

/**
 * Calls something once if the running cell is interrupted.
 *
 * @returns Ends the watch.
 */
export function onInterrupt(act: () => void): () => void {
  const signal = notebookHost()?.signal;
  signal?.addEventListener("abort", act, { once: true });
  return () => signal?.removeEventListener("abort", act);
}
