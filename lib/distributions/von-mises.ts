import { tf } from "../engine/tf.ts";
import { checkOptions } from "../ground/arguments/check-options.ts";
import { aNumber, anything } from "../ground/arguments/kinds.ts";
import { scaledBesselI } from "../ground/functions/special-functions.ts";
import { sumEvent } from "../ground/sum-event.ts";
import type { Random } from "../random/random.ts";
import { checkDraw } from "./count.ts";
import type { Distribution } from "./distribution.ts";
import { sizeOfEvent } from "./event-shape.ts";
import { pointsOf } from "./points.ts";

/** Where a distribution of angles has its peak, and how narrow that is. */
export interface VonMisesOptions {
  /** Angle of the peak in radians; 0 if left out. */
  readonly mean?: number;
  /** κ ≥ 0: 0 is uniform, a large one nearly normal with variance 1/κ; 1 if left out. */
  readonly concentration?: number;
  /** Shape of one event; [] (an angle) if left out. */
  readonly eventShape?: readonly number[];
}

/** Beyond it, the density's peak would leave float32. */
const MOST_CONCENTRATED = 1e37;

/**
 * Von Mises distribution of independent angles: the normal distribution's counterpart on the circle.
 *
 * log p(z) = Σ_i κ(cos(z_i − mean) − 1) − log(2π e^{−κ} I₀(κ)) nats, the same for z and z + 2π: a density over one
 * turn.
 * Entropy of an angle: log(2π e^{−κ} I₀(κ)) + κ(1 − I₁(κ)/I₀(κ)) nats. Samples lie in [−π, π).
 *
 * @throws RangeError if κ is negative or above 1e37, or the mean not finite.
 * @see Mardia and Jupp 2000, Directional Statistics.
 */
export function vonMises(options: VonMisesOptions = {}): Distribution {
  checkOptions("vonMises", options, "vonMises({ concentration: 2 })", {
    mean: aNumber,
    concentration: aNumber,
    eventShape: anything,
  });
  const { mean = 0, concentration = 1, eventShape = [] } = options;
  if (!(concentration >= 0 && concentration <= MOST_CONCENTRATED && Number.isFinite(mean))) {
    const most = concentration > MOST_CONCENTRATED ? " and ≤ 1e37" : "";
    throw new RangeError(
      `vonMises: expected a finite mean and concentration ≥ 0${most}; got ${mean} and ${concentration}`,
    );
  }
  // Without its whole turns, which would cost the angle its digits in float32.
  const peak = Math.abs(mean) > Math.PI ? wrap(mean) : mean;
  const size = sizeOfEvent("vonMises", eventShape);
  const bessel = scaledBesselI(0, concentration);
  const logNormalizer = Math.log(2 * Math.PI * bessel);
  const spread = concentration * (1 - scaledBesselI(1, concentration) / bessel);
  return {
    eventShape,
    entropy: size * (logNormalizer + spread),
    config: { type: "vonMises", mean, concentration, eventShape },
    logProb: (z) =>
      tf.tidy(() => {
        // cos a − 1 = −2 sin²(a/2) keeps its digits near the peak, where a large κ multiplies it.
        const half = tf.sin(tf.div(tf.sub(pointsOf("vonMises", z, eventShape), peak), 2));
        const logDensity = tf.sub(tf.mul(tf.square(half), -2 * concentration), logNormalizer);
        return sumEvent(logDensity, eventShape.length);
      }),
    sample: (count, random) => {
      checkDraw(count, random, eventShape);
      const draw = angles(concentration, random);
      const values = Array.from({ length: count * size }, () => wrap(peak + draw()));
      return tf.tensor(new Float32Array(values), [count, ...eventShape], "float32");
    },
  };
}

/**
 * Angles around 0 by rejection from a wrapped Cauchy distribution of parameter ρ; at least 66% are accepted.
 *
 * The quantities are rearranged so that nothing cancels: neither for κ → 0 nor for a peak of 1e-6 radians.
 *
 * @see Best and Fisher 1979, "Efficient simulation of the von Mises distribution", Applied Statistics 28.
 */
function angles(concentration: number, random: Random): () => number {
  const root = Math.sqrt(1 + 4 * concentration ** 2);
  const tau = 1 + root;
  const sum = tau + Math.sqrt(2 * tau);
  const rho = (2 * concentration) / sum;
  const gap = (1 + 1 / (root + 2 * concentration) + Math.sqrt(2 * tau)) / sum;
  const inverseR = (2 * rho) / (1 + rho ** 2);
  return () => {
    for (;;) {
      const [first, second, sign] = random.uniform(3);
      const z = Math.cos(Math.PI * first);
      const oneMinusCos = ((gap ** 2 / (1 + rho ** 2)) * (1 - z)) / (1 + inverseR * z);
      const c = (gap ** 2 * sum) / 4 + concentration * oneMinusCos;
      if (Math.log(c) + 1 - c >= Math.log(second)) {
        return 2 * Math.asin(Math.sqrt(Math.min(1, oneMinusCos / 2))) * (sign < 0.5 ? -1 : 1);
      }
    }
  };
}

/** The same angle in [−π, π), also once it is rounded to float32. */
function wrap(angle: number): number {
  const turned = angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
  return Math.fround(turned) >= Math.PI || Math.fround(turned) < -Math.PI ? -3.1415925 : turned;
}
