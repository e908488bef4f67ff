/** Measures what one turn of this thread's event loop costs its processor. */

const EVERY_MS = 2;
const MEMORY_EVERY = 10;

export interface Turns {
  /** Processor time of the longest turn in milliseconds: never less than it was, and at most two more. */
  readonly longestMs: number;
  /** Of all turns together. */
  readonly processorMs: number;
  /** Most memory that the process has held, in megabytes. */
  readonly peakMB: number;
}

/**
 * Begins to measure.
 *
 * A timer fires at most once in a turn, and at the next one if a turn was longer than its period. So no turn lies in two of its
 * intervals, and what the thread computed in an interval is what its longest turn computed, or more. Processor time, not time on
 * the wall: on a busy machine a turn may be interrupted for long without doing anything.
 *
 * @returns Ends it.
 */
export function meterTurns(): () => Turns {
  const start = computedMs();
  let last = start;
  let longestMs = 0;
  let peak = process.memoryUsage.rss();
  let ticks = 0;
  const look = (): void => {
    const now = computedMs();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    ticks += 1;
    if (ticks % MEMORY_EVERY === 0) peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    look();
    return {
      longestMs,
      processorMs: last - start,
      peakMB: Math.max(peak, process.memoryUsage.rss()) / 1024 / 1024,
    };
  };
}

function computedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
