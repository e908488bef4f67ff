import { random } from "../../random/random.ts";

/** Row numbers of one batch after the other: passes over all rows, each in a new order. */
export interface Batches {
  /** The next batch's rows. */
  next(): number[];
  /** Passes over so many batches. */
  skip(count: number): void;
}

/**
 * Draws batches without replacement until all rows have been seen.
 *
 * A rest that is too small for a batch is left for a later pass, so that every step has the same shape.
 */
export function batches(rows: number, batchSize: number, seed: number): Batches {
  const stream = random(seed).fork("batches");
  const all = Array.from({ length: rows }, (_, i) => i);
  const size = Math.min(batchSize, rows);
  let [order, used] = [[] as number[], 0];
  const next = () => {
    if (used + size > order.length) [order, used] = [stream.shuffle(all), 0];
    used += size;
    return order.slice(used - size, used);
  };
  return {
    next,
    skip(count) {
      for (let i = 0; i < count; i++) next();
    },
  };
}
