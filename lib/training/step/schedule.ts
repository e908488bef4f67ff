/** How the learning rate falls from its highest value: see {@link learningRateAfter}. */
export type Schedule = "cosine" | "constant" | "exponential";

/** What determines the learning rate of each step. */
export interface ScheduleSettings {
  readonly steps: number;
  readonly learningRate: number;
  readonly schedule: Schedule;
  readonly warmup: number;
}

/** An exponential schedule ends at this fraction of the highest rate. */
const FINAL_FRACTION = 0.01;

/**
 * The learning rate after so many steps.
 *
 * It rises in a straight line over the `warmup` steps, then with s from 0 to 1 over the others:
 * cosine η·(1 + cos πs)/2, exponential η·0.01ˢ, constant η.
 *
 * @see Loshchilov and Hutter 2017, "SGDR", arXiv:1608.03983, for the cosine.
 */
export function learningRateAfter(done: number, settings: ScheduleSettings): number {
  const { steps, learningRate, schedule, warmup } = settings;
  if (done < warmup) return (learningRate * (done + 1)) / warmup;
  const s = (done - warmup) / (steps - warmup);
  switch (schedule) {
    case "cosine":
      return (learningRate / 2) * (1 + Math.cos(Math.PI * s));
    case "exponential":
      return learningRate * FINAL_FRACTION ** s;
    case "constant":
      return learningRate;
  }
}
