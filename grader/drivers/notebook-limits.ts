/** Limits for a learner's code in the notebook's own process, where the kernel can cut it off: its time, and what it prints. */

import { performance } from "node:perf_hooks";
import { type NotebookHost, OUT_OF_TIME } from "flowlab/notebook";
import { computingError, waitingError } from "./out-of-time.ts";

export interface NotebookLimits {
  /** So much for the next calls together; what has been used before does not count. */
  allow(seconds: number): void;
  /**
   * @param where Where in the check it is, for messages: "at f(2)".
   * @throws LearnerError if it takes longer than is left. Then nothing of it goes on, and more calls may follow.
   */
  run<T>(call: () => Promise<T>, where: () => string): Promise<T>;
  /** There are no more calls. */
  done(): void;
}

/**
 * Time on the clock, in seconds, for code that is allowed so much processor time. More than the judge gives: Run All, a training in
 * another notebook and a slow machine take their part, and what is right there must not be too slow here.
 */
const patientSeconds = (seconds: number): number => Math.max(10, 3 * seconds);

/** What a check prints of what the code prints: more would push the card out of sight. */
const MOST_LINES = 20;

const isOutOfTime = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === OUT_OF_TIME;

/**
 * @param check For whoever interrupts it: "16.1".
 * @returns Undefined where the host cannot cut anything off.
 */
export function limitInNotebook(
  check: string,
  host: Pick<NotebookHost, "runBounded" | "limitPrints"> | undefined,
): NotebookLimits | undefined {
  if (!host?.runBounded) return undefined;
  const runBounded = host.runBounded.bind(host);
  const prints = host.limitPrints?.(MOST_LINES);
  let allowed = Number.POSITIVE_INFINITY;
  let left = allowed;

  return {
    allow(seconds) {
      allowed = patientSeconds(seconds);
      left = allowed * 1000;
    },
    async run(call, where) {
      const began = performance.now();
      const before = performance.eventLoopUtilization();
      try {
        const limited = prints ? () => prints.within(call) : call;
        return await runBounded(left / 1000, limited, () => `in the check ${check}, ${where()}`);
      } catch (error) {
        if (!isOutOfTime(error)) throw error;
        const { utilization } = performance.eventLoopUtilization(before);
        throw (utilization > 0.5 ? computingError : waitingError)(allowed, where());
      } finally {
        left = Math.max(0, left - (performance.now() - began));
      }
    },
    done: () => prints?.done(),
  };
}
