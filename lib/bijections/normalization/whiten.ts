import { asFloat } from "../../engine/as-float.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { columnNames } from "../../ground/arguments/column-names.ts";
import { ShapeError } from "../../ground/errors.ts";
import { columnStatistics } from "../../ground/functions/column-statistics.ts";
import { correlationFactor, type Dependence } from "../../linear-algebra/correlation-factor.ts";
import { SingularMatrixError } from "../../linear-algebra/singular-matrix.ts";
import type { Bijection } from "../bijection.ts";
import { chain } from "../composition/chain.ts";
import { triangular } from "../linear/triangular.ts";
import { type StandardizeOptions, standardizeAs } from "./standardize.ts";

/**
 * Learned whitening: brings vectors to mean 0 and the identity as covariance, as measured on these data, and back.
 *
 * inverse: z = T⁻¹((x − m)/s − β);  logDet = −Σ_d log s_d − Σ_d log T_dd nats. forward: x = m + s·(β + T z). m and s are
 * mean and deviation of each column, which stay ({@link standardize}); T is lower triangular, T Tᵀ being the columns'
 * correlations (Cholesky, in double precision), and β = 0. Training goes on with T and β ({@link triangular}), in units of
 * the deviations, whatever those of the columns are. All of it is saved with a flow.
 *
 * As the last of a {@link chain} it leaves to the layers before it what is not normal in the data. Alone, on a standard
 * normal base, it is the normal distribution of greatest likelihood. [...batch, D] ↔ [...batch, D]. Cost: n·D² for the
 * data, D² for each event.
 *
 * @param data More than D events, shape [n, D].
 * @throws RangeError if a number is not finite, or a column is constant.
 * @throws SingularMatrixError, which is a RangeError, if a column follows from others: such data lie in a plane, and have no
 *   density. It names the columns.
 * @throws ShapeError if there are not more than D events, or they are no vectors; when applied to events of another shape.
 */
export function whiten(data: tf.Tensor | tf.TensorLike, options: StandardizeOptions = {}): Bijection {
  const { values, dimensions, count } = readRows(data);
  const outer = standardizeAs("whiten", data, options);
  const factor = correlationFactor(values, columnStatistics(values, dimensions));
  if ("dependent" in factor) {
    for (const variable of outer.state ?? []) variable.dispose();
    throw new SingularMatrixError(
      describe(factor.dependent, columnNames([dimensions], options.columns), count),
    );
  }
  const { lower } = factor;
  const inner = triangular({ dimensions });
  const [beside, logScale] = inner.variables as readonly tf.Variable[];
  const logDiagonal = Float32Array.from({ length: dimensions }, (_, i) =>
    Math.log(lower[i * (dimensions + 1)]),
  );
  tf.tidy(() => {
    beside.assign(tf.tensor(Float32Array.from(lower), [dimensions, dimensions], "float32"));
    logScale.assign(tf.tensor1d(logDiagonal));
  });
  return chain([inner, outer]);
}

function readRows(data: tf.Tensor | tf.TensorLike) {
  return tidy(() => {
    const table = asFloat(data, "whiten");
    const [count, dimensions] = table.shape;
    if (table.rank === 2 && dimensions >= 1 && count > dimensions) {
      return { values: table.dataSync(), dimensions, count };
    }
    throw new ShapeError(
      `whiten: expected data of shape [n, D] with more events than columns, n > D, or else their covariance is singular; ` +
        `got shape [${table.shape}]`,
    );
  });
}

function describe({ column, of }: Dependence, nameOf: (column: number) => string, count: number): string {
  return (
    `whiten: expected columns of which none follows from the others; ${nameOf(column)} is in all ${count} events a sum of ` +
    `${of.map(nameOf).join(" and ")}, each by a factor, and a constant, so that their covariance is singular and there is ` +
    "no density: leave one of them out, or add noise to it"
  );
}
