import { tf } from "../../engine/tf.ts";
import type { Bijection, Noise } from "../bijection.ts";

/** The noise of several bijections, side by side; none if none has any. */
export function joinNoise(parts: readonly Bijection[]): Noise | undefined {
  const all = parts.flatMap(({ noise }) => noise ?? []);
  if (all.length === 0) return undefined;
  return {
    size: all.reduce((sum, { size }) => sum + size, 0),
    draw: (events, stream) =>
      tf.tidy(() =>
        tf.concat(
          all.map((noise) => noise.draw(events, stream)),
          1,
        ),
      ),
  };
}

/** What each of them gets of such a draw. */
export function divideNoise(parts: readonly Bijection[], drawn: tf.Tensor): (tf.Tensor | undefined)[] {
  const sizes = parts.flatMap(({ noise }) => noise?.size ?? []);
  const own = tf.split(drawn, sizes, 1);
  let next = 0;
  return parts.map(({ noise }) => (noise ? own[next++] : undefined));
}
