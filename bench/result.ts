import type { Measure } from "./workloads.ts";

/** What one engine reports, one JSON line each. */
export interface ReportLine {
  readonly measure: Measure | "about" | "failed" | "turn";
  readonly workload?: string;
  /** Milliseconds of each repetition in one round. */
  readonly ms?: readonly number[];
  /** Milliseconds of the first training step, with everything that is prepared only once. */
  readonly firstMs?: number;
  /** Losses of the first training steps: all engines start alike, so they must agree. */
  readonly losses?: readonly number[];
  /** Mean negative log-likelihood of held-out events in nats, after training. */
  readonly loss?: number;
  readonly seconds?: number;
  readonly version?: string;
  readonly threads?: string;
  readonly reason?: string;
}

/** An engine with its lines, or why it has none. */
export interface EngineResult {
  readonly engine: string;
  readonly lines: readonly ReportLine[];
  readonly skipped?: string;
}

/** The middle value; of an even number of values, the mean of both middle ones. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}
