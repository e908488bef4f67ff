import { asFloat } from "../../engine/as-float.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { checkColumnNames, columnNames } from "../../ground/arguments/column-names.ts";
import { aText, listOf } from "../../ground/arguments/kinds.ts";
import { ShapeError } from "../../ground/errors.ts";
import {
  type ColumnStatistics,
  columnStatistics,
  findNotFinite,
} from "../../ground/functions/column-statistics.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { eventFor } from "../building/event.ts";
import { largest } from "../building/lipschitz.ts";

/** Options of {@link standardize}. */
export interface StandardizeOptions {
  /** Names of the columns, for messages: those that a table was read with. */
  readonly columns?: readonly string[];
}

/**
 * Standardization: brings each number of an event to mean 0 and deviation 1, as measured on these data, and back.
 *
 * inverse: z = (x − m)/s;  logDet = −Σ_d log s_d nats. forward: x = s·z + m. m and s are mean and deviation of each
 * column, taken in double precision and rounded to float32; nothing of it is trained. They are `state`: saved with the
 * weights, and loaded with them.
 *
 * As the last of a {@link chain} it lies next to the data: the layers before it see numbers of a size of about 1, which
 * networks and the intervals of splines are made for, and densities are still those of the data as they are.
 *
 *     chain([splineCoupling({ dimensions: 3 }), standardize(data)])
 *
 * [...batch, ...event] ↔ [...batch, ...event] for data [n, ...event].
 *
 * @param data Two events or more, shape [n, ...event], with up to three axes of an event.
 * @throws RangeError if a number is not finite, or one of an event is the same in all of them: a constant has no density.
 * @throws ShapeError if there are fewer than two events; when applied to events of another shape.
 */
export function standardize(data: tf.Tensor | tf.TensorLike, options: StandardizeOptions = {}): Bijection {
  return standardizeAs("standardize", data, options);
}

/** The same under the name of who does it, for messages. */
export function standardizeAs(
  who: string,
  data: tf.Tensor | tf.TensorLike,
  options: StandardizeOptions,
): Bijection {
  checkOptions(who, options, `${who}(data, { columns: ["age"] })`, { columns: listOf(aText) });
  const { shape, statistics } = tidy(() => measure(who, data, options));
  const map = standardizeShape({ shape });
  const [mean, deviation] = map.state as readonly tf.Variable[];
  tf.tidy(() => {
    const column = (of: (one: ColumnStatistics) => number) =>
      tf.tensor(Float32Array.from(statistics, of), [...shape], "float32");
    mean.assign(column((one) => one.mean));
    deviation.assign(column((one) => one.deviation));
  });
  return map;
}

/** The same for events of this shape, of mean 0 and deviation 1 as long as no other ones are loaded. */
export function standardizeShape({ shape }: { readonly shape: readonly number[] }): Bijection {
  const event = eventFor("standardize", shape);
  const mean = tf.tidy(() => tf.variable(tf.zeros([...shape]), false));
  const deviation = tf.tidy(() => tf.variable(tf.ones([...shape]), false));
  const logSlopes = (like: tf.Tensor, direction: 1 | -1) =>
    tf.mul(tf.onesLike(like), tf.mul(tf.log(deviation), direction));
  return bijection({
    name: "standardize",
    config: { type: "standardize", shape: [...shape] },
    event,
    forward: (z) => ({ value: tf.add(tf.mul(z, deviation), mean), logDet: logSlopes(z, 1) }),
    inverse: (x) => ({ value: tf.div(tf.sub(x, mean), deviation), logDet: logSlopes(x, -1) }),
    lipschitz: (direction) =>
      largest(() => (direction === "forward" ? deviation : tf.div(tf.onesLike(deviation), deviation))),
    state: { mean, deviation },
  });
}

interface Measured {
  readonly shape: readonly number[];
  readonly statistics: readonly ColumnStatistics[];
}

function measure(
  who: string,
  given: tf.Tensor | tf.TensorLike,
  { columns: names }: StandardizeOptions,
): Measured {
  const data = asFloat(given, who);
  const [count, ...shape] = data.shape;
  if (data.rank === 0 || count < 2 || data.size === 0) {
    throw new ShapeError(
      `${who}: expected data of shape [n, ...event] with n ≥ 2, a column for each number; got shape [${data.shape}]`,
    );
  }
  checkColumnNames(who, shape, names);
  const nameOf = columnNames(shape, names);
  const size = data.size / count;
  const values = data.dataSync();
  const bad = findNotFinite(values, size, nameOf, given);
  if (bad) {
    throw new RangeError(
      `${who}: expected finite numbers; got ${bad}: leave such rows out, or put a number there`,
    );
  }
  const statistics = columnStatistics(values, size);
  const flat = statistics.findIndex(({ deviation }) => !(Math.fround(deviation) >= 2 ** -126));
  if (flat >= 0) {
    throw new RangeError(
      `${who}: expected numbers that vary; ${nameOf(flat)} is ${statistics[flat].low} in all ${count} events, and a ` +
        "constant has no density: leave it out, or add noise to it",
    );
  }
  return { shape, statistics };
}
