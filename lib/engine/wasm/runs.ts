import type { Numbers } from "./backend.ts";

/** Runs of neighbouring numbers that begin at `start` and lie `step` apart. */
export interface Runs {
  readonly numbers: Numbers;
  readonly start: number;
  readonly step: number;
}

/** Copies `count` runs of `length` numbers each. */
export function copyRuns(from: Runs, to: Runs, length: number, count: number): void {
  const { numbers: source, step: readStep } = from;
  const { numbers: target, step: writeStep } = to;
  let [read, write] = [from.start, to.start];
  // The call that copies a run takes as long as fifty numbers one by one.
  const byCall = length > 50;
  for (let i = 0; i < count; i++) {
    if (byCall) target.set(source.subarray(read, read + length), write);
    else for (let k = 0; k < length; k++) target[write + k] = source[read + k];
    read += readStep;
    write += writeStep;
  }
}
