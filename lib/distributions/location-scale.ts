import { tf } from "../engine/tf.ts";
import type { Config } from "../ground/config.ts";
import { ShapeError } from "../ground/errors.ts";
import { plural } from "../ground/plural.ts";
import { sumEvent } from "../ground/sum-event.ts";
import type { Random } from "../random/random.ts";
import { checkDraw } from "./count.ts";
import type { Distribution } from "./distribution.ts";
import { sizeOfEvent } from "./event-shape.ts";
import { pointsOf } from "./points.ts";
import { LARGEST_FLOAT } from "./saturate.ts";

/** Where a distribution with independent components lies, and how wide it is. */
export interface LocationScale {
  /** Centre: one number for all components, or one for each, flattened; 0 if left out. */
  readonly mean?: number | readonly number[];
  /** Width, positive: one number for all components, or one for each, flattened; 1 if left out. */
  readonly scale?: number | readonly number[];
  /** Shape of one event; [] (a number) if left out. */
  readonly eventShape?: readonly number[];
}

/** Ends of the normal float32 numbers: beyond them, a scale is 0 or infinite, and the density NaN. */
const [SMALLEST, LARGEST] = [2 ** -126, LARGEST_FLOAT];
/** A mean from which on z − mean may be more than float32 holds, though both are not: half its last digit's worth. */
const FAR_MEAN = 2 ** 102;

/** A distribution on the real line, to be moved and stretched. */
export interface Standard {
  /**
   * Log-density of each number, in nats.
   *
   * @param logSize log |u| where u is infinite and z is not; left out where no finite z has such a u.
   */
  logDensity(u: tf.Tensor, logSize?: tf.Tensor): tf.Tensor;
  /** `count` numbers in double precision. */
  draw(count: number, random: Random): number[];
  /** Entropy in nats. */
  readonly entropy: number;
}

/**
 * Independent components z_i = mean_i + scale_i·u_i, where u_i has the standard distribution.
 *
 * log p(z) = Σ_i log p_u((z_i − mean_i)/scale_i) − log scale_i nats. A sample that is further out than float32 reaches
 * is its largest number.
 *
 * @param config Type and options beside mean, scale and event shape.
 * @throws RangeError if a mean is not finite in float32, or a scale not positive and finite there.
 * @throws ShapeError if a list does not have one number for each component.
 */
export function locationScale(standard: Standard, options: LocationScale, config: Config): Distribution {
  const { mean = 0, scale = 1, eventShape = [] } = options;
  const size = sizeOfEvent(config.type, eventShape);
  const means = components(config.type, "mean", mean, size, (value) => Math.abs(value) <= LARGEST);
  const scales = components(
    config.type,
    "scale",
    scale,
    size,
    (value) => value >= SMALLEST && value <= LARGEST,
  );
  const logScale = scales.reduce((sum, value) => sum + Math.log(value), 0);
  const isFar = means.some((value) => Math.abs(value) >= FAR_MEAN);
  const mayOverflow = isFar || scales.some((value) => value < 1);
  const perComponent = (given: number | readonly number[], values: readonly number[]) =>
    typeof given === "number" ? tf.scalar(given) : tf.tensor([...values], [...eventShape], "float32");
  return {
    eventShape,
    entropy: size * standard.entropy + logScale,
    config: { ...config, mean, scale, eventShape },
    logProb: (z) =>
      tf.tidy(() => {
        const points = pointsOf(config.type, z, eventShape);
        const [centre, width] = [perComponent(mean, means), perComponent(scale, scales)];
        const halfway = () => tf.sub(tf.div(points, 2), tf.div(centre, 2));
        const u = isFar ? tf.mul(tf.div(halfway(), width), 2) : tf.div(tf.sub(points, centre), width);
        const logSize = mayOverflow ? logSizeOf(u, halfway(), width) : undefined;
        return tf.sub(sumEvent(standard.logDensity(u, logSize), eventShape.length), logScale);
      }),
    sample: (count, random) => {
      checkDraw(count, random, eventShape);
      const drawn = standard.draw(count * size, random);
      // TensorFlow.js takes a Float32Array as it is, but copies an array number by number.
      const values = new Float32Array(drawn.length);
      for (let i = 0; i < values.length; i++) {
        const value = means[i % size] + scales[i % size] * drawn[i];
        values[i] = Math.max(-LARGEST, Math.min(LARGEST, value));
      }
      return tf.tensor(values, [count, ...eventShape], "float32");
    },
  };
}

/** log |u| for u = 2·halfway/width, where that is infinite; elsewhere another number, with the gradient 0. */
function logSizeOf(u: tf.Tensor, halfway: tf.Tensor, width: tf.Tensor): tf.Tensor {
  const size = tf.abs(halfway);
  const beyond = tf.where(tf.greater(tf.abs(u), LARGEST), size, tf.onesLike(size));
  return tf.add(tf.sub(tf.log(beyond), tf.log(width)), Math.LN2);
}

function components(
  type: string,
  name: string,
  given: number | readonly number[],
  size: number,
  isRight: (value: number) => boolean,
): readonly number[] {
  const values = typeof given === "number" ? Array<number>(size).fill(given) : given;
  if (values.length !== size) {
    throw new ShapeError(
      `${type}: expected ${plural(size, "number")} as ${name}, one for each component; got ${values.length}`,
    );
  }
  const wrong = values.find((value) => !isRight(value));
  if (wrong === undefined) return values;
  const kind = name === "scale" ? "finite, positive" : "finite";
  const outOfReach = Number.isFinite(wrong) && wrong !== 0 && (name === "mean" || wrong > 0);
  const reach = outOfReach ? ` that float32 holds (${name === "scale" ? "1.2e-38" : "up"} to 3.4e38)` : "";
  throw new RangeError(`${type}: expected a ${kind} ${name}${reach}; got ${wrong}`);
}
