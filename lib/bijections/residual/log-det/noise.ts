import type { Random } from "../../../random/random.ts";

/** Distributions of mean 0 and covariance I: signs ±1, or normal numbers. */
export type NoiseKind = "rademacher" | "normal";

/** Random numbers of a kind; of signs, 32 come from one draw. */
export function drawNoise(kind: NoiseKind, count: number, stream: Random): Float32Array {
  if (kind === "normal") return Float32Array.from(stream.normal(count));
  const words = stream.integers(Math.ceil(count / 32), 0, 2 ** 32);
  return Float32Array.from({ length: count }, (_, i) => (((words[i >>> 5] >>> (i & 31)) & 1) === 1 ? 1 : -1));
}
