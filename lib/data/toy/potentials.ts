import { asFloat } from "../../engine/as-float.ts";
import { tf } from "../../engine/tf.ts";
import { ShapeError } from "../../ground/errors.ts";
import type { Random } from "../../random/random.ts";
import { logSumExp, type Potential, pointwise } from "./toy-density.ts";

const half = (distance: number, scale: number) => 0.5 * (distance / scale) ** 2;
const wave = (x: number) => Math.sin((2 * Math.PI * x) / 4);
const bump = (x: number) => 3 * Math.exp(-half(x - 1, 0.6));
const step = (x: number) => 3 / (1 + Math.exp(-(x - 1) / 0.3));

// The same of many points at once, by operations that have a gradient.
const halves = (distance: tf.Tensor, scale: number) => tf.mul(tf.square(tf.div(distance, scale)), 0.5);
const logOfSum = (terms: tf.Tensor[]) => tf.logSumExp(tf.stack(terms), 0);
const waves = (x: tf.Tensor) => tf.sin(tf.mul(x, Math.PI / 2));
const bumps = (x: tf.Tensor) => tf.mul(tf.exp(tf.neg(halves(tf.sub(x, 1), 0.6))), 3);
const steps = (x: tf.Tensor) => tf.mul(tf.sigmoid(tf.div(tf.sub(x, 1), 0.3)), 3);

/** Where |x| is larger, the second to fourth density end: their potentials do not grow with x, so they must. */
const WIDTH = 4;

const source = {
  dimension: 2,
  range: [
    [-4, 4],
    [-4, 4],
  ],
} as const;

/** Which of two terms of a mixture wins, and the density that both have. */
interface Ridge {
  readonly centre: (x: number) => number;
  readonly centres: (x: tf.Tensor) => tf.Tensor;
  readonly scale: number;
}

/** exp(−U) = Σ_k exp(−½((y − centre_k(x))/scale_k)²) for |x| ≤ 4; so Z = 8 √(2π) Σ_k scale_k. */
function ridges(name: string, parts: readonly Ridge[], entropy: number): Potential {
  const energy: Potential["energy"] = ([x, y]) =>
    Math.abs(x) > WIDTH
      ? Infinity
      : -logSumExp(parts.map(({ centre, scale }) => -half(y - centre(x), scale)));
  const energies: Potential["energies"] = (points) =>
    tf.tidy(() => {
      const [x, y] = tf.unstack(pointsOf(points), -1);
      const inside = tf.neg(
        logOfSum(parts.map(({ centres, scale }) => tf.neg(halves(tf.sub(y, centres(x)), scale)))),
      );
      return tf.where(tf.greater(tf.abs(x), WIDTH), tf.fill(inside.shape, Infinity), inside);
    });
  const total = parts.reduce((sum, { scale }) => sum + scale, 0);
  const logZ = Math.log(2 * WIDTH * Math.sqrt(2 * Math.PI) * total);
  const draw = (random: Random) => {
    const [x] = random.uniform(1, -WIDTH, WIDTH);
    const [place] = random.uniform(1, 0, total);
    const { centre, scale } = place < parts[0].scale ? parts[0] : parts[parts.length - 1];
    return [x, random.normal(1, centre(x), scale)[0]];
  };
  return {
    ...source,
    name,
    energy,
    energies,
    logZ,
    entropy,
    sample: pointwise(2, draw),
    logProb: (x) => -energy(x) - logZ,
  };
}

const energyOfFirst = ([x, y]: readonly number[]) =>
  half(Math.hypot(x, y) - 2, 0.4) - logSumExp([-half(x - 2, 0.6), -half(x + 2, 0.6)]);
const energiesOfFirst: Potential["energies"] = (points) =>
  tf.tidy(() => {
    const given = pointsOf(points);
    const [x] = tf.unstack(given, -1);
    const ring = halves(tf.sub(tf.norm(given, 2, -1), 2), 0.4);
    const parts = [2, -2].map((centre) => tf.neg(halves(tf.sub(x, centre), 0.6)));
    return tf.sub(ring, logOfSum(parts));
  });
const logZOfFirst = 1.877501626;

/** @throws ShapeError if these are not points of the plane. */
function pointsOf(points: tf.Tensor | tf.TensorLike): tf.Tensor {
  const given = asFloat(points, "energies");
  if (given.rank === 2 && given.shape[1] === 2) return given;
  throw new ShapeError(`energies: expected points of the plane, shape [n, 2]; got [${given.shape}]`);
}

/** Two halves of a ring. Rejection from a ring of uniform angle; of its radii, beyond 5 lie less than 1e-12. */
const first: Potential = {
  ...source,
  name: "U1",
  energy: energyOfFirst,
  energies: energiesOfFirst,
  logZ: logZOfFirst,
  entropy: 2.660012536,
  logProb: (x) => -energyOfFirst(x) - logZOfFirst,
  sample: pointwise(2, (random) => {
    for (;;) {
      const [radius] = random.normal(1, 2, 0.4);
      const [turn, accept] = random.uniform(2);
      const [x, y] = [radius * Math.cos(2 * Math.PI * turn), radius * Math.sin(2 * Math.PI * turn)];
      const share = (radius / 5) * (Math.exp(-half(x - 2, 0.6)) + Math.exp(-half(x + 2, 0.6)));
      if (radius < 5 && accept < share) return [x, y];
    }
  }),
};

/**
 * The four potentials on which planar flows were first shown: U₁ two halves of a ring, U₂ a wave, U₃ a wave that
 * splits and joins again, U₄ one that splits for good.
 *
 * p(x) = exp(−U(x))/Z, with w₁ = sin(2πx/4), w₂ = 3·exp(−½((x − 1)/0.6)²), w₃ = 3·σ((x − 1)/0.3):
 * U₁ = ½((√(x² + y²) − 2)/0.4)² − log(exp(−½((x − 2)/0.6)²) + exp(−½((x + 2)/0.6)²));  U₂ = ½((y − w₁)/0.4)²;
 * U₃ = −log(exp(−½((y − w₁)/0.35)²) + exp(−½((y − w₁ + w₂)/0.35)²));
 * U₄ = −log(exp(−½((y − w₁)/0.4)²) + exp(−½((y − w₁ + w₃)/0.35)²)).
 *
 * U₂ to U₄ do not grow along the first coordinate: here they end at ±4, the edge of the paper's pictures, which makes
 * log Z = log(8√(2π)·0.4), log(8√(2π)·0.7) and log(8√(2π)·0.75) nats.
 *
 * @see Rezende and Mohamed 2015, "Variational Inference with Normalizing Flows", arXiv:1505.05770v6, table 1.
 */
export const potentials: readonly [Potential, Potential, Potential, Potential] = [
  first,
  ridges("U2", [{ centre: wave, centres: waves, scale: 0.4 }], 2.582089343),
  ridges(
    "U3",
    [
      { centre: wave, centres: waves, scale: 0.35 },
      { centre: (x) => wave(x) - bump(x), centres: (x) => tf.sub(waves(x), bumps(x)), scale: 0.35 },
    ],
    2.626706571,
  ),
  ridges(
    "U4",
    [
      { centre: wave, centres: waves, scale: 0.4 },
      { centre: (x) => wave(x) - step(x), centres: (x) => tf.sub(waves(x), steps(x)), scale: 0.35 },
    ],
    2.810073011,
  ),
];
